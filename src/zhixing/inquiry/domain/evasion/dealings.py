"""Dealings with things: sales, gifts, leases, divorces, equity, titles … each held against its pattern, all at once."""

from __future__ import annotations

import polars as pl

from zhixing.inquiry.domain.evasion.columns import Limits
from zhixing.inquiry.domain.evasion.relations import is_close
from zhixing.inquiry.domain.evasion.shape import finding, near

_STRONG, _MEDIUM, _UNCLEAR = pl.lit("strong"), pl.lit("medium"), pl.lit("unclear")
_PRICED = {"sale": "P01", "purchase": "P02", "barter": "P03", "set_off": "P03", "licence": "P03"}
_YEAR = "-1y"


def dealing_leads(
    cases: pl.DataFrame, dealings: pl.DataFrame, close: pl.DataFrame, flows: pl.DataFrame, accounts: pl.DataFrame, limits: Limits
) -> list[pl.DataFrame]:  # fmt: skip
    """All leads on dealings; each rule reads only columns that it needs, an empty one makes it abstain."""
    ties = close.rename({"debtor": "who"}).select("case", "who", "other", "since", "until", "chain", "kin")
    rows = (
        dealings.rename({"debtor": "who"})
        .join(cases.rename({"on": "today"}), on="case")
        .join(ties, on=["case", "who", "other"], how="left")
        .with_columns(
            close=(pl.col("chain").is_not_null() & is_close(pl.col("on"))).fill_null(value=False),
            proof=pl.concat_list(
                pl.concat_list(pl.format("dealing:{}", "dealing")), pl.col("chain").fill_null([])
            ),
            near=near(pl.col("on"), limits),
            after_debt=(pl.col("on") >= pl.col("debt_on")).fill_null(value=False),
            share=(pl.col("price") + pl.col("assumed").fill_null(0)) / pl.col("market"),
        )
        .filter(pl.col("on") <= pl.col("today"))
    )
    return [
        _prices(rows, limits),
        _unpaid(rows, flows, accounts, limits),
        _gratis(rows),
        _guarantees(rows),
        _leases(rows, limits),
        _titles(rows),
        _partitions(rows, limits),
        _capital(rows),
        _mixing(rows),
        *_plain(rows),
    ]


def _prices(rows: pl.DataFrame, limits: Limits) -> pl.DataFrame:
    """EVA-02, 03, 05: beyond 70 % or 130 %; between related parties already beyond the court's narrower bounds."""
    kind, share, near_to = pl.col("kind"), pl.col("share") * 1000, pl.col("close")
    cheap, dear = kind != "purchase", kind != "sale"
    clear = (cheap & (share < limits.low)) | (dear & (share > limits.high))
    related = near_to & ((cheap & (share < limits.related_low)) | (dear & (share > limits.related_high)))
    told = rows.filter(
        kind.is_in(list(_PRICED)) & pl.col("after_debt") & ~pl.col("is_public") & pl.col("share").is_not_null() & (clear | related)
    ).with_columns(is_clear=clear)  # fmt: skip
    # A paper that shows a reason for the price (damage, clearance sale) is to be weighed by a person.
    strength = (
        pl.when("is_settled").then(_UNCLEAR)
        .when(pl.col("is_clear") & (pl.col("close") | pl.col("near"))).then(_STRONG)
        .otherwise(_MEDIUM)
    )  # fmt: skip
    parts = [
        finding(
            told.filter(kind.is_in([name for name, code in _PRICED.items() if code == rule])),
            rule=rule,
            strength=strength,
            fen=(pl.col("market") - pl.col("price") - pl.col("assumed").fill_null(0)).abs(),
            evidence=pl.col("proof"),
            signs={"related": pl.col("close"), "near": pl.col("near"), "settled": pl.col("is_settled"), "within": ~pl.col("is_clear")},
            number=pl.col("share"),
        )
        for rule in ("P01", "P02", "P03")
    ]  # fmt: skip
    return pl.concat(parts)


