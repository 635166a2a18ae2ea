"""Places where a drill may kill this process. Inert unless `ZHIXING_CRASH_AT` names one of them.

The drills must die at exact points: after a commit and before the answer, say. A point costs one comparison of text.
"""

from __future__ import annotations

import os
import signal

from django.db import transaction

CRASH_AT = os.environ.get("ZHIXING_CRASH_AT", "")


def crash_here(name: str) -> None:
    """End this process at once, as a power cut would, if this is the named point."""
    if name == CRASH_AT:
        os.write(2, f"crash: {name}\n".encode())
        os.kill(os.getpid(), signal.SIGKILL)


def crash_after_commit(name: str) -> None:
    """The same, once the outermost transaction is committed."""
    if name == CRASH_AT:
        transaction.on_commit(lambda: crash_here(name))
