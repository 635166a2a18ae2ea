"""The law book: one explained calculation, and a million cases in a night's run."""

from __future__ import annotations

import json
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from bench_figures import figure, report
from law_cases import cases_made, chunk_summed

from zhixing.law.batch import recompute_chunks
from zhixing.law.interest import interest_compute, interest_read

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples" / "law"
CASES = int(os.environ.get("BENCH_LAW_CASES", "1000000"))  # fewer while developing; the figure is scaled up
CHUNK = 10_000


def test_one_calculation() -> None:
    """JSON text to JSON with all steps, each claim ten times, median over all."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("interest*.json"))]
    claims = [case.claim for case in cases_made(0, 40) if case.claim]
    whole: list[Callable[[], object]] = [
        *(lambda text=text: interest_compute(interest_read(json.loads(text))).as_json() for text in texts),
        *(lambda claim=claim: interest_compute(claim).as_json() for claim in claims),
    ]
    bare = statistics.median(_times([lambda text=text: json.loads(text) for text in texts]))
    found = _times(whole)
    report([
        figure("law.interest_ms", statistics.median(found), "ms p50", limit=2, peer=bare,
               peer_is="json.loads of an input", worst=round(max(found), 3), claims=len(whole)),
    ])  # fmt: skip


def test_a_million_cases() -> None:
    """Interest and both clocks; making the cases in memory is in the time, a database is not."""
    chunks = [(first, min(first + CHUNK, CASES)) for first in range(0, CASES, CHUNK)]
    began = time.perf_counter()
    done = list(recompute_chunks(chunk_summed, chunks, workers=2))
    taken = time.perf_counter() - began
    assert sum(count for count, _ in done) == CASES
    report([
        figure("law.batch_million_s", taken * 1_000_000 / CASES, "s", limit=60, cases=CASES, workers=2),
    ])  # fmt: skip


def _times(works: list[Callable[[], object]]) -> list[float]:
    found = []
    for work in works:
        work()
        for _ in range(10):
            began = time.perf_counter()
            work()
            found.append((time.perf_counter() - began) * 1000)
    return found
