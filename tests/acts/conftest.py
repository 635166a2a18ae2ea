"""One case of Mengcun in the scope of the system, and the tests' own act kind."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from acts_world import Probe, World, world_make


@pytest.fixture
def probe_kind() -> Iterator[type[Probe]]:
    """The test's act kind, registered for one test."""
    from zhixing.acts import registry

    registry._acts[Probe.code] = Probe()
    Probe.problems.clear()
    Probe.applied.clear()
    yield Probe
    del registry._acts[Probe.code]


@pytest.fixture
def world(db: None, probe_kind: type[Probe]) -> Iterator[World]:
    """Rolled back after the test."""
    from zhixing.platform import scope

    with scope.system("test"):
        yield world_make()
