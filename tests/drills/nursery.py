"""A process that has loaded the whole application and done nothing yet; web and worker are forked from it.

Loading takes seconds of a core, and a drill starts its processes twenty times. What is started here is the program of
the installation all the same, with its own process group, connections and logs; only the modules are loaded already.
Run as a program: reads one JSON command a line, answers one line.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from importlib import import_module
from typing import Any, NoReturn

from zhixing.entry import cli

alive: set[int] = set()


def start(arguments: list[str], log: str, crash_at: str) -> int:
    """Fork one program of ours; it dies at the named point. Returns its process id, which is its group's, too."""
    child = os.fork()
    if not child:
        _become(arguments, log, crash_at)
    alive.add(child)
    return child


def wait(process: int) -> int:
    """Wait until it is gone. Returns its exit code, negative for a signal."""
    _, status = os.waitpid(process, 0)
    alive.discard(process)
    return os.waitstatus_to_exitcode(status)


def _become(arguments: list[str], log: str, crash_at: str) -> NoReturn:
    """The program, in place of this process."""
    code = 70
    try:
        os.setsid()
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        writing = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        os.dup2(writing, 1)
        os.dup2(writing, 2)
        import_module("zhixing.platform.crashpoints").CRASH_AT = crash_at
        code = cli.main(arguments)
    finally:
        sys.stdout.flush()
        os._exit(code)


def _load() -> None:
    """As `zhixing web` does before it forks: every module, no connection."""
    import_module("zhixing.config.wsgi")
    import_module("procrastinate.contrib.django")
    import_module("granian")
    from django.db import connections
    from django.urls import get_resolver

    _ = get_resolver().url_patterns
    connections.close_all()
    gc.collect()
    gc.freeze()


def main() -> None:
    """Serve until the other end closes; nothing started here outlives it."""
    talk = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever a library prints must not be taken for an answer
    _load()
    actions: dict[str, Any] = {"start": start, "wait": wait}
    for line in sys.stdin:
        command = json.loads(line)
        talk.write(json.dumps({"done": actions[command.pop("do")](**command)}) + "\n")
        talk.flush()
    for process in alive:
        os.killpg(process, signal.SIGKILL)


if __name__ == "__main__":
    main()
