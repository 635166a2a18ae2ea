"""`zhixing bench`: figures measured on worlds with ground truth, one JSON line each."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

NAME = "bench"
HELP = "测量：在带真相的模拟世界上运行筛查，每项数字一行 JSON"
ORDER = 95


def arguments(parser: argparse.ArgumentParser) -> None:
    """One sub-command per measurement."""
    kinds = parser.add_subparsers(dest="measure", required=True, metavar="项目")
    accuracy = kinds.add_parser("accuracy", help="筛查的准确程度")
    accuracy.add_argument("--world", required=True, metavar="SEED", help="世界的种子，任意文字")
    accuracy.add_argument("--size", type=int, default=200, metavar="N", help="案件数")
    accuracy.add_argument("--faults", type=int, default=0, metavar="N", help="在标准错误上列出前 N 处不符")


def run(args: argparse.Namespace) -> int:
    """Exit code 0: measured, whatever the figures; 2: the world could not be made."""
    from zhixing.entry.accuracy import measured
    from zhixing.entry.accuracy_evasion import evasion_measured

    if args.size < 1:
        print(f"✗ --size 为 {args.size}，应为正整数。", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="zhixing-accuracy-") as folder:
        words = ["--seed", args.world, "--size", str(args.size), "--out", folder]
        made = subprocess.run([sys.executable, "-m", "simworld", "accuracy-world", *words], check=False)
        if made.returncode:
            print("✗ 模拟世界没有写成，原因见上。", file=sys.stderr)
            return 2
        figures, faults = measured(Path(folder))
        leads, missed = evasion_measured(Path(folder) / "evasion")
    figures, faults = figures + leads, faults + missed
    for figure in figures:
        print(json.dumps(figure, ensure_ascii=False))
    for fault in faults[: args.faults]:
        print(json.dumps(fault, ensure_ascii=False), file=sys.stderr)
    return 0
