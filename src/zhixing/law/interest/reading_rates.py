"""Reads the rate of a clause: fixed with its unit, or a multiple of a published rate."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from zhixing.law.interest.fields import Fields
from zhixing.law.interest.nouns import TIER_WORDS, Rate
from zhixing.law.interest.units import YEAR_BASES

_FIXED = re.compile(r"(-?)(\d+(?:\.\d+)?)\s*([%％‰‱])?")
_BASED = re.compile(
    r"(?:(\d+(?:\.\d+)?)\s*[*×]\s*)?(LPR1Y|LPR5Y|benchmark)"
    r"(?:\s*([+-])\s*(\d+(?:\.\d+)?)\s*(%|％|‰|‱|bp))?(?:@(\d{4}-\d{2}-\d{2}))?"
)
# A hundredth, a thousandth, a ten-thousandth; a basis point is the last of them.
_PARTS = {"%": -2, "％": -2, "‰": -3, "‱": -4, "bp": -4}
_UNITS = ("day", "month", "year")
_MEND = (
    '请填写带单位的利率，例如 "0.05%"（并注明 "per"），或者 "1.5*LPR1Y"、"4*LPR1Y@2021-03-01"、"benchmark"。'
)
# With the places of a published rate this stays within the twelve places the engine keeps exactly.
_MOST_PLACES, _MOST_TIMES_PLACES = 10, 6


def rate_read(row: Mapping[str, Any], path: str, fields: Fields) -> Rate | None:
    """The rate of one clause, or None after its problems were told."""
    field, value = f"{path}.rate", row.get("rate")
    year_base = _year_base(row.get("year_base"), f"{path}.year_base", fields)
    tier = fields.word(row, "tier", path, TIER_WORDS) if "tier" in row else None
    if value is None:
        fields.tell("missing", field, f"缺少 {field}", _MEND)
        return None
    if fields.is_float(field, value):
        return None
    text = str(value).strip()
    based = _BASED.fullmatch(text)
    if based is not None:
        return _based(based, row, path, fields, text, year_base, tier)
    fixed = _FIXED.fullmatch(text)
    if fixed is None or isinstance(value, bool):
        fields.tell("rate", field, f"{field} 的“{text[:30]}”不是利率", _MEND)
        return None
    if tier is not None:
        fields.tell("tier_unused", f"{path}.tier", f"{path}.tier 只用于 benchmark", "请删去 tier。")
    per = _per(row, path, fields)
    return _fixed(fixed, per, field, fields, text, year_base)


def _fixed(
    match: re.Match[str], per: Any, field: str, fields: Fields, text: str, year_base: int | None
) -> Rate | None:
    sign, number, unit = match.groups()
    if sign:
        fields.tell("negative", field, f"{field} 是负数 {text}", "请填写不小于零的利率。")
        return None
    if unit is None:
        fields.tell(
            "rate_unit", field, f"{field} 的“{text}”没有单位", f'请写明百分号等单位，例如 "{text}%"。'
        )
        return None
    amount = Decimal(number).scaleb(_PARTS[unit])
    if per is None or not _fits(amount, _MOST_PLACES, field, fields):
        return None
    return Rate(raw=text, per=per, amount=amount, year_base=year_base)


def _based(
    match: re.Match[str],
    row: Mapping[str, Any],
    path: str,
    fields: Fields,
    text: str,
    year_base: int | None,
    tier: Any,
) -> Rate | None:
    times, base, sign, added, unit, day = match.groups()
    field = f"{path}.rate"
    if row.get("per", "year") != "year":
        fields.tell(
            "rate_per",
            f"{path}.per",
            f"“{text}”是年利率，而 {path}.per 是“{row.get('per')}”",
            '请把 per 写成 "year"，或者删去。',
        )
    if tier is not None and base != "benchmark":
        fields.tell("tier_unused", f"{path}.tier", f"{path}.tier 只用于 benchmark", "请删去 tier。")
    fixed_on = None
    if day is not None:
        try:
            fixed_on = date.fromisoformat(day)
        except ValueError:
            fields.tell(
                "not_a_day", field, f"{field} 中的“{day}”不是日期", '请填写日期，例如 "4*LPR1Y@2021-03-01"。'
            )
            return None
    plus = Decimal(added).scaleb(_PARTS[unit]) if added else Decimal(0)
    multiple = Decimal(times) if times else Decimal(1)
    if not _fits(plus, _MOST_PLACES, field, fields) or not _fits(multiple, _MOST_TIMES_PLACES, field, fields):
        return None
    return Rate(
        raw=text,
        per="year",
        base=base,  # pyright: ignore[reportArgumentType]: the pattern allows these three words only
        amount=-plus if sign == "-" else plus,
        times=multiple,
        fixed_on=fixed_on,
        tier=tier,
        year_base=year_base,
    )


def _fits(number: Decimal, places: int, field: str, fields: Fields) -> bool:
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= places and number < 1_000_000:
        return True
    fields.tell("rate_places", field, f"{field} 的小数位太多或者数值太大", f"请不超过 {places} 位小数。")
    return False


def _per(row: Mapping[str, Any], path: str, fields: Fields) -> str | None:
    value = row.get("per")
    if value in _UNITS:
        return value
    came = "没有写明" if value is None else f"是“{str(value)[:20]}”"
    fields.tell(
        "rate_unit",
        f"{path}.per",
        f"{path}.per {came}，不知道利率按日、按月还是按年",
        '请填写 "day"、"month" 或者 "year"。',
    )
    return None


def _year_base(value: object, field: str, fields: Fields) -> int | None:
    if value is None:
        return None
    if value in YEAR_BASES and type(value) is int:
        return value
    fields.tell("year_base", field, f"{field} 的“{value}”不是一年的计息天数", "请填写 360 或者 365。")
    return None
