"""Periods whose length stands in the series of the realisation table; counted as every period (民诉法第八十五条)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from zhixing.law.steps import Step

if TYPE_CHECKING:
    from datetime import date

    from zhixing.law.book import LawBook


def days_after(
    start: date, rule: str, law_book: LawBook, *, times: int = 1, what: str = ""
) -> tuple[date, Step]:
    """Last day of a period of days after an event, moved on from a day off; with its step.

    Args:
        start: day of the event, not counted.
        rule: id of a series in days, e.g. ``realisation.inquiry_days``; read on the day of the event.
        law_book: the law book.
        times: so many periods in one.
        what: what has to be done; the meaning of the rule when left out.
    """
    entry = law_book.at(start).entry(rule)
    length = entry.value * times
    due = law_book.calendar.next_working_day(start + timedelta(days=length))
    text = f"{what or entry.meaning}：自 {start} 的次日起 {length} 日"
    return due, Step(text=text, value=due.isoformat(), law=entry.source)
