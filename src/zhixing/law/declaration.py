"""The debtor's report of property: what it covers, when it is late, when it looks false (财产调查规定; DEC-01 to DEC-08).

The test of falsehood is a lead for a person, never a finding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhixing.kernel.money import yuan
from zhixing.law.book import LawBook, book
from zhixing.law.deterrence.answers import Clock, clock
from zhixing.law.sheets import Sheet, SheetTable
from zhixing.law.steps import Step, steps_printed
from zhixing.law.terms import deadline

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

FINDINGS = {
    "in_order": "未发现问题",
    "open": "期限未届满",
    "late": "逾期报告",
    "refused": "拒绝报告",
    "false": "虚假报告线索",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreported:
    """Property that inquiries found and the report leaves out.

    held_from, held_until: first and last day in the debtor's hands; None for a last day: still his.
    """

    label: str
    value: Decimal
    held_from: date
    held_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarationInput:
    """What happened.

    Attributes:
        on: day of judging. notice_received: day on which the enforcement notice arrived.
        report_by: last day named in the order; extended_to: last day after a granted extension.
        reported_on: None when nothing came. excused: a good reason for being late was found.
        reminded: the debtor was reminded after the deadline.
        changes: days of later changes of property.
    """

    on: date
    notice_received: date
    report_by: date
    extended_to: date | None = None
    reported_on: date | None = None
    excused: bool = False
    reminded: bool = False
    unreported: tuple[Unreported, ...] = ()
    changes: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarationView:
    """findings: codes of FINDINGS. look_back_from: first day that the report covers. supplements: clocks of changes."""

    given: DeclarationInput
    findings: tuple[str, ...]
    look_back_from: date
    leads: tuple[Unreported, ...]
    supplements: tuple[Clock, ...]
    steps: tuple[Step, ...]
    notes: tuple[str, ...]
    book_hash: str

    def sheet(self) -> Sheet:
        """The sheet."""
        rows = tuple((lead.label, yuan(lead.value), lead.held_from.isoformat()) for lead in self.leads)
        table = SheetTable(title="未报告的财产", columns=("财产", "价值", "取得日"), rows=rows, numeric=(1,))
        return Sheet(
            kind="declaration",
            title="财产报告核对表",
            given=(
                ("收到执行通知之日", self.given.notice_received.isoformat()),
                ("报告期限", (self.given.extended_to or self.given.report_by).isoformat()),
                ("报告日", self.given.reported_on.isoformat() if self.given.reported_on else "未报告"),
            ),
            results=(
                ("报告的起始日", self.look_back_from.isoformat()),
                ("核对结果", "、".join(FINDINGS[code] for code in self.findings)),
            ),
            tables=(table,) if rows else (),
            steps=self.steps,
            notes=self.notes,
            book_hash=self.book_hash,
        )

    def as_json(self, law_book: LawBook | None = None) -> dict[str, Any]:
        """Plain values."""
        return {
            "findings": list(self.findings),
            "look_back_from": self.look_back_from.isoformat(),
            "unreported": [{"label": lead.label, "value": str(lead.value)} for lead in self.leads],
            "supplements": [c.due.isoformat() for c in self.supplements],
            "steps": steps_printed(self.steps, law_book or book()),
            "notes": list(self.notes),
            "book_hash": self.book_hash,
        }


def declaration_check(given: DeclarationInput, law_book: LawBook | None = None) -> DeclarationView:
    """Hold a report against its deadline and against what inquiries found.

    Raises:
        NoRuleInForce: before 2017-05-01.
    """
    law_book = law_book or book()
    entry = law_book.at(given.on).entry("declaration.settings.false_threshold")
    back = deadline(given.notice_received, "declaration.look_back", law_book).due
    due = given.extended_to or given.report_by
    steps = [
        Step(
            text="报告自收到执行通知之日前一年起的财产情况和变动",
            value=str(back),
            law=("cpl.252", "survey.6"),
        ),
        Step(text="报告期限届满日", value=str(due), law=("survey.5",)),
    ]
    findings = _timing(given, due, steps)
    leads = _leads(given, back, entry.value)
    if leads:
        findings.append("false")
        text = f"查得 {len(leads)} 项单项价值不低于 {yuan(entry.value)} 元的财产未报告（数额为本院设定）"
        steps.append(Step(text=text, law=("survey.9", "setting")))
    bad = {"late", "refused", "false"} & set(findings)
    notes = ("由承办人核实后认定。",)
    if bad:
        steps.append(
            Step(text="认定后可以罚款、拘留，并应当纳入失信名单", law=("survey.9", "survey.10", "cpl.252"))
        )
    return DeclarationView(
        given=given,
        findings=tuple(findings) or ("in_order",),
        look_back_from=back,
        leads=leads,
        supplements=tuple(clock(law_book, day, "declaration.supplement") for day in given.changes),
        steps=tuple(steps),
        notes=notes,
        book_hash=law_book.hash,
    )


def _timing(given: DeclarationInput, due: date, steps: list[Step]) -> list[str]:
    if given.reported_on is None:
        if given.on <= due:
            return ["open"]
        steps.append(
            Step(
                text=f"期限届满未报告，{'已' if given.reminded else '尚未'}催告",
                law=("survey.9",),
            )
        )
        return ["refused" if given.reminded else "late"]
    if given.reported_on <= due:
        return []
    steps.append(
        Step(
            text=f"{given.reported_on} 报告，晚于期限{'，有正当理由' if given.excused else ''}",
            law=("survey.9",),
        )
    )
    return [] if given.excused else ["late"]


def _leads(given: DeclarationInput, back: date, threshold: Decimal) -> tuple[Unreported, ...]:
    """Property that was the debtor's on the day of the report, or at some time in the look-back before it."""
    if given.reported_on is None:
        return ()
    day = given.reported_on
    return tuple(
        item
        for item in given.unreported
        if item.value >= threshold
        and item.held_from <= day
        and (item.held_until is None or item.held_until >= back)
    )
