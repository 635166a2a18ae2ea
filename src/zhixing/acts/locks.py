"""One lock per chain, held to the end of the transaction; the journal's trigger takes the same one."""

from __future__ import annotations

from django.db import connection

from zhixing.acts.models import Draft

# An officer waits at most this long for a colleague's act on the same case; then the page says so.
LOCK_TIMEOUT = "4s"


def chain_lock(draft: Draft) -> None:
    """One transaction-scoped lock per chain; the journal's trigger takes the same one."""
    chain = draft.case_id if draft.case_id is not None else -(draft.court_key + 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [LOCK_TIMEOUT])
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('acts.chain', %s))", [chain])
