"""A calculation sheet: what was given, what came out, how, and on which ground.

Every rule of the law book that computes something answers with one. Pages, the shell, PDF and Excel print sheets and
know nothing of the rule behind them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhixing.law.steps import Step, steps_printed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhixing.kernel.errors import Problem
    from zhixing.law.book import LawBook


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTable:
    """Rows of one table of a sheet, texts as people read them.

    Attributes:
        title: what the table shows.
        columns: headings in order.
        rows: cells in the order of the columns.
        numeric: positions of columns that hold amounts or counts; printed right-aligned.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A result that explains itself.

    Attributes:
        kind: interest, fee, deadline, identifier, distribution, ….
        title: heading in Chinese, e.g. 迟延履行利息计算书.
        given: what was put in, as label and text, in the order of the form.
        results: what came out, as label and text, the main result last.
        tables: details, e.g. stretches of one rate, shares of creditors.
        steps: how it came about, each with its citation keys.
        notes: what the reader must know, e.g. that a value is a setting which the court confirms.
        problems: warnings that do not stop the calculation.
        book_hash: content hash of the law tables that were used.
    """

    kind: str
    title: str
    given: tuple[tuple[str, str], ...]
    results: tuple[tuple[str, str], ...]
    tables: tuple[SheetTable, ...] = ()
    steps: tuple[Step, ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    book_hash: str = ""

    def sources(self) -> tuple[str, ...]:
        """Citation keys of all steps, each once, in the order of their first use."""
        return tuple(dict.fromkeys(key for step in self.steps for key in step.law))


def sheet_printed(sheet: Sheet, law_book: LawBook) -> dict[str, Any]:
    """A sheet as plain values for JSON, a page or a document; citations as people read them."""
    return {
        "kind": sheet.kind,
        "title": sheet.title,
        "given": _pairs(sheet.given),
        "results": _pairs(sheet.results),
        "tables": [
            {
                "title": table.title,
                "columns": list(table.columns),
                "rows": [list(row) for row in table.rows],
                "numeric": list(table.numeric),
            }
            for table in sheet.tables
        ],
        "steps": steps_printed(sheet.steps, law_book),
        "sources": [law_book.cite(key).short for key in sheet.sources()],
        "notes": list(sheet.notes),
        "warnings": [problem.sentence for problem in sheet.problems],
        "book_hash": sheet.book_hash,
    }


def _pairs(pairs: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"label": label, "text": text} for label, text in pairs]
