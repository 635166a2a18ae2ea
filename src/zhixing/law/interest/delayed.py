"""The doubled part of a plain debt under the rule of 2014: one sum, one due day, payments; a thin use of the engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from zhixing.kernel.errors import InvalidInput, Problem
from zhixing.kernel.money import round_half_up
from zhixing.law.book import LawBook, book
from zhixing.law.errors import NoRuleInForce
from zhixing.law.interest.account import Segment
from zhixing.law.interest.engine import interest_compute
from zhixing.law.interest.nouns import DebtPart, InterestClaim, Payment
from zhixing.law.interest.settings import settings_default
from zhixing.law.steps import Step

_RULE = "interest.extra_daily_rate"


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
    """Compute the doubled part (加倍部分债务利息); payments go to the debt first (法释〔2014〕8号第四条).

    Claims with general interest, several parts, excluded days or delay before 2014-08-01 go to `interest_compute`.

    Args:
        principal: money debt fixed by the title without general interest, yuan, ≥ 0.
        due: last day of the period for performance; the day after it is the first day of delay.
        as_of: last day computed; it counts.
        payments: in any order; those on or before `due` only lower the debt.
        law_book: the platform's book when left out.

    Raises:
        InvalidInput: all of: negative amounts, floats, payments after `as_of`.
        NoRuleInForce: the first day of delay lies before 2014-08-01, where payments are split by the old rule.
    """
    _check(principal, as_of, payments)
    law_book = law_book or book()
    first = law_book.history(_RULE)[0].since
    open_when_late = principal > sum((p.amount or Decimal(0) for p in payments if p.day <= due), Decimal(0))
    if open_when_late and due < as_of and due + timedelta(days=1) < first:
        raise NoRuleInForce(_RULE, due + timedelta(days=1), first)
    found = interest_compute(
        InterestClaim(
            parts=(DebtPart(id="债务", kind="principal", amount=principal, due=due),),
            as_of=as_of,
            payments=tuple(payments),
            settings=settings_default(law_book, max(as_of, first)),
        ),
        law_book,
    )
    left = found.open_parts[0]
    return DelayedInterest(
        amount=found.extra,
        principal_left=left.principal,
        interest_left=left.extra_interest,
        surplus=found.surplus,
        per_day=_per_day(left.principal, due, as_of, law_book),
        days=sum(row.days for row in found.rows if isinstance(row, Segment)),
        steps=found.steps,
        book_hash=found.book_hash,
    )


def _per_day(left: Decimal, due: date, as_of: date, law_book: LawBook) -> Decimal:
    """What the day after `as_of` would add; nothing while the period for performance still runs."""
    following = as_of + timedelta(days=1)
    if following <= due or not left:
        return Decimal("0.00")
    return round_half_up(left * law_book.at(following).value(_RULE))


def _check(principal: Decimal, as_of: date, payments: Sequence[Payment]) -> None:
    problems = []
    amounts: list[tuple[str, object]] = [
        ("principal", principal),
        *((f"payments.{i}.amount", p.amount) for i, p in enumerate(payments)),
    ]
    for field, value in amounts:
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
