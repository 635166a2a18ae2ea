"""The least-burden plan: worked cases, and what must hold of any plan."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhixing.control.domain.burden import Holding, excess_release, least_burden

ORDER = {"cash": 1, "wealth": 2, "vehicle": 8, "realty": 9}


def cash(no, yuan, **more):
    return Holding(id=no, kind="cash", takeable=Decimal(yuan), **more)


def thing(no, yuan, kind="realty", **more):
    return Holding(id=no, kind=kind, takeable=Decimal(yuan), is_divisible=False, **more)


WORKED = [
    ("the smallest account that is enough", [cash(1, 500), cash(2, 120), cash(3, 110)], 100, [(3, 100)]),
    ("an account that is exactly enough", [cash(1, 500), cash(2, 100)], 100, [(2, 100)]),
    ("the largest first when none is enough", [cash(1, 30), cash(2, 60), cash(3, 20)], 100, [(2, 60), (1, 30), (3, 10)]),
    ("two and not three", [cash(1, 30), cash(2, 60), cash(3, 45)], 100, [(2, 60), (3, 40)]),
    ("money before a house", [thing(1, 900), cash(2, 60)], 60, [(2, 60)]),
    ("cash before products", [Holding(id=1, kind="wealth", takeable=Decimal(500)), cash(2, 60)], 100, [(2, 60), (1, 40)]),
    ("a car before a house", [thing(1, 900), thing(2, 50, "vehicle"), cash(3, 60)], 100, [(3, 60), (2, 50)]),
    ("the smallest house that is enough", [thing(1, 900), thing(2, 300)], 100, [(2, 300)]),
    ("the only home last", [thing(1, 300, is_needed=True), thing(2, 900)], 100, [(2, 900)]),
    ("nothing that is held back", [cash(1, 500, hold="依法不得冻结"), cash(2, 40)], 100, [(2, 40)]),
    ("nothing when nothing is due", [cash(1, 500)], 0, []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "holdings", "due", "picked"), WORKED, ids=[row[0] for row in WORKED])
def test_worked_cases(name, holdings, due, picked):
    plan = least_burden(holdings, due=Decimal(due), order=ORDER)
    assert [(pick.id, pick.amount) for pick in plan.picks] == picked


def test_everything_is_named_and_what_is_short_or_over_is_told():
    plan = least_burden([cash(1, 40), cash(2, 5, hold="x"), cash(3, 0)], due=Decimal(100), order=ORDER)
    assert (plan.total, plan.short, plan.over) == (40, 60, 0)
    assert dict(plan.left_out) == {2: "x", 3: "没有可以控制的数额"}
    plan = least_burden([thing(1, 300)], due=Decimal(100), order=ORDER)
    assert (plan.short, plan.over) == (0, 200)
    assert "不可分" in plan.picks[0].why


amounts = st.integers(0, 2000).map(lambda fen: Decimal(fen) / 100)
holdings = st.lists(
    st.builds(
        Holding, id=st.integers(), kind=st.sampled_from(["cash", "wealth", "vehicle", "realty", "other"]), takeable=amounts,
        is_divisible=st.booleans(), is_needed=st.booleans(), hold=st.sampled_from(["", "", "", "依法不得冻结"]),
    ),
    max_size=8, unique_by=lambda item: item.id,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(holdings, amounts)
def test_any_plan_keeps_cap_floor_and_holds(pool, due):
    plan = least_burden(pool, due=due, order=ORDER)
    by_id = {item.id: item for item in pool}
    assert {pick.id for pick in plan.picks} | {no for no, _ in plan.left_out} == set(by_id)
    for pick in plan.picks:
        assert 0 < pick.amount <= by_id[pick.id].takeable
        assert not by_id[pick.id].hold
    assert plan.total - plan.over + plan.short == due
    if plan.over:
        assert not by_id[plan.picks[-1].id].is_divisible
        assert plan.total - plan.picks[-1].amount < due
    if plan.short:
        assert plan.total == sum(item.takeable for item in pool if not item.hold)


@settings(max_examples=150, deadline=None)
@given(st.lists(amounts, max_size=7), amounts)
def test_no_fewer_accounts_would_do(balances, due):
    pool = [cash(no, balance) for no, balance in enumerate(balances)]
    plan = least_burden(pool, due=due, order=ORDER)
    if not plan.short:
        fewer = combinations(balances, max(0, len(plan.picks) - 1))
        assert not plan.picks or all(sum(some) < due for some in fewer)


def test_excess_is_lifted_from_the_most_burdensome_first():
    held = [cash(1, 500), thing(2, 300), thing(3, 80, "vehicle")]
    assert [(p.id, p.amount) for p in excess_release(held, due=Decimal(500), order=ORDER)] == [
        (2, 300),
        (3, 80),
    ]
    assert [(p.id, p.amount) for p in excess_release(held, due=Decimal(700), order=ORDER)] == [
        (3, 80),
        (1, 100),
    ]
    assert excess_release(held, due=Decimal(880), order=ORDER) == ()
