"""A first least-burden plan: liquid and unencumbered money first, exempt money out, not above the claim (DUR-10, DUR-11)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from zhixing.acts.models import Draft, DraftState
from zhixing.cases.claims import outstanding_of
from zhixing.cases.models import Case
from zhixing.control.measures import reserved_of
from zhixing.control.models import Measure, MeasureState
from zhixing.inquiry.models import Finding, Screen
from zhixing.kernel.clock import today
from zhixing.law.book import book
from zhixing.law.schemas import Exemption
from zhixing.platform.crypto import unseal_text

ENDED = (MeasureState.FAILED, MeasureState.RELEASED, MeasureState.DEDUCTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """One finding with what is proposed for it. why: reason for leaving it out, or for the amount. is_live: a measure runs on it or waits for approval."""

    finding: Finding
    label: str
    proposed: Decimal
    why: str
    is_live: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Proposal of the machine; the judge edits and signs. ceiling and reserved in yuan."""

    lines: list[PlanLine]
    left_out: list[PlanLine]
    ceiling: Decimal
    reserved: Decimal

    @property
    def total(self) -> Decimal:
        """Sum proposed."""
        return sum((line.proposed for line in self.lines), Decimal(0))


def plan_of(case: Case) -> Plan:
    """From all opened own findings: cash before products, larger free balance first, until the claim is covered."""
    ceiling = outstanding_of(case, today()).total
    reserved = reserved_of(case.pk)
    room = max(Decimal(0), ceiling - reserved)
    live = set(
        Measure.objects.filter(case=case).exclude(state__in=ENDED).values_list("finding_id", flat=True)
    )
    asked = _asked(case.pk)
    rows = Finding.objects.filter(case_id=case.pk, screen=Screen.OWN, is_current=True, is_opened=True)
    ordered = sorted(
        rows, key=lambda r: (r.category != "cash", r.prior_count > 0, -(r.available or Decimal(0)), r.pk)
    )
    titles = {rule.code: rule.title for rule in book().at(today()).rows("exempt", Exemption)}
    lines: list[PlanLine] = []
    left_out: list[PlanLine] = []
    for row in ordered:
        label = unseal_text(row.subject, row.label_sealed)
        reason = "已报批，等待批准" if row.pk in asked else _reason_out(row, live, titles)
        if reason or room <= 0:
            left_out.append(
                PlanLine(
                    finding=row,
                    label=label,
                    proposed=Decimal(0),
                    why=reason or "已足额，不需要控制",
                    is_live=row.pk in live or row.pk in asked,
                )
            )
            continue
        amount = min(room, row.available or Decimal(0))
        room -= amount
        lines.append(
            PlanLine(
                finding=row,
                label=label,
                proposed=amount,
                why="可用余额" if amount == row.available else "以应执行总额为限",
            )
        )
    return Plan(lines=lines, left_out=left_out, ceiling=ceiling, reserved=reserved)


def _asked(case_id: int) -> set[int]:
    """Findings in orders that wait for approval."""
    drafts = Draft.objects.filter(
        case_id=case_id, code__in=["control.freeze", "control.seal"], state=DraftState.PENDING
    )
    return {
        target["finding"]
        for payload in drafts.values_list("payload", flat=True)
        for target in payload["targets"]
    }


def _reason_out(row: Finding, live: set[int], titles: dict[str, str]) -> str:
    if row.pk in live:
        return "已有在行的措施"
    if row.exempt_action == "block":
        return f"依法不得冻结（{titles.get(row.exempt_rule, row.exempt_rule)}）"
    if row.exempt_action:
        return f"受限制财产（{titles.get(row.exempt_rule, row.exempt_rule)}），须法官说明理由"
    if row.currency != "CNY":
        return f"外币账户（{row.currency}），须另定折算后的限额"
    if row.category == "realty":
        return "不动产另行查封；现金类优先"
    if not row.available:
        return "没有可用余额" if not row.prior_count else "有在先冻结，只能轮候"
    return ""
