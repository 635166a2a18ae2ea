"""The history of a case as its page tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zhixing.acts.models import Entry, EntryKind
from zhixing.acts.selectors import history_of

AUDIENCES = {
    "internal": "内部",
    "applicant": "申请执行人可见",
    "parties": "当事人可见",
    "after_measure": "措施后公开",
    "public": "公开",
}
QUIET = (EntryKind.READ, EntryKind.REFUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One line of the history. documents: rows of the documents room."""

    seq: int
    title: str
    moment: datetime
    actor: str
    audience: str
    documents: list[Any]
    note: str


def history_lines(
    case_id: int, *, documents: dict[str, Any], everything: bool = False, limit: int = 200
) -> list[HistoryLine]:
    """The journal newest first; refusals and readings only when asked for. One statement."""
    lines = [line for line in history_of(case_id, limit=limit) if everything or line.kind not in QUIET]
    return [
        HistoryLine(
            seq=line.seq,
            moment=line.moment,
            actor=line.actor,
            audience=AUDIENCES.get(line.audience, "内部"),
            title=line.title if line.kind == EntryKind.EFFECT else f"{line.title}　{line.kind_label}",
            documents=[documents[d["id"]] for d in line.documents if d.get("id") in documents],
            note=_note(line.result),
        )
        for line in lines
    ]


def _note(result: dict[str, Any]) -> str:
    """A word about the result where it says something to a person."""
    words = {
        "direct": "直接送达",
        "electronic": "电子送达",
        "post": "邮寄送达",
        "leave": "留置送达",
        "announcement": "公告送达",
        "known": "下落明确",
        "unknown": "下落不明",
    }
    parts = [words[v] for k in ("method", "whereabouts") if (v := result.get(k)) in words]
    if "confirmed" in result:
        parts.append(f"确认 {result['confirmed']} 条，不采用 {result['rejected']} 条")
    if result.get("declare_by"):
        parts.append(f"报告财产期限至 {result['declare_by']}")
    return "；".join(parts)


def history_count(case_id: int) -> int:
    """Entries of the chain, readings and refusals left out."""
    return Entry.objects.filter(chain=case_id).exclude(kind__in=QUIET).count()
