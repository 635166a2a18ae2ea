"""One demo for all benchmarks, in the order in which they disturb each other least."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

# Test modules are imported by path, so what they share must be on the search path.
sys.path.insert(0, str(Path(__file__).resolve().parent))

from bench_demo import Demo, demo_made

# The last ones add cases and messages to what the first ones measure.
ORDER = ("test_law", "test_start", "test_pages", "test_papers", "test_gateway", "test_acts")


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    """A running demo with all its cases; starting and seeding it takes a few minutes."""
    with demo_made() as made:
        yield made


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the benchmarks in order; all other tests keep their places."""
    ours = [item for item in items if item.path.stem in ORDER and item.path.parent == Path(__file__).parent]
    ours.sort(key=lambda item: ORDER.index(item.path.stem))
    for item in ours:
        items.remove(item)
    items.extend(ours)


@pytest.hookimpl(tryfirst=True)
def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, str] | Any:
    """No dots and letters between the lines of JSON."""
    if report.nodeid.startswith("tests/bench/") and report.when == "call":
        return report.outcome, "", report.outcome.upper()
    return None
