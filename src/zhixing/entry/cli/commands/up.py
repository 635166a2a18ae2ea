"""`zhixing up`: the system alone, for real work."""

from __future__ import annotations

import argparse

from zhixing.entry.cli.stack import stack_detach, stack_run
from zhixing.platform.runtime.settings import Runtime

NAME = "up"
HELP = "启动系统：数据库、网页、后台任务（不含演示数据和模拟机构）"
ORDER = 11


def arguments(parser: argparse.ArgumentParser) -> None:
    """Foreground or background."""
    parser.add_argument("--detach", action="store_true", help="就绪后转入后台运行")


def run(args: argparse.Namespace) -> int:
    """Start and stay."""
    runtime = Runtime.from_environment()
    return stack_detach(runtime, NAME) if args.detach else stack_run(runtime, with_demo=False)
