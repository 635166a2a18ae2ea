"""The calculation itself, in whole numbers: accrue between two events, pay at an event (INT-01 to INT-16).

One claim, days as ordinals, amounts in cents, interest in cents × units (see units.py). Nothing is rounded but the amounts
that are owed on a day. A log, when given, is told of each stretch and payment; without one nothing but numbers is made.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from zhixing.law.interest.extra import OldRule, pro_rata
from zhixing.law.interest.lines import Line, runs
from zhixing.law.interest.units import UNITS, rounded

ALL = -1  # amount of a payment that clears everything
INTEREST, EXTRA = "interest", "extra"
# A step of the order of settlement: one of the two pools, or parts by position, earliest due first.
Turn = str | tuple[int, ...]


@dataclass(slots=True)
class Clause:
    """General interest on a part (position), first and last day both bearing it."""

    part: int
    first: int
    last: int
    line: Line


@dataclass(slots=True)
class Plan:
    """A claim ready to be computed.

    Attributes:
        amounts, dues, bears: per part: cents, last day for performance, whether it bears the doubled part.
        stop: last day on which anything accrues (cut-off day or bankruptcy).
        beside_from: general interest after due runs only from this day on (0: always).
        old: set when a part was late before 2014-08-01.
        ranks: positions of all parts, earliest due first; the order in which interest is attributed.
    """

    amounts: list[int]
    dues: list[int]
    bears: list[bool]
    clauses: list[Clause]
    excluded: tuple[tuple[int, int], ...]
    payments: list[tuple[int, int]]
    stop: int
    order: tuple[Turn, ...]
    ranks: tuple[int, ...]
    extra: Line
    old: OldRule | None = None
    beside_from: int = 0


@dataclass(slots=True)
class Paid:
    """What one payment did, in cents. parts: by position. owed_*: what stood open that day before it."""

    day: int
    amount: int
    parts: dict[int, int] = field(default_factory=dict)
    general: int = 0
    extra: int = 0
    surplus: int = 0
    pro_rata: bool = False


class Log(Protocol):
    """Told of everything in the order in which it happens."""

    def general(self, part: int, clause: int, after: int, last: int, base: int, late: bool) -> None:
        """General interest of a part for the days (after, last] on a base."""

    def doubled(self, part: int, after: int, last: int, base: int) -> None:
        """The doubled part, daily rate."""

    def old(self, part: int, last: int, base: int) -> None:
        """Old interest on a base from the part's due day up to and including a day."""

    def paid(self, paid: Paid, left: list[int]) -> None:
        """A payment and what is left of the parts."""


@dataclass(slots=True)
class Outcome:
    """All in cents. general_parts, extra_parts: what is open of them per part, summing to the open pools."""

    before: int
    after: int
    extra: int
    left: list[int]
    general_open: int
    extra_open: int
    surplus: int
    general_parts: list[int]
    extra_parts: list[int]


