"""Acts and the journal."""

from __future__ import annotations

import pytest
from bench_demo import Demo
from bench_figures import report

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]


def test_acts_and_journal(demo: Demo) -> None:
    report(demo.inside("acts"))
