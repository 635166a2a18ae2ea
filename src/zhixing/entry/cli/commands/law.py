"""`zhixing law`: the law book's tools from the shell. Needs neither database nor web server."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from zhixing.entry.lawtools.shell_words import HELPS
from zhixing.kernel.clock import today
from zhixing.kernel.errors import InvalidInput, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhixing.law.terms import TermChoice

NAME = "law"
HELP = "法律工具：利息、费用、期限、号码、分配方案、拍卖时间表"
ORDER = 20
REFUSED = 2  # as argparse does for words it does not know
LONGEST_FILE = 2_000_000  # bytes; ten thousand creditors stay below it
_FILES = {
    "interest": "interest",
    "distribute": "distribution",
    "auction": "auction",
    "exempt": "exempt",
    "payout": "payout",
    "clocks": "clocks",
}
_NO_RULE = "deadline.rule"


def arguments(parser: argparse.ArgumentParser) -> None:
    """One sub-command per tool; all of them take --json. What must be given is checked by the tools, all at once."""
    _words(parser, "law")
    tools = parser.add_subparsers(dest="tool", required=True, metavar="工具")
    for name in _FILES:
        _tool(tools, name).add_argument("file", metavar="FILE", help="JSON 文件；- 表示从标准输入读取")
    fee = _tool(tools, "fee")
    fee.add_argument("--kind", metavar="种类", help="费用种类：execution、preservation、acceptance（必填）")
    fee.add_argument("--amount", metavar="元", help="金额；没有金额的案件不填")
    fee.add_argument("--on", metavar="日期", help="按哪一天的标准，默认今日")
    fee.add_argument("--item", metavar="种类", help="非财产案件的种类，例如 divorce（仅受理费）")
    fee.add_argument("--halved", action="store_true", help="减半交纳（仅受理费）")
    fee.add_argument("--doubled", metavar="元", help="执行到位的加倍部分债务利息（仅执行申请费）")
    term = _tool(tools, "deadline")
    term.add_argument("--list", action="store_true", help="列出全部期限的代码")
    term.add_argument("--rule", metavar="代码", help="期限的代码，见 --list（必填）")
    term.add_argument("--from", dest="start", metavar="日期", help="起算事件的日期或者时刻（必填）")
    term.add_argument("--amount", metavar="N", help="文书自己确定的长短")
    term.add_argument("--travel-days", metavar="N", help="在途时间（日）")
    term.add_argument("--announced", metavar="地域", help="起算日是公告之日：home（国内）、abroad（涉外）")
    term.add_argument("--posted", metavar="日期", help="交邮之日")
    term.add_argument("--obstacle-ended", metavar="日期", help="障碍消除之日")
    code = _tool(tools, "id")
    code.add_argument("code", metavar="CODE", help="号码；- 表示从标准输入读取，不留在命令记录里")
    code.add_argument("--kind", metavar="种类", help="按这一种类核对，例如 resident_id、uscc；默认自行辨认")
    rules = _tool(tools, "rules")
    rules.add_argument("--on", metavar="日期", help="哪一天有效的期限，默认今日")


def run(args: argparse.Namespace) -> int:
    """Exit code 0: computed; 2: something to mend, all of it told at once."""
    from zhixing.entry.lawtools.printing import problems_json, problems_text, sheet_text

    try:
        if args.tool == "rules" or (args.tool == "deadline" and args.list):
            return _rules(args)
        from zhixing.entry.lawtools.tools import tool_answer

        key, given = _given(args)
        answer = tool_answer(key, given, today=today())
    except InvalidInput as error:
        if args.json:
            _json(problems_json(error.problems))
            return REFUSED
        print(problems_text(error.problems), file=sys.stderr)
        if any(problem.code == _NO_RULE for problem in error.problems):
            _rules_told(None, file=sys.stderr)
        return REFUSED
    if args.json:
        _json(answer.json)
    else:
        print(sheet_text(answer.sheet))
    return 0


def _tool(tools: Any, name: str) -> argparse.ArgumentParser:
    parser = tools.add_parser(name, help=HELPS[name].line)
    _words(parser, name)
    parser.add_argument("--json", action="store_true", help="输出 JSON；有错时也是 JSON")
    return parser


def _words(parser: argparse.ArgumentParser, name: str) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description, parser.epilog = HELPS[name].line, HELPS[name].example


def _given(args: argparse.Namespace) -> tuple[str, Mapping[str, Any]]:
    """Key of the tool and its input as a JSON file would hold it."""
    if args.tool in _FILES:
        return _FILES[args.tool], _file(args.file)
    if args.tool == "id":
        code = _text("-").strip() if args.code == "-" else args.code
        return "identifier", _said({"code": code, "kind": args.kind})
    if args.tool == "fee":
        named = {"kind": args.kind, "amount": args.amount, "on": args.on, "item": args.item}
        return "fee", _said(named | {"halved": args.halved or None, "doubled": args.doubled})
    return "deadline", _said({
        "rule": args.rule, "from": args.start, "amount": _whole(args.amount),
        "travel_days": _whole(args.travel_days), "announced": args.announced, "posted": args.posted,
        "obstacle_ended": args.obstacle_ended,
    })  # fmt: skip


def _said(named: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in named.items() if value is not None}


def _whole(text: str | None) -> int | str | None:
    """A number where it is one; anything else is left for the reader to refuse together with the rest."""
    if text is None or not (text.isascii() and text.isdecimal() and len(text) < 10):
        return text
    return int(text)


def _text(name: str) -> str:
    try:
        raw = sys.stdin.buffer.read(LONGEST_FILE + 1) if name == "-" else _bytes(name)
        if len(raw) > LONGEST_FILE:
            limit = LONGEST_FILE // 1_000_000
            raise _refused("file.too_large", f"文件“{name}”超过 {limit} MB，", "请分次计算。")
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise _refused("file.unreadable", f"文件“{name}”打不开，", "请核对文件名和权限。") from error
    except UnicodeDecodeError as error:
        raise _refused(
            "file.not_utf8", f"文件“{name}”不是 UTF-8 文本，", "可能是 GBK，请另存为 UTF-8。"
        ) from error


def _file(name: str) -> Mapping[str, Any]:
    text = _text(name)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        sentence = f"文件“{name}”第 {error.lineno} 行第 {error.colno} 列不是 JSON，"
        raise _refused("file.not_json", sentence, "请核对逗号、引号和括号。") from error
    except (RecursionError, ValueError) as error:
        raise _refused("file.not_json", f"文件“{name}”里的 JSON 不能读取，", "请核对层次和数字。") from error


def _bytes(name: str) -> bytes:
    with Path(name).open("rb") as opened:
        return opened.read(LONGEST_FILE + 1)


def _refused(code: str, sentence: str, mend: str) -> InvalidInput:
    return InvalidInput([Problem(code=code, sentence=sentence, mend=mend, field="file")])


def _rules(args: argparse.Namespace) -> int:
    on = getattr(args, "on", None)
    if args.json:
        from zhixing.law.terms import term_groups

        _json({"rules": [_rule(choice) for group in term_groups(_on(on)) for choice in group.choices]})
        return 0
    _rules_told(on, file=sys.stdout)
    return 0


def _rules_told(on: str | None, *, file: TextIO) -> None:
    from zhixing.entry.lawtools.printing import columns_text
    from zhixing.law.terms import term_groups

    for group in term_groups(_on(on)):
        print(f"\n{group.title}", file=file)
        rows = [(choice.code, choice.length, choice.title, _runs(choice)) for choice in group.choices]
        for line in columns_text(rows):
            print(f"  {line}", file=file)


def _on(text: str | None) -> date:
    if text is None:
        return today()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        problem = Problem(
            code="input.day", sentence=f"“{text}”不是日期，", mend="请写成 2026-03-04。", field="on"
        )
        raise InvalidInput([problem]) from error


def _runs(choice: TermChoice) -> str:
    return f"{choice.runs_from}{'前' if choice.before else '起'}" if choice.runs_from else ""


def _rule(choice: TermChoice) -> dict[str, Any]:
    from zhixing.law.book import book

    return {
        "rule": choice.code, "title": choice.title, "length": choice.length, "from": choice.runs_from,
        "unit": choice.unit, "before": choice.before, "needs_amount": choice.needs_amount, "tier": choice.tier,
        "setting": choice.is_setting, "law": [book().short(key) for key in choice.law],
    }  # fmt: skip


def _json(value: Mapping[str, Any] | Sequence[Any]) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
