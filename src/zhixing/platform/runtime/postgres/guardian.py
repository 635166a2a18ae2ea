"""The small process that keeps one embedded server: starts it, restarts it, and stops it behind its last user.

Started by `lease.database`; never by hand. It says one line on its standard output: `ready`, or the problem as JSON.
Users hold a shared lock on `users.lock`, which the kernel gives back however they die. When this process gets the
exclusive lock, nobody is left and the server is stopped. When this process itself is killed, the kernel stops the server.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time

from zhixing.platform.runtime.children import die_with_parent
from zhixing.platform.runtime.locks import lock_open, lock_try, locked
from zhixing.platform.runtime.postgres.server import Server
from zhixing.platform.runtime.problems import RuntimeProblem
from zhixing.platform.runtime.settings import Runtime

# Crash recovery of a large write-ahead log takes minutes, not seconds.
PATIENCE_SECONDS = 300.0
LOOK_EVERY_SECONDS = 0.25


def main() -> int:
    """Run until the last user is gone. Exit code 0 after an orderly stop, 1 when the server cannot be started."""
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # Users decide when it ends, by leaving; a stray Ctrl-C must not take the database from under them.
        signal.signal(sign, signal.SIG_IGN)
    server = Server(Runtime.from_environment())
    folder = server.runtime.postgres_dir
    with locked(folder / "guardian.lock"):
        try:
            child = _start(server)
        except RuntimeProblem as problem:
            _say(json.dumps([problem.chinese, problem.english]))
            return 1
        _say("ready")
        with lock_open(folder / "users.lock") as users:
            child = _watch(server, child, users)
            _stop(child)
    return 0


def _start(server: Server) -> subprocess.Popen[bytes]:
    server.prepare(lambda _step: None)
    child = server.spawn(die_with_parent(signal.SIGINT))
    try:
        _await(server, child)
    except RuntimeProblem:
        _stop(child)
        raise
    return child


def _await(server: Server, child: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not server.answers():
        if child.poll() is not None:
            raise _failure(server)
        if time.monotonic() > deadline:
            raise RuntimeProblem(
                f"数据库在 {PATIENCE_SECONDS:.0f} 秒内没有就绪，请查看 {server.log}。",
                f"The database was not ready within {PATIENCE_SECONDS:.0f} s; see {server.log}.",
            )
        time.sleep(0.02)


def _watch(server: Server, child: subprocess.Popen[bytes], users: object) -> subprocess.Popen[bytes]:
    """Wait until no user is left; meanwhile start a server that died anew, ever more slowly."""
    pause = 0.5
    while not lock_try(users):  # type: ignore[arg-type]
        time.sleep(LOOK_EVERY_SECONDS)
        if child.poll() is None:
            continue
        time.sleep(pause)
        pause = min(pause * 2, 30.0)
        with contextlib.suppress(RuntimeProblem):
            child = _start(server)
            pause = 0.5
    return child


def _stop(child: subprocess.Popen[bytes]) -> None:
    for sign, patience in ((signal.SIGINT, 60.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, None)):
        if child.poll() is not None:
            return
        child.send_signal(sign)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(patience)


def _failure(server: Server) -> RuntimeProblem:
    with open(server.log, "rb") as file:
        file.seek(max(0, os.fstat(file.fileno()).st_size - 4000))
        tail = file.read().decode("utf-8", "replace")
    if "No space left on device" in tail:
        return RuntimeProblem(
            f"磁盘空间不足，数据库无法启动。请清理 {server.folder} 所在的磁盘。",
            f"The disk is full and the database cannot start. Make room on the disk that holds {server.folder}.",
        )
    if "could not create shared memory" in tail or "could not map anonymous shared memory" in tail:
        return RuntimeProblem(
            "内存不足，数据库无法启动。请释放内存后重试。",
            "The database cannot start for lack of memory. Free some memory and try again.",
        )
    return server.broken()


def _say(line: str) -> None:
    # The starter may be gone already; the server serves whoever comes next.
    with contextlib.suppress(OSError):
        print(line, flush=True)
    with contextlib.suppress(OSError):
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, sys.stdout.fileno())
        os.close(quiet)


if __name__ == "__main__":
    sys.exit(main())
