"""CSV and Excel files whose columns somebody explained: 账号 → number, 户名 → holder_name …"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from zhixing.inquiry.domain.records import Kind
from zhixing.kernel.errors import InvalidInput, Problem
from zhixing.law.reading import Reader

TABLES = (".csv", ".xlsx")
COLUMNS = (
    "number", "main", "linked", "label", "category", "status", "remark", "holder_name", "holder_id", "phone", "address",
    "share", "balance", "available", "currency", "as_of", "kind", "person", "request_no", "agency",
)  # fmt: skip
"""What a column of a table may be."""


class TableFault(Exception):
    """表格读不出。 The text says what came, what was expected, how to mend it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """How a table is to be read. columns: heading → one of COLUMNS; fixed: values that no column has."""

    columns: dict[str, str]
    fixed: dict[str, str] = field(default_factory=dict)
    encoding: str = ""


def mapping_read(text: str) -> Mapping:
    """`{"columns": {"账号": "number", …}, "kind": "cash", "person": "d1", "encoding": "gb18030"}`. Raises InvalidInput."""
    try:
        given = json.loads(text)
    except ValueError as error:
        fault = Problem(
            code="input.json", sentence="列说明不是 JSON，", mend="请按 docs/screening.md 的格式填写。"
        )
        raise InvalidInput([fault]) from error
    reader = Reader(given, allowed={"columns", "kind", "person", "agency", "encoding"})
    columns = given.get("columns") if isinstance(given, dict) else None
    if not isinstance(columns, dict) or not columns:
        reader.fault("columns", "input.missing", "没有说明各列，", "请填写 {列名: 字段}。")
        columns = {}
    for heading, meaning in columns.items():
        if meaning not in COLUMNS:
            reader.fault(
                f"columns.{heading}",
                "input.choice",
                f"“{str(meaning)[:40]}”不是可用的字段，",
                f"可用的字段：{'、'.join(COLUMNS)}。",
            )
    if "number" not in columns.values():
        reader.fault(
            "columns", "input.missing", "没有说明哪一列是账号或者其他号码，", "请把该列对应到 number。"
        )
    kinds = {str(kind): str(kind) for kind in Kind}
    fixed = {
        "kind": reader.choice("kind", kinds, required="kind" not in columns.values()),
        "person": reader.text("person", required=False),
        "agency": reader.text("agency", required=False),
    }
    encoding = reader.text("encoding", required=False)
    reader.finish()
    return Mapping(
        columns=columns, fixed={key: value for key, value in fixed.items() if value}, encoding=encoding
    )


def table_rows(path: Path, mapping: Mapping) -> Iterator[dict[str, str]]:
    """Rows with the sieve's columns; columns nobody explained are left out. Raises TableFault."""
    rows = _excel(path) if path.suffix.lower() == ".xlsx" else _csv(path, mapping.encoding)
    headings = next(rows, None)
    if headings is None:
        raise TableFault("表格是空的，请核对文件。")
    missing = [name for name in mapping.columns if name not in headings]
    if missing:
        raise TableFault(
            f"表格没有列：{'、'.join(missing)}；表格的列是：{'、'.join(filter(None, headings))[:200]}。"
        )
    places = {meaning: headings.index(name) for name, meaning in mapping.columns.items()}
    for row in rows:
        values = {meaning: row[place] if place < len(row) else "" for meaning, place in places.items()}
        if any(values.values()):
            yield mapping.fixed | values


def _csv(path: Path, encoding: str) -> Iterator[list[str]]:
    raw = path.read_bytes()
    for name in [encoding] if encoding else ["utf-8-sig", "gb18030"]:
        try:
            text = raw.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        try:
            yield from ([cell.strip() for cell in row] for row in csv.reader(io.StringIO(text)))
        except csv.Error as error:
            raise TableFault("CSV 文件的格式不对，请用表格软件重新另存。") from error
        return
    raise TableFault("CSV 文件的字符编码无法识别，请另存为 UTF-8 或在列说明中写明 encoding。")


def _excel(path: Path) -> Iterator[list[str]]:
    try:
        sheet = load_workbook(path, read_only=True, data_only=True).worksheets[0]
    except Exception as error:  # whatever a broken archive does to the library, the answer is one sentence
        raise TableFault("Excel 文件打不开，请用表格软件重新另存为 .xlsx。") from error
    for row in sheet.iter_rows(values_only=True):
        yield [_cell(value) for value in row]


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M:%S")
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
    return str(value).strip()
