"""A realistic mix of cases made from their numbers, so that each process makes its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from zhixing.law.batch import CaseGiven, recompute
from zhixing.law.book import book
from zhixing.law.clocks import ClockInput, DeductedSpan
from zhixing.law.interest import (
    DebtPart,
    Exclusion,
    GeneralInterest,
    InterestClaim,
    Payment,
    Rate,
    Settings,
    settings_default,
)

AS_OF = date(2026, 6, 1)
RATES = (
    Rate(raw="0.05%", per="day", amount=Decimal("0.0005")),
    Rate(raw="1.5*LPR1Y", per="year", base="LPR1Y", times=Decimal("1.5")),
    Rate(raw="4*LPR1Y@2021-03-01", per="year", base="LPR1Y", times=Decimal(4), fixed_on=date(2021, 3, 1)),
    Rate(raw="2%", per="month", amount=Decimal("0.02")),
)


def cases_made(first: int, last: int) -> Iterator[CaseGiven]:
    """Cases of the numbers first ≤ n < last: of 20, one under the old law, three in instalments, eight with payments, twelve
    with general interest, two with excluded days, two whose term was deducted, one without money."""
    for number in range(first, last):
        yield CaseGiven(number, _clocks(number), None if number % 20 == 19 else _claim(number))


def chunk_summed(chunk: tuple[int, int]) -> tuple[int, int]:
    """How many cases, and everything outstanding in cents."""
    found = [numbers.outstanding for numbers in recompute(cases_made(*chunk))]
    return len(found), sum(found)


@cache
def _settings() -> Settings:
    return settings_default(book(), AS_OF)


def _claim(number: int) -> InterestClaim:
    kind = number % 20
    due = date(2013, 3, 31) if kind == 0 else date(2022, 1, 1) + timedelta(days=number % 1500)
    amount = Decimal(1_000_000 + number * 7919 % 90_000_000).scaleb(-2)
    parts = [DebtPart(id="p", kind="principal", amount=amount, due=due)]
    if kind in {1, 2, 3}:
        parts += [
            DebtPart(id=f"p{i}", kind="principal", amount=amount, due=due + timedelta(days=30 * i))
            for i in (1, 2)
        ]
    if kind % 2:
        parts.append(DebtPart(id="c", kind="costs", amount=Decimal("880.00"), due=due))
    first = date(2020, 1, 1) if kind else date(2012, 1, 1)
    rate = RATES[number % 3 if kind else 3]
    general = (GeneralInterest(on="p", rate=rate, first=first),) if kind < 12 else ()
    payments = tuple(
        Payment(day=min(AS_OF, due + timedelta(days=step)), amount=Decimal("3000.00"), by="transfer")
        for step in ((60, 150) if kind < 8 else ())
    )
    stay = due + timedelta(days=10)
    excluded = (Exclusion(first=stay, last=stay + timedelta(days=30)),) if kind in {4, 9} else ()
    return InterestClaim(
        parts=tuple(parts), as_of=AS_OF, general=general, excluded=excluded, payments=payments, settings=_settings()
    )  # fmt: skip


def _clocks(number: int) -> ClockInput:
    docketed = date(2024, 1, 2) + timedelta(days=number % 700)
    spans = ()
    if number % 20 in {5, 15}:
        begin = docketed + timedelta(days=20)
        spans = (
            DeductedSpan(
                ground="auction", first=begin, last=begin + timedelta(days=29),
                start_document="裁定", end_document="成交确认书", approver="局长",
            ),
        )  # fmt: skip
    return ClockInput(docketed=docketed, as_of=AS_OF, received=docketed - timedelta(days=2), spans=spans)
