"""What the pages of the law tools show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from zhixing.entry.lawtools.drawing import form_drawn
from zhixing.entry.lawtools.fields import given_filled
from zhixing.entry.lawtools.papers import COURT_MARK, PUBLIC_MARK
from zhixing.entry.lawtools.shapes import shape_of
from zhixing.entry.lawtools.sources import acts_of, anchor, figure_of
from zhixing.entry.lawtools.tools import TOOLS, hash_short, tool_answer
from zhixing.kernel.clock import COURT_ZONE, court_date
from zhixing.kernel.errors import InvalidInput, Problem
from zhixing.law.book import book
from zhixing.law.sheets import sheet_printed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from zhixing.cases.models import Case
    from zhixing.courts.models import Staff
    from zhixing.entry.lawtools.fields import Filled
    from zhixing.law.sheets import Sheet

SYSTEM_NAME = "知行　执行计算工具"
_LIMITED = Problem(
    code="lawtools.too_many", sentence="计算得太频繁，", mend="请过一分钟再试；填写的内容都还在。"
)


def issuer_of(staff: Staff | None) -> tuple[str, str]:
    """Whose name stands on a sheet, and what it is good for."""
    return (staff.court.name, COURT_MARK) if staff else (SYSTEM_NAME, PUBLIC_MARK)


def index_context(*, staff: Staff | None) -> dict[str, Any]:
    """All tools with their addresses."""
    return {"tools": TOOLS.values(), "base": _base(staff), "hash": hash_short()}


def tool_context(
    key: str,
    filled: Filled,
    *,
    staff: Staff | None,
    moment: datetime,
    compute: bool,
    is_example: bool = False,
    is_limited: bool = False,
    case: Case | None = None,
) -> dict[str, Any]:
    """Form and, when asked for, result; `problems` keeps everything that must be mended."""
    today = court_date(moment)
    shape = shape_of(key, today)
    given, paths = given_filled(shape, filled)
    sheet, problems = None, filled.problems()
    if compute and not problems:
        sheet, problems = _computed(key, given, moment)
    if is_limited:
        problems = (_LIMITED,)
    issuer, mark = issuer_of(staff)
    return {
        "tool": TOOLS[key],
        "tools": TOOLS.values(),
        "base": _base(staff),
        "drawn": form_drawn(shape, filled, problems=problems, paths=paths, action=reverse("lawtools:tool", args=[key])),
        "posted": filled.pairs(),
        "problems": problems,
        "result": _result(sheet, moment) if sheet else None,
        "acts": acts_of(sheet or tool_answer(key, TOOLS[key].example, today=today).sheet),
        "is_example": is_example,
        "case": case,
        "issuer": issuer,
        "mark": mark,
        "status": 429 if is_limited else 422 if problems else 200,
    }  # fmt: skip


def _base(staff: Staff | None) -> str:
    """Staff keep their rail; everybody else gets the plain frame."""
    return "ui/base.html" if staff else "ui/base_plain.html"


def _computed(
    key: str, given: Mapping[str, Any], moment: datetime
) -> tuple[Sheet | None, tuple[Problem, ...]]:
    try:
        return tool_answer(key, given, today=court_date(moment)).sheet, ()
    except InvalidInput as error:
        return None, error.problems


def _result(sheet: Sheet, moment: datetime) -> dict[str, Any]:
    label, figure, unit = figure_of(sheet)
    printed = sheet_printed(sheet, book())
    for table in printed["tables"]:
        # Cells with the name of their column, so that a narrow screen can show rows as cards.
        table["rows"] = [
            [
                {"text": text, "label": column, "is_number": place in table["numeric"]}
                for place, (column, text) in enumerate(zip(table["columns"], row, strict=True))
            ]
            for row in table["rows"]
        ]
        table["heads"] = [
            {"text": column, "is_number": place in table["numeric"]}
            for place, column in enumerate(table["columns"])
        ]
        table["is_wide"] = len(table["columns"]) > 4
    for step, shown in zip(sheet.steps, printed["steps"], strict=True):
        cited = [book().cite(key) for key in step.law]
        shown["cited"] = [{"text": citation.short, "at": anchor(citation.key)} for citation in cited]
    return {
        **printed,
        "label": label,
        "figure": figure,
        "unit": unit,
        "others": printed["results"][:-1],
        "problems": sheet.problems,
        "hash": sheet.book_hash[:12],
        "made_at": f"{moment.astimezone(COURT_ZONE):%Y-%m-%d %H:%M}",
        "tables": [table for table in printed["tables"] if table["rows"]],
    }