def _unpaid(rows: pl.DataFrame, flows: pl.DataFrame, accounts: pl.DataFrame, limits: Limits) -> pl.DataFrame:
    """EVA-01 (G02): sold at a fair price to one close, but the price is not in statements that cover the time."""
    sales = rows.filter(
        (pl.col("kind") == "sale") & pl.col("after_debt") & pl.col("close") & ~pl.col("is_public") & ~pl.col("is_settled")
        & (pl.col("price") * 1000 >= pl.col("market") * limits.related_low)
    )  # fmt: skip
    # Every known account of the seller must be covered from a month before to half a year after (or until now).
    cover = accounts.group_by("case", who="owner").agg(pl.col("from").max(), pl.col("to").min(), pl.col("from").is_null().any().alias("gap"))  # fmt: skip
    until = pl.min_horizontal(pl.col("on") + pl.duration(days=150), pl.col("today") - pl.duration(days=30))
    seen = sales.join(cover, on=["case", "who"]).filter(
        ~pl.col("gap") & (pl.col("from") <= pl.col("on") - pl.duration(days=30)) & (pl.col("to") >= until)
    )
    paid = (
        flows.filter(pl.col("direction") == "in")
        .join(seen.select("case", "who", "other", "dealing", sold="on"), on=["case", "who", "other"])
        .filter(pl.col("day") >= pl.col("sold") - pl.duration(days=365))
        .group_by("case", "dealing")
        .agg(pl.col("fen").sum().alias("came"))
    )
    got = pl.col("came").fill_null(0) + pl.col("paid").fill_null(0) + pl.col("assumed").fill_null(0)
    told = seen.join(paid, on=["case", "dealing"], how="left").filter(
        got * 1000 < pl.col("price") * limits.paid
    )
    return finding(
        told,
        rule="G02",
        strength=_MEDIUM,
        fen=pl.col("price") - got,
        evidence=pl.col("proof"),
        signs={"near": pl.col("near")},
    )


def _gratis(rows: pl.DataFrame) -> pl.DataFrame:
    """EVA-01 (G01): gifts, waived claims, extended terms since the debt and within the look-back."""
    told = rows.filter(
        pl.col("kind").is_in(["gift", "waiver", "extension"]) & pl.col("after_debt") & _looked_back()
    )
    return finding(
        told,
        rule="G01",
        strength=pl.when("is_settled").then(_UNCLEAR).when(pl.col("close") | pl.col("near")).then(_STRONG).otherwise(_MEDIUM),
        fen=pl.coalesce("market", "price"),
        evidence=pl.col("proof"),
        signs={"related": pl.col("close"), "near": pl.col("near"), "settled": pl.col("is_settled")},
    )  # fmt: skip


def _looked_back() -> pl.Expr:
    """A year before the notice, or before the suit when that is earlier (财产调查规定的回溯期)."""
    first = pl.min_horizontal(pl.col("notice_on").dt.offset_by(_YEAR), pl.col("sued_on").dt.offset_by(_YEAR))
    return (pl.col("on") >= first).fill_null(value=False)


def _guarantees(rows: pl.DataFrame) -> pl.DataFrame:
    """EVA-04 (G03): new guarantees for others; a mutual guarantee or an own benefit on paper leaves it to a person."""
    told = rows.filter((pl.col("kind") == "guarantee") & pl.col("after_debt") & _looked_back())
    return finding(
        told,
        rule="G03",
        strength=pl.when("is_settled").then(_UNCLEAR).when("close").then(_STRONG).otherwise(_MEDIUM),
        fen=pl.col("price"),
        evidence=pl.col("proof"),
        signs={
            "related": pl.col("close"),
            "near": pl.col("near"),
            "settled": pl.col("is_settled"),
        },
    )


def _leases(rows: pl.DataFrame, limits: Limits) -> pl.DataFrame:
    """EVA-06 (L01). Possession before the seal, proved, takes the weight from every sign but the rent."""
    settled = (pl.col("occupied_on") < pl.col("sealed_on")).fill_null(value=False) | pl.col("is_settled")
    signs = {
        "after_seal": (pl.col("on") >= pl.col("sealed_on")).fill_null(value=False),
        # The contract is dated before the seal, its first trace comes after.
        "back_dated": ((pl.col("signed_on") < pl.col("sealed_on")) & (pl.col("occupied_on") >= pl.col("sealed_on"))).fill_null(value=False),
        "long": (pl.col("years") > limits.lease_years).fill_null(value=False),
        "cheap": (pl.col("share") * 1000 < limits.low).fill_null(value=False),
        "no_flow": pl.col("no_flow"),
    }  # fmt: skip
    count = pl.sum_horizontal(*(sign.cast(pl.Int8) for sign in signs.values()))
    told = rows.filter((pl.col("kind") == "lease") & (pl.col("on") >= pl.col("debt_on"))).with_columns(
        count=count, settled=settled
    )
    told = told.filter((pl.col("count") > 0) & (~pl.col("settled") | (pl.col("count") > 1)))
    weak = pl.col("settled") | ((pl.col("count") == 1) & signs["long"] & ~pl.col("close") & ~pl.col("near"))
    return finding(
        told,
        rule="L01",
        strength=pl.when(weak).then(_UNCLEAR).when(pl.col("count") > 1).then(_STRONG).otherwise(_MEDIUM),
        fen=pl.col("price"),
        evidence=pl.col("proof"),
        signs=signs | {"related": pl.col("close"), "settled": pl.col("settled")},
    )


