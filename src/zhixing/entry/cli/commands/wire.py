"""`zhixing wire`: look into any message of an agency, or write one. Needs neither database nor web server."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

NAME = "wire"
HELP = "报文台：拆看协助单位的报文，按 JSON 写出报文，列出报文格式"
ORDER = 30
REFUSED = 1


def arguments(parser: argparse.ArgumentParser) -> None:
    """decode, encode, profiles."""
    tools = parser.add_subparsers(dest="tool", required=True, metavar="用法")
    decode = _tool(tools, "decode", "逐层拆看一份报文；不完整、有错的也拆到能读的地方", needs_profile=True)
    decode.add_argument("--clear", action="store_true", help="显示个人信息（默认遮盖）")
    decode.add_argument("--json", action="store_true", help="输出 JSON；与 --clear 同用时可再编码")
    encode = _tool(tools, "encode", "按 JSON 写出报文（写法见 docs/wire-desk.md）", needs_profile=False)
    encode.add_argument("--out", metavar="FILE", default="-", help="写到文件；默认写到标准输出")
    profiles = tools.add_parser("profiles", help="列出报文格式、版本和操作")
    profiles.add_argument("--json", action="store_true", help="输出 JSON")


def run(args: argparse.Namespace) -> int:
    """Exit code 0: done; 1: the message has errors, or could not be written."""
    from zhixing.gateway.profiles.registry import UnknownProfile

    tools = {"decode": _decode, "encode": _encode, "profiles": _profiles}
    try:
        return tools[args.tool](args)
    except UnknownProfile as problem:
        print(f"没有这种报文格式或者版本：{problem}", file=sys.stderr)
    except OSError as problem:
        print(f"文件打不开：{problem.strerror}，请核对路径。", file=sys.stderr)
    return REFUSED


def _tool(
    tools: argparse._SubParsersAction[argparse.ArgumentParser], name: str, words: str, *, needs_profile: bool
) -> argparse.ArgumentParser:
    parser = tools.add_parser(name, help=words)
    parser.add_argument("file", metavar="FILE", help="文件；- 表示标准输入")
    parser.add_argument(
        "--profile", required=needs_profile, default="", help="报文格式，见 zhixing wire profiles"
    )
    parser.add_argument("--dialect", default="", help="版本；默认为该格式的第一个")
    parser.add_argument("--operation", default="", help="操作或者文件种类；报文自己能说明时不填")
    return parser


def _decode(args: argparse.Namespace) -> int:
    from zhixing.gateway.wiredesk.report import MOST_BYTES, message_look, report_text

    report = message_look(
        _bytes(args.file, MOST_BYTES),
        profile=args.profile,
        dialect=args.dialect,
        operation=args.operation,
        clear=args.clear,
    )
    print(json.dumps(report.as_json(), ensure_ascii=False, indent=2) if args.json else report_text(report))
    return 0 if report.is_usable else REFUSED


def _encode(args: argparse.Namespace) -> int:
    from zhixing.gateway.wiredesk.readable import Unreadable
    from zhixing.gateway.wiredesk.report import MOST_BYTES, message_encode

    try:
        made = message_encode(
            _bytes(args.file, MOST_BYTES),
            profile=args.profile,
            dialect=args.dialect,
            operation=args.operation,
        )
    except Unreadable as refused:
        print("\n".join(refused.problems), file=sys.stderr)
        return REFUSED
    for problem in made.problems:
        print(problem.sentence, file=sys.stderr)
    if made.errors:
        return REFUSED
    if args.out == "-":
        sys.stdout.buffer.write(made.content)
    else:
        Path(args.out).write_bytes(made.content)
    return 0


def _profiles(args: argparse.Namespace) -> int:
    from zhixing.gateway.wiredesk.tables import formats_offered

    offered = formats_offered()
    if args.json:
        told = [
            {
                "name": item.name,
                "charset": item.charset,
                "dialects": item.dialects,
                "operations": item.operations,
            }
            for item in offered
        ]
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return 0
    for item in offered:
        print(f"{item.name}　字符集 {item.charset.upper()}　版本 {'、'.join(item.dialects)}")
        for name, words in item.operations.items():
            print(f"    {name}　{words}")
    return 0


def _bytes(file: str, most: int) -> bytes:
    """At most one byte more than is read at all; the reader then says what is too much."""
    if file == "-":
        return sys.stdin.buffer.read(most + 1)
    with Path(file).open("rb") as opened:
        return opened.read(most + 1)
