"""Make database and Django ready for the length of one command."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from zhixing.platform.runtime.postgres.lease import database
from zhixing.platform.runtime.settings import Runtime


def tell(step: str) -> None:
    """A step on the error stream, so that a command's own output can be piped."""
    print(f"… {step}", file=sys.stderr, flush=True)


@contextmanager
def django_ready(*, role: str = "app") -> Iterator[Runtime]:
    """Start the database if nobody holds it, set up Django, and give the settings.

    Args:
        role: "app" (row-level security holds: open a `platform.scope` for case-bound tables) or "owner" (migrations).
    Raises: RuntimeProblem: the database cannot be started.
    """
    os.environ["ZHIXING_DATABASE_ROLE"] = role
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhixing.config.settings")
    with database(Runtime.from_environment(), tell) as runtime:
        import django
        from django.db import connections

        django.setup()
        try:
            yield runtime
        finally:
            connections.close_all()
