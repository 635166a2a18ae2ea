"""Texts of agencies made comparable: numbers, identity numbers, names, amounts, days, currencies."""

from __future__ import annotations

from functools import lru_cache

import opencc
import polars as pl

_SPACES = r"[\s\u00a0\u3000\u200b-\u200f\u2060\ufeff\u00ad]"
_LOOKALIKES = {
    "O": "0",
    "Q": "0",
    "D": "0",
    "I": "1",
    "L": "1",
    "|": "1",
    "!": "1",
    "Z": "2",
    "S": "5",
    "B": "8",
}
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_NOTHING = r"^(查无|无开户|无此|未查到|没有|无财产|无账户|无记录|暂无|无$)"
_STRAY = r"(?:^|\x1f)\s*(?:查无|无开户|无此|未查到|没有|无财产|无账户|无记录|暂无|无\x1f)|查询异常|查无"
_UNIT = r"[万亿仟佰拾千百元圆角分壹贰叁肆伍陆柒捌玖零〇一二三四五六七八九十]|(?i:rmb|cny|usd)|[¥￥$]"
_POSITIVE = r"^\+?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$|^-0*(?:\.0*)?$"
_NEGATIVE = r"^-[\d,]+(?:\.\d+)?$"
_CURRENCIES = {
    "": "CNY", "156": "CNY", "01": "CNY", "RMB": "CNY", "人民币": "CNY", "CNY": "CNY", "840": "USD", "USD": "USD", "美元": "USD",
    "978": "EUR", "EUR": "EUR", "欧元": "EUR", "344": "HKD", "HKD": "HKD", "港币": "HKD", "港元": "HKD", "392": "JPY", "JPY": "JPY",
    "日元": "JPY", "826": "GBP", "GBP": "GBP", "英镑": "GBP", "036": "AUD", "AUD": "AUD", "124": "CAD", "CAD": "CAD",
    "756": "CHF", "CHF": "CHF", "446": "MOP", "MOP": "MOP", "702": "SGD", "SGD": "SGD", "410": "KRW", "KRW": "KRW",
}  # fmt: skip


def folded(text: pl.Expr) -> pl.Expr:
    """Half-width, without any spaces, upper case."""
    return text.fill_null("").str.normalize("NFKC").str.replace_all(_SPACES, "").str.to_uppercase()


def number_key(text: pl.Expr) -> pl.Expr:
    """An account, unit or plate number without the signs that people put between its groups."""
    return folded(text).str.replace_all(r"[-—–·.]", "")


def person_name(text: pl.Expr) -> pl.Expr:
    """A name without spaces, dots and brackets' width, variant characters in their usual form."""
    plain = folded(text).str.replace_all(r"[·•．.]", "")
    old, new = _variants()
    return pl.when(plain.str.contains(_any_variant())).then(plain.str.replace_many(old, new)).otherwise(plain)


@lru_cache(maxsize=1)
def _variants() -> tuple[list[str], list[str]]:
    converter = opencc.OpenCC("t2s")
    signs = [chr(point) for point in range(0x4E00, 0xA000)]
    pairs = [(sign, new) for sign in signs if (new := converter.convert(sign)) != sign]
    # Shapes that registers and banks exchange freely and that no converter knows.
    pairs += [
        ("昇", "升"),
        ("淼", "淼"),
        ("喆", "哲"),
        ("堃", "坤"),
        ("犇", "奔"),
        ("濛", "蒙"),
        ("甦", "苏"),
        ("頫", "俯"),
    ]
    return [old for old, _ in pairs], [new for _, new in pairs]


@lru_cache(maxsize=1)
def _any_variant() -> str:
    return f"[{''.join(_variants()[0])}]"


def identities(texts: pl.Series) -> pl.DataFrame:
    """Each different text of an identity number once: columns text, id, id_is_valid.

    15 digits are brought to 18 (ID-03), hyphens and spaces go. Letters that scanners mistake for digits are turned into
    those digits when that makes the number valid; otherwise what was written stands. Valid: a resident's number or a
    unified social credit code that passes its check sign (ID-01, ID-04).
    """
    found = pl.DataFrame({"text": texts.unique()}).filter(pl.col("text").fill_null("") != "")
    if not found.height:
        return found.with_columns(id="text", id_is_valid=pl.lit(value=False), is_code=pl.lit(value=False))
    found = found.with_columns(folded(pl.col("text")).str.replace_all("[-—–]", "").alias("id"))
    found = found.with_columns(
        pl.when(pl.col("id").str.contains(r"^\d{15}$"))
        .then(pl.concat_str(pl.col("id").str.slice(0, 6), pl.lit("19"), pl.col("id").str.slice(6)))
        .otherwise("id").alias("stem")
    )  # fmt: skip
    found = _checked(found)
    found = found.with_columns(
        pl.when(pl.col("stem").str.contains(r"^\d{17}$"))
        .then(pl.concat_str("stem", "sign"))
        .otherwise("id")
        .alias("id")
    )
    doubtful = found.filter(
        (pl.col("id").str.len_chars() == 18) & (pl.col("sign").ne_missing(pl.col("id").str.slice(17)))
    )
    if not doubtful.height:
        return found.select(
            "text", "id", _passes().alias("id_is_valid"), pl.lit(value=False).alias("is_code")
        )
    mended = _checked(doubtful.select("text", _without_lookalikes(pl.col("id")).alias("stem")))
    mended = mended.filter(pl.col("sign") == pl.col("stem").str.slice(17)).select(
        "text", pl.col("stem").alias("mended")
    )
    coded = doubtful.filter(pl.col("id").str.contains(r"^[0-9A-HJ-NPQRTUWXY]{18}$"))
    coded = coded.select("text", _code_valid(pl.col("id")).alias("is_code"))
    return (
        found.join(mended, on="text", how="left")
        .join(coded, on="text", how="left")
        .select(
            "text",
            pl.when(pl.col("is_code").fill_null(value=False))
            .then("id")
            .otherwise(pl.coalesce("mended", "id"))
            .alias("id"),
            pl.coalesce(
                pl.when(pl.col("is_code")).then(pl.lit(value=True)),
                pl.when(pl.col("mended").is_not_null()).then(pl.lit(value=True)),
                _passes(),
            ).alias("id_is_valid"),
            pl.col("is_code").fill_null(value=False),
        )
    )


