"""Checks an exported journal without database, Django or network: `python offline.py FILE`. Standard library only.

Each line of the export is one entry as JSON: chain, seq, kind, code, micros (Unix time in microseconds), body, prev_hash, hash. The
hash of an entry is sha256 over the hash before it (32 zero bytes for the first) and the text `chain|seq|kind|code|micros|body`.
Keep the last hash of each chain elsewhere, and nobody can shorten a chain unseen.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

GENESIS = "00" * 32
WORDS = {
    "hash": "内容与指纹不符，条目被改动",
    "link": "与前一条的指纹接不上",
    "gap": "序号不连续，有条目缺失或换序",
    "unreadable": "这一行读不出来",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Where a chain does not hold. line counts from 1; chain and seq are 0 for a line that cannot be read."""

    line: int
    chain: int
    seq: int
    what: str


@dataclass(slots=True, kw_only=True)
class Report:
    """What a check found."""

    chains: int
    entries: int
    faults: list[Fault] = field(default_factory=list)


def lines_check(lines: Iterable[str]) -> Report:
    """Check entries ordered by chain and seq. Every fault is told, not only the first."""
    report, last = Report(chains=0, entries=0), {}
    for no, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        entry = _read(line)
        if entry is None:
            report.faults.append(Fault(line=no, chain=0, seq=0, what="unreadable"))
            continue
        report.entries += 1
        chain, seq = entry["chain"], entry["seq"]
        before_seq, before_hash = last.get(chain, (0, GENESIS))
        report.chains += chain not in last
        found = {
            "gap": seq != before_seq + 1,
            "link": entry["prev_hash"] != before_hash,
            "hash": entry["hash"] != _hash(entry),
        }
        report.faults += [
            Fault(line=no, chain=chain, seq=seq, what=what) for what, is_so in found.items() if is_so
        ]
        last[chain] = (seq, entry["hash"])
    return report


def _read(line: str) -> dict[str, Any] | None:
    try:
        entry = json.loads(line)
        wanted = {
            "chain": int,
            "seq": int,
            "kind": str,
            "code": str,
            "micros": int,
            "body": str,
            "prev_hash": str,
            "hash": str,
        }
        is_whole = all(isinstance(entry[name], kind) for name, kind in wanted.items())
        bytes.fromhex(entry["prev_hash"])
    except (ValueError, KeyError, TypeError):
        return None
    return entry if is_whole else None


def _hash(entry: dict[str, Any]) -> str:
    text = "|".join(str(entry[name]) for name in ("chain", "seq", "kind", "code", "micros", "body"))
    return hashlib.sha256(
        bytes.fromhex(entry["prev_hash"]) + text.encode("utf-8", "surrogatepass")
    ).hexdigest()


def report_print(report: Report) -> int:
    """Tell a person; returns the exit code, 0 when every chain holds."""
    for fault in report.faults:
        print(f"✗ 第 {fault.line} 行，链 {fault.chain} 第 {fault.seq} 条：{WORDS[fault.what]}")
    if report.entries == 0 and not report.faults:
        print("✗ 文件里没有条目")
        return 1
    print(
        f"{'✗' if report.faults else '✓'} {report.chains} 条链，{report.entries} 条记录，{len(report.faults)} 处不符"
    )
    return 1 if report.faults else 0


def main(arguments: list[str]) -> int:
    """Check one file."""
    if len(arguments) != 1:
        print("用法：python offline.py 文件")
        return 2
    with Path(arguments[0]).open(encoding="utf-8") as lines:
        return report_print(lines_check(lines))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
