"""Working days and holidays (国务院节假日安排, including weekends that are worked).

A year that is not in the tables is answered as "weekends only" together with a visible problem; it is
never passed off as published.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from zhixing.kernel.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_DAY = timedelta(days=1)


class WorkCalendar:
    """The calendar of all published years."""

    def __init__(self, years: Mapping[int, Mapping[str, Any]]) -> None:
        """Take the checked calendar tables, by year."""
        self._published = frozenset(years)
        self._names: dict[date, str] = {
            day: name
            for table in years.values()
            for name, days in (table.get("holidays") or {}).items()
            for day in days
        }
        self._worked = frozenset(
            day for table in years.values() for day in table.get("working_weekends") or ()
        )

    @property
    def years(self) -> tuple[int, ...]:
        """Published years, ascending."""
        return tuple(sorted(self._published))

    def is_published(self, year: int) -> bool:
        """Whether the holidays of a year are in the tables."""
        return year in self._published

    def is_working_day(self, day: date) -> bool:
        """Whether courts work on that day."""
        return day in self._worked or (day.weekday() < 5 and day not in self._names)

    def is_holiday(self, day: date) -> bool:
        """Whether it is a day off in the sense of 民诉法第八十五条 (holiday or free weekend)."""
        return not self.is_working_day(day)

    def name(self, day: date) -> str:
        """What kind of day: 春节, 周末, 调休上班 or 工作日."""
        if day in self._worked:
            return "调休上班"
        if day in self._names:
            return self._names[day]
        return "周末" if day.weekday() >= 5 else "工作日"

    def next_working_day(self, day: date) -> date:
        """The day itself when it is worked, else the first working day after it."""
        while not self.is_working_day(day):
            day += _DAY
        return day

    def add_working_days(self, day: date, count: int) -> date:
        """The count-th working day after a day (the day itself is not counted).

        Raises:
            ValueError: count is negative.
        """
        if count < 0:
            raise ValueError("count of working days must not be negative")
        for _ in range(count):
            day = self.next_working_day(day + _DAY)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie after `start` up to and including `end`; 0 when end ≤ start."""
        return sum(self.is_working_day(start + _DAY * offset) for offset in range(1, (end - start).days + 1))

    def gaps(self, years: Iterable[int]) -> tuple[Problem, ...]:
        """One warning for each year whose holidays are not yet published."""
        return tuple(
            Problem(
                code="calendar.not_published",
                sentence=f"{year}年的节假日安排尚未录入，暂只按周末计算，",
                mend="国务院公布后更新节假日表，届满日会重新计算。",
                law="holidays",
                level="warning",
            )
            for year in sorted(set(years) - self._published)
        )
