"""When a measure must be lifted, wholly or in part, and when its effect is gone by law (NIC-35, DUR-04, NIC-38)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from zhixing.kernel.money import ZERO
from zhixing.law.book import LawBook, book
from zhixing.law.terms import Deadline, deadline

if TYPE_CHECKING:
    from datetime import date

    from zhixing.law.schemas import LiftGround


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftFacts:
    """What is known of a measure on a day. Amounts in yuan.

    Attributes:
        outstanding: what is still owed with interest and costs. controlled: effectively controlled in the case.
        outsiders: it was ruled that the property is a third party's.
        withdrawn: the applicant withdrew or waived. security_and_consent: security given and the applicant agrees.
        unsold: neither sold nor taken, and no other measure is possible. other: another ground, found by the court.
        equity_ruling: day on which the ruling on manifest excess of frozen shares took effect.
        preservation_asked: day on which lifting of a preservation was asked for and the ground holds.
        last_day: last day of the period. realised: sold by auction or sale, or set off.
    """

    on: date
    outstanding: Decimal | None = None
    controlled: Decimal = ZERO
    outsiders: bool = False
    withdrawn: bool = False
    security_and_consent: bool = False
    unsold: bool = False
    other: bool = False
    equity_ruling: date | None = None
    preservation_asked: date | None = None
    last_day: date | None = None
    realised: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """A ground that holds.

    Attributes:
        amount: how much to lift where it is a part, in yuan. due: by when, where the law names a term.
    """

    ground: LiftGround
    amount: Decimal | None = None
    due: Deadline | None = None


def lift_triggers(facts: LiftFacts, law_book: LawBook | None = None) -> tuple[Trigger, ...]:
    """Every ground that holds on the day, in the order of the table; empty: the measure stays."""
    law_book = law_book or book()
    paid = facts.outstanding is not None and facts.outstanding <= 0
    excess = ZERO if facts.outstanding is None or paid else facts.controlled - facts.outstanding
    holds = {
        "third_party": facts.outsiders,
        "withdrawn": facts.withdrawn,
        "unsold": facts.unsold,
        "paid": paid,
        "security": facts.security_and_consent,
        "other": facts.other,
        "excess": excess > 0,
        "excess_equity": facts.equity_ruling is not None,
        "preservation": facts.preservation_asked is not None,
        "expired": facts.last_day is not None and facts.last_day < facts.on,
        "realised": facts.realised,
    }
    starts = {"excess_equity": facts.equity_ruling, "preservation": facts.preservation_asked}
    found: list[Trigger] = []
    for row in lift_grounds(facts.on, law_book):
        if not holds.get(row.code, False):
            continue
        start = starts.get(row.code)
        found.append(
            Trigger(
                ground=row,
                amount=excess if row.code == "excess" else None,
                due=deadline(start, row.term, law_book) if start and row.term else None,
            )
        )
    return tuple(found)


def lift_grounds(on: date, law_book: LawBook | None = None) -> tuple[LiftGround, ...]:
    """All grounds in force on a day, for a select."""
    rows = (law_book or book()).at(on).rows("control_lifts")
    return tuple(cast("LiftGround", row) for row in rows)
