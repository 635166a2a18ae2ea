"""A calculation sheet as an Excel file: amounts as numbers and days as days, so that a reader can check the sums."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from zhixing.entry.lawtools.sources import acts_of, amount_of, gist_of
from zhixing.kernel.clock import COURT_ZONE
from zhixing.law.book import book

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from openpyxl.worksheet.worksheet import Worksheet

    from zhixing.law.sheets import Sheet

_BODY, _BOLD, _TITLE = Font(name="宋体"), Font(name="宋体", bold=True), Font(name="宋体", bold=True, size=14)
_FILL = PatternFill("solid", fgColor="E8EDF3")
_NOT_IN_A_NAME = str.maketrans("[]:*?/\\", "（）：＊？／＼")
_WIDEST = 60
_DAY = re.compile(r"(?:19|20)\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")


def sheet_xlsx(sheet: Sheet, *, moment: datetime, mark: str) -> bytes:
    """One worksheet for the result, one per table, one for the steps, one for the sources.

    Args:
        moment: when it was computed (aware).
        mark: what stands under the result, e.g. 供参考.
    """
    made = Workbook()
    first = made.active
    if first is None:  # openpyxl promises less than it does
        first = made.create_sheet()
    first.title = "计算书"
    _summary(first, sheet, moment, mark)
    for table in sheet.tables:
        if table.rows:
            page = made.create_sheet(table.title.translate(_NOT_IN_A_NAME)[:31])
            _table(page, table.columns, table.rows, numeric=table.numeric)
    steps = [(str(no), s.text, s.value, book().short(*s.law)) for no, s in enumerate(sheet.steps, start=1)]
    _table(made.create_sheet("算法"), ("序号", "步骤", "结果", "依据"), steps, numeric=(0, 2))
    sources = [(a.title, a.number, c.article, gist_of(c)) for a in acts_of(sheet) for c in a.articles]
    _table(made.create_sheet("依据"), ("名称", "文号", "条文", "要旨"), sources)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _summary(page: Worksheet, sheet: Sheet, moment: datetime, mark: str) -> None:
    made = f"{moment.astimezone(COURT_ZONE):%Y-%m-%d %H:%M}"
    notes = [*sheet.notes, *(str(problem) for problem in sheet.problems)]
    notes += [mark, f"计算时间 {made}", f"规则库 {sheet.book_hash}"]
    lines: list[tuple[str, ...]] = [
        (),
        ("已知",),
        *sheet.given,
        (),
        ("结果",),
        *sheet.results,
        (),
        *((n,) for n in notes),
    ]
    _write(page, 1, 1, sheet.title, _TITLE)
    for row, line in enumerate(lines, start=2):
        for column, text in enumerate(line, start=1):
            font = _BOLD if text in ("已知", "结果") else _BODY
            _write(page, row, column, text, font, number=column == 2 and _is_money(text))
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 34, _WIDEST


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:  # a text somebody filled in, such as 2026-02-31
        return None


def _is_money(text: str) -> bool:
    """Codes and account numbers are digits too, and a number would lose their last ones."""
    return text.endswith("元") or "." in text


def _table(
    page: Worksheet, columns: Sequence[str], rows: Iterable[Sequence[str]], *, numeric: Sequence[int] = ()
) -> None:
    widths = [len(title) * 2 + 4 for title in columns]
    for place, title in enumerate(columns):
        _write(page, 1, place + 1, title, _BOLD).fill = _FILL
    for number, row in enumerate(rows, start=2):
        for place, text in enumerate(row):
            _write(page, number, place + 1, text, number=place in numeric)
            widths[place] = min(max(widths[place], len(text) * 2), _WIDEST)
    for place, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(place)].width = width
    page.freeze_panes = "A2"


def _write(
    page: Worksheet, row: int, column: int, text: str, font: Font = _BODY, *, number: bool = False
) -> Any:
    cell: Any = page.cell(row=row, column=column)
    amount = amount_of(text) if number else None
    if _DAY.fullmatch(text) and (day := _day(text)):
        cell.value, cell.number_format = day, "yyyy-mm-dd"
        cell.alignment = Alignment(vertical="top", horizontal="left")
    elif amount is None:
        # As plain text: what begins with "=" must never become a formula on somebody's machine.
        cell.value, cell.data_type = ILLEGAL_CHARACTERS_RE.sub("", text), "s"
        cell.alignment = Alignment(vertical="top", wrap_text=column > 1)
    else:
        cell.value = amount
        cell.number_format = (
            "#,##0" if amount == amount.to_integral_value() and "." not in text else "#,##0.00##"
        )
    cell.font = font
    return cell
