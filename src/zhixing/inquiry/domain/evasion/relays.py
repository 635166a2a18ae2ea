"""Money that runs through others: out of the debtor's account, on within days in like amounts, to one close to him."""

from __future__ import annotations

import polars as pl

from zhixing.inquiry.domain.evasion.columns import Limits
from zhixing.inquiry.domain.evasion.shape import finding

MOST_HOPS = 4


def relays(
    cases: pl.DataFrame,
    flows: pl.DataFrame,
    close: pl.DataFrame,
    accounts: pl.DataFrame,
    dealings: pl.DataFrame,
    limits: Limits,
) -> pl.DataFrame:
    """EVA-08 (R01). The statements between the ends must be in the case: a chain with a gap is not guessed.

    Ends at one close to the debtor, or at an account of the debtor that he did not report. Not a relay: a payment for
    goods or an old loan of the first receiver, and money that comes home to a reported account (products, deposits).
    """
    outs = flows.filter((pl.col("direction") == "out") & (pl.col("other_account") != ""))
    owners = accounts.select("case", other_account="account", to_declared="is_declared")
    edges = outs.join(owners, on=["case", "other_account"], how="left").select(
        "case",
        "flow",
        "account",
        "who",
        "other",
        "other_account",
        "fen",
        "at",
        "day",
        "to_declared",
        "by_name",
    )
    start = (
        edges.join(close.group_by("case").agg(pl.col("debtor").unique()), on="case")
        .filter(pl.col("who").is_in(pl.col("debtor")) & (pl.col("other").is_null() | (pl.col("other") != pl.col("who"))))
        .join(cases.select("case", "debt_on", "on"), on="case")
        .filter((pl.col("day") >= pl.col("debt_on")) & (pl.col("fen") >= limits.material))
        .select(
            "case", pl.col("who").alias("start"), pl.col("account").alias("home"), pl.col("other").alias("middle"),
            pl.concat_list("flow").alias("path"), pl.col("other_account").alias("account"), "fen", "at", pl.col("day").alias("begun"),
            pl.col("fen").alias("first_fen"),
        )
    )  # fmt: skip
    # Who stood close to the debtor from the first hop is told as a transfer, not as a relay.
    near = close.select("case", start="debtor", middle="other")
    chains = start.join(near, on=["case", "start", "middle"], how="anti")
    ends: list[pl.DataFrame] = []
    for _ in range(1, MOST_HOPS):
        chains = _onward(chains, edges, limits)
        if chains.is_empty():
            break
        ends.append(_ended(chains, close))
    if not ends:
        return finding(_empty(), rule="R01", strength=pl.lit("strong"), evidence=pl.col("flows"))
    told = pl.concat(ends).join(
        dealings.filter(
            pl.col("kind").is_in(["trade", "obligation"])
            | ((pl.col("kind") == "loan") & pl.col("paid").is_not_null())
        ).select("case", start="debtor", middle="other"),
        on=["case", "start", "middle"],
        how="anti",
    )
    # The longest way to the end tells the shorter ones within it.
    once = told.sort(pl.col("path").list.len(), descending=True).unique(["case", "first"], keep="first")
    return finding(
        once.with_columns(who="start", on="begun"),
        rule="R01",
        strength=pl.when("home_again").then(pl.lit("medium")).otherwise(pl.lit("strong")),
        evidence=pl.col("flows"),
        signs={"own_hidden": pl.col("home_again")},
        number=pl.col("path").list.len().cast(pl.Float64),
    )


def _onward(chains: pl.DataFrame, edges: pl.DataFrame, limits: Limits) -> pl.DataFrame:
    """Chains with one more hop: later by days at most, nearly the whole amount and not more."""
    step = edges.rename({"fen": "next_fen", "at": "next_at", "account": "from"})
    later = pl.col("next_at") - pl.col("at")
    return (
        chains.drop("other", "to_declared", "by_name", strict=False)
        .join(step, left_on=["case", "account"], right_on=["case", "from"])
        .filter(
            (later >= pl.duration(seconds=0))
            & (later <= pl.duration(days=limits.relay_days))
            & (pl.col("next_fen") <= pl.col("fen"))
            & (pl.col("next_fen") * 1000 >= pl.col("fen") * limits.relay_share)
            & ~pl.col("path").list.contains(pl.col("flow"))
        )
        .with_columns(path=pl.concat_list("path", "flow"), fen="next_fen", at="next_at", account="other_account")
        .select("case", "start", "home", "middle", "path", "account", "fen", "at", "begun", "first_fen", "other", "to_declared", "by_name")
    )  # fmt: skip


def _ended(chains: pl.DataFrame, close: pl.DataFrame) -> pl.DataFrame:
    """Chains whose end is close to the debtor, or his own account that he kept to himself."""
    ties = close.select("case", "chain", start="debtor", other="other")
    own = (pl.col("other") == pl.col("start")) & (pl.col("to_declared") == False)  # noqa: E712 - null stays null
    return (
        chains.join(ties, on=["case", "start", "other"], how="left")
        .with_columns(home_again=own.fill_null(value=False), chain=pl.col("chain").fill_null([]))
        .filter((pl.col("chain").list.len() > 0) | pl.col("home_again"))
        .filter(~pl.col("by_name"))
        .select(
            "case", "start", "middle", "other", "path", "fen", "begun", "home_again", first=pl.col("path").list.first(),
            flows=pl.concat_list(pl.col("path").list.eval(pl.format("flow:{}", pl.element())), "chain"),
        )
    )  # fmt: skip


def _empty() -> pl.DataFrame:
    return pl.DataFrame(
        schema={"case": pl.String, "who": pl.String, "other": pl.String, "on": pl.Date, "fen": pl.Int64, "flows": pl.List(pl.String)}
    )  # fmt: skip
