"""Money as decimal text: made, rounded and split without ever touching a float."""

from __future__ import annotations

import re
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal, InvalidOperation, localcontext
from typing import TYPE_CHECKING

from zhixing.kernel.errors import InvalidInput, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

_PLAIN = re.compile(r"[+-]?\d*\.?\d*")
_MOST_DIGITS = 18  # before the point; beyond them an amount is a slip of the keyboard
CENT = Decimal("0.01")
ZERO = Decimal("0.00")
# Room for sums over a nation and for unrounded products; never the global context.
_PRECISION = 50


def money(value: Decimal | int | str) -> Decimal:
    """Make an amount in yuan with exactly two decimal places.

    Args:
        value: text such as ``"1,234.50"`` or ``"￥1234.5"``, a whole number, or a Decimal.

    Raises:
        TypeError: a float (or bool) came; floats cannot hold cents.
        InvalidInput: the text is no amount, or has more than two decimal places. Nothing is rounded here.
    """
    if isinstance(value, bool) or not isinstance(value, (Decimal, int, str)):  # pyright: ignore[reportUnnecessaryIsInstance]: callers untyped
        raise TypeError(f"money() takes text, int or Decimal, not {type(value).__name__}")
    text = str(value).strip().replace(",", "").replace("，", "").lstrip("¥￥").strip()
    if text.endswith("元"):
        text = text[:-1].strip()
    if isinstance(value, str) and not _PLAIN.fullmatch(text):  # Decimal would take 1e5 and 1_000
        raise InvalidInput([_not_an_amount(value)])
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise InvalidInput([_not_an_amount(str(value))]) from None
    if not amount.is_finite() or amount.adjusted() >= _MOST_DIGITS:
        raise InvalidInput([_not_an_amount(str(value))])
    exact = _quantize(amount, ROUND_HALF_UP)
    if exact != amount:
        raise InvalidInput([_too_fine(str(value))])
    return exact


def round_half_up(value: Decimal, places: int = 2) -> Decimal:
    """Round once, at the end of a calculation, half away from zero (四舍五入)."""
    with localcontext() as context:
        context.prec = _PRECISION
        return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def allocate(total: Decimal, weights: Sequence[Decimal | int]) -> list[Decimal]:
    """Split an amount in proportion to weights, so that the parts sum to it exactly.

    Largest remainder: every part is first cut down to whole cents, then the cents left over go, one
    each, to the parts that lost most; equal losses go to the earlier part.

    Args:
        total: amount ≥ 0 with two decimal places.
        weights: each ≥ 0, at least one > 0; order is kept.

    Raises:
        ValueError: negative total or weight, or all weights zero.
    """
    if total < 0 or any(weight < 0 for weight in weights):
        raise ValueError("allocate() takes no negative total or weight")
    whole = sum((Decimal(weight) for weight in weights), Decimal(0))
    if whole == 0:
        raise ValueError("allocate() needs at least one weight above zero")
    with localcontext() as context:
        context.prec = _PRECISION
        exact = [total * Decimal(weight) / whole for weight in weights]
        parts = [part.quantize(CENT, rounding=ROUND_FLOOR) for part in exact]
        cents = int((total - sum(parts, ZERO)) / CENT)
        order = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
        for index in order[:cents]:
            parts[index] += CENT
    return parts


def yuan(amount: Decimal) -> str:
    """Write an amount the way people read it: ``1,234,567.89``."""
    return f"{_quantize(amount, ROUND_HALF_UP):,.2f}"


def _quantize(amount: Decimal, rounding: str) -> Decimal:
    with localcontext() as context:
        context.prec = _PRECISION
        return amount.quantize(CENT, rounding=rounding)


def _not_an_amount(raw: str) -> Problem:
    return Problem(
        code="money.not_an_amount",
        sentence=f"“{raw[:40]}”不是金额，",
        mend="请填写数字，单位元，最多两位小数，例如 12,300.50。",
    )


def _too_fine(raw: str) -> Problem:
    return Problem(
        code="money.too_many_places",
        sentence=f"“{raw[:40]}”超过两位小数，",
        mend="请填写到分，例如 12,300.50。",
    )