def _titles(rows: pl.DataFrame) -> pl.DataFrame:
    """EVA-07 (J01): a new title between related parties without money or made at once."""
    since = pl.coalesce("sued_on", "docketed_on", "notice_on").dt.offset_by(_YEAR)
    told = rows.filter(
        (pl.col("kind") == "title") & pl.col("close") & (pl.col("no_flow") | pl.col("at_once")) & (pl.col("on") >= since)
    )  # fmt: skip
    both = pl.col("no_flow") & pl.col("at_once")
    only_fast = pl.col("at_once") & ~pl.col("no_flow")
    return finding(
        told,
        rule="J01",
        strength=pl.when(pl.col("is_settled") | only_fast).then(_UNCLEAR).when(both).then(_STRONG).otherwise(_MEDIUM),
        fen=pl.col("price"),
        evidence=pl.col("proof"),
        signs={"no_flow": pl.col("no_flow"), "at_once": pl.col("at_once"), "settled": pl.col("is_settled")},
    )  # fmt: skip


def _partitions(rows: pl.DataFrame, limits: Limits) -> pl.DataFrame:
    """EVA-09 (D01): after the debt, within a year of the suit or later, and the debtor kept clearly less than half."""
    since = pl.coalesce("sued_on", "docketed_on", "notice_on").dt.offset_by(_YEAR)
    told = rows.filter(
        (pl.col("kind") == "partition") & pl.col("after_debt") & (pl.col("on") >= since)
        & (pl.col("kept").is_null() | (pl.col("kept") < limits.kept))
    )  # fmt: skip
    return finding(
        told,
        rule="D01",
        strength=pl.when(pl.col("is_settled") | pl.col("kept").is_null()).then(_UNCLEAR).when(pl.col("kept") <= 100).then(_STRONG).otherwise(_MEDIUM),
        fen=pl.col("market"),
        evidence=pl.col("proof"),
        signs={"near": pl.col("near"), "settled": pl.col("is_settled"), "no_share": pl.col("kept").is_null()},
        number=pl.col("kept") / 1000,
    )  # fmt: skip


def _capital(rows: pl.DataFrame) -> pl.DataFrame:
    """EVA-10 (C02): shares given away, or a term put off, while capital was not paid in; a term still running leaves it open."""
    told = rows.filter(
        (pl.col("kind") == "capital") & pl.col("after_debt") & (pl.col("price").fill_null(0) > 0)
    )
    running = (pl.col("due_on") > pl.col("today")).fill_null(value=False) & (pl.col("due_on") > pl.col("on"))
    return finding(
        told,
        rule="C02",
        strength=pl.when(pl.col("is_settled") | pl.col("due_on").is_null() | running).then(_UNCLEAR).otherwise(_STRONG),
        fen=pl.col("price"),
        evidence=pl.col("proof"),
        signs={"near": pl.col("near"), "not_due": running, "settled": pl.col("is_settled")},
    )  # fmt: skip


def _mixing(rows: pl.DataFrame) -> pl.DataFrame:
    """EVA-11 (M01): a one-person company whose owner has shown no yearly audited accounts of its own (公司法: he proves)."""
    told = rows.filter((pl.col("kind") == "mixing") & ~pl.col("is_settled"))
    return finding(told, rule="M01", strength=_MEDIUM, evidence=pl.col("proof"), fen=pl.col("price"))


def _plain(rows: pl.DataFrame) -> list[pl.DataFrame]:
    """EVA-08, 12, 13, 15, 16, 17: what happened after the day that matters, without the paper that settles it."""
    kind = pl.col("kind")
    six_months = pl.col("bankruptcy_on").dt.offset_by("-6mo")
    year = pl.col("bankruptcy_on").dt.offset_by(_YEAR)
    until = pl.col("on") <= pl.col("bankruptcy_on")
    rules = {
        "S01": (kind == "related_account") & pl.col("close") & pl.col("after_debt"),
        "E01": (kind == "deregistration") & (pl.col("on") >= pl.col("docketed_on")),
        "E02": (kind == "free_taking")
        & (pl.col("on") >= pl.col("docketed_on"))
        & (pl.col("price").fill_null(0) == 0),
        "B01": (kind == "report"),
        "B02": (kind == "consumption") & (pl.col("on") >= pl.col("restricted_on")),
        "K01": (kind == "single_payment") & (pl.col("on") >= six_months) & until,
        "K02": (kind == "voidable") & (pl.col("on") >= year) & until,
    }
    return [
        finding(
            rows.filter(test.fill_null(value=False) & ~pl.col("is_settled")),
            rule=rule,
            strength=_MEDIUM,
            fen=pl.coalesce("price", "market"),
            evidence=pl.col("proof"),
            signs={"related": pl.col("close"), "near": pl.col("near")},
        )
        for rule, test in rules.items()
    ]  # fmt: skip
