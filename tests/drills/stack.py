"""A whole installation of its own for proofs from outside: real processes that can be killed and started again."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Protocol, TypeVar

import httpx
import psycopg

from zhixing.entry.cli import programs
from zhixing.platform.runtime.home import home_remove
from zhixing.platform.runtime.locks import is_locked
from zhixing.platform.runtime.postgres.lease import database
from zhixing.platform.runtime.settings import Runtime

SOURCES = Path(__file__).resolve().parents[2] / "src"
PATIENCE_SECONDS = 120.0
# The outside world asks often and answers at once; no faults, so that every repetition is ours.
QUICK_WORLD = {"poll_seconds": 0.25, "delay_seconds": [0.1, 0.3], "backoff_cap_seconds": 0.5, "faults": "off"}


def ports_free(count: int) -> list[int]:
    """Ports nobody listens on now, all different."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [opened.getsockname()[1] for opened in sockets]
    for opened in sockets:
        opened.close()
    return ports


class Running(Protocol):
    """A process, started in whatever way."""

    pid: int

    def wait(self, timeout: float | None = None) -> int:
        """Exit code once it is gone."""
        ...


@dataclass
class Stack:
    """Web, worker and outside world of one home. Each runs in a process group of its own."""

    runtime: Runtime
    running: dict[str, Running] = field(default_factory=dict)
    log_from: dict[str, int] = field(default_factory=dict)
    began: float = field(default_factory=time.monotonic)
    founding: ClassVar[str] = "found"

    @property
    def url(self) -> str:
        """Address of the web server."""
        return self.runtime.web_url

    def environment(self, **more: str) -> dict[str, str]:
        """Of every process of this stack."""
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("ZHIXING_", "DJANGO_"))
        }
        return (
            kept | self.runtime.environment() | {"PYTHONPATH": str(SOURCES), "PYTHONUNBUFFERED": "1", **more}
        )

    def prepare(self) -> None:
        """Migrate, then courts, staff and agencies only."""
        for folder in (self.runtime.log_dir, self.runtime.run_dir):
            folder.mkdir(parents=True, exist_ok=True)
        programs.migrate(self.runtime, lambda _line: None)
        with self.players() as players:
            players.ask(self.founding)
            self.note("courts, staff, agencies")
        config = self.runtime.world_dir / "config.json"
        config.write_text(json.dumps(json.loads(config.read_text()) | QUICK_WORLD, ensure_ascii=False))

    def arguments(self, name: str) -> list[str]:
        """The command line of one process."""
        ours = [sys.executable, "-m", "zhixing.entry.cli"]
        home = self.runtime.world_dir
        return {
            "web": [*ours, "web", "--workers", "1"],
            "worker": [*ours, "worker"],
            "simworld": [
                *(sys.executable, "-m", "simworld", "run", "--home", str(home)),
                *("--config", str(home / "config.json"), "--court", self.url),
                *(
                    "--services-port",
                    str(self.runtime.services_port),
                    "--smtp-port",
                    str(self.runtime.smtp_port),
                ),
            ],
        }[name]

    def start(self, name: str, *, crash_at: str = "", wait: bool = True) -> None:
        """Start a process; it dies at the named point when it comes there. Waits until a web server answers."""
        path = self.runtime.log_dir / f"{name}.log"
        self.log_from[name] = path.stat().st_size if path.exists() else 0
        self.running[name] = self._spawn(name, path, crash_at)
        if wait and name == "web":
            self.web_awaited(crash_at)

    def web_awaited(self, crash_at: str = "") -> None:
        """Until the web server answers, or is dead already where it should die."""
        self.until(
            lambda: answers(f"{self.url}/healthz") or self._has_crashed("web", crash_at), "web answers"
        )

    def _spawn(self, name: str, path: Path, crash_at: str) -> Running:
        with open(path, "ab") as log:
            return subprocess.Popen(
                self.arguments(name), stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, cwd=SOURCES.parent,
                env=self.environment(ZHIXING_CRASH_AT=crash_at, ZHIXING_DATABASE_ROLE="app"), start_new_session=True,
            )  # fmt: skip

    def note(self, event: str) -> None:
        """One line of the timeline; pytest shows it when the proof fails, or with -s."""
        print(f"{time.monotonic() - self.began:7.1f} s  {event}", flush=True)

    def kill(self, name: str) -> None:
        """End a process and everything it started, without warning."""
        process = self.running.pop(name, None)
        if process is None:
            return
        for strike in (
            os.killpg,
            os.kill,
        ):  # one just forked leads no group yet, and must not be waited for alive
            with suppress(ProcessLookupError):
                strike(process.pid, signal.SIGKILL)
        process.wait()

    def restart(self, name: str, *, crash_at: str = "") -> None:
        """Kill and start again."""
        self.kill(name)
        self.start(name, crash_at=crash_at)

    def _has_crashed(self, name: str, point: str) -> bool:
        return bool(point) and f"crash: {point}\n" in self.log(name)

    def log(self, name: str) -> str:
        """What the process wrote since it was last started."""
        with open(self.runtime.log_dir / f"{name}.log", "rb") as file:
            file.seek(self.log_from.get(name, 0))
            return file.read().decode(errors="replace")

    def until(self, claim: Callable[[], object], what: str, within: float = PATIENCE_SECONDS) -> Any:
        """Wait until the claim holds; fails with the tail of the logs."""
        deadline = time.monotonic() + within
        while not (found := claim()):
            if time.monotonic() > deadline:
                tails = "\n".join(f"── {name}\n{self.log(name)[-3000:]}" for name in self.log_from)
                raise AssertionError(f"Not within {within:.0f} s: {what}\n{tails}")
            time.sleep(0.1)
        self.note(what)
        return found

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Read the database as the owner of the tables, whom row-level security does not hold."""
        with psycopg.connect(**self.runtime.owner_dsn(), autocommit=True) as owner:
            return owner.execute(query, values).fetchall()  # pyright: ignore[reportArgumentType]: our own text

    def one(self, query: str, *values: object) -> Any:
        """First column of the first row."""
        return self.rows(query, *values)[0][0]

    def books(self) -> dict[str, dict[str, list[dict[str, Any]]]]:
        """Books of all institutions, told by the outside world's own command."""
        done = subprocess.run(
            [sys.executable, "-m", "simworld", "books", "--home", str(self.runtime.world_dir), "--json"],
            capture_output=True, check=True, env=self.environment(),
        )  # fmt: skip
        return json.loads(done.stdout)

    def sms(self, number: str = "") -> list[dict[str, Any]]:
        """Short messages on one phone, newest first."""
        return httpx.get(
            f"{self.runtime.services_url}/sms.json", params={"n": number}, trust_env=False
        ).json()["sms"]

    def mail(self, box: str = "") -> list[dict[str, Any]]:
        """Letters in one mailbox."""
        return httpx.get(
            f"{self.runtime.services_url}/mail.json", params={"box": box}, trust_env=False
        ).json()["mail"]

    @contextmanager
    def players(self) -> Iterator[Players]:
        """People who act by the services, in a process of its own, connected as the web is."""
        players = Players(self._players_start())
        try:
            yield players
        finally:
            players.end()

    def _players_start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("players.py"))], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            cwd=SOURCES.parent, env=self.environment(ZHIXING_DATABASE_ROLE="app"), text=True,
        )  # fmt: skip

    def stop(self) -> None:
        """End everything."""
        for name in list(self.running):
            self.kill(name)


