"""What it is worth to the case: amounts, currency, day, and what of it is free."""

from __future__ import annotations

import polars as pl

from zhixing.inquiry.domain.sieve import cleaning

_MONEY = ("cash", "payment", "wealth", "securities", "housing_fund", "insurance")
_TEXTS = ("label", "category", "status", "holder_name", "balance", "available", "currency", "as_of")


def with_values(items: pl.DataFrame) -> pl.DataFrame:
    """Add balance_fen, available_fen, currency_code, told_on, `empty` (S01, S02, S03) and `value_fault` (V01 to V08)."""
    is_money = pl.col("kind").is_in(_MONEY)
    is_text = pl.col("key_number").str.contains(r"\p{Han}") & ~pl.col("key_number").str.contains(r"\d{6}")
    empty = (
        pl.when(pl.col("key_number") == "").then(pl.lit("S03"))
        .when(is_money & is_text & cleaning.says_nothing(pl.col("key_number"))).then(pl.lit("S01"))
        .when(is_money & is_text).then(pl.lit("S02"))
    )  # fmt: skip
    # Days, unlike amounts, repeat over and over.
    days = items.select("as_of").unique().with_columns(cleaning.day(pl.col("as_of")).alias("told_on"))
    read = (
        items.join(days, on="as_of", how="left", maintain_order="left", nulls_equal=True)
        .with_columns(
            cleaning.folded(pl.col("balance")).alias("balance_plain"),
            cleaning.folded(pl.col("available")).alias("available_plain"),
            cleaning.currency(pl.col("currency")).alias("currency_code"),
            cleaning.contradicts([pl.col(name) for name in _TEXTS]).alias("is_contradicted"),
            empty.alias("empty"),
        )
        .with_columns(
            cleaning.fen(pl.col("balance_plain")).alias("balance_fen"),
            cleaning.fen(pl.col("available_plain")).alias("told_fen"),
            cleaning.amount_fault(pl.col("balance_plain")).alias("balance_fault"),
            cleaning.amount_fault(pl.col("available_plain")).alias("available_fault"),
        )
    )
    return read.with_columns(_fault().alias("value_fault"), _free().alias("available_fen"))


def _fault() -> pl.Expr:
    return pl.coalesce(
        pl.when("is_contradicted").then(pl.lit("V07")),
        "balance_fault",
        "available_fault",
        pl.when(pl.col("currency_code").is_null()).then(pl.lit("V04")),
        pl.when((pl.col("as_of").fill_null("") != "") & pl.col("told_on").is_null()).then(pl.lit("V05")),
        pl.when(pl.col("told_on") > pl.col("received")).then(pl.lit("V06")),
        pl.when(pl.col("told_fen") > pl.col("balance_fen")).then(pl.lit("V08")),
    )


def _free() -> pl.Expr:
    """What the agency says, but never more than the balance less earlier freezes and secured debts (NIC-31)."""
    left = pl.col("balance_fen") - pl.col("prior").fill_null(0) - pl.col("secured").fill_null(0)
    return pl.min_horizontal(pl.col("told_fen"), pl.max_horizontal(left, pl.when(left.is_not_null()).then(0)))
