"""Removing an installation's data for good."""

from __future__ import annotations

import shutil
from pathlib import Path

from zhixing.platform.runtime.settings import Runtime

# What the programs write into a home. Anything else there belongs to somebody else and stays.
CONTENT = ("postgres", "files", "keys", "log", "run", "static", "world", "secrets.json", "secrets.lock")


def home_remove(runtime: Runtime) -> list[Path]:
    """Delete everything that the programs keep in this home; nothing may be running.

    Returns: what was deleted. The folder itself goes when nothing else is in it.
    """
    removed: list[Path] = []
    for name in CONTENT:
        path = runtime.home / name
        if path.is_symlink():
            # The server's folder of a root whose home is closed: see postgres.programs.folder_prepare.
            shutil.rmtree(path.readlink(), ignore_errors=True)
            path.unlink()
        elif path.is_dir():
            shutil.rmtree(path)
        elif path.exists():
            path.unlink()
        else:
            continue
        removed.append(path)
    if runtime.home.is_dir() and not any(runtime.home.iterdir()):
        runtime.home.rmdir()
    return removed
