"""A storm: web, worker, database and agencies are killed at random while orders stream out and answers stream in.

Unlike the road (`road.py`), nothing here knows where it strikes. Everything is counted when the storm is over.
"""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import psycopg
from drill_doomed import DEAD, DoomedStack, children, state_of
from drill_stack import Players

from zhixing.platform.runtime.postgres.server import Server

OURS = ("web", "worker", "simworld")
# Seconds that a process lives at least before it may be killed again: one that is never up proves nothing.
LEAST_LIFE = {"web": 2.5, "web child": 2.5, "worker": 2.0, "simworld": 2.0, "database": 7.0, "backend": 5.0}
PAUSE = (0.1, 0.8)
AT_ONCE = (1, 1, 1, 1, 2, 3)
SETTLED_WITHIN = 300.0

WHERE_ORDERS_STAND = """SELECT a.code, a.profile, o.kind, o.state, count(*) FROM gateway_order o
    JOIN gateway_agency a ON a.code = o.agency_id GROUP BY 1, 2, 3, 4 ORDER BY 1, 3, 4"""
WHERE_JOBS_STAND = """SELECT task_name, status::text, lock, queueing_lock, count(*) FROM procrastinate_jobs
    WHERE status IN ('todo', 'doing', 'failed') GROUP BY 1, 2, 3, 4 ORDER BY 1"""
UNANSWERED = "SELECT count(*) FROM gateway_order WHERE state NOT IN ('answered', 'refused', 'cancelled')"
UNDONE = "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND queueing_lock IS NULL"
UNSENT = "SELECT count(*) FROM platform_notice WHERE sent_at IS NULL"
UNPROCESSED = "SELECT count(*) FROM gateway_inbound WHERE outcome = 'accepted'"


@dataclass
class Storm:
    """Kills by target, and how often a process that ended by itself was started again."""

    stack: DoomedStack
    players: Players
    seed: int
    kills: Counter[str] = field(default_factory=Counter)
    restarts: Counter[str] = field(default_factory=Counter)
    cases: list[int] = field(default_factory=list)
    seconds: float = 0.0

    def __post_init__(self) -> None:
        """Nothing runs yet."""
        self.dice = random.Random(self.seed)
        self.since = dict.fromkeys(LEAST_LIFE, 0.0)
        self.server = Server(self.stack.runtime)
        self._over = threading.Event()
        self._lost: list[BaseException] = []

    def rage(self, kills: int) -> None:
        """So many kills while the stream goes on; then the stream ends and everything comes to rest."""
        for name in OURS:
            self.stack.start(name, wait=name == "web")
        began, stream = time.monotonic(), threading.Thread(target=self._stream)
        stream.start()
        while sum(self.kills.values()) < kills and stream.is_alive():
            self._revive()
            ready = [name for name, life in LEAST_LIFE.items() if time.monotonic() - self.since[name] > life]
            for name in self.dice.sample(ready, min(len(ready), self.dice.choice(AT_ONCE))):
                self._kill(name)
            time.sleep(self.dice.uniform(*PAUSE))
        self._over.set()
        while stream.is_alive():
            self._revive()
            stream.join(0.5)
        if self._lost:
            raise self._lost[0]
        self.seconds = time.monotonic() - began
        self._rest()

    # ── the stream ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _stream(self) -> None:
        """Case after case is filed, asked about, released and frozen; whoever is refused by a dying system tries again."""
        try:
            while not self._over.is_set():
                self.cases.append(self._again("approved", number=len(self.cases)))
                self._again("release_all")
                self._again("freeze_all")
        except BaseException as error:
            self._lost.append(error)

    def _again(self, what: str, **values: object) -> int:
        for _ in range(120):
            try:
                return self.players.ask(what, **values)
            except AssertionError as refused:
                words = str(refused)
                time.sleep(0.5)
        raise AssertionError(words)

    # ── the killing ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _kill(self, name: str) -> None:
        strike: dict[str, Callable[[], bool]] = {
            "database": self._database,
            "backend": self._backend,
            "web child": self._web_child,
        }
        if name in OURS:
            self.stack.kill(name)
            self.stack.start(name, wait=False)
        elif not strike[name]():
            return
        self.kills[name] += 1
        for hit in {"database", "backend"} if name in ("database", "backend") else {name}:
            self.since[hit] = time.monotonic()

    def _database(self) -> bool:
        """The postmaster; its guardian starts a new one."""
        return _shot(self.server.postmaster())

    def _backend(self) -> bool:
        """One server process; PostgreSQL then ends all of them and recovers."""
        master = self.server.postmaster()
        found = sorted(children(master)) if master else []
        return _shot(self.dice.choice(found) if found else None)

    def _web_child(self) -> bool:
        """The process that serves; its master starts a new one."""
        found = sorted(children(self.stack.running["web"].pid))
        return _shot(found[-1] if found else None)

    def _revive(self) -> None:
        """What the supervisor of an installation does: a process that has ended is started again."""
        for name in OURS:
            if state_of(self.stack.running[name].pid) in ("", DEAD):
                self.stack.kill(name)
                self.stack.start(name, wait=False)
                self.restarts[name] += 1
                self.since[name] = time.monotonic()

    # ── afterwards ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _rest(self) -> None:
        """Until nothing waits any more: no order, no answer, no job, no notice."""
        self.stack.web_awaited()
        for query, what in (
            (UNANSWERED, "every order is answered"),
            (UNPROCESSED, "every answer took effect"),
            (UNDONE, "no job is left undone"),
            (UNSENT, "every notice is sent"),
        ):
            try:
                self.stack.until(lambda query=query: self._calm(query), what, within=SETTLED_WITHIN)
            except AssertionError:
                for told in (WHERE_ORDERS_STAND, WHERE_JOBS_STAND):
                    print(*self.stack.rows(told), sep="\n", flush=True)
                raise

    def _calm(self, query: str) -> bool:
        self._revive()
        with suppress(psycopg.OperationalError):  # the database may still recover from the last kill
            return self.stack.one(query) == 0
        return False


def _shot(process: int | None) -> bool:
    if process is None:
        return False
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True
