"""Frozen money that went away (EVA-14)."""

from __future__ import annotations

import polars as pl

from zhixing.inquiry.domain.evasion.shape import finding

COURT = r"法院|扣划|司法|公安|税务|检察"
REVERSED = r"冲正|冲销|退回|错账"


def control_drops(holds: pl.DataFrame, flows: pl.DataFrame) -> pl.DataFrame:
    """H01: more left a frozen account than came in and was free; deductions by authorities and reversals aside."""
    moved = (
        holds.rename({"fen": "held"})
        .join(flows, on=["case", "account"])
        .filter(
            (pl.col("day") > pl.col("since")) & (pl.col("until").is_null() | (pl.col("day") <= pl.col("until")))
        )
        .filter(
            ~(pl.col("other_name") + pl.col("remark")).str.contains(COURT) & ~pl.col("remark").str.contains(REVERSED)
        )
    )  # fmt: skip
    is_out = pl.col("direction") == "out"
    sums = moved.group_by("case", "hold").agg(
        pl.col("who").first(), pl.col("account").first(), pl.col("balance").first(), pl.col("held").first(),
        pl.col("fen").filter(is_out).sum().alias("out"), pl.col("fen").filter(~is_out).sum().alias("in"),
        pl.format("flow:{}", "flow").filter(is_out).sort_by(pl.col("at").filter(is_out)).alias("flows"),
        pl.col("day").filter(is_out).min().alias("on"),
    )  # fmt: skip
    free = (pl.col("balance") - pl.col("held")).clip(lower_bound=0)
    told = (
        sums.with_columns(gone=pl.col("out") - pl.col("in") - free)
        .filter((pl.col("balance").is_not_null()) & (pl.col("gone") > 0))
        .with_columns(other=pl.lit(""))
    )
    return finding(
        told,
        rule="H01",
        strength=pl.lit("strong"),
        fen=pl.min_horizontal("gone", "held"),
        evidence=pl.concat_list(pl.concat_list(pl.format("hold:{}", "hold")), "flows"),
    )
