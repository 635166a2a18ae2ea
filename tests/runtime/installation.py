"""A throw-away installation for the tests of this folder."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from zhixing.platform.runtime.home import home_remove
from zhixing.platform.runtime.locks import is_locked
from zhixing.platform.runtime.settings import Runtime

SOURCES = Path(__file__).resolve().parents[2] / "src"
# Holds the database until its standard input closes; says who it is once it holds it.
HOLDER = """
import sys
from zhixing.platform.runtime.postgres.lease import database
from zhixing.platform.runtime.settings import Runtime
with database(Runtime.from_environment()):
    print("held", flush=True)
    sys.stdin.read()
"""


@dataclass
class Installation:
    """A home of its own with free ports; processes started through it are gone at the end."""

    runtime: Runtime
    processes: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | self.runtime.environment() | {"PYTHONPATH": str(SOURCES)}

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=self.environment,
            text=True,
        )
        self.processes.append(process)
        return process

    def hold(self) -> subprocess.Popen[str]:
        """Another process that holds the database."""
        process = self.start("-c", HOLDER)
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line == "held\n", line + process.stdout.read()
        return process

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`zhixing …` in this installation."""
        return subprocess.run(
            [sys.executable, "-m", "zhixing.entry.cli", *arguments],
            capture_output=True,
            text=True,
            env=self.environment,
            timeout=60,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    @property
    def is_running(self) -> bool:
        """Whether a guardian keeps the database."""
        return is_locked(self.runtime.postgres_dir / "guardian.lock")


def leave(process: subprocess.Popen[str]) -> None:
    """Let a holder end in good order."""
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(20) == 0


def eventually(claim: Callable[[], object], within: float = 20.0) -> bool:
    """Whether the claim comes true in time (seconds)."""
    deadline = time.monotonic() + within
    while not claim():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def ports_free(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [opened.getsockname()[1] for opened in sockets]
    for opened in sockets:
        opened.close()
    return ports


@contextmanager
def installation() -> Iterator[Installation]:
    home = Path(tempfile.mkdtemp(prefix="zhixing-runtime-"))
    home.chmod(0o711)
    names = ("ZHIXING_WEB_PORT", "ZHIXING_PG_PORT", "ZHIXING_SERVICES_PORT", "ZHIXING_SMTP_PORT")
    values = dict(zip(names, map(str, ports_free(4)), strict=True))
    made = Installation(Runtime.from_environment(values | {"ZHIXING_HOME": str(home)}))
    try:
        yield made
    finally:
        for process in made.processes:
            if process.poll() is None:
                process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    pipe.close()
        eventually(lambda: not made.is_running)
        home_remove(made.runtime)
        shutil.rmtree(home, ignore_errors=True)
