"""Progress on the terminal: one line a step, with its time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Steps:
    """Steps of one start. Times are seconds since the step began, one decimal."""

    def __init__(self) -> None:
        """Start the overall clock."""
        self._begin = time.monotonic()

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """One step; the line with the time appears when it is done."""
        begin = time.monotonic()
        print(f"… {title}", flush=True)
        yield
        print(f"✓ {title}  {time.monotonic() - begin:.1f} 秒", flush=True)

    def note(self, text: str) -> None:
        """A line within a step."""
        print(f"    {text}", flush=True)

    @property
    def seconds(self) -> float:
        """Time since the start."""
        return time.monotonic() - self._begin
