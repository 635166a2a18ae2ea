"""Excel tables keep types: money is a number, account numbers are text, nothing becomes a formula."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from zhixing.documents.engine.tables.xlsx import Column, Kind, xlsx_table

COLUMNS = (
    Column(title="案号", width=26),
    Column(title="账号"),
    Column(title="金额（元）", kind=Kind.MONEY),
    Column(title="冻结日", kind=Kind.DAY),
    Column(title="反馈时间", kind=Kind.MOMENT),
    Column(title="条数", kind=Kind.COUNT),
)
ROW = (
    "（2026）冀0930执123号",
    "6228480000000000123",
    Decimal("567323.54"),
    date(2026, 3, 4),
    datetime(2026, 3, 4, 16, 30, tzinfo=UTC),
    3,
)


def _sheet(**change):
    raw = xlsx_table(**({"title": "冻结清单", "columns": COLUMNS, "rows": [ROW]} | change))
    return load_workbook(io.BytesIO(raw)).active


def test_types_formats_and_frame():
    sheet = _sheet()
    assert sheet.title == "冻结清单"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:F2"
    assert [c.value for c in sheet[1]] == [c.title for c in COLUMNS]
    assert all(c.font.bold for c in sheet[1])
    values = [c.value for c in sheet[2]]
    assert values[1] == "6228480000000000123"
    assert values[2] == pytest.approx(567323.54)
    assert sheet["C2"].number_format == "#,##0.00"
    assert values[3] == datetime(2026, 3, 4)  # Excel knows no zone
    assert sheet["D2"].number_format == "yyyy-mm-dd"
    assert values[4] == datetime(2026, 3, 5, 0, 30)  # court time
    assert sheet.column_dimensions["A"].width == 26


@pytest.mark.parametrize("evil", ['=HYPERLINK("http://x")', "+1", "@SUM(A1)", "-2"])
def test_text_never_becomes_a_formula(evil):
    sheet = _sheet(rows=[(evil, *ROW[1:])])
    assert sheet["A2"].value == evil
    assert sheet["A2"].data_type == "s"


def test_empty_cells_and_control_signs():
    sheet = _sheet(rows=[("a\x0bb", None, None, None, None, None)])
    assert [c.value for c in sheet[2]] == ["ab", None, None, None, None, None]


def test_title_is_cut_to_what_excel_allows():
    assert _sheet(title="查[询]结果/清单" + "长" * 40).title == ("查（询）结果／清单" + "长" * 40)[:31]


def test_note_stands_under_the_table():
    sheet = _sheet(note="导出人：张文清")
    assert sheet["A4"].value == "导出人：张文清"


@pytest.mark.parametrize(
    ("place", "value"),
    [(2, 1.5), (2, "12"), (3, "2026-03-04"), (4, datetime(2026, 3, 4)), (5, Decimal(1))],  # refused
)
def test_wrong_type_is_told_by_column(place, value):
    row = list(ROW)
    row[place] = value
    with pytest.raises(TypeError, match=COLUMNS[place].title[:2]):
        _sheet(rows=[row])


def test_wrong_length_is_told_by_row():
    with pytest.raises(ValueError, match="第 2 行有 1 项，应为 6 项"):
        _sheet(rows=[ROW, ("x",)])
