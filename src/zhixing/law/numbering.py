"""Article numbers of older and newer texts of 民诉法 and its interpretation (LAW-2, LAW-3).

Other interpretations still print old numbers: a judge who reads 旧法第二百五十三条 must find the present article.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from zhixing.law.book import LawBook, book
from zhixing.law.errors import UnknownRule

if TYPE_CHECKING:
    from datetime import date

    from zhixing.law.schemas import ArticleShift

TABLE, TEXTS = "numbering.shifts", "numbering.texts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Renumbered:
    """An article in two texts. settled: every step of the way was checked against both texts."""

    act: str
    given: int
    given_text: str
    number: int
    text: str
    settled: bool


def article_renumbered(
    act: str, number: int, *, given: str, wanted: str, law_book: LawBook | None = None
) -> Renumbered:
    """The number of an article in another text, older or newer.

    Args:
        act: cpl or cpli. number: its number in the text ``given``.
        given, wanted: years of the amendments (2012, 2017, 2021, 2023; 2015, 2022).

    Raises:
        UnknownRule: no such text, or the article lies outside the part that the tables map.
    """
    law_book = law_book or book()
    order = texts_of(act, law_book)
    for text in (given, wanted):
        if text not in order:
            raise UnknownRule(f"{act}@{text}")
    here, there = order.index(given), order.index(wanted)
    found, settled = number, True
    for at in range(here, there) if here < there else range(here - 1, there - 1, -1):
        row, sign = _row(act, found, order[at], law_book, forward=here < there)
        found += sign * row.shift
        settled = settled and row.status == "verified"
    return Renumbered(act=act, given=number, given_text=given, number=found, text=wanted, settled=settled)


def article_on(key: str, day: date, law_book: LawBook | None = None) -> Renumbered:
    """The number that an article, cited by its present number, had in the text in force on a day.

    Raises:
        NoRuleInForce: before the oldest text of the tables. UnknownRule: outside the part that they map.
    """
    law_book = law_book or book()
    act, _, number = key.partition(".")
    text = str(law_book.at(day).value(f"{TEXTS}.{act}"))
    return article_renumbered(
        act, int(number), given=texts_of(act, law_book)[-1], wanted=text, law_book=law_book
    )


def texts_of(act: str, law_book: LawBook | None = None) -> tuple[str, ...]:
    """The texts of an act, oldest first. Raises UnknownRule for an act without them."""
    return tuple(str(entry.value) for entry in (law_book or book()).history(f"{TEXTS}.{act}"))


def _row(act: str, number: int, old: str, law_book: LawBook, *, forward: bool) -> tuple[ArticleShift, int]:
    for raw in law_book.all_rows(TABLE):
        row = cast("ArticleShift", raw)
        if (row.act, row.old) != (act, old):
            continue
        first, last = (row.first, row.last) if forward else (row.first + row.shift, row.last + row.shift)
        if first <= number <= last:
            return row, 1 if forward else -1
    raise UnknownRule(f"{act}.{number}@{old}")
