"""A demo of its own in a temporary home, started by the same command that people use, and measured from outside."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zhixing.platform.runtime.settings import Runtime

SOURCES = Path(__file__).resolve().parents[2] / "src"
SEEDED_WITHIN_SECONDS = 900.0
SETTLE_SECONDS = 10.0
LOOK_SECONDS = 2.0


@dataclass
class Demo:
    """An installation with its 200 cases at all stages. Times in seconds."""

    runtime: Runtime
    busy_percent: float = 0.0
    first_start: float = 0.0
    second_start: float = 0.0
    seeding: float = 0.0
    memory: dict[str, int] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """Of every process of this installation."""
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("ZHIXING_", "DJANGO_"))
        }
        return kept | self.runtime.environment() | {"PYTHONPATH": str(SOURCES), "PYTHONUNBUFFERED": "1"}

    def command(self, *arguments: str) -> None:
        """One `zhixing` command, to its end."""
        subprocess.run(
            [sys.executable, "-m", "zhixing.entry.cli", *arguments], check=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, env=self.environment(), cwd=SOURCES.parent,
        )  # fmt: skip

    def start(self) -> float:
        """From the command to the first page a person sees."""
        began = time.perf_counter()
        self.command("demo", "--detach")
        with urllib.request.urlopen(f"{self.runtime.web_url}/", timeout=10) as answer:
            assert "知行" in answer.read().decode()
        return time.perf_counter() - began

    def seeded(self) -> float:
        """Wait until every case stands at its stage."""
        began, log = time.perf_counter(), self.runtime.log_dir / "demo.log"
        while "seed: finished" not in log.read_text():
            assert time.perf_counter() - began < SEEDED_WITHIN_SECONDS, (
                f"The seeding does not end; see {log.with_name('seed.log')}:\n"
                + log.with_name("seed.log").read_text()[-2000:]
            )
            time.sleep(0.5)
        return time.perf_counter() - began

    def inside(self, subject: str) -> Iterator[dict[str, Any]]:
        """Figures measured by `inside.py` in a process of this installation, connected as the web is."""
        done = subprocess.run(
            [sys.executable, str(Path(__file__).with_name("inside.py")), subject], stdin=subprocess.DEVNULL,
            capture_output=True, text=True, cwd=SOURCES.parent, check=False,
            env=self.environment() | {"ZHIXING_DATABASE_ROLE": "app"},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-4000:]
        yield from (json.loads(line) for line in done.stdout.splitlines())


@contextmanager
def demo_made() -> Iterator[Demo]:
    """First start, stop, second start, all cases seeded, memory at rest; then it is the tests'."""
    home = Path(tempfile.mkdtemp(prefix="zhixing-bench-"))
    home.chmod(0o711)  # the database server may run as another user and must pass through
    names = ("ZHIXING_WEB_PORT", "ZHIXING_PG_PORT", "ZHIXING_SERVICES_PORT", "ZHIXING_SMTP_PORT")
    values = dict(zip(names, map(str, _ports_free(len(names))), strict=True)) | {"ZHIXING_HOME": str(home)}
    demo = Demo(Runtime.from_environment(values))
    try:
        demo.busy_percent = busy_percent()
        demo.first_start = demo.start()
        demo.command("stop")
        demo.second_start = demo.start()
        demo.seeding = demo.seeded()
        time.sleep(SETTLE_SECONDS)
        demo.memory = memory_of(demo.runtime)
        yield demo
    finally:
        demo.command("stop")
        demo.command("reset", "--yes")
        shutil.rmtree(home, ignore_errors=True)


def _ports_free(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [opened.getsockname()[1] for opened in sockets]
    for opened in sockets:
        opened.close()
    return ports


def busy_percent() -> float:
    """How much of all processors is at work now; before our own start, it is the work of others."""
    samples = []
    for pause in (LOOK_SECONDS, 0.0):
        ticks = list(map(int, Path("/proc/stat").read_text().splitlines()[0].split()[1:9]))
        samples.append((sum(ticks), ticks[3] + ticks[4]))  # all, idle and waiting for a disk
        time.sleep(pause)
    (first, first_idle), (last, last_idle) = samples
    return 100 - 100 * (last_idle - first_idle) / max(1, last - first)


def memory_of(runtime: Runtime) -> dict[str, int]:
    """Bytes of memory by kind of process, shared pages divided among those who share them (PSS).

    Every process counts that carries this home in its command line or environment, with everything below it.
    """
    parents, names, ours = {}, {}, set()
    for folder in Path("/proc").glob("[0-9]*"):
        pid = int(folder.name)
        try:
            parents[pid] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            words = (folder / "cmdline").read_bytes()
            told = words + (folder / "environ").read_bytes()
        except (OSError, ValueError):
            continue
        names[pid] = _kind(words.replace(b"\0", b" ").decode(errors="replace"))
        if str(runtime.home).encode() in told and pid != os.getpid():
            ours.add(pid)
    while more := {pid for pid, parent in parents.items() if parent in ours} - ours:
        ours |= more
    used: dict[str, int] = {}
    for pid in ours:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue  # it has ended
        pss = sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024
        used[names[pid]] = used.get(names[pid], 0) + pss
    return used


def _kind(words: str) -> str:
    """What a process does, from its command line."""
    for word, kind in (("simworld", "simworld"), ("entry.cli web", "web"), ("entry.cli worker", "worker"),
                       ("entry.cli demo", "supervisor"), ("guardian", "guardian"), ("postgres", "postgres")):  # fmt: skip
        if word in words:
            return kind
    return "other"
