"""The doubled part of interest for late performance, simple case (法释〔2014〕8号; INT-02, INT-15, INT-16).

One debt, one last day of performance, any number of part payments. Payments go to the debt first and
only then to the doubled part (第四条), so the doubled part never bears interest itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from zhixing.kernel.errors import InvalidInput, Problem
from zhixing.kernel.money import round_half_up, yuan
from zhixing.law.book import LawBook, book
from zhixing.law.errors import NoRuleInForce
from zhixing.law.steps import Step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhixing.law.loading import Entry

_RULE = "interest.extra_daily_rate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Money that reached the creditor or was transferred: its day counts as a day of delay still."""

    day: date
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class DelayedInterest:
    """The doubled part up to a day.

    Attributes:
        amount: all of it that has accrued, rounded once, whether paid or not.
        principal_left: what is left of the debt after the payments.
        interest_left: what is left of the doubled part after payments that exceeded the debt.
        surplus: paid beyond both; to be returned.
        per_day: what one more day costs now.
    """

    amount: Decimal
    principal_left: Decimal
    interest_left: Decimal
    surplus: Decimal
    per_day: Decimal
    days: int
    steps: tuple[Step, ...]
    book_hash: str


def delayed_interest(
    *,
    principal: Decimal,
    due: date,
    as_of: date,
    payments: Sequence[Payment] = (),
    law_book: LawBook | None = None,
) -> DelayedInterest:
    """Compute the doubled part (加倍部分债务利息).

    Args:
        principal: money debt fixed by the title without general interest, yuan, ≥ 0.
        due: last day of the period for performance; the day after it is the first day of delay.
        as_of: last day computed; it counts.
        payments: in any order; those on or before `due` only lower the debt.
        law_book: the platform's book when left out.

    Raises:
        InvalidInput: all of: negative amounts, floats, payments after `as_of`.
        NoRuleInForce: the first day of delay lies before 2014-08-01, where the old rule still governs.
    """
    _check(principal, as_of, payments)
    law_book = law_book or book()
    left, spare, exact, days = principal, Decimal(0), Decimal(0), 0
    steps: list[Step] = []
    last = due
    for payment in sorted(payments, key=lambda p: p.day):
        if payment.day > last:
            added, counted = _segment(left, last, payment.day, law_book, steps)
            exact, days, last = exact + added, days + counted, payment.day
        paid = min(left, payment.amount)
        left, spare = left - paid, spare + payment.amount - paid
        steps.append(
            Step(
                text=f"{payment.day.isoformat()} 清偿 {yuan(payment.amount)} 元，先抵金钱债务",
                value=yuan(left),
                law=("interest.4",),
            )
        )
    if as_of > last:
        added, counted = _segment(left, last, as_of, law_book, steps)
        exact, days = exact + added, days + counted
    amount = round_half_up(exact)
    if as_of > due:
        steps.append(Step(text="加倍部分债务利息合计，四舍五入到分", value=yuan(amount), law=("interest.1",)))
    to_interest = min(spare, amount)
    return DelayedInterest(
        amount=amount,
        principal_left=left,
        interest_left=amount - to_interest,
        surplus=spare - to_interest,
        per_day=_per_day(left, due, as_of, law_book),
        days=days,
        steps=tuple(steps),
        book_hash=law_book.hash,
    )


def _per_day(left: Decimal, due: date, as_of: date, law_book: LawBook) -> Decimal:
    """What the day after `as_of` would add; nothing while the period for performance still runs."""
    following = as_of + timedelta(days=1)
    if following <= due or not left:
        return Decimal("0.00")
    return round_half_up(left * law_book.at(following).value(_RULE))


def _segment(
    left: Decimal, start: date, end: date, law_book: LawBook, steps: list[Step]
) -> tuple[Decimal, int]:
    """Interest on an unchanging debt for the days after `start` up to and including `end`, split by rate."""
    if left == 0:
        return Decimal(0), 0
    total, counted = Decimal(0), 0
    for entry, first, last in _by_rate(start + timedelta(days=1), end, law_book):
        days = (last - first).days + 1
        part = left * entry.value * days
        counted += days
        total += part
        steps.append(
            Step(
                text=f"{first.isoformat()} 至 {last.isoformat()}，"
                f"{yuan(left)} 元 × {entry.value} × {days} 日",
                value=f"{part.normalize():f}",
                law=entry.source,
            )
        )
    return total, counted


def _by_rate(first: date, last: date, law_book: LawBook) -> list[tuple[Entry, date, date]]:
    """The stretches of one rate within [first, last], both included."""
    history = law_book.history(_RULE)
    if first < history[0].since:
        raise NoRuleInForce(_RULE, first, history[0].since)
    stretches = []
    for entry in history:
        begin = max(first, entry.since)
        end = last if entry.until is None else min(last, entry.until - timedelta(days=1))
        if begin <= end:
            if entry.value is None:
                raise NoRuleInForce(_RULE, begin, None)
            stretches.append((entry, begin, end))
    return stretches


def _check(principal: Decimal, as_of: date, payments: Sequence[Payment]) -> None:
    problems = []
    for field, value in [
        ("principal", principal),
        *((f"payments.{i}.amount", p.amount) for i, p in enumerate(payments)),
    ]:
        if not isinstance(value, Decimal):
            problems.append(
                Problem(
                    code="interest.not_decimal",
                    sentence=f"{field} 不是十进制金额，",
                    mend='请用文本形式的金额，例如 "500000.00"。',
                    field=field,
                )
            )
        elif value < 0:
            problems.append(
                Problem(
                    code="interest.negative",
                    sentence=f"{field} 是负数，",
                    mend="请填写不小于零的金额。",
                    field=field,
                )
            )
    for index, payment in enumerate(payments):
        if payment.day > as_of:
            problems.append(
                Problem(
                    code="interest.payment_after",
                    sentence=f"第 {index + 1} 笔清偿日 {payment.day.isoformat()}"
                    f"晚于计算截止日 {as_of.isoformat()}，",
                    mend="请把截止日推后，或去掉这一笔。",
                    field=f"payments.{index}.day",
                )
            )
    if problems:
        raise InvalidInput(problems)
