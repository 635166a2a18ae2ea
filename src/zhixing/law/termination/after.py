"""After 终本: the network is asked every six months for five years (法〔2016〕373号第九条; TB-20)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhixing.law.book import LawBook, book
from zhixing.law.terms import add_months, term_days

if TYPE_CHECKING:
    from datetime import date


def requery_days(ruled_on: date, law_book: LawBook | None = None) -> tuple[date, ...]:
    """The days on which the network is asked again when each run is on time: ten."""
    law_book = law_book or book()
    every = term_days("requery.every", on=ruled_on, law_book=law_book)
    last = _last(ruled_on, law_book)
    days: list[date] = []
    while (day := add_months(ruled_on, every * (len(days) + 1))) <= last:
        days.append(day)
    return tuple(days)


def next_requery(
    ruled_on: date, last_query: date | None = None, law_book: LawBook | None = None
) -> date | None:
    """The next day to ask, six months after the last run (or the ruling); None when five years are over."""
    law_book = law_book or book()
    every = term_days("requery.every", on=ruled_on, law_book=law_book)
    day = add_months(last_query or ruled_on, every)
    return day if day <= _last(ruled_on, law_book) else None


def _last(ruled_on: date, law_book: LawBook) -> date:
    return add_months(ruled_on, 12 * term_days("requery.until", on=ruled_on, law_book=law_book))
