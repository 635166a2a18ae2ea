"""Money, days and moments as written on pages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from zhixing.ui import format as fmt

TODAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("608530.09"), "608,530.09"),
        (Decimal("0"), "0.00"),
        ("-42400", "−42,400.00"),
        (1500000, "1,500,000.00"),
        (None, "—"),
        ("", "—"),
    ],
)
def test_yuan_groups_and_keeps_two_places(value: object, text: str) -> None:
    assert fmt.yuan_text(value) == text  # pyright: ignore[reportArgumentType]: table of inputs


@pytest.mark.parametrize("value", [1.5, True])
def test_yuan_refuses_what_is_not_exact(value: object) -> None:
    with pytest.raises(TypeError):
        fmt.yuan_text(value)  # pyright: ignore[reportArgumentType]: the point of the test


def test_wan_rounds_half_up_to_two_places() -> None:
    assert fmt.wan_text(Decimal("86421550.00")) == "8,642.16"
    assert fmt.wan_text(None) == "—"


def test_day_names_the_year_only_when_it_is_another() -> None:
    assert fmt.day_text(date(2026, 3, 4), TODAY) == "3月4日"
    assert fmt.day_text(date(2025, 12, 31), TODAY) == "2025年12月31日"
    assert fmt.day_text(None, TODAY) == "—"


def test_moment_is_told_in_court_time() -> None:
    # 00:46 UTC is 08:46 in court; 16:30 UTC of the day before is already the next day there.
    assert fmt.moment_text(datetime(2026, 3, 4, 0, 46, tzinfo=UTC), TODAY) == "今日 08:46"
    assert fmt.moment_text(datetime(2026, 3, 3, 16, 30, tzinfo=UTC), TODAY) == "今日 00:30"
    assert fmt.moment_text(datetime(2026, 3, 3, 8, 40, tzinfo=UTC), TODAY) == "昨日 16:40"
    assert fmt.moment_text(datetime(2025, 3, 2, 7, 40, tzinfo=UTC), TODAY) == "2025年3月2日 15:40"


def test_now_tells_the_weekday() -> None:
    assert fmt.now_text(datetime(2026, 3, 4, 0, 46, tzinfo=UTC)) == "3月4日 星期三 08:46"


@pytest.mark.parametrize(
    ("due", "tier", "warn_days", "expected"),
    [
        (date(2026, 3, 2), "T1", None, ("late", "超期 2 天")),
        (date(2026, 3, 2), "T2", None, ("late", "超期 2 天")),
        (date(2026, 3, 2), "T3", None, ("warn", "已过 2 天")),
        (date(2026, 3, 2), "T4", None, ("warn", "已过 2 天")),
        (date(2026, 3, 4), "T1", None, ("due", "今日到期")),
        (date(2026, 3, 11), "T1", 7, ("warn", "剩 7 天")),
        (date(2026, 3, 12), "T1", 7, ("todo", "剩 8 天")),
        (date(2026, 3, 11), "T1", None, ("todo", "剩 7 天")),
    ],
)
def test_red_is_only_for_a_passed_term_of_law(
    due: date, tier: str, warn_days: int | None, expected: tuple[str, str]
) -> None:
    assert fmt.due_words(due, TODAY, tier, warn_days) == expected


def test_file_size_is_readable() -> None:
    assert [fmt.size_text(n) for n in (512, 38 * 1024, 30 * 1024 * 1024)] == ["512 B", "38 KB", "30 MB"]


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("沧州恒达管道装备有限公司 / 马立群", "沧州恒达管道装备 / 马立群"),
        ("孟村回族自治县宏川管件制造有限公司 / 沧县泰和运输有限责任公司等", "宏川管件制造 / 泰和运输等"),
        ("新华区汇通法兰锻造有限公司 / 王县生", "汇通法兰锻造 / 王县生"),
        ("沧州市水务有限公司 / 省之", "沧州市水务 / 省之"),
        ("", ""),
    ],
)
def test_companies_are_short_in_lists_and_persons_stay(full: str, short: str) -> None:
    """Only a company loses its place and its legal form, and only when a name is left."""
    assert fmt.parties_short(full) == short
