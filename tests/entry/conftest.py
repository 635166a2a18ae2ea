"""The world of the acts' tests, and a browser-like client for each person."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "acts"))

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


@pytest.fixture
def login(world: World) -> Callable[[str], Client]:
    """A logged-in client for a person of the world, by key."""

    def make(who: str) -> Client:
        client = Client()
        client.force_login(world.staff[who].account, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make
