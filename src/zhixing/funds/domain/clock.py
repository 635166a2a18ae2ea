"""By when money must leave: the terms that run and the one that governs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhixing.kernel.money import ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class TermLine:
    """One term as the page shows it.

    title: words of the term. start: day from which it counts. due: last day. law: citation key.
    off: words why it does not count now; empty while it counts. governs: the earliest of those that count.
    """

    title: str
    start: date
    due: date
    tier: str
    law: str
    off: str = ""
    governs: bool = False


def governing(lines: Sequence[TermLine]) -> TermLine | None:
    """The earliest term that still counts; among equals the first. None when none counts."""
    counting = [line for line in lines if not line.off]
    return min(counting, key=lambda line: line.due) if counting else None


def first_unpaid(receipts: Sequence[tuple[date, Decimal]], spent: Decimal) -> date | None:
    """Day of the oldest receipt that is not used up, older money being used first; None when all is used.

    The terms run from it: a later receipt gives no new term to money that lies here longer.
    """
    left = spent
    for day, amount in sorted(receipts, key=lambda item: item[0]):
        left -= amount
        if left < ZERO:
            return day
    return None
