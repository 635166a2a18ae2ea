"""One case of Mengcun, in the scope of the system."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from funds_world import World, world_make


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    """Hashing five passwords a test properly would take longer than the test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """Rolled back after the test."""
    from zhixing.platform import scope

    with scope.system("test"):
        yield world_make()
