"""The rate of one clause of general interest on every day, under the cap where it was asked for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache

from zhixing.law.book import LawBook
from zhixing.law.interest.caps import cap_steps
from zhixing.law.interest.lines import Line, Stretch
from zhixing.law.interest.nouns import GeneralInterest, LendingCap, Rate, Settings, Tier
from zhixing.law.interest.published import history_of, percent, tier_of, value_on
from zhixing.law.interest.units import units_of_day, units_of_year

_WORDS = {"day": "日", "month": "月", "year": "年"}
_TITLE = ("interest.1",)


def clause_line(clause: GeneralInterest, as_of: date, settings: Settings, law_book: LawBook) -> Line:
    """The line of a clause; lines are kept, so a thousand claims with one wording share one.

    Raises:
        NoRuleInForce: the base or the cap has no value on the clause's first day (or on the day it is fixed on).
    """
    rate = clause.rate
    tier: Tier | None = None
    if rate.base == "benchmark":
        last = as_of if clause.last is None else min(clause.last, as_of)
        tier = rate.tier or tier_of(clause.first, max(clause.first, last))
    base = rate.year_base or settings.year_base or _usual_base(rate, settings)
    first = clause.first if _is_floating(rate) or clause.cap else None
    return _line(rate, tier, base, clause.cap, first, _Kept(law_book))


def year_base_setting(rate: Rate) -> str:
    """Which setting gives the days of the year when neither title nor input do; empty for daily rates."""
    if rate.per == "day":
        return ""
    return "year_base_published" if rate.base or rate.per == "month" else "year_base_agreed"


def _usual_base(rate: Rate, settings: Settings) -> int:
    published = year_base_setting(rate) == "year_base_published"
    return settings.year_base_published if published else settings.year_base_agreed


def _is_floating(rate: Rate) -> bool:
    return bool(rate.base) and rate.fixed_on is None


class _Kept:
    """A law book that hashes by its content, as key of the kept lines."""

    __slots__ = ("book",)

    def __init__(self, book: LawBook) -> None:
        self.book = book

    def __hash__(self) -> int:
        return hash(self.book.hash)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept) and other.book.hash == self.book.hash


@lru_cache(maxsize=4096)
def _line(
    rate: Rate, tier: Tier | None, year_base: int, cap: LendingCap | None, first: date | None, kept: _Kept
) -> Line:
    stretches = _floating(rate, tier, year_base, kept.book) if _is_floating(rate) else None
    if stretches is None:
        stretches = [_constant(rate, tier, year_base, kept.book)]
    elif first is not None:
        value_on(rate.base, tier or "y1", first, kept.book)
    if cap is not None:
        stretches = _capped(stretches, cap, first or cap.contract, year_base, kept.book)
    return Line(stretches, rule=rate.raw)


def _constant(rate: Rate, tier: Tier | None, year_base: int, law_book: LawBook) -> Stretch:
    if rate.fixed_on is not None:
        entry = value_on(rate.base, tier or "y1", rate.fixed_on, law_book)
        stretch = _published(rate, entry.value, year_base, 1, entry.source)
        return Stretch(1, stretch.units, f"{stretch.text}（{rate.fixed_on.isoformat()} 的值）", stretch.law)
    if rate.per == "day":
        return Stretch(1, units_of_day(rate.amount), f"日 {percent(rate.amount)}", _TITLE)
    yearly = rate.amount * 12 if rate.per == "month" else rate.amount
    days = f"{year_base // 12}" if rate.per == "month" and year_base % 12 == 0 else f"{year_base}"
    months = " × 12" if rate.per == "month" and year_base % 12 else ""
    text = f"{_WORDS[rate.per]} {percent(rate.amount)}{months} ÷ {days}"
    return Stretch(1, units_of_year(yearly, year_base), text, _TITLE)


def _floating(rate: Rate, tier: Tier | None, year_base: int, law_book: LawBook) -> list[Stretch]:
    return [
        _published(rate, entry.value, year_base, entry.since.toordinal(), entry.source)
        for entry in history_of(rate.base, tier or "y1", law_book)
    ]


def _published(rate: Rate, value: Decimal, year_base: int, first: int, law: tuple[str, ...]) -> Stretch:
    yearly = max(Decimal(0), value * rate.times + rate.amount)
    text = f"年 {percent(value)}"
    if rate.times != 1:
        text += f" × {rate.times.normalize():f}"
    if rate.amount:
        text += f" {'+' if rate.amount > 0 else '-'} {percent(abs(rate.amount))}"
    return Stretch(first, units_of_year(yearly, year_base), f"{text} ÷ {year_base}", law)


def _capped(
    stretches: list[Stretch], cap: LendingCap, first: date, year_base: int, law_book: LawBook
) -> list[Stretch]:
    """The lower of rate and cap on each day, from the clause's first day on."""
    limits = [
        Stretch(
            step.first,
            units_of_year(step.rate, year_base),
            f"上限年 {percent(step.rate)} ÷ {year_base}",
            step.law,
        )
        for step in cap_steps(cap, first, law_book)
    ]
    begin = first.toordinal()
    rates, tops = Line(stretches), Line(limits)
    days = sorted({begin, *(s.first for s in (*rates.stretches, *tops.stretches) if s.first > begin)})
    lower = []
    for day in days:
        rate, top = rates.at(day), tops.at(day)
        chosen = rate if rate.units <= top.units else top
        lower.append(Stretch(day, chosen.units, chosen.text, chosen.law))
    return lower
