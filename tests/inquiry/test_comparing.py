"""Declared against found, as tables: what was reported, what was found, what the line says."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from zhixing.inquiry.domain.sieve.comparing import ASKS, DECLARED, FOUND, REASONS, Limits, compared

# A gap of more than 5 % matters, from 1 000 yuan on.
LIMITS = Limits(tolerance=50, material_fen=100_000)
LOOKBACK, REPORTED = date(2025, 3, 1), date(2026, 3, 10)  # notice received on 2026-03-01


def told(no=1, **more):
    return {
        "declared": no,
        "ask": 1,
        "kind": "cash",
        "number": "",
        "tail": "",
        "place": "",
        "fen": None,
    } | more


def found(no=1, **more):
    row = {"item": no, "ask": 1, "kind": "cash", "number": "", "tail": "", "place": "", "fen": None}
    return row | {"opened": None, "ended": None} | more


def lines(declared, real, *, reported_on=REPORTED, kinds=("cash", "realty")):
    asks = [{"ask": 1, "reported_on": reported_on, "lookback_from": LOOKBACK, "kinds_asked": list(kinds)}]
    out = compared(
        pl.DataFrame(declared, schema=dict(DECLARED)), pl.DataFrame(real, schema=dict(FOUND)),
        pl.DataFrame(asks, schema=dict(ASKS)), limits=LIMITS,
    )  # fmt: skip
    return [
        (row["declared"], row["item"], row["reason"], row["is_material"]) for row in out.iter_rows(named=True)
    ]


AMOUNTS = [
    # 100 000.00 declared: five per cent of the larger amount is the margin
    (10_000_000, 10_000_000, "C01", False),
    (
        10_000_000,
        10_526_315,
        "C01",
        False,
    ),  # 5 % of 105 263.15 is 5 263.1575: the gap of 5 263.15 lies inside
    (10_000_000, 10_526_316, "C03", True),  # the gap of 5 263.16 lies beyond 5 263.158
    (10_000_000, 9_500_000, "C01", False),
    (10_000_000, 9_499_999, "C04", True),
    (None, 10_000_000, "C02", False),
    (10_000_000, None, "C02", False),
    # 500 yuan against 1 499.99 or 1 500.00: the gap matters from 1 000 yuan
    (50_000, 149_999, "C03", False),
    (50_000, 150_000, "C03", True),
]


@pytest.mark.parametrize(("declared", "real", "reason", "matters"), AMOUNTS)
def test_amounts_of_one_account(declared, real, reason, matters):
    got = lines([told(number="A1", fen=declared)], [found(number="A1", fen=real)])
    assert got == [(1, 1, reason, matters)]


def test_what_was_not_reported():
    assert lines([], [found(number="A1", fen=100_000)]) == [(None, 1, "C05", True)]
    assert lines([], [found(number="A1", fen=99_999)]) == [(None, 1, "C05", False)]
    assert lines([], [found(number="A1", fen=None)]) == [(None, 1, "C05", True)]
    assert lines([], [found(number="A1", fen=1)], reported_on=None) == [(None, 1, "C06", False)]


@pytest.mark.parametrize(
    ("opened", "reason"), [(date(2026, 3, 10), "C05"), (date(2026, 3, 11), "C07"), (None, "C05")]
)
def test_what_was_acquired_after_the_report(opened, reason):
    assert lines([], [found(number="A1", fen=1, opened=opened)])[0][2] == reason


@pytest.mark.parametrize(
    ("ended", "reason"),
    [(date(2025, 2, 28), "C05"), (date(2025, 3, 1), "C08"), (date(2026, 3, 20), "C08")],
)
def test_what_left_within_a_year_before_the_notice(ended, reason):
    assert lines([], [found(kind="realty", number="U1", ended=ended)])[0][2] == reason


def test_what_was_reported_and_not_found():
    assert lines([told(kind="realty", place="孟村县")], []) == [(1, None, "C09", False)]
    assert lines([told(kind="vehicle", number="冀J00001")], []) == [(1, None, "C10", False)]


class TestPairing:
    def test_by_number_before_tail_before_place(self):
        declared = [told(1, tail="0001", fen=1), told(2, number="A2", fen=1), told(3, place="农行", fen=1)]
        real = [found(1, number="A2", tail="0001", fen=1), found(2, number="B", tail="0001", fen=1),
                found(3, number="C", place="农行", fen=1)]  # fmt: skip
        assert [line[:2] for line in lines(declared, real)] == [(1, 2), (2, 1), (3, 3)]

    def test_two_of_one_tail_are_left_to_the_judge(self):
        real = [found(1, number="A", tail="0001", fen=5), found(2, number="B", tail="0001", fen=7)]
        assert [line[:2] for line in lines([told(tail="0001", fen=1)], real)] == [
            (1, None),
            (None, 1),
            (None, 2),
        ]

    def test_without_any_number_by_the_same_amount(self):
        assert lines([told(fen=777)], [found(number="A", fen=777)]) == [(1, 1, "C01", False)]
        assert [line[2] for line in lines([told(fen=777)], [found(number="A", fen=778)])] == ["C09", "C05"]

    def test_never_across_people(self):
        real = [found(1, number="A1", fen=1) | {"ask": 2}]
        assert len(lines([told(number="A1", fen=1)], real)) == 2


def test_it_never_calls_anything_false():
    assert not [text for text in REASONS.values() if "虚假" in text or "虚报" in text]
