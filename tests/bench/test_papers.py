"""Papers made and papers read."""

from __future__ import annotations

import pytest
from bench_demo import Demo
from bench_figures import report

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]


def test_papers_made_and_read(demo: Demo) -> None:
    report(demo.inside("papers"))
