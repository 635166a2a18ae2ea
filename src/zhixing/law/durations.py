"""How long a control measure lasts and when to renew it (民诉法解释第四百八十五条; DUR-01 to DUR-05)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from zhixing.law.book import LawBook, book
from zhixing.law.errors import UnknownRule
from zhixing.law.schemas import MeasurePeriod
from zhixing.law.steps import Step
from zhixing.law.terms import add_months


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureSpan:
    """The longest span of a measure.

    Attributes:
        start: first day in force (service on the assisting unit, DUR-06).
        end: last day in force at most; without renewal the effect is gone the day after.
        alerts: days on which to remind, from far to near.
        status: ``default`` where courts differ (payment accounts).
    """

    kind: str
    title: str
    start: date
    end: date
    years: int
    alerts: tuple[date, ...]
    law: tuple[str, ...]
    status: str
    steps: tuple[Step, ...]
    book_hash: str


def measure_period(kind: str, start: date, law_book: LawBook | None = None) -> MeasureSpan:
    """The longest period of a measure on one kind of property that takes effect on a day.

    ``end = start + n years − 1 day``, as registries count (2026-01-12 + 2 years → 2028-01-11). A renewal is
    a new span from the day after the old end, within the same limit.

    Args:
        kind: asset kind (deposit, vehicle, real_estate, equity, payment …) or a row code.
        start: first day in force.
        law_book: the platform's book when left out.

    Raises:
        UnknownRule: no such kind of property in the table. NoRuleInForce: before 2015-02-04.
    """
    law_book = law_book or book()
    rules = law_book.at(start)
    row = _row(kind, rules.rows("durations", MeasurePeriod), law_book)
    end = add_months(start, 12 * row.years) - timedelta(days=1)
    ladder = cast("tuple[int, ...]", rules.value("control.alert_ladder"))
    return MeasureSpan(
        kind=row.code,
        title=row.title,
        start=start,
        end=end,
        years=row.years,
        alerts=tuple(end - timedelta(days=days) for days in ladder if end - timedelta(days=days) >= start),
        law=row.source,
        status=row.status,
        steps=(
            Step(
                text=f"{row.title}期限不超过 {row.years} 年，自 {start.isoformat()} 生效",
                value=end.isoformat(),
                law=row.source,
            ),
            Step(text="届满未续行的，效力消灭；须在届满前办理续行", law=("seizure.27",)),
        ),
        book_hash=law_book.hash,
    )


def _row(kind: str, rows: tuple[MeasurePeriod, ...], law_book: LawBook) -> MeasurePeriod:
    for row in rows:
        if kind == row.code or kind in row.asset_kinds:
            return row
    known = cast("tuple[MeasurePeriod, ...]", law_book.all_rows("durations"))
    for row in known:
        if kind == row.code or kind in row.asset_kinds:
            # In the table, but not on that day: let the book say from when.
            law_book.at(min(r.since for r in known) - timedelta(days=1)).row("durations", row.code)
    raise UnknownRule(f"durations.{kind}")
