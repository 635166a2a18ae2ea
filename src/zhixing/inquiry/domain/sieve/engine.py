"""All rules in their order, over any number of lines at once."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from zhixing.inquiry.domain.sieve.columns import EARLIER
from zhixing.inquiry.domain.sieve.people import with_identity
from zhixing.inquiry.domain.sieve.rules import RULES, Verdict
from zhixing.inquiry.domain.sieve.things import (
    with_dispute,
    with_groups,
    with_keys,
    with_newest,
    with_repetition,
)
from zhixing.inquiry.domain.sieve.values import with_values

_OWN = [code for code, rule in RULES.items() if rule.verdict == Verdict.OWN]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Thresholds of the court. stale_days: days from the moment an agency speaks of to its receipt."""

    stale_days: int


def sift(
    items: pl.DataFrame, known: pl.DataFrame, earlier: pl.DataFrame | None = None, *, settings: Settings
) -> pl.DataFrame:
    """Judge lines of answers (columns ITEMS) by what the case knows (KNOWN) and was told before (EARLIER).

    Returns the lines in their order with: verdict, rule (the one that decided), person (the identity rule), is_strong,
    is_current (newest version of its order), key, thing (lines held together share it), balance_fen, available_fen,
    currency_code, told_on.
    """
    before = earlier if earlier is not None else pl.DataFrame(schema=dict(EARLIER))
    lines = with_values(with_newest(with_keys(items)))
    lines = with_identity(with_dispute(lines), known)
    lines = with_groups(with_repetition(lines, before))
    person = pl.col("person")
    stale = pl.col("told_on") < pl.col("received") - pl.duration(days=settings.stale_days)
    rule = pl.coalesce(
        "empty",
        pl.when(~person.is_in(_OWN)).then(person),
        "value_fault",
        "repeat",
        pl.when(stale).then(pl.lit("T01")),
        person,
    )
    verdicts = {code: str(found.verdict) for code, found in RULES.items()}
    strong = [code for code, found in RULES.items() if found.is_strong]
    return lines.with_columns(
        rule.alias("rule"),
        rule.replace_strict(verdicts, return_dtype=pl.String).alias("verdict"),
        person.is_in(strong).alias("is_strong"),
    )
