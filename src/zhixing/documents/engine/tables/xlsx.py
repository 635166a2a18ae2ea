"""A list as an Excel table: typed cells, header, frozen first row, filter."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

_COURT_TIME = ZoneInfo("Asia/Shanghai")
_FORBIDDEN_IN_TITLE = str.maketrans("[]:*?/\\", "（）：＊？／＼")
_MAX_TITLE = 31  # Excel's limit


class Kind(StrEnum):
    """What a column holds; decides number format and alignment."""

    TEXT = "text"  # also for account and case numbers, so that no digit is lost
    MONEY = "money"
    DAY = "day"
    MOMENT = "moment"
    COUNT = "count"


_FORMATS = {
    Kind.TEXT: "@",
    Kind.MONEY: "#,##0.00",
    Kind.DAY: "yyyy-mm-dd",
    Kind.MOMENT: "yyyy-mm-dd hh:mm",
    Kind.COUNT: "0",
}
_RIGHT = {Kind.MONEY, Kind.COUNT}
_HEAD_FONT = Font(name="宋体", bold=True)
_BODY_FONT = Font(name="宋体")
_HEAD_FILL = PatternFill("solid", fgColor="E8EDF3")
_LINE = Side(style="thin", color="BFC5CC")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)

Cell = str | Decimal | int | date | datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column; `width` in characters."""

    title: str
    kind: Kind = Kind.TEXT
    width: int = 16


def xlsx_table(
    *, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], note: str = ""
) -> bytes:
    """An .xlsx file with one sheet.

    Args:
        title: name of the sheet, cut to what Excel allows.
        columns: in order.
        rows: one value per column, streamed, so that long lists need little memory. Money as Decimal; a float is
            refused. Moments aware; they are shown in court time. None stays empty.
        note: a line under the table, e.g. who exported it and when.
    Raises: ValueError when a row has the wrong length; TypeError when a value does not fit its column.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title.translate(_FORBIDDEN_IN_TITLE)[:_MAX_TITLE] or "表")
    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    try:
        _fill(sheet, columns, rows, note)
    except BaseException:
        # The rows lie in a temporary file, which only a saved book would remove; openpyxl has no public way to drop it.
        sheet.close()
        sheet._writer.cleanup()
        raise
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(
    sheet: WriteOnlyWorksheet, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], note: str
) -> None:
    sheet.append([_head(sheet, c) for c in columns])
    count = 0
    for row in rows:
        count += 1
        if len(row) != len(columns):
            raise ValueError(f"第 {count} 行有 {len(row)} 项，应为 {len(columns)} 项。")
        sheet.append([_body(sheet, c, v) for c, v in zip(columns, row, strict=True)])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count + 1}"
    if note:
        sheet.append([])
        sheet.append([_body(sheet, Column(title=""), note, border=False)])


def _head(sheet: WriteOnlyWorksheet, column: Column) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=column.title)
    cell.font, cell.fill, cell.border = _HEAD_FONT, _HEAD_FILL, _BORDER
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    return cell


def _body(sheet: WriteOnlyWorksheet, column: Column, value: Cell, *, border: bool = True) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet)
    stored = _stored(column, value)
    if isinstance(stored, str):
        # Set as plain text: a value that begins with "=" must never become a formula on a judge's machine.
        cell.value = stored
        cell.data_type = "s"
    else:
        cell.value = stored
    cell.number_format, cell.font = _FORMATS[column.kind], _BODY_FONT
    cell.alignment = Alignment(horizontal="right" if column.kind in _RIGHT else "left", vertical="center")
    if border:
        cell.border = _BORDER
    return cell


def _stored(column: Column, value: Cell) -> Cell:
    if value is None:
        return None
    if isinstance(value, float):
        raise TypeError(f"“{column.title}”列收到浮点数；金额请用 Decimal。")
    match column.kind:
        case Kind.TEXT:
            return ILLEGAL_CHARACTERS_RE.sub("", str(value))
        case Kind.MONEY if isinstance(value, Decimal):
            return value
        case Kind.COUNT if isinstance(value, int):
            return value
        case Kind.DAY if isinstance(value, date) and not isinstance(value, datetime):
            return value
        case Kind.MOMENT if isinstance(value, datetime) and value.tzinfo is not None:
            return value.astimezone(_COURT_TIME).replace(tzinfo=None)
    raise TypeError(f"“{column.title}”列应为 {column.kind.value}，收到 {type(value).__name__}。")
