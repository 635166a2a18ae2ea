"""The programs of an installation, and the short ones that prepare it."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import zhixing
from zhixing.entry.cli.seeding import STEP_MARK
from zhixing.platform.runtime.problems import RuntimeProblem
from zhixing.platform.runtime.settings import Runtime
from zhixing.platform.runtime.supervisor import Service

_OURS = (sys.executable, "-m", "zhixing.entry.cli")


def services(runtime: Runtime, *, with_world: bool) -> list[Service]:
    """What is kept alive, in starting order."""
    app = {"ZHIXING_DATABASE_ROLE": "app"}
    listed = [
        Service(name="web", arguments=(*_OURS, "web"), environment=app, health=f"{runtime.web_url}/healthz"),
        Service(name="worker", arguments=(*_OURS, "worker"), environment=app),
    ]
    if with_world:
        world = (
            *(sys.executable, "-m", "simworld", "run"),
            *("--home", str(runtime.world_dir), "--config", str(runtime.world_dir / "config.json")),
            *("--court", runtime.web_url),
            *("--services-port", str(runtime.services_port), "--smtp-port", str(runtime.smtp_port)),
        )
        rest = (sys.executable, "-m", "zhixing.entry.cli.seeding", "rest")
        listed.append(Service(name="simworld", arguments=world, health=f"{runtime.services_url}/"))
        listed.append(Service(name="seed", arguments=rest, environment=app, once=True))
    return listed


def migrate(runtime: Runtime, report: Callable[[str], None]) -> None:
    """Bring the tables up to date, as their owner. The database must be held.

    An embedded server remembers beside its data which migrations it has, so that a second start need not load Django
    to find nothing to do. An existing server is always asked: others may have changed it.

    Raises: RuntimeProblem: a migration failed; its words are in the log.
    """
    memory, wanted = runtime.postgres_dir / "migrated", _migrations_fingerprint()
    if runtime.is_embedded and memory.exists() and memory.read_text() == wanted:
        return
    applied: list[str] = []

    def count(line: str) -> None:
        if line.strip().startswith("Applying ") and line.rstrip().endswith(" OK"):
            applied.append(line)

    arguments = (
        "-m",
        "django",
        "migrate",
        "--no-input",
        "--skip-checks",
        "--settings",
        "zhixing.config.settings",
    )
    _run(runtime, arguments, role="owner", log="migrate", report=count)
    if applied:
        report(f"更新 {len(applied)} 项")
    if runtime.is_embedded:
        memory.write_text(wanted)


def seed(runtime: Runtime, report: Callable[[str], None]) -> None:
    """Put the demo into an empty database; one that holds cases stays as it is."""
    if runtime.is_embedded and accounts_file(runtime).exists():
        # Written behind the last case of the first part.
        report("演示数据已在，保留不动")
        return
    _run(
        runtime,
        ("-m", "zhixing.entry.cli.seeding", "first"),
        role="app",
        log="seed-first",
        report=_marked(report),
    )


def accounts_file(runtime: Runtime) -> Path:
    """Where the seeding leaves the demo's accounts for the welcome; lies beside the data and goes with it."""
    return (runtime.postgres_dir if runtime.is_embedded else runtime.run_dir) / "accounts.json"


def _migrations_fingerprint() -> str:
    """One text for all migrations of our rooms and the versions of the libraries that bring others."""
    found = hashlib.sha256()
    for path in sorted(Path(zhixing.__path__[0]).glob("*/migrations/*.py")):
        found.update(path.parts[-3].encode() + path.name.encode() + path.read_bytes())
    for library in ("django", "procrastinate", "django-axes"):
        found.update(version(library).encode())
    return found.hexdigest()


def _marked(report: Callable[[str], None]) -> Callable[[str], None]:
    """Of the seeding's lines only the marked ones are steps; a traceback belongs into the log."""

    def tell(line: str) -> None:
        if line.startswith(STEP_MARK):
            report(line.removeprefix(STEP_MARK))

    return tell


def _run(
    runtime: Runtime, arguments: tuple[str, ...], *, role: str, log: str, report: Callable[[str], None]
) -> None:
    path = runtime.log_dir / f"{log}.log"
    environment = (
        os.environ | runtime.environment() | {"ZHIXING_DATABASE_ROLE": role, "PYTHONUNBUFFERED": "1"}
    )
    with (
        open(path, "a", encoding="utf-8") as file,
        subprocess.Popen(
            [sys.executable, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=runtime.checkout,
            env=environment,
            text=True,
            encoding="utf-8",
            errors="replace",
        ) as process,
    ):
        for line in process.stdout or ():
            file.write(line)
            report(line.rstrip())
    if process.returncode:
        raise RuntimeProblem(
            f"准备数据库时出错（{log}），请查看日志 {path} 的末尾。",
            f"Preparing the database failed ({log}); see the end of the log {path}.",
        )
