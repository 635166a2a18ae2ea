"""`zhixing screen`: a folder of raw answers through the same sieve as the web, without the web."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

NAME = "screen"
HELP = "筛查一个文件夹中的查询反馈原文（各种报文格式、CSV、Excel），与网页同一规则"
ORDER = 31
BAD_INPUT = 2
VERDICTS = {
    "own": "归入本案", "other": "他人财产", "unclear": "待认定", "duplicate": "重复", "stale": "过旧", "malformed": "格式异常",
    "empty": "查无", "error": "查询失败",
}  # fmt: skip


def arguments(parser: argparse.ArgumentParser) -> None:
    """Case file, folder, and how the answer is wanted."""
    parser.add_argument(
        "--case", required=True, metavar="CASE.json", help="案件文件，写法见 docs/screening.md"
    )
    parser.add_argument("--answers", required=True, metavar="FOLDER", help="反馈原文所在的文件夹")
    parser.add_argument("--profile", default="", help="全部报文的格式；不填则逐一识别")
    parser.add_argument("--mapping", default="", metavar="MAP.json", help="CSV、Excel 各列的含义")
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(args: argparse.Namespace) -> int:
    """Exit code 0: screened; 2: case file, mapping or folder cannot be used."""
    from zhixing.entry.screened_plan import plan_of
    from zhixing.gateway.profiles.registry import profiles_known
    from zhixing.inquiry.offline.casefile import case_parse
    from zhixing.inquiry.offline.messages import folder_read
    from zhixing.inquiry.offline.run import screen_run
    from zhixing.inquiry.offline.tables import mapping_read
    from zhixing.kernel.clock import today
    from zhixing.kernel.errors import InvalidInput

    if args.profile and args.profile not in profiles_known():
        return _refuse(args, [f"没有报文格式 {args.profile}，可选：{'、'.join(profiles_known())}。"])
    try:
        case = case_parse(_text(args.case), today=today())
        mapping = mapping_read(_text(args.mapping)) if args.mapping else None
    except InvalidInput as refused:
        return _refuse(
            args,
            [
                f"{problem.field or ''} {problem.sentence}{problem.mend}".strip()
                for problem in refused.problems
            ],
        )
    except (OSError, UnicodeDecodeError) as error:
        return _refuse(args, [f"文件读不出（{type(error).__name__}），请核对路径和 UTF-8 编码。"])
    folder = Path(args.answers)
    if not folder.is_dir():
        return _refuse(args, [f"{args.answers} 不是文件夹，请核对路径。"])
    told = screen_run(case, folder_read(folder, profile=args.profile, mapping=mapping))
    if case.due is not None:
        told["plan"] = plan_of(told["items"], case.due)
    print(json.dumps(told, ensure_ascii=False, indent=1) if args.json else "\n".join(_lines(told)))
    return 0


def _text(path: str) -> str:
    return Path(path).read_text(encoding="utf-8-sig")


def _refuse(args: argparse.Namespace, sentences: list[str]) -> int:
    if args.json:
        print(json.dumps({"problems": sentences}, ensure_ascii=False, indent=1))
    for sentence in sentences:
        print(f"✗ {sentence}", file=sys.stderr)
    return BAD_INPUT


def _lines(told: dict[str, Any]) -> list[str]:
    """For people: numbers of accounts by their last four signs only."""
    lines = [f"{VERDICTS[item['verdict']]}　{item['label'] or item['class']}　尾号 {item['number'][-4:]}　"
             f"{item['balance'] or '－'} 元　{item['reason']}" for item in told["items"]]  # fmt: skip
    lines += [f"另置　{one['file']}　{'；'.join(one['reasons'])}" for one in told["apart"]]
    lines += [
        f"拟控制　第 {pick['item']} 项　{pick['amount']} 元　{pick['why']}"
        for pick in told.get("plan", {}).get("picks", [])
    ]
    counts = "，".join(f"{VERDICTS.get(key, '另置')} {count}" for key, count in told["summary"].items())
    return [*lines, f"合计：{counts}"]
