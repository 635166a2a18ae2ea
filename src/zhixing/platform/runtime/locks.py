"""File locks that the kernel gives back by itself when their holder dies, however it dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


def lock_open(path: Path) -> IO[str]:
    """The open lock file, not yet locked; closing it gives up whatever lock was taken on it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Append mode: creating and opening are one step, and nothing in the file is ever lost.
    return open(path, "a+", encoding="utf-8")


@contextmanager
def locked(path: Path) -> Generator[None]:
    """Wait for, then hold the exclusive lock on this file."""
    with lock_open(path) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def lock_try(file: IO[str], *, shared: bool = False) -> bool:
    """Take the lock if nobody stands against it; says whether it was taken."""
    try:
        fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_locked(path: Path) -> bool:
    """Whether some process holds the exclusive lock on this file at this moment."""
    if not path.exists() or not os.access(path, os.R_OK | os.W_OK):
        return False
    with lock_open(path) as file:
        return not lock_try(file, shared=True)
