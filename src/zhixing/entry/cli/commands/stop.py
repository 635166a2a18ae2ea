"""`zhixing stop`: stop what runs in this home."""

from __future__ import annotations

import argparse
import os
import signal
import time
from contextlib import suppress

from zhixing.platform.runtime.locks import is_locked
from zhixing.platform.runtime.problems import RuntimeProblem
from zhixing.platform.runtime.settings import Runtime
from zhixing.platform.runtime.supervisor import state_read

NAME = "stop"
HELP = "停止本目录的系统，数据保留"
ORDER = 13
# Longer than all children may take one after the other.
PATIENCE_SECONDS = 75.0


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose."""


def run(args: argparse.Namespace) -> int:
    """Stop and wait until it has ended."""
    print("已停止。" if stack_stop(Runtime.from_environment()) else "没有在运行。")
    return 0


def stack_stop(runtime: Runtime) -> bool:
    """Ask the supervisor of this home to stop, and wait for it. Says whether there was one.

    Raises: RuntimeProblem: it does not end, or belongs to somebody else.
    """
    state = state_read(runtime)
    if state is None:
        return False
    deadline = time.monotonic() + PATIENCE_SECONDS
    asked = False
    while state is not None and time.monotonic() < deadline:
        # During the first moments the supervisor has not written its number yet.
        if state.get("pid") and not asked:
            try:
                with suppress(ProcessLookupError):
                    os.kill(state["pid"], signal.SIGTERM)
            except PermissionError as error:
                raise RuntimeProblem(
                    f"没有权限停止进程 {state['pid']}。请用启动它的用户运行 zhixing stop。",
                    f"No right to stop process {state['pid']}. Run `zhixing stop` as the user who started it.",
                ) from error
            asked = True
        time.sleep(0.1)
        state = state_read(runtime)
    if state is not None:
        raise RuntimeProblem(
            f"进程 {state.get('pid')} 没有在 {PATIENCE_SECONDS:.0f} 秒内停止，请查看 {runtime.log_dir} 中的日志。",
            f"Process {state.get('pid')} did not stop within {PATIENCE_SECONDS:.0f} s; see the logs in {runtime.log_dir}.",
        )
    while is_locked(runtime.postgres_dir / "guardian.lock") and time.monotonic() < deadline:
        time.sleep(0.05)
    return True
