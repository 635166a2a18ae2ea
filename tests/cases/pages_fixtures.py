"""Fixtures of the page tests, shared by the case room and the doors."""

from __future__ import annotations

from typing import Any

import pytest
from pages_world import World, world_make


@pytest.fixture
def world(db: None, settings: Any) -> World:
    """Rolled back after the test. Passwords are hashed quickly."""
    from zhixing.platform import scope

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with scope.system("test"):
        made = world_make()
    return made
