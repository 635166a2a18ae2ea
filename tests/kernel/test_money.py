"""Money: text in, cents out, and no float anywhere."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhixing.kernel.errors import InvalidInput
from zhixing.kernel.money import allocate, money, round_half_up, yuan


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("12.3", "12.30"),
        ("1,234,567.89", "1234567.89"),
        ("￥5", "5.00"),
        ("96,420.00元", "96420.00"),
        (7, "7.00"),
        ("-0.01", "-0.01"),
    ],
)
def test_money_from_text_has_two_places(given_text: str | int, expected: str) -> None:
    assert str(money(given_text)) == expected


@pytest.mark.parametrize("wrong", [1.5, True, None])
def test_money_from_float_is_a_type_error(wrong: object) -> None:
    with pytest.raises(TypeError):
        money(wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("一百", "money.not_an_amount"),
        ("1.005", "money.too_many_places"),
        ("NaN", "money.not_an_amount"),
        ("", "money.not_an_amount"),
    ],
)
def test_money_that_cannot_be_read_says_why(text: str, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        money(text)
    assert [problem.code for problem in refused.value.problems] == [code]


@pytest.mark.parametrize(
    ("exact", "rounded"), [("50.015", "50.02"), ("50.0149", "50.01"), ("-0.005", "-0.01")]
)
def test_rounding_is_half_up(exact: str, rounded: str) -> None:
    assert round_half_up(Decimal(exact)) == Decimal(rounded)


def test_distribution_of_the_rulebook_sums_exactly() -> None:
    """DIST worked example: 857,600 over 400,000 / 900,000 / 700,000."""
    parts = allocate(Decimal("857600.00"), [400_000, 900_000, 700_000])
    assert parts == [Decimal("171520.00"), Decimal("385920.00"), Decimal("300160.00")]


def test_leftover_cents_go_to_the_largest_remainder_then_to_the_earlier() -> None:
    assert allocate(Decimal("0.05"), [1, 1, 1]) == [Decimal("0.02"), Decimal("0.02"), Decimal("0.01")]
    assert allocate(Decimal("100.00"), [1, 2]) == [Decimal("33.33"), Decimal("66.67")]


@given(
    cents=st.integers(0, 10**14),
    weights=st.lists(st.integers(0, 10**9), min_size=1, max_size=8).filter(any),
)
def test_allocate_sums_exactly_and_never_strays_a_cent(cents: int, weights: list[int]) -> None:
    total = Decimal(cents).scaleb(-2)
    parts = allocate(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        exact = Decimal(cents * weight) / sum(weights) / 100
        assert abs(part - exact) <= Decimal("0.0101")


def test_allocate_refuses_negative_and_empty_weights() -> None:
    for total, weights in ((Decimal("-1.00"), [1]), (Decimal("1.00"), [0, 0]), (Decimal("1.00"), [-1, 2])):
        with pytest.raises(ValueError, match="allocate"):
            allocate(total, weights)


def test_yuan_is_grouped() -> None:
    assert yuan(Decimal("608530.09")) == "608,530.09"
