"""网络财产查询清单: every source for every debtor, asked or not, answered or not. Pure; the caller brings the facts.

Its data are made for a machine: ``scripts/exhaustion_check.py`` checks them with nothing of ours.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

SCHEMA = "zhixing/exhaustion/1"


class Answered(StrEnum):
    """What came of asking one agency about one source. The first two settle it, each other one is a gap."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    SEALED = "sealed"
    PARTIAL = "partial"
    REFUSED = "refused"
    ERROR = "error"
    SILENT = "silent"
    WAITING = "waiting"
    QUEUED = "queued"
    NOT_SENT = "not_sent"
    NOT_ASKED = "not_asked"
    NOT_CONNECTED = "not_connected"


SETTLED = frozenset({Answered.FOUND, Answered.NOT_FOUND})
UNASKED = frozenset({Answered.NOT_SENT, Answered.NOT_ASKED, Answered.NOT_CONNECTED})
WORDS = {
    Answered.FOUND: "有反馈",
    Answered.NOT_FOUND: "查无",
    Answered.SEALED: "已反馈，反馈包未开启",
    Answered.PARTIAL: "只反馈了一部分",
    Answered.REFUSED: "退回",
    Answered.ERROR: "技术异常",
    Answered.SILENT: "超过时限未反馈",
    Answered.WAITING: "在反馈时限内",
    Answered.QUEUED: "单位尚未取走",
    Answered.NOT_SENT: "已批准，尚未发出",
    Answered.NOT_ASKED: "已接入，没有查询",
    Answered.NOT_CONNECTED: "没有接入，须线下调查",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One item of the first stage of the inquiry menu. agencies: code → name of those connected now."""

    code: str
    title: str
    law: str
    agencies: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One debtor, source and agency that was asked. request_nos: the order and its repeats, the first one first.

    messages: sha256 of the agency's messages as they came, in the order in which they came.
    """

    debtor: int
    source: str
    agency: str
    agency_name: str
    answered: Answered
    request_nos: tuple[str, ...] = ()
    asked_at: datetime | None = None
    answered_at: datetime | None = None
    messages: tuple[str, ...] = ()


def exhaustion(
    *,
    head: dict[str, Any],
    debtors: Sequence[str],
    sources: Sequence[Source],
    asked: Iterable[Asked],
    cut_off: datetime,
) -> dict[str, Any]:
    """The list as JSON values, with gaps, counts and a digest over all of it.

    Args:
        head: court, case number, hash of the law book: copied as they are.
        debtors: names; numbered from 1 in this order, and named by number in the lines.
        asked: at most one per debtor, source and agency. Whoever was asked and is connected no more stays listed.

    Each debtor has each source: with every agency that was asked or is connected, or else with one line that says that
    nobody is connected. The digest is sha256 over the JSON without it (keys sorted, no white space, UTF-8).
    """
    known = {(row.debtor, row.source, row.agency): row for row in asked}
    lines = [
        _line(row)
        for no in range(1, len(debtors) + 1)
        for source in sources
        for row in _rows(no, source, known)
    ]
    gaps = [
        {key: line[key] for key in ("debtor", "source", "agency", "answer")}
        for line in lines
        if line["answer"] not in SETTLED
    ]
    counts = Counter(line["answer"] for line in lines)
    told = {
        "schema": SCHEMA,
        **head,
        "cut_off": cut_off.isoformat(timespec="seconds"),
        "debtors": [{"no": no, "name": name} for no, name in enumerate(debtors, start=1)],
        "sources": [{"code": row.code, "title": row.title, "law": row.law} for row in sources],
        "lines": lines,
        "gaps": gaps,
        "counts": {str(kind): counts[kind] for kind in Answered if counts[kind]},
        "complete": bool(lines) and not gaps,
    }
    return told | {"digest": digest_of(told)}


def digest_of(told: dict[str, Any]) -> str:
    """sha256 over the list without its digest."""
    rest = {key: value for key, value in told.items() if key != "digest"}
    return hashlib.sha256(canonical(rest)).hexdigest()


def canonical(told: dict[str, Any]) -> bytes:
    """The one way in which these values are written."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _rows(no: int, source: Source, known: dict[tuple[int, str, str], Asked]) -> list[Asked]:
    asked = {code: row for (debtor, of, code), row in known.items() if (debtor, of) == (no, source.code)}
    rows = list(asked.values())
    rows += [
        _unasked(no, source, code, name, Answered.NOT_ASKED)
        for code, name in source.agencies.items()
        if code not in asked
    ]
    return sorted(rows, key=lambda row: row.agency) or [_unasked(no, source, "", "", Answered.NOT_CONNECTED)]


def _unasked(no: int, source: Source, code: str, name: str, why: Answered) -> Asked:
    return Asked(debtor=no, source=source.code, agency=code, agency_name=name, answered=why)


def _line(row: Asked) -> dict[str, Any]:
    return {
        "debtor": row.debtor,
        "source": row.source,
        "agency": row.agency,
        "agency_name": row.agency_name,
        "answer": str(row.answered),
        "words": WORDS[row.answered],
        "request_nos": list(row.request_nos),
        "asked_at": row.asked_at.isoformat(timespec="seconds") if row.asked_at else None,
        "answered_at": row.answered_at.isoformat(timespec="seconds") if row.answered_at else None,
        "messages": list(row.messages),
    }
