"""`zhixing reset`: forget everything and start over."""

from __future__ import annotations

import argparse
import sys

from zhixing.entry.cli.commands.stop import stack_stop
from zhixing.platform.runtime.home import home_remove
from zhixing.platform.runtime.locks import is_locked
from zhixing.platform.runtime.postgres.roles import schema_empty
from zhixing.platform.runtime.problems import RuntimeProblem
from zhixing.platform.runtime.settings import Runtime

NAME = "reset"
HELP = "停止系统并删除本目录的全部数据"
ORDER = 14


def arguments(parser: argparse.ArgumentParser) -> None:
    """The confirmation."""
    parser.add_argument("--yes", action="store_true", help="不再询问")


def run(args: argparse.Namespace) -> int:
    """Delete after confirmation."""
    runtime = Runtime.from_environment()
    if not args.yes and not _is_confirmed(runtime):
        print("没有删除任何数据。")
        return 1
    stack_stop(runtime)
    if is_locked(runtime.postgres_dir / "guardian.lock"):
        raise RuntimeProblem(
            "还有其他 zhixing 命令正在使用数据库。请等它结束后再运行 zhixing reset。",
            "Another zhixing command still uses the database. Run `zhixing reset` when it has ended.",
        )
    if not runtime.is_embedded:
        schema_empty(runtime)
    try:
        removed = home_remove(runtime)
    except OSError as error:
        raise RuntimeProblem(
            f"无法删除 {error.filename}（{error.strerror}）。请用当初创建它的用户运行。",
            f"Cannot delete {error.filename} ({error.strerror}). Run as the user who made it.",
        ) from error
    print(f"已删除 {runtime.home} 中的 {len(removed)} 项。" if removed else "没有数据可删除。")
    return 0


def _is_confirmed(runtime: Runtime) -> bool:
    if not sys.stdin.isatty():
        raise RuntimeProblem(
            "删除数据需要确认。请在终端中运行，或加上 --yes。",
            "Deleting the data needs a confirmation. Run it in a terminal, or add --yes.",
        )
    outside = "" if runtime.is_embedded else f"，以及数据库 {runtime.owner_dsn()['dbname']} 中的全部表"
    return input(f"将删除 {runtime.home} 中的全部数据{outside}。确定吗？输入 yes 继续：").strip() == "yes"
