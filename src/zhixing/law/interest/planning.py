"""A claim turned into whole numbers: days to ordinals, amounts to cents, clauses to lines."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from zhixing.kernel.money import round_half_up
from zhixing.law.book import LawBook
from zhixing.law.errors import NoRuleInForce
from zhixing.law.interest.clauses import clause_line
from zhixing.law.interest.core import ALL, EXTRA, INTEREST, Clause, Plan, Turn
from zhixing.law.interest.extra import daily_line, delay_check, last_old_day, old_rule
from zhixing.law.interest.nouns import Conversion, DebtPart, InterestClaim
from zhixing.law.interest.units import cents_of

_WITH_PRINCIPAL = ("damages", "penalty")


def plan_make(claim: InterestClaim, law_book: LawBook) -> Plan:
    """The plan of a claim that was read without problems.

    Raises:
        NoRuleInForce: a delay before the first rule, a rate before its first value.
        InvalidInput: a cap that lacks the day of filing.
    """
    settings = claim.settings
    stop = stop_day(claim).toordinal()
    dues = [part.due.toordinal() for part in claim.parts]
    ends_old = last_old_day(law_book)
    late_before = False
    for part in claim.parts:
        if part.due < ends_old and part.due < claim.as_of:
            delay_check(part.due, law_book)
            late_before = True
    excluded = tuple(sorted((e.first.toordinal(), e.last.toordinal()) for e in claim.excluded))
    ranks = tuple(sorted(range(len(dues)), key=dues.__getitem__))
    return Plan(
        amounts=[part_cents(part, claim.conversions) for part in claim.parts],
        dues=dues,
        bears=[part.kind != "costs" or settings.include_costs for part in claim.parts],
        clauses=_clauses(claim, law_book),
        excluded=excluded,
        payments=[
            (p.day.toordinal(), ALL if p.amount is None else cents_of(p.amount))
            for p in sorted(claim.payments, key=lambda payment: payment.day)
        ],
        stop=stop,
        order=turns(settings.order, tuple(part.kind for part in claim.parts), ranks),
        ranks=ranks,
        extra=daily_line(law_book),
        old=old_rule(settings, excluded, stop, law_book) if late_before else None,
        beside_from=0 if settings.general_beside_old else ends_old.toordinal() + 1,
    )


def stop_day(claim: InterestClaim) -> date:
    """The last day on which anything accrues: the cut-off day, or the acceptance of bankruptcy (INT-14)."""
    if claim.bankruptcy_accepted is None:
        return claim.as_of
    counts = claim.settings.bankruptcy_day_counts
    return min(claim.as_of, claim.bankruptcy_accepted - timedelta(days=0 if counts else 1))


def part_cents(part: DebtPart, conversions: tuple[Conversion, ...]) -> int:
    """Cents of a part, converted at the middle rate of the first day of delay when the creditor chose yuan (INT-08)."""
    if not conversions:
        return cents_of(part.amount)
    rate = next(c.rate for c in conversions if c.day == part.due + timedelta(days=1))
    return cents_of(round_half_up(part.amount * rate))


def _clauses(claim: InterestClaim, law_book: LawBook) -> list[Clause]:
    places = {part.id: place for place, part in enumerate(claim.parts)}
    found = []
    for clause in claim.general:
        line = clause_line(clause, claim.as_of, claim.settings, law_book)
        if clause.first.toordinal() < line.first:
            raise NoRuleInForce(line.rule, clause.first, date.fromordinal(line.first))
        last = claim.as_of if clause.last is None else clause.last
        found.append(Clause(places[clause.on], clause.first.toordinal(), last.toordinal(), line))
    return found


@lru_cache(maxsize=4096)
def turns(order: tuple[str, ...], kinds: tuple[str, ...], ranks: tuple[int, ...]) -> tuple[Turn, ...]:
    """The order of settlement over parts by position; the doubled part is last unless agreed otherwise."""
    words = order if EXTRA in order else (*order, EXTRA)
    found: list[Turn] = []
    for word in words:
        if word in (INTEREST, EXTRA):
            found.append(word)
            continue
        kinds_of = {word}
        if word == "principal":
            kinds_of |= {kind for kind in _WITH_PRINCIPAL if kind not in words}
        found.append(tuple(i for i in ranks if kinds[i] in kinds_of))
    return tuple(found)
