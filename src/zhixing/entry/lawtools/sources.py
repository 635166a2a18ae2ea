"""The sources behind a sheet, as a page or paper prints them: title, number, article, what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from zhixing.law.book import book

if TYPE_CHECKING:
    from zhixing.law.citations import Citation
    from zhixing.law.sheets import Sheet

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_AMOUNT = re.compile(r"-?\d{1,3}(?:,\d{3})*(?:\.\d+)?|-?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act and the articles of it that a sheet rests on, in the order of the act."""

    title: str
    number: str
    articles: tuple[Citation, ...]

    @property
    def shown(self) -> tuple[tuple[str, Citation], ...]:
        """The articles with the place on the page that a step's citation leads to."""
        return tuple((anchor(citation.key), citation) for citation in self.articles)


def acts_of(sheet: Sheet) -> tuple[Act, ...]:
    """The acts behind a sheet, in the order of their first use."""
    found: dict[str, dict[str, Citation]] = {}
    for key in sheet.sources():
        citation = book().cite(key)
        found.setdefault(citation.key.partition(".")[0], {})[citation.key] = citation
    return tuple(_act(tuple(citations.values())) for citations in found.values())


def anchor(key: str) -> str:
    """Where a page shows the source, so that each step can lead to its words."""
    return f"src-{key.replace('.', '-')}"


def gist_of(citation: Citation) -> str:
    """What the article says: its own sentence where we have read it, else our words."""
    return citation.quote or citation.gist


def _act(citations: tuple[Citation, ...]) -> Act:
    ordered = sorted(citations, key=lambda c: (_number(c), c.key))
    return Act(title=ordered[0].title, number=ordered[0].number, articles=tuple(ordered))


def _number(citation: Citation) -> int:
    article = citation.key.partition(".")[2]
    return int(article) if article.isdecimal() else 0


def amount_of(text: str) -> Decimal | None:
    """The number that a text of a sheet shows (12,300.50 or 12,300.50 元), None for words and days."""
    plain = text.removesuffix("元").strip()
    return Decimal(plain.replace(",", "")) if _AMOUNT.fullmatch(plain) else None


def figure_of(sheet: Sheet) -> tuple[str, str, str]:
    """The main result: label, text, and what stands small behind it: 元 for an amount, the weekday of a day."""
    label, text = sheet.results[-1]
    if _DAY.fullmatch(text):
        return label, text, f"星期{'一二三四五六日'[date.fromisoformat(text).weekday()]}"
    if text.endswith(" 元"):
        return label, text.removesuffix(" 元"), "元"
    return label, text, "元" if amount_of(text) is not None else ""
