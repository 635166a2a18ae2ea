"""Money that left the debtor for those close to him, less what a document or a way back explains."""

from __future__ import annotations

import polars as pl

from zhixing.inquiry.domain.evasion.columns import Limits
from zhixing.inquiry.domain.evasion.relations import KIN, is_close
from zhixing.inquiry.domain.evasion.shape import finding, near

PAIR = ["case", "who", "other"]
# Documents that show why money had to go to this person; a price counts only when it is not too high.
GROUNDS = ("loan", "trade", "obligation", "dividend")
MANY = 3  # payments from the other side that make a give and take
CLAIMED = r"学费|医|住院|工资|薪|还款|还借|借款|货款|分红|房租|报销|赡养|抚养"


def window(cases: pl.DataFrame) -> pl.DataFrame:
    """Case and `first`: the day from which a transfer can be a lead; no case without the day of the debt.

    Not before the debt, nor more than a year before the suit or the notice (EVA-01).
    """
    begun = pl.min_horizontal("sued_on", pl.col("notice_on").dt.offset_by("-1y"), "docketed_on")
    return cases.filter(pl.col("debt_on").is_not_null() & begun.is_not_null()).select(
        "case", "sued_on", "judged_on", "notice_on", "sealed_on", first=pl.max_horizontal("debt_on", begun),
    )  # fmt: skip


def to_related(
    cases: pl.DataFrame, flows: pl.DataFrame, close: pl.DataFrame, dealings: pl.DataFrame, limits: Limits
) -> pl.DataFrame:
    """EVA-08 (T01): unexplained money to relatives and affiliates; unclear where a name or a claim has to be checked."""
    ties = close.rename({"debtor": "who"})
    mine = flows.join(ties, on=PAIR).join(window(cases), on="case")
    outs = mine.filter(
        (pl.col("direction") == "out") & (pl.col("day") >= pl.col("first")) & is_close(pl.col("day"))
    )
    gone = _beyond_household(outs, limits)
    back = _came_back(mine, outs, dealings)
    proved = _proved(outs, dealings, limits)
    sums = (
        gone.join(back, on=PAIR, how="left")
        .join(proved, on=PAIR, how="left")
        .with_columns(
            pl.col("back", "back_named", "ins", "proved").fill_null(0),
            pl.col("is_pool").fill_null(value=False),
        )
        .with_columns(rest=pl.col("beyond") - pl.col("back") - pl.col("proved"))
        .filter(pl.col("rest") * 10 >= limits.material * 6)
    )
    is_much = pl.col("rest") >= limits.material
    # In doubt a person asks first: claims, a name without number, a give and take between companies.
    is_claimed = (
        (pl.col("rest") - pl.col("claimed") < limits.material)
        & (pl.col("claimed") > 0)
        & (pl.col("claimed") < limits.material * 4)
    )
    by_name = (pl.col("rest") - pl.col("out_named") < limits.material) & (pl.col("out_named") > 0)
    back_named = (pl.col("rest") - pl.col("back_named") < limits.material) & (pl.col("back_named") > 0)
    two_way = (pl.col("ins") >= MANY) & (pl.col("back") * 2 >= pl.col("total"))
    unclear = pl.any_horizontal(~is_much, is_claimed, back_named, two_way, by_name, "is_pool", "habitual")
    strong = (pl.col("near") | pl.col("after_suit")) & (pl.col("rest") >= limits.material * 2)
    return finding(
        sums,
        rule="T01",
        strength=pl.when(unclear).then(pl.lit("unclear")).when(strong).then(pl.lit("strong")).otherwise(pl.lit("medium")),
        fen=pl.col("rest"),
        evidence=pl.concat_list("flows", "chain"),
        signs={
            "near": pl.col("near"), "after_suit": pl.col("after_suit"), "claimed": is_claimed, "by_name": by_name,
            "small": ~is_much, "pool": pl.col("is_pool"), "habitual": pl.col("habitual"), "two_way": two_way, "back_named": back_named,
            "partly_proved": pl.col("proved") + pl.col("back") > 0,
        },
    )  # fmt: skip


