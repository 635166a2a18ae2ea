"""Published rates as lines: LPR, benchmark by tier, and what “同期同类贷款利率” means on a day (INT-33)."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from decimal import Decimal

from zhixing.law.book import LawBook
from zhixing.law.errors import NoRuleInForce
from zhixing.law.interest.nouns import Tier
from zhixing.law.loading import Entry
from zhixing.law.terms import add_months

_LPR = {"LPR1Y": "rates.lpr.y1", "LPR5Y": "rates.lpr.y5"}
# Longest period of each tier in months; what is longer is `over5`.
_TIER_MONTHS: tuple[tuple[Tier, int], ...] = (("m6", 6), ("y1", 12), ("y3", 36), ("y5", 60))


def tier_of(start: date, last: date) -> Tier:
    """The loan term that a period from the day `start` (or after it) to `last` corresponds to."""
    for tier, months in _TIER_MONTHS:
        if last <= add_months(start, months):
            return tier
    return "over5"


def history_of(base: str, tier: Tier, law_book: LawBook) -> tuple[Entry, ...]:
    """Values of a base over time, oldest first; for `benchmark` the LPR takes over where the table says so."""
    if base != "benchmark":
        return law_book.history(_LPR[base])
    found: list[Entry] = []
    for method in law_book.history("interest.after_benchmark"):
        lpr = "rates.lpr.y5" if tier == "over5" else "rates.lpr.y1"
        rule = f"rates.benchmark.{tier}" if method.value == "benchmark" else lpr
        entries = law_book.history(rule)
        begin = bisect_right([entry.since for entry in entries], method.since) - 1
        found += [
            entry for entry in entries[max(0, begin) :] if method.until is None or entry.since < method.until
        ]
    return tuple(found)


def value_on(base: str, tier: Tier, day: date, law_book: LawBook) -> Entry:
    """The entry in force on a day.

    Raises:
        NoRuleInForce: before the first published value.
    """
    entries = history_of(base, tier, law_book)
    index = bisect_right([entry.since for entry in entries], day) - 1
    if index < 0:
        raise NoRuleInForce(entries[0].id, day, entries[0].since)
    return entries[index]


def percent(rate: Decimal) -> str:
    """0.0385 as 3.85%."""
    return f"{(rate * 100).normalize():f}%"


def last_seen(law_book: LawBook) -> date:
    """The last publication of the LPR that was checked; what is used for later days is not verified."""
    return date.fromisoformat(law_book.history("rates.lpr.last_seen")[-1].value)
