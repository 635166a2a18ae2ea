"""The claim on a day: hand-worked cases INT-22 and FEE-01, order of payment INT-07."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhixing.cases.domain.claim import Claim, claim_compute

D = Decimal


def claim(**changes: object) -> Claim:
    """500,000 of principal, period for performance ended on 2025-03-10."""
    given_ = {
        "principal": D("500000.00"),
        "interest_fixed": D("0.00"),
        "costs": D("0.00"),
        "perform_by": date(2025, 3, 10),
        "on": date(2025, 12, 31),
        "payments": [],
    }
    return claim_compute(**given_ | changes)


def test_int22_two_payments_leave_the_doubled_part() -> None:
    """100 days on 500,000 = 8,750.00 and 196 days on 300,000 = 10,290.00."""
    paid = [(date(2025, 6, 18), D("200000")), (date(2025, 12, 31), D("300000"))]
    found = claim(payments=paid)
    assert (found.principal, found.delayed_interest, found.creditor) == (
        D("0.00"),
        D("19040.00"),
        D("19040.00"),
    )


def test_fee_is_on_the_whole_claim_and_lowered_by_what_was_collected() -> None:
    """No delay yet: 500,000 → 7,400.00 (FEE-01 table)."""
    found = claim(on=date(2025, 3, 10))
    assert (found.fee, found.total) == (D("7400.00"), D("507400.00"))
    assert claim(on=date(2025, 3, 10), fee_paid=D("7400.00")).fee == D("0.00")


def test_int07_costs_then_interest_then_principal_then_doubled_part() -> None:
    """By hand: 10,000 + 500 + 300, paid 700 on the last day of the period; then 10 days on 10,000 − 0 + …"""
    found = claim(
        principal=D("10000.00"),
        interest_fixed=D("500.00"),
        costs=D("300.00"),
        payments=[(date(2025, 3, 10), D("700.00"))],
        on=date(2025, 3, 20),
    )
    # 300 to costs, 400 to interest: principal untouched, 10 days × 10,000 × 0.000175 = 17.50
    assert (found.costs, found.interest_fixed, found.principal) == (D("0.00"), D("100.00"), D("10000.00"))
    assert found.delayed_interest == D("17.50")


def test_costs_bear_doubled_interest_unless_the_setting_says_no() -> None:
    """INT-03: (10,000 + 300) × 0.000175 × 10 = 18.03; without costs 17.50."""
    parts = {"principal": D("10000.00"), "costs": D("300.00"), "on": date(2025, 3, 20)}
    assert claim(**parts).delayed_interest == D("18.03")
    assert claim(**parts, costs_bear_interest=False).delayed_interest == D("17.50")


def test_surplus_is_told_and_nothing_goes_below_zero() -> None:
    """More than everything: what is over belongs to the debtor."""
    found = claim(principal=D("100.00"), on=date(2025, 3, 10), payments=[(date(2025, 3, 1), D("130.00"))])
    assert (found.creditor, found.surplus, found.paid) == (D("0.00"), D("30.00"), D("100.00"))


@pytest.mark.parametrize(("day", "interest"), [(date(2025, 3, 10), "0.00"), (date(2025, 3, 11), "87.50")])
def test_int15_last_day_of_the_period_is_no_delay_the_next_is(day: date, interest: str) -> None:
    """500,000 × 0.000175 = 87.50 a day."""
    assert claim(on=day).delayed_interest == D(interest)


@given(
    st.lists(
        st.tuples(st.dates(date(2025, 3, 1), date(2025, 12, 31)), st.decimals(0, 400_000, places=2)),
        max_size=6,
    )
)
def test_every_yuan_paid_lowers_the_claim_or_is_surplus(payments: list[tuple[date, Decimal]]) -> None:
    """paid + surplus = Σ payments, and all parts stay ≥ 0."""
    found = claim(payments=payments, interest_fixed=D("1000.00"), costs=D("2300.00"))
    assert found.paid + found.surplus == sum((amount for _, amount in payments), D(0))
    assert min(found.principal, found.interest_fixed, found.costs, found.delayed_interest, found.surplus) >= 0