@dataclass
class Players:
    """The other end of `players.py`: one line of JSON there, one back."""

    process: subprocess.Popen[str]

    def ask(self, what: str, **values: Any) -> Any:
        """Let them do something. Raises AssertionError with their words when it was refused."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"do": what, **values}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, f"the players died at {what}"
        answer = json.loads(line)
        assert "error" not in answer, f"{what}: {answer['error']}"
        return answer["done"]

    def end(self) -> None:
        """Close the talk, give them a moment, then end them."""
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()
        try:
            self.process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _wait(claim: Callable[[], object], within: float = 20.0) -> None:
    deadline = time.monotonic() + within
    while not claim() and time.monotonic() < deadline:
        time.sleep(0.05)


def answers(url: str) -> bool:
    """Whether something answers there with success."""
    try:
        return httpx.get(url, timeout=2, trust_env=False).is_success
    except httpx.HTTPError:
        return False


Kind = TypeVar("Kind", bound=Stack)


@contextmanager
def stack_made(kind: type[Kind] = Stack) -> Iterator[Kind]:
    """A prepared stack in a temporary home; nothing of it runs yet but the database."""
    home = Path(tempfile.mkdtemp(prefix="zhixing-stack-"))
    home.chmod(0o711)  # the database server may run as another user and must pass through
    names = ("ZHIXING_WEB_PORT", "ZHIXING_PG_PORT", "ZHIXING_SERVICES_PORT", "ZHIXING_SMTP_PORT")
    values = dict(zip(names, map(str, ports_free(len(names))), strict=True)) | {"ZHIXING_HOME": str(home)}
    runtime = Runtime.from_environment(values)
    with ExitStack() as closing:
        closing.callback(shutil.rmtree, home, ignore_errors=True)
        closing.callback(home_remove, runtime)
        # The database's guardian stops the server behind its last user.
        closing.callback(_wait, lambda: not is_locked(runtime.postgres_dir / "guardian.lock"))
        closing.enter_context(database(runtime))
        stack = kind(runtime)
        closing.callback(stack.stop)
        stack.prepare()
        yield stack
