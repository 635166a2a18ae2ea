"""What a debtor still owes on a day: the title's money debt, the doubled interest, and the execution fee.

Order of payment (法释〔2014〕8号第四条; 民法典第五百六十一条; INT-07): costs, fixed interest, principal, and only then the
doubled part. The doubled part runs on principal and costs, never on interest (INT-02, INT-03).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhixing.kernel.money import ZERO, yuan
from zhixing.law.book import LawBook
from zhixing.law.fees import execution_fee
from zhixing.law.interest import Payment, delayed_interest
from zhixing.law.steps import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What is still owed at the end of a day, yuan, each part ≥ 0.

    principal, interest_fixed, costs, delayed_interest: what is left of each part after the payments.
    fee: execution fee that is still to be collected from the debtor, if all of this is executed.
    paid: what the creditor was paid so far. surplus: paid beyond everything; goes back to the debtor (FUND-14).
    per_day: what one more day costs now. steps: how it came about, with sources.
    """

    on: date
    principal: Decimal
    interest_fixed: Decimal
    costs: Decimal
    delayed_interest: Decimal
    fee: Decimal
    paid: Decimal
    surplus: Decimal
    per_day: Decimal
    steps: tuple[Step, ...]
    book_hash: str

    @property
    def creditor(self) -> Decimal:
        """What the creditor is still owed."""
        return self.principal + self.interest_fixed + self.costs + self.delayed_interest

    @property
    def total(self) -> Decimal:
        """应执行总额: the creditor's part and the execution fee."""
        return self.creditor + self.fee


@dataclass(frozen=True, slots=True)
class _Left:
    """Parts of the money debt after some payments; `spare` is what went beyond them."""

    costs: Decimal
    interest: Decimal
    principal: Decimal
    spare: Decimal


def claim_compute(
    *,
    principal: Decimal,
    interest_fixed: Decimal,
    costs: Decimal,
    perform_by: date,
    on: date,
    payments: Sequence[tuple[date, Decimal]] = (),
    fee_paid: Decimal = ZERO,
    costs_bear_interest: bool = True,
    rate_text: str = "",
    law_book: LawBook | None = None,
) -> Claim:
    """The claim on a day.

    Args:
        principal, interest_fixed, costs: of the title, yuan, ≥ 0.
        perform_by: last day of the period for performance (INT-04).
        payments: (day, amount) that reached the creditor or was transferred by the court for him, fee not included;
            any order; later ones than `on` are left out. The day of transfer still counts (INT-05).
        fee_paid: execution fee collected already.
        costs_bear_interest: setting (INT-03): whether costs belong to the base of the doubled part.
        rate_text: interest clause of the title that is not an amount; noted, never computed here.

    Raises:
        NoRuleInForce: the delay began before 2014-08-01 (INT-11).
    """
    made = sorted((p for p in payments if p[0] <= on), key=lambda p: p[0])
    left, to_base, steps = _allocate(principal, interest_fixed, costs, made, costs_bear_interest)
    doubled = delayed_interest(
        principal=principal + (costs if costs_bear_interest else ZERO),
        due=perform_by,
        as_of=on,
        payments=to_base,
        law_book=law_book,
    )
    paid_doubled = min(left.spare, doubled.amount)
    paid = sum((amount for _, amount in made), ZERO) - (left.spare - paid_doubled)
    owed = left.principal + left.interest + left.costs + doubled.amount - paid_doubled
    fee = execution_fee(paid + owed, on, law_book) if paid + owed else None
    if rate_text:
        steps.append(Step(text=f"执行依据另有利息条款“{rate_text}”，由承办人计算后计入", law=("interest.1",)))
    return Claim(
        on=on,
        principal=left.principal,
        interest_fixed=left.interest,
        costs=left.costs,
        delayed_interest=doubled.amount - paid_doubled,
        fee=max(ZERO, fee.amount - fee_paid) if fee else ZERO,
        paid=paid,
        surplus=left.spare - paid_doubled,
        per_day=doubled.per_day,
        steps=(*steps, *doubled.steps, *(fee.steps if fee else ())),
        book_hash=doubled.book_hash,
    )


def _allocate(
    principal: Decimal,
    interest: Decimal,
    costs: Decimal,
    made: Sequence[tuple[date, Decimal]],
    with_costs: bool,
) -> tuple[_Left, list[Payment], list[Step]]:
    """Spread payments over the parts in the legal order; also what each took off the base of the doubled part."""
    left, to_base, steps = _Left(costs, interest, principal, ZERO), [], []
    for day, amount in made:
        to_costs = min(left.costs, amount)
        to_interest = min(left.interest, amount - to_costs)
        to_principal = min(left.principal, amount - to_costs - to_interest)
        rest = amount - to_costs - to_interest - to_principal
        left = _Left(
            left.costs - to_costs,
            left.interest - to_interest,
            left.principal - to_principal,
            left.spare + rest,
        )
        base = to_principal + (to_costs if with_costs else ZERO)
        if base:
            to_base.append(Payment(day=day, amount=base))
        steps.append(
            Step(
                text=f"{day.isoformat()} 受偿 {yuan(amount)} 元：费用 {yuan(to_costs)}、已定利息 {yuan(to_interest)}、"
                f"本金 {yuan(to_principal)}、加倍部分 {yuan(rest)}",
                value=yuan(left.principal),
                law=("interest.4", "civil.561"),
            )
        )
    return left, to_base, steps
