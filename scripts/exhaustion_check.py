#!/usr/bin/env python3
"""Checks a 网络财产查询清单 with the standard library alone, sharing no code with the system that made it.

    python3 scripts/exhaustion_check.py LIST.pdf|LIST.json [--messages FOLDER]

Says "complete" or names each gap, and every contradiction inside the list: digest, a source left out, an answer without
a message, times out of order, gaps or counts that do not follow from the lines. With --messages it also looks for every
message of an agency in the folder, by the sha256 of its bytes. Whether the seal on the PDF is genuine is told by the
court's verification page. Exit code: 0 sound and complete, 1 sound with gaps, 2 not sound.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import zlib
from datetime import datetime
from pathlib import Path

SETTLED = {"found", "not_found"}
ANSWERED = SETTLED | {"sealed", "partial", "refused", "error"}
OUT = {"silent", "waiting", "queued"}
UNASKED = {"not_sent", "not_asked", "not_connected"}
HEX = re.compile(r"[0-9a-f]{64}")


def main(argv: list[str]) -> int:
    """Check one file; see the module."""
    if not argv or len(argv) not in (1, 3) or (len(argv) == 3 and argv[1] != "--messages"):
        print(__doc__)
        return 2
    try:
        told = read(Path(argv[0]).read_bytes())
    except (OSError, ValueError, zlib.error) as error:
        print(f"✗ 不能读取：{error}")
        return 2
    problems = check(told)
    if len(argv) == 3:
        problems += check_messages(told, Path(argv[2]))
    for problem in problems:
        print(f"✗ {problem}")
    if problems:
        return 2
    for gap in told["gaps"]:
        print(
            f"缺口　被执行人 {gap['debtor']}　{gap['source']}　{gap['agency'] or '无单位'}　{gap['answer']}"
        )
    print(f"清单无矛盾：{len(told['lines'])} 项，缺口 {len(told['gaps'])} 处，截止 {told['cut_off']}")
    return 0 if told["complete"] else 1


def read(content: bytes) -> dict:
    """The list out of JSON, or out of the file attached to a PDF. Raises ValueError."""
    if not content.startswith(b"%PDF"):
        return as_list(content)
    for match in re.finditer(
        rb"<<[^\n]{0,400}?/Type\s*/EmbeddedFile.{0,400}?>>\s*stream\r?\n", content, re.DOTALL
    ):
        length = re.search(rb"/Length\s+(\d+)", match.group())
        if length is None:
            continue
        body = content[match.end() : match.end() + int(length[1])]
        return as_list(zlib.decompress(body) if b"/FlateDecode" in match.group() else body)
    raise ValueError("PDF 中没有清单数据")


def as_list(content: bytes) -> dict:
    """Parsed, with every part that the checks need. Raises ValueError."""
    told = json.loads(content)
    needed = {
        "schema",
        "case",
        "cut_off",
        "debtors",
        "sources",
        "lines",
        "gaps",
        "counts",
        "complete",
        "digest",
    }
    if not isinstance(told, dict) or needed - set(told):
        raise ValueError("不是网络财产查询清单的数据")
    if told["schema"] != "zhixing/exhaustion/1":
        raise ValueError(f"不认识的格式 {told['schema']}")
    return told


def check(told: dict) -> list[str]:
    """Every contradiction inside the list, in words."""
    rest = {key: value for key, value in told.items() if key != "digest"}
    written = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    problems = [] if hashlib.sha256(written).hexdigest() == told["digest"] else ["摘要与内容不符"]
    lines = told["lines"]
    keys = [(line["debtor"], line["source"], line["agency"]) for line in lines]
    problems += [f"{key} 列了两次" for key in sorted({key for key in keys if keys.count(key) > 1})]
    listed = {(debtor, source) for debtor, source, _ in keys}
    due = {(row["no"], source["code"]) for row in told["debtors"] for source in told["sources"]}
    problems += [f"被执行人 {debtor} 的 {source} 没有列出" for debtor, source in sorted(due - listed)]
    problems += [f"被执行人 {debtor} 的 {source} 不在应列的事项里" for debtor, source in sorted(listed - due)]
    for line in lines:
        problems += [
            f"{line['debtor']} {line['source']} {line['agency']}：{what}"
            for what in of_line(line, told["cut_off"])
        ]
    gaps = [(g["debtor"], g["source"], g["agency"], g["answer"]) for g in told["gaps"]]
    follow = [
        (*key, line["answer"]) for key, line in zip(keys, lines, strict=True) if line["answer"] not in SETTLED
    ]
    if sorted(gaps) != sorted(follow):
        problems.append("缺口与明细不符")
    counts: dict[str, int] = {}
    for line in lines:
        counts[line["answer"]] = counts.get(line["answer"], 0) + 1
    if counts != told["counts"]:
        problems.append("计数与明细不符")
    if told["complete"] != (bool(lines) and not follow):
        problems.append("结论与明细不符")
    return problems


def of_line(line: dict, cut_off: str) -> list[str]:
    """What one line contradicts."""
    answer, problems = line["answer"], []
    if answer not in ANSWERED | OUT | UNASKED:
        return [f"不认识的结果类别 {answer}"]
    if answer in UNASKED:
        return (
            ["没有查询却有单号、时间或者报文"]
            if line["request_nos"] or line["asked_at"] or line["messages"]
            else []
        )
    if not line["request_nos"] or not line["asked_at"]:
        problems.append("已查询却没有请求单号或者时间")
    if (answer in ANSWERED) != bool(line["answered_at"]):
        problems.append("反馈时间与结果类别不符")
    if answer in SETTLED and not line["messages"]:
        problems.append("有效反馈却没有报文")
    if not all(HEX.fullmatch(digest) for digest in line["messages"]):
        problems.append("报文摘要不是 sha256")
    times = [
        datetime.fromisoformat(text) for text in (line["asked_at"], line["answered_at"], cut_off) if text
    ]
    return problems if times == sorted(times) else [*problems, "时间先后不对"]


def check_messages(told: dict, folder: Path) -> list[str]:
    """Messages named in the list that are not in the folder."""
    held = {hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}
    named = {digest for line in told["lines"] for digest in line["messages"]}
    return [f"文件夹里没有报文 {digest}" for digest in sorted(named - held)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
