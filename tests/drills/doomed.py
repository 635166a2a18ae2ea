"""A stack whose web and worker can be killed at exact points and are back in a moment."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from drill_stack import SOURCES, Players, Stack

FORKED = ("web", "worker", "journal")
# The server's own word that its process accepts calls; a helper it starts before must not be taken for it.
SERVING = "Started worker-1"
DEAD = "Z"


@dataclass
class Forked:
    """A program forked by the nursery; what a `subprocess.Popen` is for the others."""

    nursery: Players
    pid: int

    def wait(self, timeout: float | None = None) -> int:
        """Exit code once it is gone, negative for a signal."""
        return self.nursery.ask("wait", process=self.pid)


@dataclass
class DoomedStack(Stack):
    """Programs of ours come from the nursery; one that is to die at a point stays dead until it is started again."""

    died: list[tuple[str, str]] = field(default_factory=list)

    @cached_property
    def nursery(self) -> Players:
        """The process that web and worker are forked from; loads while others work."""
        process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("nursery.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=SOURCES.parent,
            text=True,
            start_new_session=True,
            env=self.environment(
                ZHIXING_DATABASE_ROLE="app", DJANGO_SETTINGS_MODULE="zhixing.config.settings"
            ),
        )
        return Players(process)

    @cached_property
    def _company(self) -> Players:
        return Players(self._players_start())

    def prepare(self) -> None:
        """The nursery loads meanwhile."""
        _ = self.nursery
        super().prepare()

    @contextmanager
    def players(self) -> Iterator[Players]:
        """The same people each time; they stay until the end."""
        yield self._company

    def start(self, name: str, *, crash_at: str = "", wait: bool = True) -> None:
        """As of every stack; a web server that is to die is not replaced by its master."""
        super().start(name, crash_at=crash_at, wait=False)
        if name != "web":
            return
        if crash_at:
            # Else the server would put a new process in the dead one's place before anybody could look.
            self.until(lambda: SERVING in self.log(name) or self._has_crashed(name, crash_at), "web serves")
            os.kill(self.running[name].pid, signal.SIGSTOP)
        if wait:
            self.web_awaited(crash_at)

    def _spawn(self, name: str, log: Path, crash_at: str) -> Forked | subprocess.Popen[bytes]:
        if name not in FORKED:
            return super()._spawn(name, log, crash_at)
        log.touch()  # it is read before the new process has opened it
        arguments = self.arguments(name)[3:]
        return Forked(
            self.nursery, self.nursery.ask("start", arguments=arguments, log=str(log), crash_at=crash_at)
        )

    def arguments(self, name: str) -> list[str]:
        """The command line of one process."""
        if name == "journal":
            return [sys.executable, "-m", "zhixing.entry.cli", "journal", "verify"]
        return super().arguments(name)

    def crashed(self, name: str, point: str) -> None:
        """Wait until the process died at the point by itself, then end what is left of it. It stays dead."""
        self.until(lambda: self._has_crashed(name, point), f"{name} comes to {point}")
        self.until(lambda: self._is_dead(name), f"{name} is dead")
        self.kill(name)
        self.died.append((name, point))

    def _is_dead(self, name: str) -> bool:
        """All processes that serve are dead; of the web server, those of its master."""
        process = self.running[name].pid
        states = set(children(process).values()) if name == "web" else set()
        return states == {DEAD} or state_of(process) == DEAD

    def run(self, name: str) -> tuple[int, str]:
        """A program that ends by itself: its exit code and what it wrote."""
        self.start(name)
        return self.running.pop(name).wait(), self.log(name)

    def stop(self) -> None:
        """End everything, the nursery last."""
        super().stop()
        for helper in ("_company", "nursery"):
            if helper in self.__dict__:
                self.__dict__[helper].end()


def children(process: int) -> dict[int, str]:
    """Processes whose parent this is, with their states."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            state, parent = _stat(int(entry.name))
            if parent == process:
                found[int(entry.name)] = state
    return found


def state_of(process: int) -> str:
    """One letter, as the kernel says; Z is dead and not yet buried."""
    return _stat(process)[0]


def _stat(process: int) -> tuple[str, int]:
    try:
        # The name, in brackets, may hold anything.
        state, parent = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[:2]
    except (OSError, IndexError):
        return "", 0
    return state, int(parent)
