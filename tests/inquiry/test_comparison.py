"""Declared against found (DEC-08): it proposes, with reasons, and never says that somebody lied."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zhixing.inquiry.domain.comparison import Declared, Found, compare
from zhixing.inquiry.domain.records import Kind

D = Decimal


def told(
    amount: str | None, *, number: bytes | None = b"a", tail: str = "7890", place: str = "", id: int = 1
) -> Declared:
    """One declared account."""
    return Declared(
        id=id, kind=Kind.CASH, number=number, tail=tail, place=place, amount=D(amount) if amount else None
    )


def seen(
    amount: str | None, *, number: bytes = b"a", tail: str = "7890", place: str = "模拟农业银行", id: int = 9
) -> Found:
    """One found account."""
    return Found(
        id=id, kind=Kind.CASH, number=number, tail=tail, place=place, amount=D(amount) if amount else None
    )


def verdicts(
    declared: list[Declared], found: list[Found], *, has_report: bool = True
) -> list[tuple[str, bool]]:
    """Verdict and weight of each line."""
    lines = compare(declared, found, tolerance=D("0.05"), threshold=D("1000.00"), has_report=has_report)
    return [(line.verdict, line.is_material) for line in lines]


@pytest.mark.parametrize(
    ("declared", "found", "expected"),
    [
        ("10000", "10000", ("match", False)),
        ("9500", "10000", ("match", False)),  # 500 is 5 % of the larger
        ("9499", "10000", ("understated", False)),  # 501 < 1,000
        ("9000", "10000", ("understated", True)),  # exactly 1,000
        ("12000", "10000", ("overstated", True)),
        (None, "10000", ("match", False)),  # no amount told: there is nothing to compare
    ],
)
def test_amounts_within_five_percent_agree(
    declared: str | None, found: str, expected: tuple[str, bool]
) -> None:
    """Tolerance 5 %, material from 1,000 yuan."""
    assert verdicts([told(declared)], [seen(found)]) == [expected]


def test_what_was_found_and_not_declared_is_omitted_and_comes_first() -> None:
    """999.99 is below the threshold; a declared item without a record is only 'not found'."""
    found = [
        seen("999.99", number=b"b", tail="1111", place="x"),
        seen("1000.00", number=b"c", tail="2222", place="y", id=10),
    ]
    assert verdicts([told("5", number=b"z", tail="9999")], found) == [
        ("omitted", False),
        ("omitted", True),
        ("not_found", False),
    ]


def test_tail_pairs_only_where_one_candidate_is_left() -> None:
    """Two accounts with the same last four: no guess."""
    found = [seen("1", number=b"b"), seen("2", number=b"c", id=10)]
    assert [v for v, _ in verdicts([told("1", number=None)], found)] == ["omitted", "omitted", "not_found"]


def test_without_a_report_everything_is_omitted_and_says_so() -> None:
    """The reason names the missing report."""
    lines = compare([], [seen("10")], tolerance=D("0.05"), threshold=D("1000"), has_report=False)
    assert "没有提交财产报告" in lines[0].reasons[0]
