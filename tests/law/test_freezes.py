"""Freezes of one account (NIC-30 to NIC-36): amounts worked by hand, invariants by random histories."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhixing.kernel.errors import InvalidInput
from zhixing.kernel.money import ZERO
from zhixing.law.book import book, load_book
from zhixing.law.durations import measure_period
from zhixing.law.freezes import (
    Account,
    Credit,
    Debit,
    Deduct,
    Freeze,
    Lift,
    Move,
    Renew,
    account_open,
    freeze_read,
    freeze_run,
    holdings,
    move_apply,
    settled,
)
from zhixing.law.loading import TABLES

START = date(2026, 1, 5)


def yuan(amount: str | int) -> Decimal:
    """An amount."""
    return Decimal(amount).quantize(Decimal("0.01"))


def after(balance: int, *moves: Move) -> Account:
    """The account after moves that are all allowed."""
    account = account_open(yuan(balance), START)
    for move in moves:
        outcome = move_apply(account, move)
        assert outcome.problems == ()
        account = outcome.account
    return account


def held(account: Account) -> list[tuple[str, Decimal, Decimal]]:
    """Name, frozen amount and what is missing, by rank."""
    return [(one.order.name, one.frozen_now, one.excess) for one in holdings(account)]


def freeze(name: str, limit: int, on: date = START, years: int | None = None) -> Freeze:
    """A freeze of whole yuan."""
    return Freeze(on=on, name=name, limit=yuan(limit), years=years)


@pytest.mark.parametrize(
    ("balance", "limits", "expected"),
    [
        (60, [100], [(60, 40)]),
        (100, [100], [(100, 0)]),
        (101, [100], [(100, 0)]),
        (150, [100, 80], [(100, 0), (50, 30)]),
        (60, [100, 50], [(60, 40), (0, 50)]),
        (0, [100], [(0, 100)]),
        (500, [100, 80, 70], [(100, 0), (80, 0), (70, 0)]),
    ],
)
def test_each_holds_what_the_earlier_ones_leave(
    balance: int, limits: list[int], expected: list[tuple[int, int]]
) -> None:
    account = after(balance, *(freeze(str(no), limit) for no, limit in enumerate(limits)))
    assert [(now, missing) for _, now, missing in held(account)] == [(yuan(a), yuan(b)) for a, b in expected]


def test_later_money_fills_the_earlier_freeze_first_and_the_rest_stays_free() -> None:
    account = after(60, freeze("甲", 100), freeze("乙", 50), Credit(on=START, amount=yuan(55)))
    assert held(account) == [("甲", yuan(100), yuan(0)), ("乙", yuan(15), yuan(35))]
    account = after(60, freeze("甲", 100), Credit(on=START, amount=yuan(55)))
    assert account.free == yuan(15)


def test_waiting_freeze_matures_when_the_earlier_one_is_lifted() -> None:
    on = START + timedelta(days=30)
    account = after(60, freeze("甲", 100), freeze("乙", 50))
    waiting = account.order("乙")
    assert waiting is not None
    assert waiting.is_waiting
    account = move_apply(account, Lift(on=on, name="甲")).account
    matured = account.order("乙")
    assert matured is not None
    assert (matured.start, matured.end) == (on, date(2027, 2, 3))  # a year from 4 February 2026
    assert held(account) == [("乙", yuan(50), yuan(0))]


def test_lapse_lets_the_next_in_the_day_after() -> None:
    account = after(60, freeze("甲", 100), freeze("乙", 50))
    assert [order.name for order in settled(account, date(2027, 1, 4)).account.orders] == ["甲", "乙"]
    later = settled(account, date(2027, 1, 5)).account
    assert [(order.name, order.start, order.end) for order in later.orders] == [
        ("乙", date(2027, 1, 5), date(2028, 1, 4))
    ]
    assert settled(account, date(2028, 1, 5)).account.orders == ()


@pytest.mark.parametrize(("on", "renewed"), [(date(2027, 1, 4), True), (date(2027, 1, 5), False)])
def test_renewal_keeps_the_rank_and_must_be_in_time(on: date, *, renewed: bool) -> None:
    outcome = move_apply(after(60, freeze("甲", 100), freeze("乙", 50)), Renew(on=on, name="甲"))
    order = outcome.account.order("甲")
    if renewed:
        assert order is not None
        assert order.end == date(2028, 1, 4)
        assert outcome.account.orders[0] is order
    else:
        assert [problem.code for problem in outcome.problems] == ["freeze.unknown"]
        assert order is None


@pytest.mark.parametrize(
    ("amount", "outstanding", "allowed"),
    [
        (59, 1000, True),
        (60, 1000, True),
        (61, 1000, False),  # more than is frozen
        (50, 50, True),
        (51, 50, False),  # more than is owed
        (1, 0, False),
    ],
)
def test_deduction_is_at_most_frozen_and_owed(amount: int, outstanding: int, *, allowed: bool) -> None:
    account = after(60, freeze("甲", 100))
    move = Deduct(on=START, name="甲", amount=yuan(amount), outstanding=yuan(outstanding))
    outcome = move_apply(account, move)
    assert (outcome.problems == ()) is allowed
    assert outcome.account.balance == (yuan(60 - amount) if allowed else yuan(60))


def test_deduction_leaves_the_rest_of_the_limit_and_ends_the_freeze_when_all_is_paid() -> None:
    part = Deduct(on=START, name="甲", amount=yuan(40), outstanding=yuan(100))
    order = after(60, freeze("甲", 100), part).order("甲")
    assert order is not None
    assert order.limit == yuan(60)
    whole = Deduct(on=START, name="甲", amount=yuan(40), outstanding=yuan(40))
    assert after(60, freeze("甲", 100), whole).orders == ()


def test_no_deduction_without_a_freeze() -> None:
    move = Deduct(on=START, name="甲", amount=yuan(1), outstanding=yuan(1))
    assert [p.code for p in move_apply(after(60), move).problems] == ["freeze.no_freeze"]


def test_customer_uses_only_what_is_free() -> None:
    account = after(150, freeze("甲", 100))
    assert move_apply(account, Debit(on=START, amount=yuan(50))).account.balance == yuan(100)
    assert move_apply(account, Debit(on=START, amount=yuan("50.01"))).problems


@pytest.mark.parametrize(
    ("move", "code"),
    [
        (Freeze(on=START, name="乙", limit=ZERO), "limit"),
        (Freeze(on=START, name="甲", limit=yuan(1)), "twice"),
        (Freeze(on=START, name="乙", limit=yuan(1), years=2), "years"),
        (Lift(on=START, name="丙"), "unknown"),
        (Lift(on=START, name="甲", amount=yuan(101)), "lift"),
        (Credit(on=START, amount=ZERO), "amount"),
        (Credit(on=START - timedelta(days=1), amount=yuan(1)), "order"),
        (Renew(on=START, name="乙"), "unknown"),
    ],
)
def test_refusals_change_nothing(move: Move, code: str) -> None:
    account = after(60, freeze("甲", 100))
    outcome = move_apply(account, move)
    assert [problem.code for problem in outcome.problems] == [f"freeze.{code}"]
    assert outcome.account == account


def test_one_renewal_per_period() -> None:
    """Renewals in advance would add up beyond the cap."""
    account = after(60, freeze("甲", 100), Renew(on=START, name="甲"))
    assert [p.code for p in move_apply(account, Renew(on=START, name="甲")).problems] == ["freeze.renewed"]
    again = move_apply(account, Renew(on=date(2027, 1, 5), name="甲"))
    assert again.problems == ()


def test_waiting_freeze_is_not_renewed() -> None:
    account = after(60, freeze("甲", 100), freeze("乙", 50))
    assert [p.code for p in move_apply(account, Renew(on=START, name="乙")).problems] == ["freeze.waiting"]


def test_part_lift_frees_the_top() -> None:
    account = after(100, freeze("甲", 100), Lift(on=START, name="甲", amount=yuan(30)))
    assert account.free == yuan(30)


def test_history_from_json() -> None:
    found = freeze_run(
        freeze_read(
            {
                "balance": "60.00",
                "opened": "2026-01-01",
                "as_of": "2026-12-31",
                "moves": [
                    {"move": "freeze", "on": "2026-01-05", "name": "甲", "amount": "100.00"},
                    {"move": "credit", "on": "2026-02-01", "amount": "55.00"},
                    {"move": "debit", "on": "2026-02-02", "amount": "16.00"},
                    {
                        "move": "deduct",
                        "on": "2026-03-01",
                        "name": "甲",
                        "amount": "40.00",
                        "outstanding": "90.00",
                    },
                ],
            }
        )
    )
    printed = found.as_json()
    assert (printed["balance"], printed["frozen"], printed["free"]) == ("75.00", "60.00", "15.00")
    assert [problem.field for problem in found.problems] == ["moves.2"]
    assert found.sheet().results[0] == ("余额", "75.00 元")


def test_all_faults_at_once() -> None:
    with pytest.raises(InvalidInput) as refused:
        freeze_read(
            {
                "balance": 1.5,
                "opened": "2026-01-05",
                "as_of": "2026-01-04",
                "moves": [
                    {"move": "freeze", "on": "2026-01-05", "amount": "-1"},
                    {"move": "steal", "on": "2026-01-06"},
                    {"move": "credit", "on": "2026-01-01", "amount": "1"},
                ],
            }
        )
    assert [problem.field for problem in refused.value.problems] == [
        "balance",
        "moves.0.amount",
        "moves.0.name",
        "moves.1.move",
        "moves.2.on",
        "as_of",
    ]


NAMES = st.sampled_from(["甲", "乙", "丙"])
AMOUNTS = st.integers(1, 200).map(yuan)
STEPS = st.lists(
    st.tuples(st.integers(0, 5), NAMES, AMOUNTS, st.integers(0, 200)),
    min_size=1,
    max_size=12,
)


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 200), STEPS)
def test_what_is_frozen_never_passes_limit_or_balance(
    balance: int, raw: list[tuple[int, str, Decimal, int]]
) -> None:
    account, on = account_open(yuan(balance), START), START
    for what, name, amount, days in raw:
        on += timedelta(days=days)
        moves: list[Move] = [
            Freeze(on=on, name=name, limit=amount),
            Credit(on=on, amount=amount),
            Debit(on=on, amount=amount),
            Lift(on=on, name=name),
            Renew(on=on, name=name),
            Deduct(on=on, name=name, amount=amount, outstanding=amount),
        ]
        account = move_apply(account, moves[what]).account
        earlier = ZERO
        for one in holdings(account):
            assert ZERO <= one.frozen_now <= one.order.limit
            assert one.frozen_now <= account.balance - earlier
            assert one.frozen_now + one.excess == one.order.limit
            if one.order.is_waiting:
                assert one.frozen_now == 0
            earlier += one.frozen_now
        assert account.frozen <= account.balance
        assert account.orders == () or not account.orders[0].is_waiting
        for order in account.orders:
            if order.start is not None and order.end is not None:
                assert order.period_from is not None
                assert on <= order.end <= measure_period("deposit", order.period_from).end
                assert order.end <= on + timedelta(days=2 * 366)


def test_court_that_does_not_catch_later_credits(tmp_path: Path) -> None:
    """NIC-31: that money coming later fills the limit is bank practice without a text: a setting."""
    shutil.copytree(TABLES, tmp_path / "tables")
    file = tmp_path / "tables" / "control.yaml"
    text = file.read_text(encoding="utf-8")
    wanted = "{from: 2005-01-01, value: true, source: [setting, practice]"
    assert wanted in text
    file.write_text(text.replace(wanted, wanted.replace("true", "false")), encoding="utf-8")
    other = load_book(tmp_path / "tables")
    for law_book, held in ((book(), "100.00"), (other, "40.00")):
        account = account_open(Decimal("40.00"), START)
        for move in (
            Freeze(on=START, name="甲", limit=Decimal("100.00")),
            Credit(on=START + timedelta(days=1), amount=Decimal("80.00")),
        ):
            account = move_apply(account, move, law_book).account
        assert account.frozen == Decimal(held)
