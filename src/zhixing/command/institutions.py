"""What the pages on institutions show: lines, charts, letters, tables for download."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.http import HttpResponse

from zhixing.acts.models import Draft, DraftState
from zhixing.command.letters import BANK_LIKE, minutes_words
from zhixing.command.scores import MONTHS, Figures
from zhixing.courts.models import Court
from zhixing.documents.engine.tables.xlsx import Column, Kind, xlsx_table
from zhixing.documents.models import Document
from zhixing.gateway.models import Agency, AgencyKind, ScoreDay
from zhixing.law.terms import add_months

FORMATS = ("xlsx", "csv")
COLUMNS = (
    ("单位代码", "code"), ("协助单位", "name"), ("类别", "kind_text"), ("送达请求", "handed"), ("已反馈", "answered"),
    ("反馈中位（分钟）", "median"), ("反馈九成位（分钟）", "p90"), ("超过时限", "late"), ("超时限占比", "late_text"),
    ("仍未反馈", "silent"), ("退回", "refused"), ("技术异常", "failed"), ("部分反馈", "partial"), ("已重发", "repeats"),
    ("报文无法解读", "schema_faults"), ("前后不一致", "conflicts"), ("单号不明", "unknown"), ("更正", "corrections"),
    ("重复报文", "duplicates"),
)  # fmt: skip
WORDS = ("code", "name", "kind_text", "late_text")
FAULT_NAMES = {
    "schema_faults": "报文无法解读",
    "conflicts": "前后不一致",
    "unknown": "请求单号不明",
    "corrections": "更正反馈",
}


def lines_of(rows: list[Figures]) -> list[dict[str, Any]]:
    """Figures with their words. is_late: only for institutions whose hours a rule sets."""
    return [
        {
            "figures": row,
            "kind": str(AgencyKind(row.kind).label),
            "median": minutes_words(row.median),
            "p90": minutes_words(row.p90),
            "share": f"{row.late_share:.1%}" if row.late_share is not None else "—",
            "has_legal_hours": row.kind in BANK_LIKE,
            "faults": row.schema_faults + row.conflicts + row.unknown,
        }
        for row in rows
    ]


def months_back(day: date) -> list[date]:
    """First days of the last twelve months, newest first."""
    return [add_months(day.replace(day=1), -number) for number in range(MONTHS)]


def counted_at() -> datetime | None:
    """When the figures were counted last."""
    return ScoreDay.objects.aggregate(at=Max("computed_at"))["at"]


def charts_of(rows: list[Figures], *, start: date) -> dict[str, Any]:
    """Twelve months: how long answers took, and how many were late or faulty."""
    months = [add_months(start, number) for number in range(MONTHS)]
    found = {row.month: row for row in rows}
    names = [f"{month.year % 100}年{month.month}月" for month in months]

    def series(pick: Any) -> list[Any]:
        return [pick(found[month]) if month in found else None for month in months]

    def hours(value: int | None) -> float | None:
        return None if value is None else round(value / 60, 1)

    return {
        "d-time": {
            "x": names,
            "series": [
                {
                    "name": "中位（小时）",
                    "values": series(lambda r: hours(r.median)),
                    "tone": "ink",
                    "area": True,
                },
                {"name": "九成位（小时）", "values": series(lambda r: hours(r.p90)), "tone": "brass"},
            ],
        },
        "d-faults": {
            "x": names,
            "series": [
                {"name": "超过时限", "values": series(lambda r: r.late), "tone": "warn"},
                {
                    "name": "退回与异常",
                    "values": series(lambda r: r.refused + r.failed + r.partial),
                    "tone": "ink",
                },
                {
                    "name": "报文问题",
                    "values": series(lambda r: r.schema_faults + r.conflicts + r.unknown),
                    "tone": "brass",
                    "dashed": True,
                },
            ],
        },
    }


def letters_of(court: Court, agency: Agency) -> list[dict[str, Any]]:
    """Letters and reminders of this court to this institution, newest first, with the sealed paper. Two statements."""
    drafts = list(
        Draft.objects.filter(
            code__in=["command.letter", "command.remind"],
            court_key=court.key,
            payload__agency=agency.pk,
            state__in=[DraftState.PENDING, DraftState.EFFECTIVE],
        ).order_by("-created_at")[:24]
    )
    papers = {row.draft_id: row for row in Document.objects.filter(draft_id__in=[d.pk for d in drafts])}
    return [
        {
            "title": "通报函" if draft.code == "command.letter" else "提醒函",
            "month": (draft.result or {}).get("month", ""),
            "at": draft.decided_at or draft.created_at,
            "is_sent": draft.state == DraftState.EFFECTIVE,
            "by_mail": (draft.result or {}).get("by_mail", False),
            "paper": papers.get(draft.pk),
        }
        for draft in drafts
    ]


def export(rows: list[Figures], *, court: Court, first: date, kind: str) -> HttpResponse:
    """The same figures as a table for other programs."""
    cells = [[_cell(row, name) for _, name in COLUMNS] for row in rows]
    name = f"institutions-{court.key}-{first:%Y%m}.{kind}"
    if kind == "csv":
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow([title for title, _ in COLUMNS])
        writer.writerows(cells)
        # The mark lets Excel read it as UTF-8.
        response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    else:
        columns = [
            Column(title=title, kind=Kind.TEXT if field in WORDS else Kind.COUNT) for title, field in COLUMNS
        ]
        content = xlsx_table(
            title=f"协助单位 {first:%Y年%m月}",
            columns=columns,
            rows=cells,
            note=f"{court.name}，按请求送达之日统计，已扣除本院系统故障时间",
        )
        response = HttpResponse(
            content, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _cell(row: Figures, name: str) -> Any:
    if name == "kind_text":
        return str(AgencyKind(row.kind).label)
    if name == "late_text":
        return f"{row.late_share:.1%}" if row.late_share is not None else ""
    return getattr(row, name)
