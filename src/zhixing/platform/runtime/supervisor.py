"""Start the programs of an installation, keep them alive, and stop them all together."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from zhixing.platform.runtime.children import die_with_parent
from zhixing.platform.runtime.locks import lock_open, lock_try
from zhixing.platform.runtime.problems import RuntimeProblem
from zhixing.platform.runtime.settings import Runtime

FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
# Who lived this long is well again: the next crash starts with a short pause.
WELL_AFTER_SECONDS = 30.0
STOP_PATIENCE_SECONDS = 15.0
HEALTHY_WITHIN_SECONDS = 90.0
# A program that dies this often before it was ever healthy will not heal by itself.
CRASHES_AT_START = 4
LOG_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One program to keep alive. `health` is an address that answers 200 when it is ready; None: alive is enough.

    `once`: it does a piece of work behind the healthy others and may end with code 0; a failure starts it again,
    a few times.
    """

    name: str
    arguments: Sequence[str]
    environment: dict[str, str] = field(default_factory=dict[str, str])
    health: str | None = None
    once: bool = False


class Child:
    """One running service: process, restarts, pause before the next start."""

    def __init__(self, service: Service, runtime: Runtime) -> None:
        """Prepare; `start` starts it."""
        self.service = service
        self.runtime = runtime
        self.log = runtime.log_dir / f"{service.name}.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.restarts = 0
        self.is_done = False
        self._pause = FIRST_PAUSE_SECONDS
        self._started = 0.0
        self._due = 0.0

    def start(self) -> None:
        """Start the program in a process group of its own; a Ctrl-C at the terminal reaches only us."""
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                list(self.service.arguments),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.runtime.checkout,
                env=os.environ | self.runtime.environment() | self.service.environment,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509  the supervisor has one thread
            )
        self._started = time.monotonic()

    def postpone(self, *, until: float = float("inf")) -> None:
        """Do not start it before this moment of the monotonic clock."""
        self._due = until

    def tend(self) -> str | None:
        """Look after it once: bury and restart the dead. Returns what happened, in words for the log."""
        if self.process is None:
            if self.is_done or time.monotonic() < self._due:
                return None
            is_first = self._started == 0.0
            self.start()
            if is_first:
                return f"{self.service.name}: started"
            self.restarts += 1
            return f"{self.service.name}: started again (restart {self.restarts})"
        if not self._has_ended():
            return None
        code = self._bury()
        if self.service.once and code == 0:
            self.is_done = True
            return f"{self.service.name}: finished"
        if self.service.once and self.restarts >= CRASHES_AT_START:
            self.is_done = True
            return f"{self.service.name}: ended with code {code} again and is given up; see {self.log}"
        if time.monotonic() - self._started > WELL_AFTER_SECONDS:
            self._pause = FIRST_PAUSE_SECONDS
        self._due = time.monotonic() + self._pause
        note = (
            f"{self.service.name}: ended with code {code}; next start in {self._pause:.1f} s; see {self.log}"
        )
        self._pause = min(self._pause * 2, LONGEST_PAUSE_SECONDS)
        return note

    def is_healthy(self) -> bool:
        """Whether it does its work now."""
        if self.service.once or self.process is None:
            return self.service.once
        if self.service.health is None:
            return not self._has_ended()
        try:
            with urllib.request.urlopen(self.service.health, timeout=2) as answer:  # noqa: S310  our own address
                return answer.status == 200
        except (OSError, urllib.error.URLError):
            return False

    def stop(self) -> None:
        """Ask it to end; what is left of its group after the patience is killed."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            self.process.terminate()
        deadline = time.monotonic() + STOP_PATIENCE_SECONDS
        while not self._has_ended() and time.monotonic() < deadline:
            time.sleep(0.02)
        self._bury()

    def _has_ended(self) -> bool:
        # Looked at without reaping: as long as it is a zombie, its group number cannot become somebody else's.
        if self.process is None:
            return True
        try:
            return os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
        except ChildProcessError:
            return True

    def _bury(self) -> int:
        """Kill what remains of the group, reap the process, return its exit code."""
        if self.process is None:
            return 0
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        code = self.process.wait()
        self.process = None
        return code


class Supervisor:
    """All programs of one installation. Use it from the main thread, inside `sole_supervisor`."""

    def __init__(self, runtime: Runtime, services: Sequence[Service], report: Callable[[str], None]) -> None:
        """Name the services in starting order; they stop in the opposite order."""
        self.runtime = runtime
        self.children = [Child(service, runtime) for service in services]
        self.report = report
        self._stopping = False

    def start(self) -> None:
        """Start everything and wait until it is healthy.

        Raises: RuntimeProblem: a program keeps dying or does not become healthy; everything is stopped again.
        """
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, self._asked_to_stop)
        self._tell("starting")
        for child in self.children:
            if child.service.once:
                child.postpone()
            else:
                child.start()
        waiting = list(self.children)
        deadline = time.monotonic() + HEALTHY_WITHIN_SECONDS
        while waiting and not self._stopping:
            self._tend()
            waiting = [child for child in waiting if not child.is_healthy()]
            hopeless = [child for child in waiting if child.restarts >= CRASHES_AT_START]
            if hopeless or (waiting and time.monotonic() > deadline):
                self.stop()
                raise _does_not_start((hopeless or waiting)[0])
            time.sleep(0.1)
        for child in self.children:
            child.postpone(until=time.monotonic())
        self._tell("ready")

    def run(self) -> None:
        """Watch until a signal asks to stop, then stop everything."""
        while not self._stopping:
            if self._tend():
                self._tell("ready")
            time.sleep(0.2)
        self.stop()

    def stop(self) -> None:
        """Stop all, last started first."""
        self._tell("stopping")
        for child in reversed(self.children):
            child.stop()
        state_file(self.runtime).unlink(missing_ok=True)

    def _tend(self) -> bool:
        notes = [note for child in self.children if (note := child.tend())]
        for note in notes:
            self.report(note)
        return bool(notes)

    def _asked_to_stop(self, _sign: int, _frame: object) -> None:
        self._stopping = True

    def _tell(self, phase: str) -> None:
        services = {
            child.service.name: {
                "pid": child.process.pid if child.process else None,
                "restarts": child.restarts,
                "done": child.is_done,
            }
            for child in self.children
        }
        state = {"pid": os.getpid(), "phase": phase, "web": self.runtime.web_url, "services": services}
        draft = state_file(self.runtime).with_suffix(".new")
        since = datetime.now(UTC)  # noqa: TID251 - when processes really started, also under a frozen clock
        draft.write_text(json.dumps(state | {"since": since.isoformat()}, indent=1))
        draft.replace(state_file(self.runtime))


def state_file(runtime: Runtime) -> Path:
    """Where a running supervisor says what runs."""
    return runtime.run_dir / "state.json"


def state_read(runtime: Runtime) -> dict[str, Any] | None:
    """What runs in this home now: keys pid, phase (starting | ready | stopping), web, services; None when nothing."""
    lock = runtime.run_dir / "supervisor.lock"
    if not lock.exists():
        return None
    with lock_open(lock) as file:
        if lock_try(file, shared=True):
            return None
    try:
        return json.loads(state_file(runtime).read_text())
    except (OSError, ValueError):
        return {"pid": None, "phase": "starting", "web": runtime.web_url, "services": {}}


@contextmanager
def sole_supervisor(runtime: Runtime) -> Generator[None]:
    """Be the only supervisor of this home for the length of the block.

    Raises: RuntimeProblem: another one runs, or the folder cannot be written.
    """
    try:
        runtime.log_dir.mkdir(parents=True, exist_ok=True)
        lock = lock_open(runtime.run_dir / "supervisor.lock")
    except OSError as error:
        raise RuntimeProblem(
            f"无法写入数据目录 {runtime.home}（{error.strerror}）。请改用有权限的用户运行，或用 ZHIXING_HOME 另选目录。",
            f"Cannot write into the home folder {runtime.home} ({error.strerror}). "
            "Run as a user who may, or choose another folder with ZHIXING_HOME.",
        ) from error
    with lock:
        if not lock_try(lock):
            state = state_read(runtime) or {}
            raise RuntimeProblem(
                f"此目录的系统已在运行：{state.get('web', runtime.web_url)}。请先运行 zhixing stop，"
                "或用 ZHIXING_HOME 和端口设置另起一套。",
                f"This home is already running at {state.get('web', runtime.web_url)}. Run `zhixing stop` first, "
                "or start another one with its own ZHIXING_HOME and ports.",
            )
        yield


def _does_not_start(child: Child) -> RuntimeProblem:
    return RuntimeProblem(
        f"程序 {child.service.name} 无法启动，请查看日志 {child.log} 的末尾。",
        f"The program {child.service.name} does not start; see the end of its log {child.log}.",
    )
