"""What is the same thing: keys, repetitions, contradictions, and things that are held together."""

from __future__ import annotations

import polars as pl

from zhixing.inquiry.domain.sieve import cleaning


def with_keys(items: pl.DataFrame) -> pl.DataFrame:
    """Add `key_number` and `key`; kinds that one number may have twice (account and payment account) keep apart."""
    return items.with_columns(cleaning.number_key(pl.col("number")).alias("key_number")).with_columns(
        pl.concat_str("kind", "key_number", separator=":").alias("key")
    )


def with_newest(items: pl.DataFrame) -> pl.DataFrame:
    """Add `is_current`: whether the line stands in the newest version of its order."""
    newest = items.group_by("order").agg(pl.col("version").max().alias("newest"))
    return (
        items.join(newest, on="order", how="left", maintain_order="left")
        .with_columns((pl.col("version") == pl.col("newest")).alias("is_current"))
        .drop("newest")
    )


def with_dispute(items: pl.DataFrame) -> pl.DataFrame:
    """Add `is_disputed`: without an owner's number, one thing was told as belonging to people of different asks.

    The same person may be asked about in several cases, and one thing may have several owners: then numbers are told.
    """
    told = pl.col("holder_id").fill_null("") == ""
    asks = items.filter(told & (pl.col("key_number") != "")).select("key", "ask").unique()
    if asks["ask"].n_unique() < 2:
        return items.with_columns(pl.lit(value=False).alias("is_disputed"))
    many = (
        asks.group_by("key")
        .len()
        .filter(pl.col("len") > 1)
        .select("key", pl.lit(value=True).alias("is_disputed"))
    )
    return items.join(many, on="key", how="left", maintain_order="left").with_columns(
        pl.col("is_disputed").fill_null(value=False) & told
    )


def with_repetition(items: pl.DataFrame, earlier: pl.DataFrame) -> pl.DataFrame:
    """Add `repeat`: D01, D02 or D03 for own things that were told before, in this batch or in an earlier one; else null.

    The first telling stands. A correction is a new version of the same order and replaces the old one, so only the
    newest version of each order is judged against others.
    """
    own = pl.col("person").is_in(["P01", "P02", "P03", "P04", "P15", "P18"])
    sane = pl.col("value_fault").is_null() & pl.col("empty").is_null()
    judged = items.filter(own & sane & pl.col("is_current")).select(
        "item", "ask", "order", "key", "balance_fen"
    )
    # Most things are told once: only the others are looked at.
    told = pl.concat([judged.select("ask", "key"), earlier.select("ask", "key")]).lazy()
    often = told.group_by("ask", "key").len().filter(pl.col("len") > 1).select("ask", "key").collect()
    if not often.height:
        return items.with_columns(pl.lit(None, dtype=pl.String).alias("repeat"))
    told_before = earlier.group_by("ask", "key").agg(
        pl.col("balance_fen").last().alias("old_fen"), pl.col("order").last().alias("old_order")
    )
    first = ("ask", "key")
    ranked = (
        judged.join(often, on=["ask", "key"], how="semi")
        .sort("item")
        .with_columns(
            pl.int_range(pl.len()).over(first).alias("place"),
            pl.col("order").first().over(first).alias("first_order"),
            pl.col("balance_fen").first().over(first).alias("first_fen"),
        )
        .join(told_before, on=["ask", "key"], how="left")
    )
    is_old = pl.col("old_order").is_not_null() & (pl.col("old_order") != pl.col("order"))
    again = (pl.col("place") > 0) | is_old
    base = pl.coalesce(pl.when(is_old).then("old_fen"), "first_fen")
    same_order = ~is_old & (pl.col("first_order") == pl.col("order"))
    rule = (
        pl.when(~again).then(None)
        .when(base.ne_missing(pl.col("balance_fen"))).then(pl.lit("D03"))
        .when(same_order).then(pl.lit("D01"))
        .otherwise(pl.lit("D02")).alias("repeat")
    )  # fmt: skip
    return items.join(ranked.select("item", rule), on="item", how="left", maintain_order="left")


def with_groups(items: pl.DataFrame) -> pl.DataFrame:
    """Add `thing`: lines that must be controlled as one (product and its cash account, sub and main account, house and land).

    The smallest line number of the group; links are followed to their end.
    """
    ends = pl.concat(
        [
            items.filter(pl.col(column).fill_null("") != "")
            .select("ask", "item", cleaning.number_key(pl.col(column)).alias("key_number"))
            for column in ("main", "linked")
        ]
    )  # fmt: skip
    if not ends.height:
        return items.with_columns(pl.col("item").alias("thing"))
    keys = items.filter(pl.col("key_number") != "").select("ask", "item", "key_number")
    edges = ends.join(keys, on=["ask", "key_number"], suffix="_to").select("item", "item_to")
    edges = pl.concat([edges, edges.select(pl.col("item_to").alias("item"), pl.col("item").alias("item_to"))])
    label = items.select("item", pl.col("item").alias("thing"))
    while True:
        near = (
            edges.join(label, left_on="item_to", right_on="item").group_by("item").agg(pl.col("thing").min())
        )
        after = label.join(near, on="item", how="left", suffix="_near", maintain_order="left").select(
            "item", pl.min_horizontal("thing", "thing_near").alias("thing")
        )
        # What a line's label points to may know a smaller one already: so long chains end soon.
        after = after.join(
            after, left_on="thing", right_on="item", how="left", suffix="_far", maintain_order="left"
        ).select("item", pl.col("thing_far").alias("thing"))
        if after.equals(label):
            return items.join(label, on="item", how="left", maintain_order="left")
        label = after