class Run:
    """One calculation under way."""

    __slots__ = ("after", "before", "extra", "left", "log", "old_open", "paid_extra", "paid_general", "plan",
                 "share_extra", "share_general", "surplus")  # fmt: skip

    def __init__(self, plan: Plan, log: Log | None = None) -> None:
        size = len(plan.amounts)
        self.plan, self.log = plan, log
        self.left = list(plan.amounts)
        self.before, self.after, self.extra = [0] * size, [0] * size, [0] * size
        self.share_general, self.share_extra = [0] * size, [0] * size
        self.paid_general = self.paid_extra = self.surplus = 0
        self.old_open = plan.old is not None

    def outcome(self) -> Outcome:
        """Go through all payments up to the last day."""
        day = 0
        for when, amount in self.plan.payments:
            self.accrue(day, when)
            self.pay(when, amount)
            day = when
        self.accrue(day, self.plan.stop)
        if self.old_open:
            self._close_old(self.plan.stop)
        return self._closed()

    def accrue(self, after: int, last: int) -> None:
        """Let interest grow on the days (after, last] with the debt unchanged."""
        plan, left, log = self.plan, self.left, self.log
        last = min(last, plan.stop)
        if last <= after:
            return
        old = plan.old
        if self.old_open and old is not None and last > old.last:
            self._close_old(old.last)
        for number, clause in enumerate(plan.clauses):
            base = left[clause.part]
            begin = clause.first - 1 if clause.first > after else after
            end = min(last, clause.last)
            if base and begin < end:
                self._general(number, clause, begin, end, base)
        for i, due in enumerate(plan.dues):
            base = left[i]
            begin = max(after, due)
            if base and plan.bears[i] and begin < last:
                if not plan.excluded:
                    units = plan.extra.between(begin, last)
                else:
                    units = sum([plan.extra.between(a, b) for a, b in runs(begin, last, plan.excluded)])
                self.extra[i] += base * units
                if log is not None:
                    log.doubled(i, begin, last, base)

    def _general(self, number: int, clause: Clause, begin: int, end: int, base: int) -> None:
        due = self.plan.dues[clause.part]
        if begin < due:
            stop = min(due, end)
            self.before[clause.part] += base * clause.line.between(begin, stop)
            if self.log is not None:
                self.log.general(clause.part, number, begin, stop, base, late=False)
            begin = stop
        begin = max(begin, self.plan.beside_from - 1)
        if begin < end:
            self.after[clause.part] += base * clause.line.between(begin, end)
            if self.log is not None:
                self.log.general(clause.part, number, begin, end, base, late=True)

    def general_due(self) -> int:
        """General interest owed now, cents."""
        return rounded(sum(self.before)) + rounded(sum(self.after)) - self.paid_general

    def extra_due(self, day: int) -> int:
        """The doubled part owed at the end of a day, cents."""
        return rounded(sum(self._extra_accrued(day))) - self.paid_extra

    def _extra_accrued(self, day: int) -> list[int]:
        if not self.old_open or self.plan.old is None:
            return self.extra
        factor = self.plan.old.factor
        return [
            grown + (left * factor(due, day) if bears and left else 0)
            for grown, left, due, bears in zip(
                self.extra, self.left, self.plan.dues, self.plan.bears, strict=True
            )
        ]

    def pay(self, day: int, amount: int) -> None:
        """Settle in the order of the plan; what is too much is surplus."""
        if amount == ALL:
            self._pay_all(day)
            return
        done, rest = Paid(day, amount), amount
        for turn in self.plan.order:
            if rest <= 0:
                break
            if turn == INTEREST:
                done.general = self._pay_general(rest)
                rest -= done.general
            elif turn == EXTRA:
                paid = self._pay_extra(day, rest)
                done.extra += paid
                rest -= paid
            elif isinstance(turn, tuple):
                for i in turn:
                    rest = self._pay_part(i, day, rest, done)
        done.surplus = rest
        self.surplus += rest
        if self.log is not None:
            self.log.paid(done, self.left)

    def _pay_all(self, day: int) -> None:
        general, extra = self.general_due(), self.extra_due(day)
        done = Paid(day, sum(self.left) + general + extra, general=general, extra=extra)
        for i, debt in enumerate(self.left):
            factor = self._old_factor(i, day)
            if debt and factor:
                self.extra[i] += debt * factor
                self._log_old(i, day, debt)
            done.parts[i] = debt
            self.left[i] = 0
        self.paid_general += general
        self.paid_extra += extra
        self.share_general[:] = [a + b for a, b in zip(self.before, self.after, strict=True)]
        self.share_extra[:] = self.extra
        if self.log is not None:
            self.log.paid(done, self.left)

    def _pay_part(self, i: int, day: int, rest: int, done: Paid) -> int:
        left = self.left[i]
        if not left or not rest:
            return rest
        factor = self._old_factor(i, day)
        if factor and self.plan.old is not None and day <= self.plan.old.pro_rata_last:
            return self._pay_pro_rata(i, day, rest, done, factor)
        debt = min(left, rest)
        if factor:  # agreed order under the old rule: the interest of what is paid stays owed
            self.extra[i] += debt * factor
            self._log_old(i, day, debt)
        self.left[i] = left - debt
        done.parts[i] = debt
        return rest - debt

    def _pay_pro_rata(self, i: int, day: int, rest: int, done: Paid, factor: int) -> int:
        left = self.left[i]
        debt = min(left, pro_rata(rest, factor)[0])
        if debt < left:
            interest = rest - debt
            grown = interest * UNITS
        else:
            grown = debt * factor
            interest = min(rest - debt, rounded(grown))
            if interest == rounded(grown):
                grown = interest * UNITS  # paid in full: what was paid is what was owed
        self._log_old(i, day, debt)
        self.extra[i] += grown
        self.share_extra[i] += min(grown, interest * UNITS)
        self.paid_extra += interest
        self.left[i] = left - debt
        done.parts[i] = debt
        done.extra += interest
        done.pro_rata = True
        return rest - debt - interest

    def _pay_general(self, rest: int) -> int:
        owed = self.general_due()
        paid = min(rest, owed)
        accrued = [a + b for a, b in zip(self.before, self.after, strict=True)]
        self._attribute(self.share_general, accrued, paid, owed)
        self.paid_general += paid
        return paid

    def _pay_extra(self, day: int, rest: int) -> int:
        owed = self.extra_due(day)
        paid = min(rest, owed)
        self._attribute(self.share_extra, self._extra_accrued(day), paid, owed)
        self.paid_extra += paid
        return paid

    def _attribute(self, share: list[int], accrued: list[int], paid: int, owed: int) -> None:
        """Say whose interest was paid, earliest due first."""
        if paid == owed:
            share[:] = accrued
            return
        rest = paid * UNITS
        for i in self.plan.ranks:
            part = min(max(0, accrued[i] - share[i]), rest)
            share[i] += part
            rest -= part

    def _old_factor(self, i: int, day: int) -> int:
        if not self.old_open or self.plan.old is None or not self.plan.bears[i]:
            return 0
        return self.plan.old.factor(self.plan.dues[i], day)

    def _close_old(self, last: int) -> None:
        """The old rules end: what is still unpaid has grown from its due day to their last day."""
        self.old_open = False
        old = self.plan.old
        if old is None:
            return
        for i, due in enumerate(self.plan.dues):
            if self.left[i] and self.plan.bears[i]:
                factor = old.factor(due, last)
                self.extra[i] += self.left[i] * factor
                if factor:
                    self._log_old(i, last, self.left[i])

    def _log_old(self, i: int, last: int, base: int) -> None:
        if self.log is not None:
            self.log.old(i, last, base)

    def _closed(self) -> Outcome:
        general, extra = self.general_due(), rounded(sum(self.extra)) - self.paid_extra
        accrued = [a + b for a, b in zip(self.before, self.after, strict=True)]
        return Outcome(
            before=rounded(sum(self.before)),
            after=rounded(sum(self.after)),
            extra=rounded(sum(self.extra)),
            left=self.left,
            general_open=general,
            extra_open=extra,
            surplus=self.surplus,
            general_parts=_shared(general, accrued, self.share_general),
            extra_parts=_shared(extra, self.extra, self.share_extra),
        )


def _shared(cents: int, accrued: list[int], share: list[int]) -> list[int]:
    """Open cents by part in proportion to what is open exactly; the largest remainders get the cents left over."""
    if len(accrued) == 1:
        return [cents]
    weights = [max(0, a - s) for a, s in zip(accrued, share, strict=True)]
    whole = sum(weights)
    if not whole:
        return [*[0] * (len(weights) - 1), cents]
    found = [cents * weight // whole for weight in weights]
    spare = cents - sum(found)
    order = sorted(range(len(weights)), key=lambda i: (-(cents * weights[i] % whole), i))
    for i in order[:spare]:
        found[i] += 1
    return found
