"""The outcome of a calculation of interest, as numbers, as JSON and as a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from zhixing.kernel.errors import Problem
from zhixing.kernel.money import ZERO, yuan
from zhixing.law.book import LawBook, book
from zhixing.law.interest.account import KIND_WORDS, Segment, Settled
from zhixing.law.interest.nouns import ORDER_WORDS, PAID_WORDS, PART_WORDS, InterestClaim
from zhixing.law.interest.units import exact_text
from zhixing.law.interest.wording import money_text, part_name
from zhixing.law.sheets import Sheet, SheetTable
from zhixing.law.steps import Step, steps_printed


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOpen:
    """What is still open of a part. principal: of the sum itself."""

    id: str
    kind: str
    principal: Decimal
    general_interest: Decimal
    extra_interest: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestResult:
    """Interest on a claim up to and including a day. All amounts in the claim's currency (yuan after a conversion).

    Attributes:
        general_before_due: general interest up to each part's last day for performance, whether paid or not.
        general_after_due: general interest of the delay, whether paid or not.
        extra: the doubled part (加倍部分; before 2014-08-01 the old interest for delay), whether paid or not.
        total_due: all parts and all three kinds of interest, before payments: what the debtor had to pay in all.
        open_parts: what payments left open, per part, in the order of the input.
        open_total: sum of open_parts. surplus: paid beyond everything.
        rows: stretches and payments in the order in which they were computed.
        notes: settings that mattered. problems: warnings.
    """

    claim: InterestClaim
    general_before_due: Decimal
    general_after_due: Decimal
    extra: Decimal
    total_due: Decimal
    open_parts: tuple[PartOpen, ...]
    open_total: Decimal
    surplus: Decimal
    rows: tuple[Segment | Settled, ...]
    steps: tuple[Step, ...]
    notes: tuple[str, ...]
    problems: tuple[Problem, ...]
    book_hash: str

    def as_json(self, law_book: LawBook | None = None) -> dict[str, Any]:
        """The documented output (docs/law-interest.md): amounts as text with two decimal places."""
        return {
            "general_interest_before_due": _plain(self.general_before_due),
            "general_interest_after_due": _plain(self.general_after_due),
            "extra_interest": _plain(self.extra),
            "outstanding": {
                "parts": {part.id: _plain(part.principal) for part in self.open_parts},
                "general_interest": {part.id: _plain(part.general_interest) for part in self.open_parts},
                "extra_interest": {part.id: _plain(part.extra_interest) for part in self.open_parts},
                "total": _plain(self.open_total),
                "surplus": _plain(self.surplus),
            },
            "total_due": _plain(self.total_due),
            "steps": steps_printed((*self.steps, *self._said()), law_book or book()),
        }

    def _said(self) -> tuple[Step, ...]:
        """Settings that mattered and warnings: the sheet has places of its own for them, the JSON tells them last."""
        notes = [Step(text=note, value="设置", law=()) for note in self.notes]
        warnings = [
            Step(
                text=f"{problem.sentence}{problem.mend}",
                value="提示",
                law=(problem.law,) if problem.law else (),
            )
            for problem in self.problems
        ]
        return (*notes, *warnings)

    def sheet(self) -> Sheet:
        """The calculation sheet a judge attaches."""
        return Sheet(
            kind="interest",
            title="迟延履行利息计算书",
            given=_given(self.claim),
            results=_results(self),
            tables=_tables(self),
            steps=self.steps,
            notes=(*self.notes, "每段利息保留精确值，合计时四舍五入到分。"),
            problems=self.problems,
            book_hash=self.book_hash,
        )


def _plain(amount: Decimal) -> str:
    return f"{amount:.2f}"


def _given(claim: InterestClaim) -> tuple[tuple[str, str], ...]:
    given = []
    for part in claim.parts:
        given.append(
            (f"{PART_WORDS[part.kind]}（{part.id}）", f"{yuan(part.amount)}，履行期至 {part.due.isoformat()}")
        )
    for clause in claim.general:
        per = {"day": "日", "month": "月", "year": "年"}[clause.rate.per]
        until = f" 至 {clause.last.isoformat()}" if clause.last else " 起至清偿之日"
        cap = "，按民间借贷上限" if clause.cap else ""
        given.append(
            (
                f"一般债务利息（{clause.on}）",
                f"{per}利率 {clause.rate.raw}，{clause.first.isoformat()}{until}{cap}",
            )
        )
    for period in claim.excluded:
        given.append(
            (
                "不计算加倍部分的期间",
                f"{period.first.isoformat()} 至 {period.last.isoformat()} {period.reason}".strip(),
            )
        )
    for payment in claim.payments:
        amount = "全部" if payment.amount is None else f"{yuan(payment.amount)} 元"
        given.append(("受偿", f"{payment.day.isoformat()} {PAID_WORDS[payment.by]} {amount}"))
    if claim.payments:
        given.append(("抵充顺序", "→".join(ORDER_WORDS[word] for word in claim.settings.order)))
    if claim.bankruptcy_accepted:
        given.append(("破产申请受理之日", claim.bankruptcy_accepted.isoformat()))
    if claim.currency != "CNY":
        given.append(("币种", f"{claim.currency}{'，按人民币计算' if claim.conversions else ''}"))
    return (*given, ("计算至", claim.as_of.isoformat()))


def _results(result: InterestResult) -> tuple[tuple[str, str], ...]:
    found = [
        ("一般债务利息（履行期届满前）", yuan(result.general_before_due)),
        ("一般债务利息（迟延履行期间）", yuan(result.general_after_due)),
        ("加倍部分债务利息", yuan(result.extra)),
        ("应付总额（未减受偿）", yuan(result.total_due)),
    ]
    if result.surplus > ZERO:
        found.append(("超出应付、应予退还", yuan(result.surplus)))
    return (*found, ("尚欠合计", yuan(result.open_total)))


def _tables(result: InterestResult) -> tuple[SheetTable, ...]:
    claim = result.claim
    tables = [
        SheetTable(
            title="分段计算",
            columns=("种类", "债务", "起", "止", "日数", "基数（元）", "利率", "利息（元）"),
            rows=tuple(_segment_row(claim, row) for row in result.rows if isinstance(row, Segment)),
            numeric=(4, 5, 7),
        )
    ]
    if claim.payments:
        tables.append(
            SheetTable(
                title="受偿与抵充",
                columns=(
                    "日期",
                    "金额（元）",
                    "抵债务（元）",
                    "抵一般利息（元）",
                    "抵加倍部分（元）",
                    "尚欠债务（元）",
                ),
                rows=tuple(_settled_row(row) for row in result.rows if isinstance(row, Settled)),
                numeric=(1, 2, 3, 4, 5),
            )
        )
    tables.append(
        SheetTable(
            title="尚欠",
            columns=("债务", "债务（元）", "一般债务利息（元）", "加倍部分债务利息（元）"),
            rows=tuple(
                (
                    part_name(claim, place),
                    yuan(part.principal),
                    yuan(part.general_interest),
                    yuan(part.extra_interest),
                )
                for place, part in enumerate(result.open_parts)
            ),
            numeric=(1, 2, 3),
        )
    )
    return tuple(tables)


def _segment_row(claim: InterestClaim, row: Segment) -> tuple[str, ...]:
    return (
        KIND_WORDS[row.kind],
        part_name(claim, row.part),
        row.first.isoformat(),
        row.last.isoformat(),
        str(row.days),
        money_text(row.base),
        row.rate,
        exact_text(row.accrued),
    )


def _settled_row(row: Settled) -> tuple[str, ...]:
    paid = row.paid
    return (
        date.fromordinal(paid.day).isoformat(),
        money_text(paid.amount),
        money_text(sum(paid.parts.values())),
        money_text(paid.general),
        money_text(paid.extra),
        money_text(sum(row.left)),
    )
