"""`zhixing migrate`: bring the tables up to date."""

from __future__ import annotations

import argparse

from zhixing.entry.cli import programs
from zhixing.entry.cli.steps import Steps
from zhixing.platform.runtime.postgres.lease import database
from zhixing.platform.runtime.settings import Runtime

NAME = "migrate"
HELP = "更新数据表（以表的所有者身份）"
ORDER = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose."""


def run(args: argparse.Namespace) -> int:
    """Apply what is missing."""
    runtime = Runtime.from_environment()
    runtime.log_dir.mkdir(parents=True, exist_ok=True)
    steps = Steps()
    with database(runtime, steps.note), steps.step("数据表"):
        programs.migrate(runtime, steps.note)
    return 0
