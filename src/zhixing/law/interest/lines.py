"""A rate over time: which rate on which day, and what a cent earns between two days by two look-ups."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stretch:
    """From a day (proleptic ordinal) on: units a day, how the rate reads, where it stands; holds until the next."""

    first: int
    units: int
    text: str
    law: tuple[str, ...]


class Line:
    """Stretches in order with running sums. Days before the first stretch earn nothing; ask `first` beforehand."""

    __slots__ = ("_starts", "_sums", "_units", "first", "rule", "stretches")

    def __init__(self, stretches: Iterable[Stretch], rule: str = "") -> None:
        """Join neighbours that read alike; at least one stretch is needed. `rule` names it in refusals."""
        joined: list[Stretch] = []
        for stretch in stretches:
            if joined and joined[-1].first == stretch.first:
                joined.pop()
            same = joined and (joined[-1].units, joined[-1].text) == (stretch.units, stretch.text)
            if not same:
                joined.append(stretch)
        self.stretches = tuple(joined)
        self.rule, self.first = rule, joined[0].first
        self._starts = [stretch.first for stretch in joined]
        self._units = [stretch.units for stretch in joined]
        self._sums = [0]
        for i in range(1, len(joined)):
            self._sums.append(self._sums[-1] + self._units[i - 1] * (self._starts[i] - self._starts[i - 1]))

    def upto(self, day: int) -> int:
        """Units earned from the line's first day to a day, both counted."""
        i = bisect_right(self._starts, day) - 1
        return 0 if i < 0 else self._sums[i] + self._units[i] * (day - self._starts[i] + 1)

    def between(self, after: int, last: int) -> int:
        """Units earned on the days after one day up to and including another."""
        return self.upto(last) - self.upto(after)

    def at(self, day: int) -> Stretch:
        """The stretch a day lies in; the first one for days before."""
        return self.stretches[max(0, bisect_right(self._starts, day) - 1)]

    def pieces(self, after: int, last: int) -> Iterator[tuple[int, int, Stretch]]:
        """(first day, last day, stretch) for the days after one day up to and including another."""
        day = after + 1
        while day <= last:
            i = bisect_right(self._starts, day) - 1
            end = last if i + 1 == len(self._starts) else min(last, self._starts[i + 1] - 1)
            if i >= 0:
                yield day, end, self.stretches[i]
            day = end + 1


def runs(after: int, last: int, excluded: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What is left of (after, last] when periods, sorted and apart, first and last day included, are taken out."""
    for first, end in excluded:
        if end <= after:
            continue
        if first > last:
            break
        if first - 1 > after:
            yield after, first - 1
        after = end
    if after < last:
        yield after, last
