"""One case of Mengcun with both parties, in the scope of the system."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from disclosure_world import World, world_make


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """Rolled back after the test."""
    from zhixing.platform import scope

    with scope.system("test"):
        yield world_make()
