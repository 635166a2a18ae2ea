"""What the drawn components show, with their geometry worked out (percent of the width, exact decimals)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

_CENT = Decimal("0.01")


def percent(part: Decimal | int, whole: Decimal | int) -> Decimal:
    """Share in percent, two places, within 0 … 100; a whole of nothing gives 0. For drawing only."""
    if not whole:
        return Decimal("0.00")
    share = Decimal(part) * 100 / Decimal(whole)
    return max(Decimal(0), min(Decimal(100), share)).quantize(_CENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A term that runs.

    Attributes:
        start: day it began. end: last day (inclusive), deductions already added.
        today: day of looking.
        cuts: deducted periods, half-open [from, to).
        cut_note: words under the middle, for example 扣除 30 天.
        warn_days: amber from so many days before the end; None = never (comes from the node's rule).
        tier: only T1 and T2 may turn red.
    """

    label: str
    start: date
    end: date
    today: date
    cuts: Sequence[tuple[date, date]] = ()
    cut_note: str = ""
    start_note: str = ""
    warn_days: int | None = None
    tier: str = "T1"

    @property
    def left(self) -> int:
        """Days left; negative when passed."""
        return (self.end - self.today).days

    @property
    def over(self) -> int:
        """Days passed beyond the end; 0 when not passed."""
        return max(0, -self.left)

    @property
    def state(self) -> str:
        """Empty, `warn` or `late`."""
        if self.left < 0:
            return "late" if self.tier in {"T1", "T2"} else "warn"
        return "warn" if self.warn_days is not None and self.left <= self.warn_days else ""

    def _at(self, day: date) -> Decimal:
        return percent((day - self.start).days, (self.end - self.start).days)

    @property
    def used_width(self) -> Decimal:
        """Width of the part used."""
        return self._at(self.today)

    @property
    def now_x(self) -> Decimal:
        """Where the mark of today stands (its own width kept inside)."""
        return min(self.used_width, Decimal("99.40"))

    @property
    def cut_bars(self) -> tuple[tuple[Decimal, Decimal], ...]:
        """(x, width) of each deducted period that has begun."""
        return tuple(
            (self._at(a), self._at(b) - self._at(a)) for a, b in self.cuts if self._at(b) > self._at(a)
        )

    @property
    def used_days(self) -> int:
        """Calendar days since the start."""
        return (self.today - self.start).days


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoClocks:
    """A case in the list of nearest terms: upper = term of enforcement, lower = applicant's six months."""

    case_no: str
    parties: str
    href: str
    upper: Clock
    lower: Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stop of the line.

    Attributes:
        state: done, now or next.
        flag: empty, `warn`, `late` (passed and open) or `latedone` (done, but late). Late only for T1 and T2.
        day: words under the name. leg: words on the piece of line before it, for example 2 天（3）.
    """

    name: str
    state: Literal["done", "now", "next"] = "next"
    day: str = ""
    leg: str = ""
    href: str = ""
    flag: Literal["", "warn", "late", "latedone"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BarPart:
    """One part of a bar. kind: b1 … b6 (ink shades, brass, grey), bg done, bw warning, br late."""

    value: Decimal | int
    kind: str = "b1"
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaterfallRow:
    """One step of a distribution. amount is signed: money in positive, money out negative.

    kind: w0 money in, w1 costs, w2 preferred claim, w3 ordinary claim, end = closing balance (no bar).
    """

    title: str
    amount: Decimal
    kind: Literal["w0", "w1", "w2", "w3", "end"] = "w3"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalStep:
    """One step of an approval chain. state: done, now, next or back (sent back)."""

    name: str
    state: Literal["done", "now", "next", "back"] = "next"
    meta: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """One legal check. state: ok, warn (may go on, must be read), bad (may not be done), todo."""

    sentence: str
    state: Literal["ok", "warn", "bad", "todo"] = "ok"
    note: str = ""
    law: str = ""


def bar_rects(parts: Sequence[BarPart], total: Decimal | int | None) -> list[dict[str, object]]:
    """X and width of each part that is not empty, side by side, with a thin gap between neighbours."""
    whole = total if total is not None else sum((Decimal(part.value) for part in parts), Decimal(0))
    rects: list[dict[str, object]] = []
    x = Decimal("0.00")
    gap = Decimal("0.35")
    for part in parts:
        width = min(percent(part.value, whole), 100 - x)
        if width <= 0:
            continue
        drawn = width - gap if x + width < 100 and width > gap else width
        rects.append({"x": x, "width": drawn, "kind": part.kind})
        x += width
    return rects


def waterfall_rects(rows: Sequence[WaterfallRow]) -> list[dict[str, object]]:
    """Each row with the place of its bar; `line` is where the row before ended (None on the first row)."""
    whole = sum((row.amount for row in rows if row.amount > 0 and row.kind != "end"), Decimal(0))
    level = Decimal(0)
    drawn: list[dict[str, object]] = []
    for row in rows:
        if row.kind == "end":
            drawn.append({"row": row, "bar": False, "line": None})
            continue
        before = level
        level += row.amount
        low, high = min(before, level), max(before, level)
        x = percent(low, whole)
        line = percent(before, whole) if drawn else None
        drawn.append({"row": row, "bar": True, "x": x, "width": percent(high, whole) - x, "line": line})
    return drawn
