"""What goes into the sieve. Texts stand as they came; the sieve cleans them itself, so that all roads clean alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

ITEMS: Mapping[str, Any] = {
    "item": pl.Int64,  # number of the line, any that is unique
    "ask": pl.Int64,  # one person asked about in one case
    "order": pl.Int64,  # the question to one agency within the ask
    "version": pl.Int16,  # 1, and counted up by corrections of the same order
    "received": pl.Date,  # day on which it came
    "agency": pl.String,
    "kind": pl.String,  # domain.records.Kind
    "number": pl.String,  # account, unit, plate …: what makes it the same thing
    "main": pl.String,  # main account of a sub-account, parcel of a house
    "linked": pl.String,  # cash-return account of a product
    "label": pl.String,
    "category": pl.String,
    "status": pl.String,
    "remark": pl.String,
    "holder_name": pl.String,
    "holder_id": pl.String,
    "phone": pl.String,
    "address": pl.String,
    "holders": pl.Int16,  # how many own it together
    "share": pl.String,  # of the person asked about, as told
    "balance": pl.String,
    "available": pl.String,
    "currency": pl.String,
    "as_of": pl.String,
    "prior": pl.Int64,  # yuan cents held by earlier freezes
    "secured": pl.Int64,  # yuan cents of mortgages and pledges
}
"""Lines of answers. Empty text where the agency told nothing."""

KNOWN: Mapping[str, Any] = {
    "ask": pl.Int64,
    "kind": pl.String,  # id, name, former_name, phone, address, account
    "value": pl.String,
    "whose": pl.String,  # self, or party for the other parties of the same case
}
"""What the case knows, confirmed values only."""

EARLIER: Mapping[str, Any] = {
    "ask": pl.Int64,
    "order": pl.Int64,
    "key": pl.String,
    "balance_fen": pl.Int64,
}
"""Lines found before in the same asks, current versions only; `key` as the sieve gave it."""


def frame(rows: list[dict[str, Any]], columns: Mapping[str, Any]) -> pl.DataFrame:
    """Rows as a frame; what a row leaves out is empty."""
    empty = {name: "" if kind == pl.String else None for name, kind in columns.items()}
    return pl.DataFrame([empty | row for row in rows], schema=dict(columns))
