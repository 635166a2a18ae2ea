"""A night's batch says of each case what the explaining calculation says, to the cent and to the day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from zhixing.law.batch import CaseGiven, recompute, recompute_chunks
from zhixing.law.clocks import clock_read, two_clocks
from zhixing.law.interest import interest_compute, interest_read

CLAIMS = [
    {"due": "2025-03-10", "parts": [{"id": "p", "kind": "principal", "amount": "500000.00"}], "as_of": "2025-12-31",
     "general_interest": [{"on": "p", "rate": "0.05%", "per": "day", "from": "2025-01-01"}],
     "payments": [{"date": "2025-06-18", "amount": "200000.00", "by": "voluntary"}]},
    {"due": "2013-03-10", "parts": [{"id": "p", "kind": "principal", "amount": "80000.00"}], "as_of": "2016-01-01",
     "payments": [{"date": "2013-12-18", "amount": "20000.00", "by": "transfer"}]},
    {"due": "2022-03-10", "as_of": "2024-02-29",
     "parts": [{"id": "p", "kind": "principal", "amount": "1.01"}, {"id": "c", "kind": "costs", "amount": "3000"}],
     "general_interest": [{"on": "p", "rate": "1.5*LPR1Y", "per": "year", "from": "2021-01-01"}],
     "excluded": [{"from": "2023-01-01", "to": "2023-02-01", "reason": "执行中止"}]},
]  # fmt: skip
CLOCKS = {"kind": "money", "docketed": "2026-01-05", "received": "2026-01-05", "as_of": "2026-03-04"}


def cents(text: str) -> int:
    return int(Decimal(text) * 100)


@pytest.mark.parametrize("claim", CLAIMS)
def test_the_same_as_one_by_one(claim):
    clocks = clock_read(CLOCKS)
    (numbers,) = recompute([CaseGiven(7, clocks, interest_read(claim))])
    alone, both = interest_compute(interest_read(claim)).as_json(), two_clocks(clocks)
    assert numbers.key == 7
    assert numbers.general_before_due == cents(alone["general_interest_before_due"])
    assert numbers.general_after_due == cents(alone["general_interest_after_due"])
    assert numbers.extra == cents(alone["extra_interest"])
    assert numbers.outstanding == cents(alone["outstanding"]["total"])
    assert (numbers.internal_due, numbers.creditor_due) == (both.internal.due, both.creditor.due)


def test_the_worked_example_by_hand():
    """69, 100 and 196 days: 17 250.00, 25 000.00 + 33 540.50, 8 750.00 + 11 739.175; six months from 2026-01-05."""
    (numbers,) = recompute([CaseGiven(1, clock_read(CLOCKS), interest_read(CLAIMS[0]))])
    assert (numbers.general_before_due, numbers.general_after_due, numbers.extra) == (
        1_725_000,
        5_854_050,
        2_048_918,
    )
    assert numbers.outstanding == 39_627_968
    assert numbers.internal_due == date(2026, 7, 6)  # 5 July is a Sunday


def work(chunk: tuple[int, int]) -> list[int]:
    clocks = clock_read(CLOCKS)
    return [numbers.key for numbers in recompute(CaseGiven(no, clocks) for no in range(*chunk))]


def test_chunks_come_back_in_order_from_processes_of_their_own():
    chunks = [(0, 40), (40, 41), (41, 90)]
    assert [key for keys in recompute_chunks(work, chunks, workers=2) for key in keys] == list(range(90))