def _beyond_household(outs: pl.DataFrame, limits: Limits) -> pl.DataFrame:
    """Per pair: what went out; between relatives only what is beyond the household's money of each month."""
    months = outs.group_by([*PAIR, "kin", pl.col("day").dt.truncate("1mo").alias("month")]).agg(
        pl.col("fen").sum().alias("month_fen")
    )
    free = pl.when("kin").then(limits.household).otherwise(0)
    beyond = (
        months.with_columns(over=(pl.col("month_fen") - free).clip(lower_bound=0))
        .group_by(PAIR)
        .agg(
            pl.col("over").sum().alias("beyond"),
            (pl.col("kin").first() & (pl.col("month_fen").max() <= 2 * limits.household)).alias("habitual"),
        )
    )
    told = outs.with_columns(near=near(pl.col("day"), limits)).group_by(PAIR).agg(
        pl.format("flow:{}", "flow").sort_by("at").alias("flows"), pl.col("chain").first(), pl.col("day").min().alias("on"),
        pl.col("fen").sum().alias("total"), pl.col("near").any(), (pl.col("day") >= pl.col("sued_on")).any().fill_null(value=False).alias("after_suit"),
        pl.col("fen").filter(pl.col("remark").str.contains(CLAIMED)).sum().alias("claimed"),
        pl.col("fen").filter("by_name").sum().alias("out_named"),
    )  # fmt: skip
    return beyond.join(told, on=PAIR)


def _came_back(mine: pl.DataFrame, outs: pl.DataFrame, dealings: pl.DataFrame) -> pl.DataFrame:
    """Money from the other side before the last payment out, less prices of things sold to it: those are no loans."""
    last = outs.group_by(PAIR).agg(pl.col("at").max().alias("last"))
    into = mine.filter(pl.col("direction") == "in").join(last, on=PAIR).filter(pl.col("at") <= pl.col("last"))
    came = into.group_by(PAIR).agg(
        pl.col("fen").filter(~pl.col("by_name")).sum().alias("came"), pl.col("fen").filter("by_name").sum().alias("back_named"),
        pl.len().alias("ins"),
    )  # fmt: skip
    sold = (
        dealings.filter(pl.col("kind") == "sale")
        .group_by("case", who="debtor", other="other")
        .agg(pl.col("price").sum().alias("sold"))
    )
    rest = pl.col("came") - pl.col("sold").fill_null(0)
    return came.join(sold, on=PAIR, how="left").select(
        *PAIR, "back_named", "ins", back=rest.clip(lower_bound=0)
    )


