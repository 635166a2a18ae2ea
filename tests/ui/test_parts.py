"""Geometry of clocks, bars and waterfalls (expected values worked out by hand)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from zhixing.ui.parts import BarPart, Clock, WaterfallRow, bar_rects, percent, waterfall_rects


def _clock(**changes: object) -> Clock:
    given = {
        "label": "执行期限",
        "start": date(2026, 1, 28),
        "end": date(2026, 7, 28),
        "today": date(2026, 3, 4),
    }
    return Clock(**(given | changes))  # pyright: ignore[reportArgumentType]: test helper


def test_clock_counts_calendar_days() -> None:
    clock = _clock()
    assert (clock.used_days, clock.left, clock.over) == (35, 146, 0)
    assert clock.used_width == Decimal("19.34")  # 35 / 181
    assert clock.state == ""


def test_clock_warns_from_the_day_given() -> None:
    assert _clock(today=date(2026, 7, 13), warn_days=15).state == "warn"
    assert _clock(today=date(2026, 7, 12), warn_days=15).state == ""
    assert _clock(today=date(2026, 7, 28), warn_days=15).state == "warn"  # last day: not late yet


def test_clock_turns_red_only_by_law() -> None:
    assert _clock(today=date(2026, 7, 29)).state == "late"
    assert _clock(today=date(2026, 7, 29), tier="T2").state == "late"
    assert _clock(today=date(2026, 7, 29), tier="T4").state == "warn"
    assert _clock(today=date(2026, 8, 3)).over == 6


def test_clock_draws_deductions_where_they_were() -> None:
    clock = _clock(cuts=((date(2026, 2, 1), date(2026, 2, 11)), (date(2027, 1, 1), date(2027, 2, 1))))
    # 4 / 181 and 10 / 181; the period after the end has no width and is not drawn
    assert clock.cut_bars == ((Decimal("2.21"), Decimal("5.52")),)


def test_percent_of_nothing_is_nothing() -> None:
    assert percent(Decimal("5"), 0) == Decimal("0.00")
    assert percent(150, 100) == Decimal("100.00")


def test_bar_parts_lie_side_by_side() -> None:
    rects = bar_rects(
        [BarPart(value=82, kind="b1"), BarPart(value=0, kind="b2"), BarPart(value=58, kind="b3")], 186
    )
    assert [(rect["kind"], rect["x"]) for rect in rects] == [
        ("b1", Decimal("0.00")),
        ("b3", Decimal("44.09")),
    ]
    assert rects[0]["width"] == Decimal("43.74")  # 44.09 less the gap


def test_waterfall_ends_where_the_next_begins() -> None:
    rows = (
        WaterfallRow(title="价款", amount=Decimal("1500000"), kind="w0"),
        WaterfallRow(title="费用", amount=Decimal("-42400"), kind="w1"),
        WaterfallRow(title="优先", amount=Decimal("-600000"), kind="w2"),
        WaterfallRow(title="余额", amount=Decimal("857600"), kind="end"),
    )
    drawn = waterfall_rects(rows)
    assert [(row.get("x"), row.get("width"), row["line"]) for row in drawn[:3]] == [
        (Decimal("0.00"), Decimal("100.00"), None),
        (Decimal("97.17"), Decimal("2.83"), Decimal("100.00")),
        (Decimal("57.17"), Decimal("40.00"), Decimal("97.17")),
    ]
    assert drawn[3]["bar"] is False
