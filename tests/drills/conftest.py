"""Fixtures of the drills."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

# importlib mode puts no test folder on the path; the helper modules are loaded by their files, once.
for name in ("stack", "visitor"):
    if f"drill_{name}" not in sys.modules:
        spec = importlib.util.spec_from_file_location(f"drill_{name}", Path(__file__).with_name(f"{name}.py"))
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[f"drill_{name}"] = module
        spec.loader.exec_module(module)
