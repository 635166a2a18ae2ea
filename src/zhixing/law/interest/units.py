"""Whole numbers behind every interest: cents × rate units × days, rounded once.

A daily rate is a whole number of units, `UNITS` of them making 100 % a day. Twelve places of a yearly rate fit whether a
year has 360 or 365 days, so nothing is lost before the one rounding at the end (INT-16).
"""

from __future__ import annotations

from decimal import Decimal, localcontext

from zhixing.kernel.money import CENT

PLACES = 12
# 26,280 is the least number that both 360 and 365 divide.
UNITS = 26_280 * 10**PLACES
YEAR_BASES = (360, 365)
_HALF = UNITS // 2


def cents_of(amount: Decimal) -> int:
    """An amount with two decimal places in cents."""
    return int(amount.scaleb(2))


def yuan_of(cents: int) -> Decimal:
    """Cents as an amount with two decimal places."""
    return Decimal(cents).scaleb(-2).quantize(CENT) if cents < 10**24 else Decimal(cents) / 100


def units_of_year(rate: Decimal, year_base: int) -> int:
    """Units a day of a yearly rate (0.0385 for 3.85 %); the year has 360 or 365 days by convention."""
    return _whole(rate, UNITS // year_base)


def units_of_day(rate: Decimal) -> int:
    """Units of a daily rate (0.000175 for 0.0175 %)."""
    return _whole(rate, UNITS)


def rounded(accrued: int) -> int:
    """Cents × units to cents, half up; accrued ≥ 0."""
    return (accrued + _HALF) // UNITS


def exact_text(accrued: int) -> str:
    """Cents × units as yuan for people, up to four places, at least two."""
    ten_thousandths = (accrued * 100 + _HALF) // UNITS
    whole, places = divmod(ten_thousandths, 10_000)
    text = f"{places:04d}"
    return f"{whole:,}.{text[:2]}{text[2:].rstrip('0')}"


def _whole(rate: Decimal, per_one: int) -> int:
    with localcontext() as context:
        context.prec = 60
        product = rate * per_one
        whole = product.to_integral_value()
    if whole != product:
        raise ValueError(f"{rate} has more than {PLACES} decimal places")
    return int(whole)
