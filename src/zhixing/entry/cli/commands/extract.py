"""`zhixing extract`: parties and clues of a paper, for people or for programs."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

NAME = "extract"
HELP = "从诉讼材料（txt、docx、带文字的 PDF）中提取当事人与身份、财产线索"
NOT_READ = 1
ROLES = {
    "applicant": "申请执行人", "obligor": "被执行人", "agent": "代理人", "legal_representative": "法定代表人",
    "guarantor": "担保人", "other": "其他人",
}  # fmt: skip
CHECKS = {True: "通过", False: "有误", None: "－"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and how the answer is wanted."""
    parser.add_argument("file", metavar="FILE", help="材料文件；- 表示从标准输入读取")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.add_argument("--limit-mb", type=float, default=20.0, help="文件大小上限（MB），默认 20")


def run(args: argparse.Namespace) -> int:
    """Exit code 0: read (whatever was found); 1: the file cannot be read."""
    from zhixing.cases.domain.extraction import Paper, extract, read_paper

    content = _content(args)
    if content is None:
        return NOT_READ
    paper = read_paper(content, Path(args.file).name, limit_bytes=int(args.limit_mb * 1048576))
    if not isinstance(paper, Paper):
        return _refuse(args, [{"code": p.code, "sentence": p.sentence, "mend": p.mend} for p in paper])
    answer = extract(paper.text).as_json()
    answer["paper"] = {"kind": paper.kind, "pages": paper.pages, "blank_pages": list(paper.blank_pages)}
    if args.json:
        print(json.dumps(answer, ensure_ascii=False, indent=1))
    else:
        print("\n".join(_table(answer)))
    if paper.blank_pages:
        pages = "、".join(map(str, paper.blank_pages))
        print(f"注意：第 {pages} 页没有文字层（可能是扫描页），其内容未识别。", file=sys.stderr)
    return 0


def _content(args: argparse.Namespace) -> bytes | None:
    limit = int(args.limit_mb * 1048576) + 1  # one byte more is enough to know that it is too large
    try:
        if args.file == "-":
            return sys.stdin.buffer.read(limit)
        with Path(args.file).open("rb") as stream:
            return stream.read(limit)
    except OSError as error:
        reason = (
            "文件不存在" if isinstance(error, FileNotFoundError) else "文件无法读取（没有权限或不是普通文件）"
        )
        problem = {
            "code": "paper.unreadable",
            "sentence": f"{reason}：{args.file}，",
            "mend": "请检查路径后重试。",
        }
        _refuse(args, [problem])
        return None


def _refuse(args: argparse.Namespace, problems: list[dict[str, str]]) -> int:
    if args.json:
        print(json.dumps({"problems": problems}, ensure_ascii=False, indent=1))
    for problem in problems:
        print(f"✗ {problem['sentence']}{problem['mend']}", file=sys.stderr)
    return NOT_READ


def _table(answer: dict[str, Any]) -> list[str]:
    from zhixing.cases.domain.extraction import TITLES, Kind

    lines = [f"当事人（{len(answer['parties'])}）"]
    for party in answer["parties"]:
        kind = "单位" if party["kind"] == "organisation" else "个人"
        notes = [f"曾用名或简称：{'、'.join(party['aliases'])}"] if party["aliases"] else []
        notes += [f"所代表：{'、'.join(party['represents'])}"] if party["represents"] else []
        lines.append(
            "  " + _padded([(ROLES[party["role"]], 12), (kind, 6), (party["name"], 30)]) + "；".join(notes)
        )
    for kind in Kind:
        clues = answer[kind.value]
        if clues:
            lines += [
                "",
                f"{TITLES[kind]}（{len(clues)}）",
                "  " + _padded([("内容", 44), ("所属", 30), ("校验", 6)]),
            ]
        for clue in clues:
            row = [(clue["value"], 44), (clue["party"] or "－", 30), (CHECKS[clue["check"]["ok"]], 6)]
            lines.append("  " + _padded(row) + "".join(clue["check"]["problems"]))
    if len(lines) == 1 and not answer["parties"]:
        return ["未识别到当事人和线索。"]
    return [line.rstrip() for line in lines]


def _padded(columns: list[tuple[str, int]]) -> str:
    """Texts side by side; a Chinese character is two columns wide."""
    shown = []
    for text, width in columns:
        taken = sum(2 if char > "\u2e7f" else 1 for char in text)
        shown.append(text + " " * max(1, width - taken))
    return "".join(shown)
