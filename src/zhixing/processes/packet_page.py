"""What the page of an opened packet shows: the sieve, classes of property, comparison, what is unclear, the plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from zhixing.acts.models import Entry, EntryKind
from zhixing.control.measures import period_of
from zhixing.inquiry.comparison_lines import Line, lines_of
from zhixing.inquiry.models import Category, Finding, Packet, Screen, Verdict
from zhixing.inquiry.packets import sieve_counts
from zhixing.platform.crypto import unseal_text
from zhixing.processes.plan import Plan, PlanLine, plan_of
from zhixing.ui.parts import BarPart

READ_CODE = "inquiry.open_packet"
ICONS = {
    Category.CASH: "coin", Category.PAYMENT: "device-mobile", Category.WEALTH: "wallet", Category.REALTY: "home",
    Category.VEHICLE: "car", Category.SECURITIES: "chart-line", Category.INSURANCE: "umbrella",
    Category.EQUITY: "building-community",
}  # fmt: skip
VERDICT_CHIPS = {
    Verdict.MATCH: ("neutral", "circle-check"),
    Verdict.OMITTED: ("adverse", "eye-off"),
    Verdict.UNDERSTATED: ("adverse", "circle-minus"),
    Verdict.OVERSTATED: ("doubt", "help-circle"),
    Verdict.NOT_FOUND: ("doubt", "help-circle"),
    Verdict.DOUBT: ("doubt", "help-circle"),
}
BARS = ("b1", "b2", "b3", "b4", "b5")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassSum:
    """One class of the debtor's own property. total: sum of what is told, yuan; limited: records under a protection."""

    label: str
    icon: str
    total: Decimal
    count: int
    limited: int
    is_unvalued: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One line of the comparison with its chip."""

    line: Line
    chip: str
    icon: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """A record that the sieve left to the judge."""

    finding: Finding
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One record that may be put into an order. amount: as entered, else proposed; years: how long the measure lasts."""

    line: PlanLine
    amount: str
    is_on: bool
    years: int
    bar: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketPage:
    """Everything the page shows."""

    counts: dict[str, int]
    raw: int
    limited: int
    classes: list[ClassSum]
    compared: list[Compared]
    by_verdict: list[tuple[str, str, int]]
    undecided: int
    unclear: list[Unclear]
    plan: Plan
    chosen: list[Choice]
    addable: list[Choice]
    realty: list[Choice]
    left_out: list[PlanLine]
    bar: tuple[BarPart, ...]
    reads: int


def packet_page(packet: Packet, *, today: date, entered: Mapping[int, str] | None = None) -> PacketPage:
    """The page of one opened packet. entered: amounts of a refused order by finding, so that nothing typed is lost."""
    counts = sieve_counts(packet)
    own = list(
        Finding.objects.filter(
            packet=packet, is_current=True, screen__in=[Screen.OWN, Screen.UNCLEAR]
        ).order_by("pk")
    )
    mine = [row for row in own if row.screen == Screen.OWN]
    compared = [_compared(line) for line in lines_of(packet)]
    plan = plan_of(packet.case)
    chosen = [_choice(line, no, entered, today) for no, line in enumerate(plan.lines)]
    out = {line.finding.pk: line for line in plan.left_out}
    addable = [_choice(line, 0, entered, today) for line in plan.left_out if _may_add(line)]
    realty = [
        _choice(line, 0, entered, today, plan.ceiling)
        for line in plan.left_out
        if line.finding.category == Category.REALTY and not _is_live(line)
    ]
    # What can be ticked above is not told a second time below.
    offered = {choice.line.finding.pk for choice in (*addable, *realty)}
    return PacketPage(
        counts=counts,
        raw=sum(counts.values()),
        limited=sum(bool(row.exempt_action) for row in mine),
        classes=_classes(mine),
        compared=compared,
        by_verdict=_by_verdict(compared),
        undecided=sum(item.line.decided is None for item in compared),
        unclear=[
            Unclear(finding=row, label=unseal_text(row.subject, row.label_sealed))
            for row in own
            if row.screen == Screen.UNCLEAR
        ],
        plan=plan,
        chosen=chosen,
        addable=addable,
        realty=realty,
        left_out=[line for pk, line in out.items() if pk not in offered],
        bar=_bar(plan),
        reads=Entry.objects.filter(
            chain=packet.case_id, kind=EntryKind.READ, code=READ_CODE, body__contains=str(packet.pk)
        ).count(),
    )


def _compared(line: Line) -> Compared:
    chip, icon = VERDICT_CHIPS[line.verdict]
    evidence = []
    if line.source:
        evidence.append(f"{line.source}反馈")
    if line.declared:
        evidence.append("被执行人财产报告")
    return Compared(line=line, chip=chip, icon=icon, evidence=tuple(evidence))


def _by_verdict(compared: list[Compared]) -> list[tuple[str, str, int]]:
    counts = {verdict: sum(item.line.verdict == verdict for item in compared) for verdict in Verdict}
    return [(verdict.value, verdict.label, n) for verdict, n in counts.items() if n]


def _classes(mine: list[Finding]) -> list[ClassSum]:
    sums = []
    for category in Category:
        rows = [row for row in mine if row.category == category]
        if rows:
            sums.append(
                ClassSum(
                    label=category.label,
                    icon=ICONS.get(category, "stack-2"),
                    count=len(rows),
                    limited=sum(bool(r.exempt_action) for r in rows),
                    total=sum(
                        (r.balance for r in rows if r.balance is not None and r.currency == "CNY"), Decimal(0)
                    ),
                    is_unvalued=all(r.balance is None for r in rows),
                )
            )
    return sums


def _is_live(line: PlanLine) -> bool:
    return line.is_live


def _may_add(line: PlanLine) -> bool:
    """Left out by the machine, but a judge may order it with a reason."""
    finding = line.finding
    return (
        not line.is_live
        and finding.exempt_action != "block"
        and finding.currency == "CNY"
        and finding.category in (Category.CASH, Category.WEALTH)
    )


def _choice(
    line: PlanLine, no: int, entered: Mapping[int, str] | None, today: date, amount: Decimal | None = None
) -> Choice:
    proposed = amount or line.proposed or line.finding.balance or Decimal(0)
    is_planned = bool(line.proposed)
    typed = (entered or {}).get(line.finding.pk)
    return Choice(
        line=line,
        amount=typed if typed is not None else f"{proposed:.2f}",
        is_on=typed is not None if entered is not None else is_planned,
        years=period_of(line.finding.category, today)[2] // 12,
        bar=BARS[no % len(BARS)],
    )


def _bar(plan: Plan) -> tuple[BarPart, ...]:
    parts = [BarPart(value=plan.reserved, kind="b6", label="在行措施")] if plan.reserved else []
    parts += [
        BarPart(value=line.proposed, kind=BARS[no % len(BARS)], label=line.label)
        for no, line in enumerate(plan.lines)
    ]
    return tuple(parts)


def amounts_entered(posted: Mapping[str, Any]) -> dict[int, str]:
    """Amounts of the records that are ticked, by finding; separators removed."""
    return {
        int(pk): str(posted.get(f"amount-{pk}", "")).replace(",", "").replace("，", "").strip()
        for pk in posted.getlist("use")
        if pk.isdigit()  # type: ignore[attr-defined]  # a QueryDict
    }
