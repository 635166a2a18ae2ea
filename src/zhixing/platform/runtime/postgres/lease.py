"""Use the database of this installation: it runs as long as somebody holds it."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

from zhixing.platform.runtime.locks import is_locked, lock_open, locked
from zhixing.platform.runtime.postgres.roles import roles_ensure
from zhixing.platform.runtime.postgres.server import Server
from zhixing.platform.runtime.problems import RuntimeProblem
from zhixing.platform.runtime.settings import Runtime

# Crash recovery of a large write-ahead log takes minutes; the guardian itself waits as long.
GUARDIAN_PATIENCE_SECONDS = 310.0


def _silent(_step: str) -> None:
    return None


@contextmanager
def database(runtime: Runtime, report: Callable[[str], None] = _silent) -> Generator[Runtime]:
    """Hold the database for the length of the block: start the embedded server unless it runs already.

    Any number of processes may hold it; the last one out stops it, within a quarter of a second. With
    `ZHIXING_DATABASE_URL` only the roles are looked after.

    Args:
        report: is told each longer step, as a short Chinese phrase.
    Raises: RuntimeProblem: it cannot be started or reached; says what to do.
    Locks: shared on `users.lock` for the block; exclusive on `start.lock` while starting.
    """
    if not runtime.is_embedded:
        roles_ensure(runtime)
        yield runtime
        return
    server = Server(runtime)
    try:
        folder = server.folder
        users = lock_open(folder / "users.lock")
    except OSError as error:
        raise RuntimeProblem(
            f"无法使用数据目录 {runtime.home}（{error.strerror}）。请用当初创建它的用户运行，或用 ZHIXING_HOME 另选目录。",
            f"Cannot use the home folder {runtime.home} ({error.strerror}). "
            "Run as the user who made it, or choose another folder with ZHIXING_HOME.",
        ) from error
    with users:
        fcntl.flock(users, fcntl.LOCK_SH)  # waits while the guardian stops the server behind the last user
        database_ensure(server, report)
        yield runtime


def database_ensure(server: Server, report: Callable[[str], None] = _silent) -> None:
    """Start the server if it does not answer. The caller holds the users' lock.

    Raises: RuntimeProblem: it cannot be started.
    """
    with locked(server.folder / "start.lock"):
        if not server.answers() and not _guardian_awaited(server):
            report("启动数据库")
            if not server.data.exists():
                server.prepare(report)
            _guardian_start(server)
        roles_ensure(server.runtime)


def _guardian_awaited(server: Server) -> bool:
    """Whether the server answers because its guardian lives and starts it anew after a crash.

    A second guardian would wait for the first one's lock as long as that lives, and we for the second one. We hold the
    users' lock, so the guardian is not about to stop.

    Raises: RuntimeProblem: it lives and does not get the server up.
    """
    deadline = time.monotonic() + GUARDIAN_PATIENCE_SECONDS
    while is_locked(server.folder / "guardian.lock"):
        if server.answers():
            return True
        if time.monotonic() > deadline:
            raise server.broken()
        time.sleep(0.05)
    return server.answers()


def _guardian_start(server: Server) -> None:
    server.runtime.log_dir.mkdir(parents=True, exist_ok=True)
    with open(server.runtime.log_dir / "guardian.log", "ab") as log:
        guardian = subprocess.Popen(
            [sys.executable, "-m", "zhixing.platform.runtime.postgres.guardian"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            cwd="/",
            env=os.environ
            | server.runtime.environment()
            | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            start_new_session=True,
        )
    if guardian.stdout is None:
        raise AssertionError("the guardian's output was asked for")
    with guardian.stdout as output:
        answer = output.readline().decode().strip()
    if answer == "ready":
        # It outlives us when others use the server: it is not ours to wait for.
        guardian.returncode = 0
        return
    guardian.wait()
    if answer.startswith("["):
        chinese, english = json.loads(answer)
        raise RuntimeProblem(chinese, english)
    raise RuntimeProblem(
        f"数据库守护进程意外退出，请查看 {server.runtime.log_dir}/guardian.log。",
        f"The process that keeps the database ended unexpectedly; see {server.runtime.log_dir}/guardian.log.",
    )
