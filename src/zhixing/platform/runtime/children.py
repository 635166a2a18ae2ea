"""Ties between a process and the ones it starts."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable

PR_SET_PDEATHSIG = 1


def die_with_parent(sign: int) -> Callable[[], None]:
    """What a child runs before its program, so that it gets this signal when we die, even by SIGKILL.

    The library is loaded here, in the parent: little may be done between fork and exec. Must be used from the main
    thread, as the kernel watches the thread that forked. Does nothing where the kernel is not Linux.
    """
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    parent = os.getpid()

    def arrange() -> None:
        if prctl is not None:
            prctl(PR_SET_PDEATHSIG, int(sign), 0, 0, 0)
        if os.getppid() != parent:
            # We died between fork and the call above.
            os.kill(os.getpid(), sign)

    return arrange
