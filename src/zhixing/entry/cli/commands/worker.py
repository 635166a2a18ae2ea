"""`zhixing worker`: the background jobs alone."""

from __future__ import annotations

import argparse
from importlib import import_module

from zhixing.entry.cli.readiness import django_ready

NAME = "worker"
HELP = "只启动后台任务"
ORDER = 22


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose."""


def run(args: argparse.Namespace) -> int:
    """Work until told to stop; running jobs are finished first."""
    with django_ready():
        # `config` stands above this room, so it is named, not imported.
        import_module("zhixing.config.worker").main()
    return 0
