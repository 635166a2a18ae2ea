"""A sheet as PDF, through the press of the court's papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhixing.documents.domain.calculation import Act, Article, CalculationSheet, Grid, Line, Pair
from zhixing.entry.lawtools.sources import acts_of, gist_of
from zhixing.kernel.clock import COURT_ZONE
from zhixing.law.book import book

if TYPE_CHECKING:
    from datetime import datetime

    from zhixing.documents.engine.press import Press
    from zhixing.law.sheets import Sheet

PUBLIC_MARK = "供参考，不作为执行依据"
COURT_MARK = "按法律规则库计算，由承办人核对后附卷"


def sheet_pdf(sheet: Sheet, *, press: Press, issuer: str, mark: str, moment: datetime) -> bytes:
    """The calculation sheet on A4.

    Raises: GlyphsMissing: what was filled in holds a letter that the font lacks.
    """
    content = calculation_of(sheet, issuer=issuer, mark=mark, moment=moment)
    return press.render_calculation(content, moment=moment.replace(microsecond=0))


def calculation_of(sheet: Sheet, *, issuer: str, mark: str, moment: datetime) -> CalculationSheet:
    """The printed content of a sheet."""
    law_book = book()
    return CalculationSheet(
        title=sheet.title,
        issuer=issuer,
        mark=mark,
        made_at=f"{moment.astimezone(COURT_ZONE):%Y-%m-%d %H:%M}",
        book_hash=sheet.book_hash,
        given=tuple(Pair(label=label, text=text) for label, text in sheet.given),
        results=tuple(Pair(label=label, text=text) for label, text in sheet.results),
        grids=tuple(
            Grid(title=t.title, columns=t.columns, rows=t.rows, numeric=t.numeric) for t in sheet.tables if t.rows
        ),
        lines=tuple(Line(text=s.text, value=s.value, law=law_book.short(*s.law)) for s in sheet.steps),
        sources=tuple(
            Act(
                title=act.title,
                number=act.number,
                articles=tuple(Article(article=c.article, gist=gist_of(c)) for c in act.articles),
            )
            for act in acts_of(sheet)
        ),
        notes=sheet.notes,
        warnings=tuple(str(problem) for problem in sheet.problems),
    )  # fmt: skip
