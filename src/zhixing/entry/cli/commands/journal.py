"""`zhixing journal`: verify the chains in the database, export them, check an export offline."""

from __future__ import annotations

import argparse
import sys
from contextlib import nullcontext
from pathlib import Path

from zhixing.entry.cli.readiness import django_ready

NAME = "journal"
HELP = "核对案卷日志的指纹链；导出；离线核对导出文件"
ORDER = 31
FAULTY, USAGE = 1, 2
WORDS = {
    "hash": "内容与指纹不符，条目被改动",
    "link": "与前一条的指纹接不上",
    "gap": "序号不连续，有条目缺失",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """verify, export or check."""
    choices = parser.add_subparsers(dest="what", required=True, metavar="操作")
    verify = choices.add_parser("verify", help="在数据库里核对全部或一个案件")
    verify.add_argument("--case", metavar="案号", help="只核对这个案件")
    export = choices.add_parser("export", help="导出为每行一条的 JSON")
    export.add_argument("file", metavar="文件", help="导出到；- 表示标准输出")
    export.add_argument("--case", metavar="案号", help="只导出这个案件")
    check = choices.add_parser("check", help="离线核对导出文件，不需要数据库")
    check.add_argument("file", metavar="文件", help="导出的文件")


def run(args: argparse.Namespace) -> int:
    """Exit code 0: everything holds; 1: a chain does not; 2: no such case or file."""
    if args.what == "check":
        return _check(args.file)
    with django_ready():
        from zhixing.platform import scope

        with scope.system(f"journal.{args.what}"):
            chain = _chain(args.case)
            if chain == 0:
                print(f"✗ 没有案号为“{args.case}”的案件。", file=sys.stderr)
                return USAGE
            return _verify(chain) if args.what == "verify" else _export(chain, args.file)


def _chain(number: str | None) -> int | None:
    """Chain of a case; None for all chains, 0 for an unknown number."""
    from zhixing.cases.models import Case
    from zhixing.law.case_numbers import parse

    if not number:
        return None
    parsed = parse(number)
    text = parsed.number.text if parsed.number else number
    return Case.objects.filter(number=text).values_list("pk", flat=True).first() or 0


def _verify(chain: int | None) -> int:
    from zhixing.acts.journal import chains_verify

    chains, entries, faults = chains_verify(chain=chain)
    for fault in faults:
        print(f"✗ 链 {fault.chain} 第 {fault.seq} 条：{WORDS[fault.what]}")
    print(f"{'✗' if faults else '✓'} {chains} 条链，{entries} 条记录，{len(faults)} 处不符")
    return FAULTY if faults else 0


def _export(chain: int | None, file: str) -> int:
    from zhixing.acts.journal import entries_export

    count = 0
    with nullcontext(sys.stdout) if file == "-" else Path(file).open("w", encoding="utf-8") as out:
        for line in entries_export(chain=chain):
            out.write(f"{line}\n")
            count += 1
    print(f"✓ 导出 {count} 条", file=sys.stderr)
    return 0


def _check(file: str) -> int:
    from zhixing.acts.offline import lines_check, report_print

    try:
        with Path(file).open(encoding="utf-8") as lines:
            return report_print(lines_check(lines))
    except (OSError, UnicodeDecodeError):
        print(f"✗ 文件“{file}”打不开，或者不是 UTF-8 文本。", file=sys.stderr)
        return USAGE
