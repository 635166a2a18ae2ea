"""Fixtures of the runtime tests."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# importlib mode puts no test folder on the path; the helper module is loaded by its file, once.
_file = Path(__file__).with_name("installation.py")
_spec = importlib.util.spec_from_file_location("runtime_installation", _file)
assert _spec is not None
assert _spec.loader is not None
_module = importlib.util.module_from_spec(_spec)
sys.modules.setdefault("runtime_installation", _module)
_spec.loader.exec_module(_module)


@pytest.fixture
def installed() -> Iterator[object]:
    """A throw-away installation, nothing running."""
    with _module.installation() as made:
        yield made
