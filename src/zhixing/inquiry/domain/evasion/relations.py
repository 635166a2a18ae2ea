"""Who stands close to whom, and whose account money went to."""

from __future__ import annotations

import polars as pl

# Ties that carry on to a second step (the spouse's company), and those that end with themselves.
KIN = ("spouse", "parent", "child", "sibling", "in_law")
CONTROL = ("representative", "controller", "shareholder", "affiliate")
CLOSE = {
    "spouse": "配偶", "parent": "父母", "child": "子女", "sibling": "兄弟姐妹", "in_law": "姻亲",
    "representative": "法定代表人", "controller": "实际控制人", "shareholder": "股东", "affiliate": "关联企业", "staff": "员工",
}  # fmt: skip
_BOTH = ["case", "debtor", "other"]
AFTER_DAYS = 365
"""A tie that ended less than a year before still counts: a divorce does not cut it on its day."""


def related(people: pl.DataFrame, ties: pl.DataFrame) -> pl.DataFrame:
    """case, debtor, other, kin, since, until, steps, chain: nearest tie of each debtor to others in one or two steps.

    chain: "tie:…" in order. Two debtors of one case are no others to each other.
    """
    plain = ties.filter(pl.col("kind").is_in(list(CLOSE)))
    sides = pl.concat([plain, plain.rename({"a": "b", "b": "a"}).select(plain.columns)])
    debtors = people.filter("is_debtor").select("case", debtor="who")
    first = debtors.join(sides, left_on=["case", "debtor"], right_on=["case", "a"]).select(
        "case", "debtor", pl.col("b").alias("other"), "kind", "since", "until", steps=pl.lit(1), chain=pl.concat_list(pl.format("tie:{}", "tie"))
    )  # fmt: skip
    onward = sides.filter(pl.col("kind") != "staff").select(
        "case", pl.col("a").alias("other"), pl.col("b").alias("next"), pl.col("kind").alias("kind2"),
        pl.col("since").alias("since2"), pl.col("until").alias("until2"), pl.col("tie").alias("tie2"),
    )  # fmt: skip
    second = (
        first.filter(pl.col("kind") != "staff")
        .join(onward, on=["case", "other"])
        .filter(pl.col("next") != pl.col("debtor"))
        .select(
            "case", "debtor", pl.col("next").alias("other"),
            pl.when(pl.col("kind").is_in(list(KIN)) & pl.col("kind2").is_in(list(KIN))).then(pl.lit("in_law")).otherwise(pl.lit("affiliate")).alias("kind"),
            pl.max_horizontal("since", "since2").alias("since"), pl.min_horizontal("until", "until2").alias("until"),
            pl.lit(2).alias("steps"), pl.concat_list("chain", pl.format("tie:{}", "tie2")).alias("chain"),
        )
    )  # fmt: skip
    return (
        pl.concat([first, second])
        .join(debtors.rename({"debtor": "other"}), on=["case", "other"], how="anti")
        .sort([*_BOTH, "steps", "since"], nulls_last=False)
        .unique(_BOTH, keep="first", maintain_order=True)
        .with_columns(kin=pl.col("kind").is_in(list(KIN)))
    )


def is_close(day: pl.Expr) -> pl.Expr:
    """Whether the tie holds on that day, or ended within the year before; beside columns since, until."""
    begun = pl.col("since").is_null() | (pl.col("since") <= day)
    return begun & (pl.col("until").is_null() | (day <= pl.col("until") + pl.duration(days=AFTER_DAYS)))


def owned(flows: pl.DataFrame, accounts: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Flows with who (owner of the statement), other (owner of the other account, known by account, number or name) and by_name.

    A name stands for a person only when the case knows one bearer and no account: by_name says so, it proves little.
    """
    owners = accounts.filter(pl.col("owner") != "").unique(["case", "account"], keep="first")
    mine = owners.select("case", "account", who="owner")
    theirs = owners.select("case", other_account="account", other="owner")
    plain = pl.col("name").str.normalize("NFKC").str.replace_all(r"\s", "")
    named = (
        people.with_columns(plain.alias("plain"))
        .filter(pl.col("plain") != "")
        .group_by("case", "plain")
        .agg(pl.col("who").first().alias("named"), pl.len().alias("bearers"))
        .filter(pl.col("bearers") == 1)
        .drop("bearers")
    )
    numbered = people.filter(pl.col("id_no") != "").unique(["case", "id_no"], keep="none")
    return (
        flows.join(mine, on=["case", "account"])
        .join(theirs, on=["case", "other_account"], how="left")
        .join(numbered.select("case", other_id="id_no", numbered="who"), on=["case", "other_id"], how="left")
        .with_columns(plain=pl.col("other_name").str.normalize("NFKC").str.replace_all(r"\s", ""))
        .join(named, on=["case", "plain"], how="left")
        .with_columns(other=pl.coalesce("other", "numbered"))
        .with_columns(
            # A number that is somebody else's speaks louder than a name.
            by_name=pl.col("other").is_null() & (pl.col("other_id") == "") & pl.col("named").is_not_null(),
            other=pl.coalesce("other", pl.when(pl.col("other_id") == "").then("named")),
            day=pl.col("at").dt.date(),
        )
        .drop("plain", "named", "numbered")
    )
