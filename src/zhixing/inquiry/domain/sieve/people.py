"""Whose is it: the identity rules P01 to P18. Where it cannot know, it abstains (PRIV-06).

A control may rest only on a check-digit-valid number: one that the agency told, or the one it was asked by. Everything
weaker is left to a person.
"""

from __future__ import annotations

import polars as pl

from zhixing.inquiry.domain.sieve import cleaning
from zhixing.inquiry.domain.sieve.likeness import address_relation, id_relation, name_relation, relations

_FLAGS = (
    "id_is_ours", "id_is_partys", "name_is_ours", "number_is_ours", "phone_is_ours", "asked_by_valid_id", "has_phone",
    "has_address", "is_organisation",
)  # fmt: skip
# An agency that searched by name alone did not use the number it was asked by.
_BY_NAME = "按(?:户名|姓名|名称)(?:匹配|查询|查得)"
HAS_ID = pl.col("id") != ""
HAS_NAME = pl.col("name") != ""


def with_identity(items: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Add `person`, the identity rule that decides each line."""
    ours = _known_clean(known)
    told = _flagged(_told(items), ours)
    return told.with_columns(_rule().alias("person"))


def _told(items: pl.DataFrame) -> pl.DataFrame:
    numbers = cleaning.identities(items["holder_id"]).drop("is_code").rename({"text": "holder_id"})
    names = (
        items.select("holder_name")
        .unique()
        .with_columns(cleaning.person_name(pl.col("holder_name")).alias("name"))
    )
    return (
        items.join(numbers, on="holder_id", how="left", maintain_order="left")
        .join(names, on="holder_name", how="left", maintain_order="left", nulls_equal=True)
        .with_columns(
            pl.col("id").fill_null(""),
            pl.col("id_is_valid").fill_null(value=False),
            cleaning.number_key(pl.col("phone")).alias("phone_key"),
            cleaning.folded(pl.col("address")).alias("address_key"),
        )
    )


def _known_clean(known: pl.DataFrame) -> pl.DataFrame:
    """Known values as they are compared, with `is_valid` (a number that passes its check sign) and `is_code`.

    An organisation code stands beside the unified code that it is part of.
    """
    value, kind = pl.col("value"), pl.col("kind")
    ids = known.filter(kind == "id")
    clean = ids.join(cleaning.identities(ids["value"]), left_on="value", right_on="text").select(
        "ask", kind, pl.col("id").alias("value"), "whose", pl.col("id_is_valid").alias("is_valid"), "is_code"
    )
    parts = clean.filter("is_code").with_columns(value.str.slice(8, 9))
    rest = known.filter(kind != "id").select(
        "ask",
        kind.replace({"former_name": "name"}),
        pl.when(kind.is_in(["name", "former_name"])).then(cleaning.person_name(value))
        .when(kind == "address").then(cleaning.folded(value))
        .otherwise(cleaning.number_key(value)).alias("value"),
        "whose",
        pl.lit(value=False).alias("is_valid"),
        pl.lit(value=False).alias("is_code"),
    )  # fmt: skip
    return pl.concat([clean, parts, rest]).filter(value != "")


def _flagged(items: pl.DataFrame, ours: pl.DataFrame) -> pl.DataFrame:
    """What agrees, by joins; what does not, by likeness of the few pairs that are left."""
    for column, kind, whose, flag in (
        ("id", "id", "self", "id_is_ours"),
        ("id", "id", "party", "id_is_partys"),
        ("name", "name", "self", "name_is_ours"),
        ("key_number", "account", "self", "number_is_ours"),
        ("phone_key", "phone", "self", "phone_is_ours"),
    ):
        hits = ours.filter((pl.col("kind") == kind) & (pl.col("whose") == whose))
        hits = hits.select("ask", pl.col("value").alias(column), pl.lit(value=True).alias(flag)).unique()
        items = items.join(hits, on=["ask", column], how="left", maintain_order="left")
    items = items.join(_of_asks(ours), on="ask", how="left", maintain_order="left").with_columns(
        pl.col(*_FLAGS).fill_null(value=False)
    )
    odd_id = HAS_ID & ~pl.col("id_is_ours") & ~pl.col("id_is_valid")
    odd_name = HAS_NAME & ~pl.col("name_is_ours")
    odd_address = ~HAS_ID & (pl.col("address_key") != "") & pl.col("has_address")
    for odd, column, kind, judge in (
        (odd_id, "id", "id", id_relation),
        (odd_name, "name", "name", name_relation),
        (odd_address, "address_key", "address", address_relation),
    ):
        strange = items.filter(odd)
        name = f"{kind}_relation"
        if not strange.height:
            items = items.with_columns(pl.lit(None, dtype=pl.String).alias(name))
            continue
        found = relations(strange, ours, column=column, kind=kind, judge=judge).rename({"relation": name})
        items = items.join(found, on=["ask", column], how="left", maintain_order="left")
    return items


def _of_asks(ours: pl.DataFrame) -> pl.DataFrame:
    """Per ask: whether it went out by a valid number, about an organisation, with which weaker values known."""
    kind = pl.col("kind")
    return (
        ours.filter(pl.col("whose") == "self")
        .group_by("ask")
        .agg(
            pl.col("is_code").any().alias("is_organisation"),
            pl.col("is_valid").any().alias("asked_by_valid_id"),
            (kind == "phone").any().alias("has_phone"),
            (kind == "address").any().alias("has_address"),
        )
    )


def _rule() -> pl.Expr:
    """The first rule whose condition holds."""
    ours, organisation = pl.col("id_is_ours"), pl.col("is_organisation")
    name, number = pl.col("name_relation"), pl.col("id_relation")
    other_phone = (pl.col("phone_key") != "") & pl.col("has_phone") & ~pl.col("phone_is_ours")
    other_address = pl.col("address_relation") == "b_differs"
    rules = (
        (ours & ~HAS_NAME, "P03"),
        (ours & pl.col("name_is_ours"), "P01"),
        (ours & organisation, "P04"),
        (ours & name.is_in(["a_sounds", "b_near"]), "P02"),
        (ours, "P05"),
        (pl.col("id_is_partys"), "P06"),
        (HAS_ID & pl.col("id_is_valid"), "P07"),
        (HAS_ID & (number == "c_masked"), "P10"),
        (HAS_ID & (number == "b_fits"), "P11"),
        (HAS_ID & (number == "a_near"), "P08"),
        (HAS_ID, "P09"),
        (pl.col("is_disputed"), "P14"),
        (HAS_NAME & (name == "c_differs") & ~organisation, "P12"),
        (HAS_NAME & name.is_not_null(), "P13"),
        (pl.col("number_is_ours"), "P15"),
        (other_phone & other_address, "P16"),
        (~pl.col("asked_by_valid_id") | pl.col("remark").fill_null("").str.contains(_BY_NAME), "P17"),
    )
    return pl.coalesce(*(pl.when(condition).then(pl.lit(code)) for condition, code in rules), pl.lit("P18"))
