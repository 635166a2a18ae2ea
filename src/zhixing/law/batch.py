"""Interest and both clocks of many cases at once: the numbers of the explaining rules, without their words.

Interest runs through the same plan and the same whole-number core as `interest_compute`, only without a log, so both are
equal to the cent by construction; tests compare them all the same. See docs/law-interest.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from zhixing.law.book import LawBook, book
from zhixing.law.clocks import ClockInput, two_clocks
from zhixing.law.interest.core import Run
from zhixing.law.interest.nouns import InterestClaim
from zhixing.law.interest.planning import plan_make

Chunk = TypeVar("Chunk")
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class CaseGiven:
    """A case by its own key; a case without a money claim has no claim."""

    key: int
    clocks: ClockInput
    claim: InterestClaim | None = None


@dataclass(frozen=True, slots=True)
class CaseNumbers:
    """What a nightly run keeps of a case; amounts in cents. creditor_due: None when transferred ex officio."""

    key: int
    internal_due: date
    creditor_due: date | None
    general_before_due: int = 0
    general_after_due: int = 0
    extra: int = 0
    outstanding: int = 0
    surplus: int = 0


def case_numbers(case: CaseGiven, law_book: LawBook) -> CaseNumbers:
    """One case. Raises as `interest_compute` and `two_clocks`."""
    clocks = two_clocks(case.clocks, law_book)
    creditor = clocks.creditor.due if clocks.creditor else None
    if case.claim is None:
        return CaseNumbers(case.key, clocks.internal.due, creditor)
    done = Run(plan_make(case.claim, law_book)).outcome()
    return CaseNumbers(
        case.key,
        clocks.internal.due,
        creditor,
        done.before,
        done.after,
        done.extra,
        sum(done.left) + done.general_open + done.extra_open,
        done.surplus,
    )


def recompute(cases: Iterable[CaseGiven], law_book: LawBook | None = None) -> Iterator[CaseNumbers]:
    """Numbers of each case, in order, one at a time: memory does not grow with their number."""
    law_book = law_book or book()
    for case in cases:
        yield case_numbers(case, law_book)


def recompute_chunks(
    work: Callable[[Chunk], Found], chunks: Iterable[Chunk], *, workers: int = 2
) -> Iterator[Found]:
    """Hand chunks to processes and give back what each made of its own, in order.

    Args:
        work: a function of a module; reads the cases of a chunk (a range of keys, say), runs `recompute` and keeps or
            sums what it gives. Cases are read where they are computed, so that they need not travel between processes.
        chunks: small and picklable.
    """
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(work, chunks)
