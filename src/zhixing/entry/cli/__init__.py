"""The `zhixing` command. Each module in `commands/` is one sub-command:

    NAME = "journal"                      # what is typed
    HELP = "核对案件日志"                  # one line, Chinese
    def arguments(parser): ...            # argparse arguments
    def run(args) -> int: ...             # exit code; raise RuntimeProblem for what the person must mend

Modules import Django only inside `run`, through `readiness.django_ready`, so that `zhixing --help` answers at once.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from zhixing.platform.runtime.problems import RuntimeProblem


def main(argv: Sequence[str] | None = None) -> int:
    """Run one sub-command; returns the exit code (1: something to mend, 2: wrong usage, 130: Ctrl-C)."""
    args = parser_build().parse_args(argv)
    try:
        return args.run(args)
    except RuntimeProblem as problem:
        print(f"\n✗ {problem.chinese}\n  {problem.english}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader (head, less) has gone; keep the interpreter from complaining about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


def parser_build() -> argparse.ArgumentParser:
    """The parser with every sub-command found in `commands/`, in order of their `ORDER` (default 50), then name."""
    parser = argparse.ArgumentParser(prog="zhixing", description="知行：执行案件管理系统")
    choices = parser.add_subparsers(title="命令", metavar="命令", required=True)
    for command in sorted(_commands(), key=lambda found: (getattr(found, "ORDER", 50), found.NAME)):
        child = choices.add_parser(command.NAME, help=command.HELP, description=command.HELP)
        command.arguments(child)
        child.set_defaults(run=command.run)
    return parser


def _commands() -> list[ModuleType]:
    from zhixing.entry.cli import commands

    return [import_module(f"{commands.__name__}.{found.name}") for found in iter_modules(commands.__path__)]
