"""Declared against found, item by item (B9, DEC-08). It proposes; the judge finds. It never says "false" by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

DECLARED: Mapping[str, Any] = {
    "declared": pl.Int64,  # number of the declared item, any that is unique
    "ask": pl.Int64,
    "kind": pl.String,
    "number": pl.String,  # account or certificate number or its digest; empty when the debtor told none
    "tail": pl.String,  # last four signs
    "place": pl.String,  # bank, registry or address, folded
    "fen": pl.Int64,
}
"""What debtors reported."""

FOUND: Mapping[str, Any] = {
    "item": pl.Int64,
    "ask": pl.Int64,
    "kind": pl.String,
    "number": pl.String,
    "tail": pl.String,
    "place": pl.String,
    "fen": pl.Int64,
    "opened": pl.Date,  # opened or registered on; null when not told
    "ended": pl.Date,  # closed, sold or transferred on; null while it is the debtor's
}
"""What was found to be the debtors'."""

ASKS: Mapping[str, Any] = {
    "ask": pl.Int64,
    "reported_on": pl.Date,  # null when no report came
    "lookback_from": pl.Date,  # first day whose transfers had to be reported; null when no notice was received
    "kinds_asked": pl.List(pl.String),  # kinds that the inquiry covered
}

REASONS: Mapping[str, str] = {
    "C01": "号码、类别一致，金额在允许差额以内",
    "C02": "名下确有此项；金额没有报告或没有反馈，无法比较",
    "C03": "查得金额高于报告金额，超出允许差额",
    "C04": "查得金额低于报告金额，超出允许差额",
    "C05": "查得而没有报告",
    "C06": "没有提交财产报告，查得的财产均未报告",
    "C07": "报告之后才开立或取得，应当补充报告（财产报告发生变动）",
    "C08": "收到执行通知前一年内至今已经转出，而报告没有写明去向",
    "C09": "报告有此项，本次没有查到；可能由没有查询的单位持有",
    "C10": "报告有此项，本次没有查询这一类财产，无法核实",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Thresholds of the court and terms of the law.

    Attributes:
        tolerance: thousandths of the larger amount within which two amounts agree.
        material_fen: gap from which it matters.
    """

    tolerance: int
    material_fen: int


def compared(
    declared: pl.DataFrame, found: pl.DataFrame, asks: pl.DataFrame, *, limits: Limits
) -> pl.DataFrame:
    """Lines: ask, declared (null when not reported), item (null when not found), verdict, reason, gap_fen, is_material.

    verdict: match, understated, overstated, omitted, undeclared_transfer, acquired_later, not_found, not_verifiable.
    Order: by ask, then declared items in their order, then what was found beside them.
    """
    pairs = _paired(declared, found)
    lines = (
        pairs.join(declared, on="declared", how="full", coalesce=True)
        .join(found, on="item", how="full", coalesce=True, suffix="_found")
        .with_columns(pl.coalesce("ask", "ask_found").alias("ask"))
        .join(asks, on="ask", how="left")
    )
    reason, gap = _reason(limits), pl.col("fen_found") - pl.col("fen")
    verdicts = {
        "C01": "match", "C02": "match", "C03": "understated", "C04": "overstated", "C05": "omitted", "C06": "omitted",
        "C07": "acquired_later", "C08": "undeclared_transfer", "C09": "not_found", "C10": "not_verifiable",
    }  # fmt: skip
    weighed = pl.col("verdict").is_in(["understated", "overstated", "omitted", "undeclared_transfer"])
    return (
        lines.with_columns(reason.alias("reason"), gap.alias("gap_fen"))
        .with_columns(pl.col("reason").replace_strict(verdicts, return_dtype=pl.String).alias("verdict"))
        .with_columns(
            (weighed & (pl.coalesce(pl.col("gap_fen").abs(), "fen_found").fill_null(limits.material_fen) >= limits.material_fen))
            .alias("is_material")
        )
        .sort("ask", "declared", "item", nulls_last=True)
        .select("ask", "declared", "item", "verdict", "reason", "gap_fen", "is_material")
    )  # fmt: skip


def _paired(declared: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Pairs by number, then by tail and kind, then by kind and place; each only where one of each is left."""
    # By kind and amount only where the debtor told nothing else to go by.
    bare = (pl.col("number") == "") & (pl.col("tail") == "") & pl.col("fen").is_not_null()
    pairs = pl.DataFrame(schema={"declared": pl.Int64, "item": pl.Int64})
    for on, told, real in (
        (["ask", "number"], pl.col("number") != "", pl.col("number") != ""),
        (["ask", "kind", "tail"], pl.col("tail") != "", pl.col("tail") != ""),
        (["ask", "kind", "place"], pl.col("place") != "", pl.col("place") != ""),
        (["ask", "kind", "fen"], bare, pl.col("fen").is_not_null()),
    ):
        left = _single(declared.filter(told).join(pairs, on="declared", how="anti"), on, "declared")
        right = _single(found.filter(real).join(pairs, on="item", how="anti"), on, "item")
        pairs = pl.concat([pairs, left.join(right, on=on).select("declared", "item")])
    return pairs


def _single(rows: pl.DataFrame, on: list[str], name: str) -> pl.DataFrame:
    """Rows whose values stand once."""
    return rows.group_by(on).agg(pl.len().alias("count"), pl.col(name).first()).filter(pl.col("count") == 1)


def _reason(limits: Limits) -> pl.Expr:
    both = pl.col("declared").is_not_null() & pl.col("item").is_not_null()
    told, real = pl.col("fen"), pl.col("fen_found")
    # Cents times a share of whole thousandths stays in whole numbers.
    margin = pl.max_horizontal(told, real) * limits.tolerance
    gap = (real - told) * 1000
    has_report = pl.col("reported_on").is_not_null()
    asked = pl.col("kinds_asked").list.contains(pl.col("kind"))
    rules = (
        (both & (told.is_null() | real.is_null()), "C02"),
        (both & (gap > margin), "C03"),
        (both & (-gap > margin), "C04"),
        (both, "C01"),
        (pl.col("item").is_null() & asked.fill_null(value=False), "C09"),
        (pl.col("item").is_null(), "C10"),
        (pl.col("ended") >= pl.col("lookback_from"), "C08"),
        (has_report & (pl.col("opened") > pl.col("reported_on")), "C07"),
        (has_report, "C05"),
    )
    return pl.coalesce(*(pl.when(condition).then(pl.lit(code)) for condition, code in rules), pl.lit("C06"))