def _proved(outs: pl.DataFrame, dealings: pl.DataFrame, limits: Limits) -> pl.DataFrame:
    """Sums that documents explain: old loans, goods, duties, profits, fair purchases, wages by contract."""
    papers = dealings.rename({"debtor": "who"}).join(
        outs.group_by(PAIR).agg(pl.col("day").max().alias("last"), pl.col("first").first(), pl.col("day").min().alias("begun")), on=PAIR
    )  # fmt: skip
    # A loan note counts when it is older than the window, or when a voucher shows that the money came.
    is_old = (pl.col("on") < pl.col("first")) | (pl.col("paid").fill_null(0) * 10 >= pl.col("price") * 9)
    is_fair = pl.col("price") * 1000 <= pl.col("market") * limits.high
    months = ((pl.col("last") - pl.col("begun")).dt.total_days() // 30) + 2
    worth = (
        pl.when((pl.col("kind") == "loan") & is_old)
        .then("price")
        .when(pl.col("kind").is_in(["trade", "obligation", "dividend"]))
        .then("price")
        .when((pl.col("kind") == "purchase") & is_fair)
        .then("price")
        .when(pl.col("kind") == "employment")
        .then(pl.col("price") * months)
        .otherwise(0)
    )
    return (
        papers.with_columns(worth=worth.fill_null(0))
        .group_by(PAIR)
        .agg(pl.col("worth").sum().alias("proved"), (pl.col("kind") == "pooling").any().alias("is_pool"))
    )


def capital_back(
    flows: pl.DataFrame, close: pl.DataFrame, dealings: pl.DataFrame, limits: Limits
) -> pl.DataFrame:
    """EVA-10 (C01): capital paid in by a shareholder went back to him within days, without a loan or trade between them."""
    paid_in = flows.filter(
        (pl.col("direction") == "in") & pl.col("remark").str.contains("出资|投资款|验资|注册资本|增资") & pl.col("other").is_not_null()
    )  # fmt: skip
    outs = flows.filter(pl.col("direction") == "out").select("case", "who", "other", back="flow", back_fen="fen", back_day="day", back_remark="remark")  # fmt: skip
    owners = close.filter(~pl.col("kind").is_in([*KIN, "staff"])).select(
        "case", "chain", who="debtor", other="other"
    )
    pairs = (
        paid_in.join(owners, on=PAIR)
        .join(outs, on=PAIR)
        .filter(
            (pl.col("back_day") >= pl.col("day"))
            & (pl.col("back_day") <= pl.col("day") + pl.duration(days=limits.capital_days))
        )
        .group_by([*PAIR, "flow"])
        .agg(
            pl.col("fen").first(), pl.col("day").first().alias("on"), pl.col("back_fen").sum().alias("returned"),
            pl.format("flow:{}", "back").sort_by("back_day").alias("backs"), pl.col("chain").first(),
        )
        .filter(pl.col("returned") * 1000 >= pl.col("fen") * limits.capital_share)
    )  # fmt: skip
    papers = dealings.filter(pl.col("kind").is_in(list(GROUNDS))).select("case", "other", who="debtor")
    return finding(
        pairs.join(papers, on=PAIR, how="anti"),
        rule="C01",
        strength=pl.lit("strong"),
        fen=pl.min_horizontal("returned", "fen"),
        evidence=pl.concat_list(pl.concat_list(pl.format("flow:{}", "flow")), "backs", "chain"),
        number=pl.col("returned") / pl.col("fen"),
    )


def new_accounts(
    cases: pl.DataFrame, accounts: pl.DataFrame, flows: pl.DataFrame, people: pl.DataFrame, limits: Limits
) -> pl.DataFrame:
    """EVA-15 (A01): accounts opened after the notice, not reported, into which money came; pay and relief aside."""
    protected = r"工资|社保|养老|低保|救助|住房公积金|监管|保证金|医保|抚恤"
    debtors = people.filter("is_debtor").select("case", owner="who")
    fresh = (
        accounts.join(cases.select("case", "notice_on"), on="case")
        .join(debtors, on=["case", "owner"])
        .filter(
            (pl.col("opened") > pl.col("notice_on")) & ~pl.col("is_declared") & ~pl.col("purpose").str.contains(protected)
        )
    )  # fmt: skip
    moved = flows.filter(
        (pl.col("direction") == "in") & ~pl.col("remark").str.contains("工资|薪|退休|养老金|救助")
    )
    sums = moved.group_by("case", "account").agg(
        pl.col("fen").sum(), pl.format("flow:{}", "flow").sort_by("at").alias("flows")
    )
    told = fresh.join(sums, on=["case", "account"]).filter(pl.col("fen") >= limits.new_account)
    # A card that took the place of a reported one is the bank's doing; whether it was is to be asked.
    replaced = pl.col("replaces") != ""
    return finding(
        told.with_columns(who="owner", other=pl.lit(""), on="opened"),
        rule="A01",
        strength=pl.when(replaced).then(pl.lit("unclear")).otherwise(pl.lit("medium")),
        evidence=pl.concat_list(pl.concat_list(pl.format("account:{}", "account")), "flows"),
        signs={"replaced": replaced},
    )