def _passes() -> pl.Expr:
    return (pl.col("id").str.slice(17) == pl.col("sign")).fill_null(value=False)


def _checked(numbers: pl.DataFrame) -> pl.DataFrame:
    """Add `sign`, the check sign of the first 17 digits of `stem` (ID-01); null where they are none."""
    total = pl.sum_horizontal(
        (pl.col("whole") // 10 ** (16 - place) % 10) * weight for place, weight in enumerate(_WEIGHTS)
    )
    sign = (total % 11).replace_strict(list(range(11)), list(_CHECKS), return_dtype=pl.String, default=None)
    fits = pl.col("stem").str.contains(r"^\d{17}[\dX]?$")
    return (
        numbers.with_columns(
            pl.when(fits).then(pl.col("stem").str.slice(0, 17)).cast(pl.Int64, strict=False).alias("whole")
        )
        .with_columns(sign.alias("sign"))
        .drop("whole")
    )


def _without_lookalikes(number: pl.Expr) -> pl.Expr:
    head = number.str.slice(0, 17).str.replace_many(list(_LOOKALIKES), list(_LOOKALIKES.values()))
    return pl.concat_str(head, number.str.slice(17, 1).replace({"O": "0", "I": "1", "L": "1"}))


def _code_valid(number: pl.Expr) -> pl.Expr:
    """Whether a unified social credit code passes its check sign (ID-04)."""
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    values = {sign: value for value, sign in enumerate(signs)}
    total = pl.sum_horizontal(
        number.str.slice(place, 1).replace_strict(values, default=0, return_dtype=pl.Int32) * (3**place % 31)
        for place in range(17)
    )
    check = ((31 - total % 31) % 31).replace_strict(
        list(range(31)), list(signs), return_dtype=pl.String, default=""
    )
    return check == number.str.slice(17, 1)


def says_nothing(number: pl.Expr) -> pl.Expr:
    """Whether the text in place of a number says that nothing was found."""
    return number.str.contains(_NOTHING)


def contradicts(texts: list[pl.Expr]) -> pl.Expr:
    """Whether any of the texts says that nothing was found or that the question failed."""
    return pl.concat_str(*texts, separator="\x1f", ignore_nulls=True).str.contains(_STRAY)


def amount_fault(plain: pl.Expr) -> pl.Expr:
    """V01, V02 or V03 for a folded amount that cannot be taken as it stands; null when it can, or is empty."""
    return (
        pl.when((plain == "") | plain.str.contains(_POSITIVE)).then(None)
        .when(plain.str.contains(_NEGATIVE)).then(pl.lit("V03"))
        .when(plain.str.contains(_UNIT)).then(pl.lit("V02"))
        .otherwise(pl.lit("V01"))
    )  # fmt: skip


def fen(plain: pl.Expr) -> pl.Expr:
    """Cents of a folded amount in yuan; null when it is empty or no plain number."""
    number = plain.str.replace_all(",", "", literal=True).cast(pl.Decimal(38, 4), strict=False)
    return (number * 100).round(0).cast(pl.Int64, strict=False)


def currency(text: pl.Expr) -> pl.Expr:
    """ISO letters of a currency code or name; null when nobody knows it."""
    return folded(text).replace_strict(_CURRENCIES, default=None, return_dtype=pl.String)


def day(text: pl.Expr) -> pl.Expr:
    """The day in 2026-03-04, 2026/3/4, 2026.3.4, 20260304, 2026年3月4日, each also with a time; null otherwise."""
    plain = text.fill_null("").str.normalize("NFKC").str.strip_chars()
    plain = plain.str.replace_all(r"[年月/.]", "-").str.replace("日", " ", literal=True)
    parts = plain.str.extract_groups(r"^(\d{4})-?(\d{1,2})-?(\d{1,2})(?:[ T].*)?$")
    close = plain.str.extract_groups(r"^(\d{4})(\d{2})(\d{2})(?:\d{6})?$")
    year, month, number = (
        pl.coalesce(close.struct.field(at), parts.struct.field(at)) for at in ("1", "2", "3")
    )
    return pl.concat_str(year, month.str.zfill(2), number.str.zfill(2)).str.to_date("%Y%m%d", strict=False)
