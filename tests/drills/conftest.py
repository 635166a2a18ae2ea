"""Fixtures of the drills."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent

# importlib mode puts no test folder on the path; the helper modules are loaded by their files, once.
for name in ("stack", "visitor", "doomed", "road", "storm"):
    if f"drill_{name}" not in sys.modules:
        spec = importlib.util.spec_from_file_location(f"drill_{name}", HERE / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[f"drill_{name}"] = module
        spec.loader.exec_module(module)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One process for the whole folder: the points share one installation and one road."""
    for item in items:
        if HERE in item.path.parents:
            for mark in (pytest.mark.drill, pytest.mark.slow, pytest.mark.xdist_group("drills")):
                item.add_marker(mark)
