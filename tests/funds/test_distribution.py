"""The simple distribution by hand, and equations that hold for any road of the money."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhixing.cases.domain.claim import claim_compute
from zhixing.funds.domain.balances import contra, transfer
from zhixing.funds.domain.clock import TermLine, first_unpaid, governing
from zhixing.funds.domain.distribution import Distribution, Receipt, distribute
from zhixing.law.fees import execution_fee

D = Decimal
DAY = date(2026, 3, 3)


def split(*receipts: Receipt) -> Distribution:
    """Principal 100,000, costs 2,300, period for performance to 2025-12-31."""

    def owed(day: date, paid: Sequence[tuple[date, Decimal]]) -> Decimal:
        return claim_compute(
            principal=D("100000.00"),
            interest_fixed=D("0.00"),
            costs=D("2300.00"),
            perform_by=date(2025, 12, 31),
            on=day,
            payments=paid,
        ).creditor

    return distribute(receipts, owed=owed, fee_of=lambda base, day: execution_fee(base, day).amount)


def test_more_than_enough_fee_then_claim_then_rest_to_the_debtor() -> None:
    """62 days × 102,300 × 0.000175 = 1,109.955 → 1,109.96; fee 50 + 1.5 % of 93,409.96 = 1,451.15."""
    found = split(Receipt(day=DAY, amount=D("110000.00")))
    assert (found.fee, found.claim, found.rest, found.owed) == (
        D("1451.15"),
        D("103409.96"),
        D("5138.89"),
        D("0.00"),
    )


def test_too_little_fee_on_what_came_in_then_the_claim() -> None:
    """Fee on 50,000 is 650.00 (FEE-01 table)."""
    found = split(Receipt(day=DAY, amount=D("50000.00")))
    assert (found.fee, found.claim, found.rest, found.owed) == (
        D("650.00"),
        D("49350.00"),
        D("0.00"),
        D("54059.96"),
    )


def test_two_receipts_the_fee_grows_with_the_sum_and_interest_falls_with_the_debt() -> None:
    """Fee 650.00 on 50,000, in all 50 + 1.5 % of 93,… By hand: from 3 to 13 March 10 days run on 52,950.

    Left of the base after 49,350: 102,300 − 49,350 = 52,950. Doubled: 1,109.955 + 52,950 × 0.000175 × 10 = 92.6625
    → 1,202.6175 → 1,202.62. Owed on the 13th: 52,950 + 1,202.62 = 54,152.62; claim in all 103,502.62;
    fee 50 + 0.015 × 93,502.62 = 1,452.5393 → 1,452.54, so 802.54 more; rest 60,000 − 802.54 − 54,152.62 = 5,044.84.
    """
    found = split(
        Receipt(day=DAY, amount=D("50000.00")), Receipt(day=date(2026, 3, 13), amount=D("60000.00"))
    )
    assert (found.fee, found.claim, found.rest) == (D("1452.54"), D("103502.62"), D("5044.84"))
    assert found.credited == ((DAY, D("49350.00")), (date(2026, 3, 13), D("54152.62")))


@given(
    st.lists(
        st.tuples(st.dates(date(2025, 12, 1), date(2026, 12, 31)), st.decimals("0.01", 90_000, places=2)),
        max_size=5,
    )
)
def test_fund20_every_yuan_received_goes_somewhere(items: list[tuple[date, Decimal]]) -> None:
    found = split(*(Receipt(day=day, amount=amount) for day, amount in items))
    assert found.received == found.fee + found.claim + found.rest
    assert min(found.fee, found.claim, found.rest, found.owed) >= 0
    assert found.claim == sum((amount for _, amount in found.credited), D(0))


@given(st.decimals("0.01", 10**9, places=2))
def test_transfer_sums_to_zero_and_its_contra_undoes_it(amount: Decimal) -> None:
    legs = transfer(debit=1, credit=2, amount=amount)
    assert sum(leg.amount for leg in legs) == 0
    undone = {leg.account_id: leg.amount + back.amount for leg, back in zip(legs, contra(legs), strict=True)}
    assert undone == {1: 0, 2: 0}


@pytest.mark.parametrize(("debit", "credit", "amount"), [(1, 1, "5.00"), (1, 2, "0.00"), (1, 2, "-5.00")])
def test_transfer_that_says_nothing_is_refused(debit: int, credit: int, amount: str) -> None:
    with pytest.raises(ValueError, match="above zero"):
        transfer(debit=debit, credit=credit, amount=D(amount))


def test_terms_run_from_the_oldest_money_that_still_lies_here() -> None:
    receipts = [(date(2026, 3, 1), D("100")), (date(2026, 3, 9), D("50"))]
    assert first_unpaid(receipts, D("0")) == date(2026, 3, 1)
    assert first_unpaid(receipts, D("99.99")) == date(2026, 3, 1)
    assert first_unpaid(receipts, D("100")) == date(2026, 3, 9)
    assert first_unpaid(receipts, D("150")) is None


def test_earliest_counting_term_governs() -> None:
    def term(due: int, off: str = "") -> TermLine:
        return TermLine(title="", start=DAY, due=date(2026, 3, due), tier="T2", law="casefunds.10", off=off)

    assert governing([term(20), term(11, off="经批准延缓"), term(13)]) == term(13)
    assert governing([term(11, off="目标")]) is None
