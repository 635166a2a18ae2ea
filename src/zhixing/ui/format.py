"""How money, days and moments are written on pages. Pure: today is given."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from zhixing.kernel.clock import COURT_ZONE

NOTHING = "—"
_WEEKDAYS = "一二三四五六日"


def yuan_text(value: Decimal | int | str | None) -> str:
    """1234.5 → 1,234.50; nothing → a dash; negative with a true minus sign. Floats are refused.

    Raises: TypeError for a float or a truth value: money never passes through binary fractions.
    """
    if value is None or value == "":
        return NOTHING
    if isinstance(value, float | bool):
        raise TypeError(f"money must be Decimal, int or text, not {type(value).__name__}")
    amount = Decimal(value)
    text = f"{abs(amount):,.2f}"
    return f"−{text}" if amount < 0 else text


_PLACE = re.compile(r"^[\u4e00-\u9fff]{1,10}?(?:自治县|自治州|自治区|省|市|县|区)(?=[\u4e00-\u9fff]{4})")
_FORM = re.compile(r"(?:股份有限公司|有限责任公司|有限公司)(?=等?$)")


def party_short(name: str) -> str:
    """A company as people call it: without its place in front and its legal form behind. Persons stay as they are.

    For lists only; documents and case pages write the full name.
    """
    bare = _FORM.sub("", name)
    return _PLACE.sub("", bare) if bare != name else name


def parties_short(text: str) -> str:
    """The same for a line of parties, "甲 / 乙等"."""
    return " / ".join(party_short(name) for name in text.split(" / "))


def wan_text(value: Decimal | int | str | None) -> str:
    """Yuan shown in ten thousands with two places, for the hall: 86421500 → 8,642.15."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, float | bool):
        raise TypeError(f"money must be Decimal, int or text, not {type(value).__name__}")
    return yuan_text((Decimal(value) / 10000).quantize(Decimal("0.01"), ROUND_HALF_UP))


def count_text(value: int | None) -> str:
    """12345 → 12,345."""
    return NOTHING if value is None else f"{value:,}"


def day_of(value: date | datetime) -> date:
    """The calendar day in court time."""
    if isinstance(value, datetime):
        return value.astimezone(COURT_ZONE).date() if value.tzinfo else value.date()
    return value


def day_text(value: date | datetime | None, today: date) -> str:
    """3月4日; another year than today's: 2025年3月4日."""
    if not value:
        return NOTHING
    day = day_of(value)
    text = f"{day.month}月{day.day}日"
    return text if day.year == today.year else f"{day.year}年{text}"


def moment_text(value: datetime | None, today: date) -> str:
    """今日 08:46, 昨日 16:40, 3月2日 15:40, 2025年3月2日 15:40, in court time."""
    if not value:
        return NOTHING
    local = value.astimezone(COURT_ZONE) if value.tzinfo else value
    names = {today: "今日", today - timedelta(days=1): "昨日"}
    day = names.get(local.date()) or day_text(local.date(), today)
    return f"{day} {local:%H:%M}"


def now_text(value: datetime) -> str:
    """3月4日 星期三 08:46, for the top bar."""
    local = value.astimezone(COURT_ZONE) if value.tzinfo else value
    return f"{local.month}月{local.day}日 星期{_WEEKDAYS[local.weekday()]} {local:%H:%M}"


def size_text(count: int) -> str:
    """Size of a file: 512 B, 38 KB, 14.2 MB."""
    if count < 1024:
        return f"{count} B"
    if count < 1024 * 1024:
        return f"{count / 1024:.0f} KB"
    text = f"{count / 1024 / 1024:.1f}"
    return f"{text.removesuffix('.0')} MB"


def due_words(due: date, today: date, tier: str, warn_days: int | None) -> tuple[str, str]:
    """Kind of chip and its words for a day that is due.

    Red only when a term of tier T1 or T2 has passed; a passed target (T3) or own default (T4) stays amber.
    """
    left = (due - today).days
    if left < 0:
        return ("late", f"超期 {-left} 天") if tier in {"T1", "T2"} else ("warn", f"已过 {-left} 天")
    if left == 0:
        return "due", "今日到期"
    if warn_days is not None and left <= warn_days:
        return "warn", f"剩 {left} 天"
    return "todo", f"剩 {left} 天"
