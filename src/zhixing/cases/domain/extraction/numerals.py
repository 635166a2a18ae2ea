"""Chinese numerals and sums of money in words, figures or both."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

DIGITS = {
    **dict(zip("零一二三四五六七八九", range(10), strict=True)),
    **dict(zip("〇壹贰叁肆伍陆柒捌玖", range(10), strict=True)),
    "两": 2, "贰": 2, "貳": 2, "弍": 2, "参": 3, "叄": 3, "參": 3, "陸": 6, "廿": 20, "幺": 1,
}  # fmt: skip
SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
LARGE = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
NUMERAL_CHARS = "".join([*DIGITS, *SMALL, *LARGE])


def chinese_integer(text: str) -> int | None:
    """The value of a numeral such as 叁佰贰拾肆万 or 三百二十四; None when it is none."""
    total = section = 0
    digit: int | None = None
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char] if digit is None or digit == 0 else digit * 10 + DIGITS[char]
        elif char in SMALL:
            section += (1 if digit is None else digit) * SMALL[char]
            digit = None
        elif char in LARGE:
            section += digit or 0
            unit = LARGE[char]
            if unit > 10_000 or not total:
                total = (total + section) * unit
            else:
                total += section * unit
            section, digit = 0, None
        else:
            return None
    return total + section + (digit or 0) if text else None


def chinese_decimal(text: str) -> Decimal | None:
    """The value of 六, 十五点四, 1.85 or 零点五; None when it is none."""
    try:
        return Decimal(text)
    except InvalidOperation:
        pass
    whole, point, fraction = text.partition("点")
    value = chinese_integer(whole)
    if value is None or (point and not fraction):
        return None
    if not all(char in DIGITS for char in fraction):
        return None
    return Decimal(f"{value}.{''.join(str(DIGITS[char]) for char in fraction)}" if fraction else value)


def plain(value: Decimal) -> str:
    """A number without exponent and without needless zeros."""
    return format(value.normalize(), "f")


def words_to_yuan(text: str) -> Decimal | None:
    """A sum in words, without 人民币: 叁佰贰拾肆万元整, 三万五千二百元五角; None when it is none."""
    body = text.rstrip("整正").replace("圆", "元")
    whole, _, rest = body.partition("元")
    value = Decimal(chinese_integer(whole) or 0)
    if whole and chinese_integer(whole) is None:
        return None
    for unit, worth in (("角", Decimal("0.1")), ("分", Decimal("0.01"))):
        if unit in rest:
            head, _, rest = rest.partition(unit)
            count = chinese_integer(head.strip("零〇") or "零")
            if count is None:
                return None
            value += count * worth
    return value if not rest.strip("零〇整正") else None


def figures_to_yuan(figures: str, unit: str) -> Decimal | None:
    """A sum in figures with its unit: ("3,240,000.00", ""), ("324", "万"), ("3.2", "亿")."""
    try:
        value = Decimal(figures.replace(",", "").replace(" ", ""))
    except InvalidOperation:
        return None
    for char in unit:
        value *= {**SMALL, **LARGE}[char]
    return value
