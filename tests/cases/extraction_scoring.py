"""Precision and recall of extraction over papers with hand-written expectations."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PAPERS = Path(__file__).parent / "papers"


@dataclass(slots=True)
class Score:
    """Hits, false finds and misses, per kind; `faults` says each one in words."""

    hit: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def add(self, paper: str, kind: str, expected: set[tuple], got: set[tuple]) -> None:
        """Compare the answers of one paper and kind."""
        self.hit[kind] += len(expected & got)
        self.false[kind] += len(got - expected)
        self.missed[kind] += len(expected - got)
        self.faults += [f"{paper} {kind}: wrongly found {item}" for item in sorted(got - expected, key=str)]
        self.faults += [f"{paper} {kind}: missed {item}" for item in sorted(expected - got, key=str)]

    def precision(self, kind: str | None = None) -> float:
        """Share of what was found that is right; 1.0 when nothing was found."""
        hit, false = self._sums(self.false, kind)
        return hit / (hit + false) if hit + false else 1.0

    def recall(self, kind: str | None = None) -> float:
        """Share of what is there that was found; 1.0 when there was nothing."""
        hit, missed = self._sums(self.missed, kind)
        return hit / (hit + missed) if hit + missed else 1.0

    def f1(self, kind: str | None = None) -> float:
        """Harmonic mean of precision and recall."""
        precision, recall = self.precision(kind), self.recall(kind)
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def _sums(self, other: Counter[str], kind: str | None) -> tuple[int, int]:
        if kind is None:
            return sum(self.hit.values()), sum(other.values())
        return self.hit[kind], other[kind]

    def table(self) -> str:
        """One line per kind, then the micro average."""
        kinds = sorted({*self.hit, *self.false, *self.missed})
        rows = [
            f"{kind:<20} n={self.hit[kind] + self.missed[kind]:>3}  "
            f"P={self.precision(kind):.3f}  R={self.recall(kind):.3f}  F1={self.f1(kind):.3f}"
            for kind in kinds
            if self.hit[kind] + self.missed[kind] + self.false[kind]
        ]
        total = sum(self.hit.values()) + sum(self.missed.values())
        rows.append(
            f"{'micro average':<20} n={total:>3}  P={self.precision():.3f}  R={self.recall():.3f}  F1={self.f1():.3f}"
        )
        return "\n".join(rows)


def expected_of(name: str) -> dict[str, set[tuple]]:
    """The hand-written answer: kind to (value, owner); a list of owners stands for one clue each."""
    answer: dict[str, set[tuple]] = {}
    for kind, rows in json.loads((PAPERS / f"{name}.json").read_text(encoding="utf-8")).items():
        if kind == "parties":
            answer[kind] = {tuple(row) for row in rows}
            continue
        answer[kind] = {
            (value, owner)
            for value, owners in rows
            for owner in (owners if isinstance(owners, list) else [owners])
        }
    return answer


def got_of(answer: dict[str, Any]) -> dict[str, set[tuple]]:
    """The answer of the extraction in the same shape."""
    got: dict[str, set[tuple]] = {}
    for kind, rows in answer.items():
        if kind == "parties":
            got[kind] = {(row["role"], row["kind"], row["name"]) for row in rows}
        elif isinstance(rows, list):
            got[kind] = {(row["value"], row["party"]) for row in rows}
    return got


def score_paper(score: Score, name: str, answer: dict[str, Any]) -> None:
    """Add one paper to the score; `value` and owner must both be right."""
    expected, got = expected_of(name), got_of(answer)
    for kind in sorted({*expected, *got}):
        score.add(name, kind, expected.get(kind, set()), got.get(kind, set()))


def paper_names() -> list[str]:
    """Names of all papers of the corpus, without endings."""
    return sorted(path.stem for path in PAPERS.glob("*.txt"))
