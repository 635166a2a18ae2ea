"""What class of property it is, what protects it, and whether a measure may follow at once or why not."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from zhixing.inquiry.domain.sieve import cleaning
from zhixing.law.schemas import Exemption

# Strictest first: when a label speaks of several kinds, the one that protects most counts.
_STRICTNESS = ("block", "freeze_only", "purpose", "reserve", "warn")
_TEXTS = ("label", "category", "status", "remark")
_PRODUCT = "理财|结构性存款|大额存单|基金份额|货币基金|债券基金|资管|信托计划|余额宝|零钱通"
_HOLDS = {
    "H01": "不是本案被执行人的财产，或者还不能确定",
    "H02": "身份没有有效证件号支持，须另有两项证据并由人核实",
    "H03": "依法不得冻结、扣划",
    "H04": "账户已经销户或财产已经注销",
    "H05": "在先的冻结、抵押已经占满，没有可用余额；可以轮候",
    "H06": "外币，须先确定汇率或者按外币冻结",
    "H07": "共有财产，份额不明；可以控制，处分前须析产或协商",
    "H08": "反馈没有余额，须先核实",
    "H10": "关联子账户，随主账户一并办理",
    "H09": "有用途限制或须保留的款项，须先由人核实数额",
}
"""Why a measure may not follow at once, in the order in which they are asked."""


def hold_sentence(code: str) -> str:
    """What a hold says to the judge. Raises KeyError."""
    return _HOLDS[code]


def with_classes(lines: pl.DataFrame, exemptions: Sequence[Exemption]) -> pl.DataFrame:
    """Add `class` (domain.records.Kind), `exempt` (EXM code or null), `exempt_action`, `hold` (null: ready to act on).

    A bank lists products as accounts, too: the words of the line decide between cash and wealth.
    """
    texts = lines.select(*_TEXTS, "kind").unique().with_columns(
        cleaning.folded(pl.concat_str(*_TEXTS, separator="/", ignore_nulls=True)).alias("words")
    )  # fmt: skip
    texts = texts.with_columns(
        pl.when((pl.col("kind") == "cash") & pl.col("words").str.contains(_PRODUCT) & ~_is_return_account())
        .then(pl.lit("wealth")).otherwise("kind").alias("class"),
        _exemption(exemptions).alias("exempt"),
        pl.col("words").str.contains("销户|已注销|注销登记|已报废").alias("is_gone"),
    ).drop("words")  # fmt: skip
    actions = {row.code: row.action for row in exemptions}
    return (
        lines.join(texts, on=[*_TEXTS, "kind"], how="left", maintain_order="left", nulls_equal=True)
        .with_columns(
            pl.col("exempt")
            .replace_strict(actions, default=None, return_dtype=pl.String)
            .alias("exempt_action")
        )
        .with_columns(_hold().alias("hold"))
        .drop("is_gone")
    )


def _is_return_account() -> pl.Expr:
    """The cash account behind a product is cash, whatever product its label names."""
    return pl.col("words").str.contains("回款|归集|活期|借记卡|结算账户")


def _exemption(exemptions: Sequence[Exemption]) -> pl.Expr:
    ordered = sorted(exemptions, key=lambda row: (_STRICTNESS.index(row.action), row.code))
    matches = [
        pl.when(pl.col("words").str.contains_any(list(row.words))).then(pl.lit(row.code)) for row in ordered
    ]
    return pl.coalesce(*matches, pl.lit(None, dtype=pl.String))


def _hold() -> pl.Expr:
    is_money = pl.col("class").is_in(["cash", "payment", "wealth", "housing_fund"])
    holds = (
        (pl.col("verdict") != "own", "H01"),
        (~pl.col("is_strong"), "H02"),
        (pl.col("main").fill_null("") != "", "H10"),
        (pl.col("exempt_action") == "block", "H03"),
        (pl.col("is_gone"), "H04"),
        (is_money & pl.col("balance_fen").is_null(), "H08"),
        (is_money & (pl.col("available_fen") <= 0), "H05"),
        (is_money & (pl.col("currency_code") != "CNY"), "H06"),
        ((pl.col("holders") > 1) & (pl.col("share").fill_null("") == ""), "H07"),
        (pl.col("exempt_action").is_in(["purpose", "reserve", "warn"]), "H09"),
    )
    return pl.coalesce(*(pl.when(condition).then(pl.lit(code)) for condition, code in holds))
