"""`zhixing web`: the web server alone."""

from __future__ import annotations

import argparse
import gc
from importlib import import_module

from zhixing.entry.cli.readiness import tell
from zhixing.platform.runtime.postgres.lease import database
from zhixing.platform.runtime.settings import Runtime

NAME = "web"
HELP = "只启动网页服务"
ORDER = 21
# Threads that run Django in each worker; every one keeps a database connection of its own.
THREADS = 4


def arguments(parser: argparse.ArgumentParser) -> None:
    """Address and size."""
    parser.add_argument("--host", help="监听地址，默认 ZHIXING_WEB_HOST 或 127.0.0.1")
    parser.add_argument("--port", type=int, help="端口，默认 ZHIXING_WEB_PORT 或 8000")
    parser.add_argument("--workers", type=int, help="进程数，默认 ZHIXING_WEB_WORKERS 或 2")


def run(args: argparse.Namespace) -> int:
    """Serve until told to stop."""
    from granian import Granian
    from granian.constants import Interfaces

    with database(Runtime.from_environment(), tell) as runtime:
        # The file server warns about an absent folder; it stays empty unless somebody collects static files.
        runtime.static_dir.mkdir(parents=True, exist_ok=True)
        _preload()
        Granian(
            "zhixing.config.wsgi:application",
            address=args.host or runtime.web_host,
            port=args.port or runtime.web_port,
            interface=Interfaces.WSGI,
            workers=args.workers or runtime.web_workers,
            blocking_threads=THREADS,
            websockets=False,
            respawn_failed_workers=True,
            respawn_interval=0.5,
            workers_kill_timeout=5,
        ).serve()
    return 0


def _preload() -> None:
    """Load the whole application before the workers are forked: loaded once, its memory is shared."""
    # `config` stands above this room, so it is named, not imported.
    import_module("zhixing.config.wsgi")
    from django.db import connections
    from django.urls import get_resolver

    _ = get_resolver().url_patterns
    # A connection must not be shared by two processes.
    connections.close_all()
    gc.collect()
    gc.freeze()
