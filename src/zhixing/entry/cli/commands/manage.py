"""`zhixing manage …`: Django's own management commands."""

from __future__ import annotations

import argparse

from zhixing.entry.cli.readiness import django_ready

NAME = "manage"
HELP = "运行 Django 管理命令，例如 zhixing manage check"
ORDER = 23
# These change tables or compare them, which only their owner may.
OWNER_COMMANDS = {
    "migrate",
    "makemigrations",
    "showmigrations",
    "sqlmigrate",
    "dbshell",
    "flush",
    "inspectdb",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Everything behind the name goes to Django."""
    parser.add_argument("--as-owner", action="store_true", help="以表的所有者身份连接数据库")
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="命令", help="Django 的命令及其参数")


def run(args: argparse.Namespace) -> int:
    """Hand over to Django."""
    from django.core.management import execute_from_command_line

    is_owner = args.as_owner or bool(OWNER_COMMANDS.intersection(args.rest[:1]))
    with django_ready(role="owner" if is_owner else "app"):
        execute_from_command_line(["zhixing manage", *(args.rest or ["help"])])
    return 0
