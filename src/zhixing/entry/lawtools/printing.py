"""A calculation sheet as text for the shell."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from zhixing.law.book import book
from zhixing.law.sheets import sheet_printed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhixing.kernel.errors import Problem
    from zhixing.law.sheets import Sheet

_GAP = "  "


def sheet_text(sheet: Sheet) -> str:
    """The whole sheet: given, results, tables, steps with sources, notes, warnings."""
    return "\n".join(_lines(sheet))


def problems_text(problems: Sequence[Problem]) -> str:
    """All problems, one a line, each with its field."""
    head = f"✗ 有 {len(problems)} 处要改："
    return "\n".join([head, *(f"  {_problem_text(problem)}" for problem in problems)])


def _problem_text(problem: Problem) -> str:
    """Many sentences begin with their field already."""
    text, name = str(problem), problem.field or ""
    return text if not name or name in text.partition("，")[0] else f"{name}：{text}"


def problems_json(problems: Sequence[Problem]) -> dict[str, list[dict[str, str | None]]]:
    """The same for programs."""
    return {
        "problems": [
            {"field": p.field, "code": p.code, "sentence": p.sentence, "mend": p.mend} for p in problems
        ]
    }


def columns_text(rows: Sequence[Sequence[str]], *, numeric: Sequence[int] = ()) -> Iterator[str]:
    """Rows in columns; a Chinese letter takes two places."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            _padded(cell, width, right=place in numeric)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield _GAP.join(cells).rstrip()


def _lines(sheet: Sheet) -> Iterator[str]:
    printed = sheet_printed(sheet, book())
    yield sheet.title
    for title, pairs in (("已知", sheet.given), ("结果", sheet.results)):
        yield f"\n{title}"
        yield from (f"{_GAP}{line}" for line in columns_text(pairs))
    for table in sheet.tables:
        if table.rows:
            yield f"\n{table.title}"
            rows = columns_text([table.columns, *table.rows], numeric=table.numeric)
            yield from (f"{_GAP}{line}" for line in rows)
    yield "\n算法和依据" if sheet.steps else ""
    for step in printed["steps"]:
        value = f" = {step['value']}" if step["value"] else ""
        source = f"〔{'、'.join(step['law'])}〕" if step["law"] else ""
        yield f"{_GAP}{step['no']}. {step['text']}{value}{source}"
    yield from (f"{_GAP}注：{note}" for note in sheet.notes)
    yield from (f"{_GAP}⚠ {problem}" for problem in sheet.problems)
    yield f"\n规则库 {sheet.book_hash[:12]}"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _padded(text: str, width: int, *, right: bool) -> str:
    fill = " " * (width - _width(text))
    return fill + text if right else text + fill
