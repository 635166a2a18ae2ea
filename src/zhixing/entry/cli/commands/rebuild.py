"""`zhixing rebuild`: derive the nodes of cases anew from the journal, and tell what differs."""

from __future__ import annotations

import argparse
import sys

from zhixing.entry.cli.readiness import django_ready

NAME = "rebuild"
HELP = "按案卷日志重新推算案件节点，并报告与现有数据的差异"
ORDER = 32
DIFFERENT, USAGE = 1, 2
COLUMNS = (
    "case_id",
    "court_key",
    "code",
    "opened_on",
    "due_on",
    "tier",
    "closed_on",
    "opened_seq",
    "closed_seq",
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """One case or all; look only or write."""
    parser.add_argument("--case", metavar="案号", help="只重算这个案件")
    parser.add_argument("--check", action="store_true", help="只报告差异，不写入")


def run(args: argparse.Namespace) -> int:
    """Exit code 0: written, or nothing differs; 1: --check found a difference; 2: no such case."""
    with django_ready():
        from zhixing.cases.models import Case
        from zhixing.law.case_numbers import parse
        from zhixing.platform import scope

        with scope.system("nodes.rebuild"):
            case_id = None
            if args.case:
                parsed = parse(args.case)
                number = parsed.number.text if parsed.number else args.case
                case_id = Case.objects.filter(number=number).values_list("pk", flat=True).first()
                if case_id is None:
                    print(f"✗ 没有案号为“{args.case}”的案件。", file=sys.stderr)
                    return USAGE
            entries, missing, surplus = nodes_compare(case_id=case_id, write=not args.check)
    word = "差异" if args.check else "已改正"
    print(f"读取日志 {entries} 条；应有而没有的节点 {missing} 个，不应有的节点 {surplus} 个（{word}）")
    return DIFFERENT if args.check and (missing or surplus) else 0


def nodes_compare(*, case_id: int | None, write: bool) -> tuple[int, int, int]:
    """Rebuild and compare. Returns (entries read, nodes missing before, nodes that should not have been there)."""
    from django.db import transaction

    from zhixing.cases.nodes import nodes_rebuild

    with transaction.atomic():
        before = _nodes(case_id)
        entries = nodes_rebuild(case_id=case_id)
        after = _nodes(case_id)
        if not write:
            transaction.set_rollback(True)
    return entries, len(after - before), len(before - after)


def _nodes(case_id: int | None) -> set[tuple[object, ...]]:
    from zhixing.cases.models import Node

    rows = Node.objects.all() if case_id is None else Node.objects.filter(case_id=case_id)
    return set(rows.values_list(*COLUMNS))
