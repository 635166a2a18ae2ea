"""The doubled part over time: the daily rate since 2014-08-01, the two older rules before (INT-02, INT-10 to INT-12)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from zhixing.law.book import LawBook
from zhixing.law.errors import NoRuleInForce
from zhixing.law.interest.lines import Line, Stretch, runs
from zhixing.law.interest.nouns import Settings, Tier
from zhixing.law.interest.published import percent, tier_of
from zhixing.law.interest.units import UNITS, units_of_day, units_of_year

_RULE = "interest.extra_daily_rate"
_METHOD = "interest.extra_method"
_MULTIPLE = "interest.old_multiple"


def first_day(law_book: LawBook) -> date:
    """The first day of delay that any of the rules covers."""
    return law_book.history(_METHOD)[0].since


def last_old_day(law_book: LawBook) -> date:
    """The last day of delay under the old rules (2014-07-31)."""
    since = next(entry.since for entry in law_book.history(_METHOD) if entry.value == "daily")
    return since - timedelta(days=1)


def benchmark_from(law_book: LawBook) -> date:
    """The first day of the rule of 2009; before it the highest bank rate counts."""
    return next(entry.since for entry in law_book.history(_METHOD) if entry.value == "benchmark")


_KEPT: dict[tuple[str, str], Line] = {}


def daily_line(law_book: LawBook) -> Line:
    """The daily rate of the rule of 2014; nothing before its first day."""
    line = _KEPT.get((law_book.hash, "daily"))
    if line is None:
        line = _KEPT[law_book.hash, "daily"] = Line(
            (
                Stretch(
                    entry.since.toordinal(),
                    units_of_day(entry.value or Decimal(0)),
                    f"日 {percent(entry.value or Decimal(0))}",
                    entry.source,
                )
                for entry in law_book.history(_RULE)
            ),
            rule=_RULE,
        )
    return line


def old_line(tier: Tier, settings: Settings, law_book: LawBook) -> Line:
    """Twice the bank rate on each day: the highest tier up to 2009-05-17, then the tier of the delay."""
    key = f"old {tier} {settings.highest_tier} {settings.year_base_published}"
    line = _KEPT.get((law_book.hash, key))
    if line is None:
        line = _KEPT[law_book.hash, key] = Line(_old_stretches(tier, settings, law_book), rule=_METHOD)
    return line


def _old_stretches(tier: Tier, settings: Settings, law_book: LawBook) -> Iterator[Stretch]:
    for method in law_book.history(_METHOD):
        if method.value == "daily":
            continue
        used = settings.highest_tier if method.value == "highest" else tier
        multiple = law_book.at(method.since).value(_MULTIPLE)
        base = settings.year_base_published
        for entry in law_book.history(f"rates.benchmark.{used}"):
            begins = max(entry.since, method.since)
            if (entry.until is None or entry.until > method.since) and (
                method.until is None or begins < method.until
            ):
                yield Stretch(
                    begins.toordinal(),
                    units_of_year(entry.value * multiple, base),
                    f"年 {percent(entry.value)} ÷ {base} × {multiple.normalize():f}",
                    (*method.source, *entry.source),
                )


def pro_rata(amount: int, factor: int) -> tuple[int, int]:
    """Split a payment into debt and old interest: debt = payment ÷ (1 + factor) (INT-11).

    Args:
        amount: cents. factor: interest on 1 over the delay, in units (2·r·t × UNITS).

    Returns: cents of debt, rounded half up, and the rest, so that both sum to the payment.
    """
    whole = UNITS + factor
    debt = (2 * amount * UNITS + whole) // (2 * whole)
    return debt, amount - debt


@dataclass(slots=True)
class OldRule:
    """The rules before 2014-08-01 for one claim; days are ordinals.

    Attributes:
        last: last day they cover, or the stop day when it is earlier.
        pro_rata_last: payments up to this day clear debt and interest in proportion; 0 when agreed otherwise.
    """

    lines: dict[str, Line]
    tier: Tier | None
    excluded: tuple[tuple[int, int], ...]
    last: int
    pro_rata_last: int

    def line(self, due: int, day: int) -> tuple[Line, str]:
        """The line for a delay from the day after `due` up to `day`, and its tier."""
        tier = self.tier or _tier(due, min(day, self.last))
        return self.lines[tier], tier

    def factor(self, due: int, day: int) -> int:
        """Interest on 1 for the delay up to a day, in units; excluded days taken out."""
        day = min(day, self.last)
        if day <= due:
            return 0
        line, _ = self.line(due, day)
        return sum(line.between(a, b) for a, b in runs(due, day, self.excluded))


@lru_cache(maxsize=65_536)
def _tier(due: int, day: int) -> Tier:
    return tier_of(date.fromordinal(due), date.fromordinal(max(due, day)))


_TIERS: tuple[Tier, ...] = ("m6", "y1", "y3", "y5", "over5")


def old_rule(
    settings: Settings, excluded: tuple[tuple[int, int], ...], stop: int, law_book: LawBook
) -> OldRule:
    """The old rules as this calculation applies them."""
    agreed = "extra" in settings.order
    debt_first = next(e.since for e in law_book.history("interest.settlement") if e.value == "debt_first")
    return OldRule(
        lines={tier: old_line(tier, settings, law_book) for tier in _TIERS},
        tier=settings.old_tier,
        excluded=excluded if settings.excluded_under_old else (),
        last=min(last_old_day(law_book).toordinal(), stop),
        pro_rata_last=0 if agreed else debt_first.toordinal() - 1,
    )


def delay_check(due: date, law_book: LawBook) -> None:
    """Refuse a delay that begins before the first rule.

    Raises:
        NoRuleInForce: the day after `due` lies before it.
    """
    first = first_day(law_book)
    if due + timedelta(days=1) < first:
        raise NoRuleInForce(_METHOD, due + timedelta(days=1), first)
