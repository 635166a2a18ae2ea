"""The workbench page and its Excel table."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from zhixing.acts.web import actor_of
from zhixing.documents.engine.tables.xlsx import Column, Kind, xlsx_table
from zhixing.entry.shells import home_of, places_of
from zhixing.entry.workbench import KINDS, Person, bench_of
from zhixing.kernel.clock import now
from zhixing.law.book import book

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = [
    Column(title="类别", width=12),
    Column(title="状态", width=14),
    Column(title="事项", width=36),
    Column(title="案号", width=26),
    Column(title="当事人", width=36),
    Column(title="缘由", width=40),
    Column(title="依据", width=28),
    Column(title="层级", width=8),
    Column(title="期限", kind=Kind.DAY),
]


def workbench(request: HttpRequest) -> HttpResponse:
    """What waits today. Who has no workbench goes to his own first page."""
    if not request.user.is_authenticated:
        return redirect("entry:login")
    if request.staff is None:
        return redirect("/party/")
    if "workbench" not in places_of(request.roles):
        return redirect(home_of(request.roles))
    kind = request.GET.get("kind", "")
    bench = bench_of(_person(request))
    kind = kind if kind in KINDS else ""
    shown = (
        [group for group in bench.groups if group.kind == kind] if kind else [g.brief() for g in bench.groups]
    )
    first = min(
        (row for group in shown for row in group.rows if row.href), key=lambda row: row.urgency, default=None
    )
    return render(
        request,
        "entry/workbench.html",
        {
            "bench": bench,
            "kind": kind,
            "groups": shown,
            "first": first,
            "total": len(bench.rows),
            "late": bench.counted(0),
            "due": bench.counted(1),
            "warn": bench.counted(2),
            "segments": [(group.kind, group.title, len(group.rows)) for group in bench.groups],
            "court_wide": _person(request).court_wide,
        },
    )


def workbench_xlsx(request: HttpRequest) -> HttpResponse:
    """The same list as a table."""
    if getattr(request, "staff", None) is None:
        return redirect("entry:login")
    person, kind = _person(request), request.GET.get("kind", "")
    rows = [row for row in bench_of(person).rows if not kind or row.kind == kind]
    table = xlsx_table(
        title="今日事项",
        columns=COLUMNS,
        note=f"{person.staff.name} {person.today} 导出",
        rows=(
            (
                KINDS[r.kind],
                r.chip_text,
                r.title,
                r.number,
                r.parties,
                r.why,
                _law(r.law, r.law_words),
                r.tier,
                r.due,
            )
            for r in rows
        ),
    )
    name = content_disposition_header(as_attachment=True, filename=f"今日事项_{person.today:%Y%m%d}.xlsx")
    return HttpResponse(table, content_type=XLSX, headers={"Content-Disposition": name})


def _person(request: HttpRequest) -> Person:
    return Person(staff=request.staff, actor=actor_of(request), moment=now())


def _law(key: str, words: str) -> str:
    return f"{book().citation(key).short} {words}".strip() if key else words
