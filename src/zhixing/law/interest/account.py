"""What happened in a calculation, kept row by row for steps and tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from zhixing.law.interest.core import Paid, Plan
from zhixing.law.interest.lines import Line, runs

Kind = Literal["general_before", "general_after", "extra", "extra_old"]
KIND_WORDS: dict[Kind, str] = {
    "general_before": "一般债务利息（履行期内）",
    "general_after": "一般债务利息（迟延期间）",
    "extra": "加倍部分债务利息",
    "extra_old": "迟延履行利息（旧规定）",
}


@dataclass(frozen=True, slots=True)
class Segment:
    """One rate on one base over days without a break. accrued: cents × units, exact."""

    kind: Kind
    part: int
    first: date
    last: date
    days: int
    base: int
    rate: str
    accrued: int
    law: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """A payment and what was left of the parts after it, cents by position."""

    paid: Paid
    left: tuple[int, ...]


class Account:
    """The log of one calculation (core.Log)."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.rows: list[Segment | Settled] = []

    def general(self, part: int, clause: int, after: int, last: int, base: int, late: bool) -> None:
        """See core.Log."""
        kind: Kind = "general_after" if late else "general_before"
        self._pieces(kind, part, self.plan.clauses[clause].line, [(after, last)], base)

    def doubled(self, part: int, after: int, last: int, base: int) -> None:
        """See core.Log."""
        self._pieces("extra", part, self.plan.extra, runs(after, last, self.plan.excluded), base)

    def old(self, part: int, last: int, base: int) -> None:
        """See core.Log."""
        old, due = self.plan.old, self.plan.dues[part]
        if old is None:
            return
        day = min(last, old.last)
        line, _ = old.line(due, day)
        self._pieces("extra_old", part, line, runs(due, day, old.excluded), base)

    def paid(self, paid: Paid, left: list[int]) -> None:
        """See core.Log."""
        self.rows.append(Settled(paid, tuple(left)))

    def _pieces(self, kind: Kind, part: int, line: Line, spans: Iterable[tuple[int, int]], base: int) -> None:
        for after, last in spans:
            for first, end, stretch in line.pieces(after, last):
                days = end - first + 1
                self.rows.append(
                    Segment(
                        kind,
                        part,
                        date.fromordinal(first),
                        date.fromordinal(end),
                        days,
                        base,
                        stretch.text,
                        base * stretch.units * days,
                        stretch.law,
                    )
                )

    def days(self, kind: Kind) -> int:
        """Days of all stretches of a kind."""
        return sum(row.days for row in self.rows if isinstance(row, Segment) and row.kind == kind)
