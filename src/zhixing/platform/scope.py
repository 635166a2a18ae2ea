"""Who may see which rows, told to PostgreSQL for the length of one transaction.

Row-level security policies read four settings: `zx.lo` and `zx.hi` (range of court keys), `zx.cases` (single cases, for
parties), `zx.staff` (the person, for what is sealed to one judge) and `zx.system` (the rule under which the system acts).
They are set with SET LOCAL, so a pooled connection never carries one person's scope into the next request. Nothing set
means nothing visible.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

_SETTINGS = ("zx.lo", "zx.hi", "zx.cases", "zx.staff", "zx.system")
LAST_COURT_KEY = 999_999


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What one actor may see.

    lo, hi: first and last court key, both inclusive; lo > hi means no court.
    cases: single case ids (parties). staff: staff id or None. system: name of the rule or "".
    """

    lo: int = 1
    hi: int = 0
    cases: tuple[int, ...] = ()
    staff: int | None = None
    system: str = ""

    def values(self) -> tuple[str, ...]:
        """The five settings as text, in the order of `_SETTINGS`."""
        cases = "{" + ",".join(str(int(case)) for case in self.cases) + "}"
        return (str(self.lo), str(self.hi), cases, "" if self.staff is None else str(self.staff), self.system)


def apply(scope: Scope) -> None:
    """Set the scope for the rest of this transaction. Raises outside a transaction, where it would be lost."""
    if not connection.in_atomic_block:
        raise RuntimeError("A scope lives inside a transaction: open one with transaction.atomic().")
    _set(scope.values())


def _set(values: tuple[str, ...]) -> None:
    calls = ", ".join(f"set_config('{name}', %s, true)" for name in _SETTINGS)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", list(values))


def _current() -> tuple[str, ...]:
    calls = ", ".join(f"coalesce(current_setting('{name}', true), '')" for name in _SETTINGS)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}")
        return tuple(cursor.fetchone())


@contextmanager
def using(scope: Scope) -> Iterator[None]:
    """Run a block in this scope, in a transaction of its own or nested; the outer scope comes back afterwards."""
    with transaction.atomic():
        before = _current()
        _set(scope.values())
        yield
        _set(before)


def is_system() -> bool:
    """Whether the system acts here under a named rule."""
    return bool(_current()[_SETTINGS.index("zx.system")])


def system(rule: str, *, lo: int = 0, hi: int = LAST_COURT_KEY) -> AbstractContextManager[None]:
    """Scope of the system acting under a named rule (gateway, worker, seeding)."""
    if not rule:
        raise ValueError("The system acts only under a named rule.")
    return using(Scope(lo=lo, hi=hi, system=rule))
