"""What is known of one case as plain JSON values, read with every fault at once; the same road for screens, files and the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from zhixing.inquiry.domain.evasion.columns import (
    ACCOUNTS,
    CASES,
    DEALINGS,
    HOLDS,
    PEOPLE,
    TABLES,
    TIES,
)
from zhixing.inquiry.domain.evasion.relations import CLOSE
from zhixing.law.evasion.inputs import KIND_WORDS
from zhixing.law.reading import Reader

GROUNDS = {
    "loan": "向债务人出借款项", "trade": "买卖、承揽等交易", "obligation": "赡养、抚养等在先义务", "dividend": "依法分配利润",
    "employment": "劳动关系", "pooling": "集团资金归集",
}  # fmt: skip
"""Dealings that explain payments; they are never a lead of their own."""
DEALING_KINDS: Mapping[str, str] = KIND_WORDS | GROUNDS
_KINDS: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("people", "kind"): {"person": "自然人", "company": "单位"},
    ("ties", "kind"): CLOSE,
    ("dealings", "kind"): DEALING_KINDS,
}
_REQUIRED = {
    "people": ("who", "kind"),
    "ties": ("tie", "a", "b", "kind"),
    "accounts": ("account",),
    "dealings": ("dealing", "kind", "on", "debtor"),
    "holds": ("hold", "account", "fen", "since"),
}
_NUMBERS = {"years", "kept"}
READ = {"people": PEOPLE, "ties": TIES, "accounts": ACCOUNTS, "dealings": DEALINGS, "holds": HOLDS}
"""Tables that come as values; flows come from banks, see `statements`."""


def case_read(given: Mapping[str, object], case: str) -> dict[str, list[dict[str, Any]]]:
    """Rows of the tables CASES and READ. Days as 2026-03-04, amounts in yuan as text, `kept` as a share such as "0.3".

    Raises:
        InvalidInput: with every fault.
    """
    reader = Reader(given, allowed={"case", *READ})
    part = reader.part("case", allowed=set(CASES) - {"case"})
    days = {name: part.day(name, required=name == "on") for name in CASES if name != "case"}
    rows = {
        name: [
            {"case": case} | _row(row, name)
            for row in reader.rows(name, allowed=set(columns) - {"case"}, required=False)
        ]
        for name, columns in READ.items()
    }
    reader.finish()
    return {"cases": [{"case": case} | days], **rows}


def material_read(topic: str, given: Mapping[str, object]) -> dict[str, Any]:
    """One row of a table of READ.

    Raises:
        InvalidInput: with every fault; KeyError: no such table.
    """
    reader = Reader(given, allowed=set(READ[topic]) - {"case"})
    row = _row(reader, topic)
    reader.finish()
    return row


def _row(row: Reader, table: str) -> dict[str, Any]:
    return {name: _value(row, table, name, kind) for name, kind in TABLES[table].items() if name != "case"}


def _value(row: Reader, table: str, name: str, kind: Any) -> Any:
    required = name in _REQUIRED[table]
    if (choices := _KINDS.get((table, name))) is not None:
        return row.choice(name, choices)
    if kind == pl.Boolean:
        return row.flag(name)
    if kind == pl.Date:
        return row.day(name, required=required)
    if name == "kept":
        return int(row.ratio(name, default=0) * 1000) if row.has(name) else None  # type: ignore[arg-type]
    if name in _NUMBERS:
        return row.whole(name)
    if kind == pl.Int64:
        return int(row.amount(name, required=required) * 100) if required or row.has(name) else None
    return row.text(name, required=required)
