"""The common shape of what every rule gives."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from zhixing.inquiry.domain.evasion.columns import FOUND, Limits

KEY_DAYS = ("sued_on", "judged_on", "notice_on", "sealed_on")


def near(day: pl.Expr, limits: Limits) -> pl.Expr:
    """Whether the day lies close to the suit, the judgment, the notice or the seal."""
    gaps = [(day - pl.col(name)).dt.total_days().abs() for name in KEY_DAYS]
    return (pl.min_horizontal(gaps) <= limits.near).fill_null(value=False)


def finding(
    rows: pl.DataFrame,
    *,
    rule: str,
    strength: pl.Expr,
    evidence: pl.Expr,
    fen: pl.Expr | None = None,
    signs: Mapping[str, pl.Expr] | None = None,
    number: pl.Expr | None = None,
) -> pl.DataFrame:
    """Rows with who (the debtor), other and on as lines of FOUND; signs whose expression is true are named in order."""
    marks = [pl.when(said).then(pl.lit(name)) for name, said in (signs or {}).items()]
    listed = pl.concat_list(marks).list.drop_nulls() if marks else pl.lit([], dtype=pl.List(pl.String))
    return rows.select(
        "case",
        pl.lit(rule).alias("rule"),
        strength.alias("strength"),
        pl.col("who").alias("debtor"),
        pl.col("other").fill_null("").alias("other"),
        "on",
        (pl.col("fen") if fen is None else fen).cast(pl.Int64).alias("fen"),
        evidence.alias("evidence"),
        listed.alias("signs"),
        (pl.lit(None) if number is None else number).cast(pl.Float64).alias("number"),
    ).cast(dict(FOUND))  # type: ignore[arg-type]
