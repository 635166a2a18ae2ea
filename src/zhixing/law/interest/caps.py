"""The cap of private lending over time, and the rate where none was agreed (INT-30 to INT-32)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from zhixing.kernel.errors import InvalidInput, Problem
from zhixing.law.book import LawBook, book
from zhixing.law.interest.nouns import LendingCap
from zhixing.law.interest.published import history_of, value_on
from zhixing.law.steps import Step

_METHOD = "interest.cap_method"
_MULTIPLE = "interest.cap_multiple"


@dataclass(frozen=True, slots=True)
class CapStep:
    """From a day (ordinal) on: the highest yearly rate a court supports, and its source."""

    first: int
    rate: Decimal
    law: tuple[str, ...]


def needs_filing(contract: date, law_book: LawBook) -> bool:
    """Whether the day of filing decides the cap: loans made before four times the LPR became the rule."""
    return contract < _lpr_rule_since(law_book)


def cap_steps(cap: LendingCap, first: date, law_book: LawBook) -> list[CapStep]:
    """The cap from an interest period's first day on.

    Loans made since 2020-08-20: four times the one-year LPR of the day the contract was made. Older loans in suits since
    then: the earlier rule up to 2020-08-19, thereafter four times the LPR of the day of filing. Older loans in older
    suits: the rule in force when the suit was filed, to the end.

    Raises:
        InvalidInput: the day of filing is needed and missing.
        NoRuleInForce: before the first rule.
    """
    since = _lpr_rule_since(law_book)
    if cap.contract >= since:
        return [_four_times_lpr(cap.contract, 1, law_book)]
    if cap.filed is None:
        raise InvalidInput([filing_missing("filed")])
    if cap.filed < since:
        return _earlier(cap.filed, first, law_book)
    return [
        *_earlier(since - timedelta(days=1), first, law_book),
        _four_times_lpr(cap.filed, since.toordinal(), law_book, "lending.31"),
    ]


def filing_missing(field: str) -> Problem:
    """The loan is older than the present rule, so that the day of filing decides."""
    return Problem(
        code="interest.filing_missing",
        sentence="借贷合同成立于现行利率上限施行之前，上限取决于起诉的日期，但没有填写，",
        mend='请填写 "filed"（起诉之日），例如 "2020-09-10"。',
        law="lending.31",
        field=field,
    )


def _lpr_rule_since(law_book: LawBook) -> date:
    return next(entry.since for entry in law_book.history(_METHOD) if entry.value == "lpr")


def _four_times_lpr(day: date, first: int, law_book: LawBook, law: str = "lending.25") -> CapStep:
    multiple = law_book.at(day).value(_MULTIPLE)
    return CapStep(first, multiple * value_on("LPR1Y", "y1", day, law_book).value, (law, "lpr"))


def _earlier(rule_day: date, first: date, law_book: LawBook) -> list[CapStep]:
    """The rule in force on a day before 2020-08-20, applied to all interest."""
    rules = law_book.at(rule_day)
    method = rules.entry(_METHOD)
    if method.value == "fixed":
        entry = rules.entry("interest.cap_supported")
        return [CapStep(1, entry.value, entry.source)]
    multiple = rules.value(_MULTIPLE)
    value_on("benchmark", "y1", first, law_book)
    return [
        CapStep(entry.since.toordinal(), entry.value * multiple, (*method.source, *entry.source))
        for entry in history_of("benchmark", "y1", law_book)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportedRate:
    """Outcome of a cap: the yearly rate that counts and how it was found. capped: the agreed one was higher."""

    agreed: Decimal
    limit: Decimal
    supported: Decimal
    capped: bool
    steps: tuple[Step, ...]
    book_hash: str


def lending_cap(agreed: Decimal, cap: LendingCap, on: date, law_book: LawBook | None = None) -> SupportedRate:
    """The yearly rate a court supports for interest of one day. Raises as `cap_steps`."""
    law_book = law_book or book()
    limits = [step for step in cap_steps(cap, on, law_book) if step.first <= on.toordinal()]
    limit = limits[-1]
    step = Step(
        text=f"民间借贷，合同成立于 {cap.contract.isoformat()}，{on.isoformat()} 的利率上限",
        value=f"{limit.rate * 100:.2f}%",
        law=limit.law,
    )
    return SupportedRate(
        agreed=agreed,
        limit=limit.rate,
        supported=min(agreed, limit.rate),
        capped=agreed > limit.rate,
        steps=(step,),
        book_hash=law_book.hash,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DefaultRate:
    """A rate in the wording of the interest input, to be used where the parties agreed none."""

    rate: str
    per: Literal["year"]
    steps: tuple[Step, ...]
    book_hash: str


def rate_without_agreement(
    kind: Literal["lending", "sale"],
    overdue_on: date,
    *,
    in_term: Decimal | None = None,
    markup: Decimal | None = None,
    law_book: LawBook | None = None,
) -> DefaultRate:
    """The overdue rate where none was agreed.

    Args:
        kind: lending (民间借贷规定第二十八条) or sale (买卖合同解释第十八条).
        overdue_on: first day of being overdue; decides between benchmark and LPR, and fixes the LPR of a loan.
        in_term: agreed yearly rate within the term of a loan; it goes on when overdue.
        markup: share added for a sale, within the bounds of the table; the lowest when left out.

    Raises:
        InvalidInput: markup out of bounds. NoRuleInForce: before the first rule.
    """
    law_book = law_book or book()
    rules = law_book.at(overdue_on)
    if kind == "lending":
        entry = rules.entry("interest.overdue_without_rate")
        text = f"{entry.value}@{overdue_on.isoformat()}" if in_term is None else f"{in_term * 100:f}%"
        said = "未约定逾期利率，按逾期时一年期LPR" if in_term is None else "未约定逾期利率，按借期内利率"
    else:
        entry = rules.entry("interest.sale_overdue")
        low, high = rules.value("interest.sale_markup_min"), rules.value("interest.sale_markup_max")
        added: Decimal = low if markup is None else markup
        if not low <= added <= high:
            raise InvalidInput([_markup_problem(added, low, high)])
        text = f"{1 + added}*{entry.value}"
        said = f"买卖合同未约定违约金，按公布利率加计 {added * 100:.0f}%"
    step = Step(text=f"{said}（{overdue_on.isoformat()} 起逾期）", value=text, law=entry.source)
    return DefaultRate(rate=text, per="year", steps=(step,), book_hash=law_book.hash)


def _markup_problem(markup: Decimal, low: Decimal, high: Decimal) -> Problem:
    return Problem(
        code="interest.markup",
        sentence=f"加计比例 {markup} 不在 {low} 至 {high} 之间，",
        mend=f"请填写 {low} 至 {high} 的比例。",
        law="sales.18",
        field="markup",
    )
