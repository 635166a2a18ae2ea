"""The list of cases with money, and its Excel table."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from zhixing.courts.access import staff_only
from zhixing.documents.engine.tables.xlsx import Column, Kind, xlsx_table
from zhixing.funds import lists
from zhixing.funds.selectors import account_equation
from zhixing.funds.suspense import lines_unclaimed
from zhixing.kernel.clock import today

PAGE = 25
EXPORT_LIMIT = 20_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = [
    Column(title="案号", width=26),
    Column(title="当事人", width=40),
    Column(title="承办人", width=12),
    Column(title="收入（元）", kind=Kind.MONEY),
    Column(title="可发放（元）", kind=Kind.MONEY),
    Column(title="待付款（元）", kind=Kind.MONEY),
    Column(title="最早到账", kind=Kind.DAY),
    Column(title="发放期限", kind=Kind.DAY),
]


@staff_only()
def fund_list(request: HttpRequest) -> HttpResponse:
    """Cases with money in sight: received, releasable, overdue; beside them the money nobody claimed."""
    text, state = request.GET.get("q", "").strip()[:60], request.GET.get("state", "")
    mine = request.staff.pk if request.GET.get("mine") else None
    state = state if state in lists.STATES else ""
    counts = lists.fund_counts(today=today(), text=text, handler_id=mine)
    page = Paginator(range(counts.by_state[state]), PAGE).get_page(request.GET.get("page"))
    rows = lists.fund_rows(
        today=today(),
        text=text,
        state=state,
        handler_id=mine,
        offset=max(0, page.start_index() - 1),
        limit=PAGE,
    )
    key = request.staff.court_id
    return render(
        request,
        "funds/list.html",
        {
            "rows": rows,
            "counts": counts,
            "page": page,
            "state": state,
            "text": text,
            "mine": mine,
            "today": today(),
            "segments": [(code, label, counts.by_state[code]) for code, label in lists.STATES.items()],
            "unclaimed": lines_unclaimed(court_key=key).count(),
            "account": account_equation(key),
        },
    )


@staff_only()
def fund_list_xlsx(request: HttpRequest) -> HttpResponse:
    """The same list as a table, with the same filter."""
    state = request.GET.get("state", "")
    rows = lists.fund_rows(
        today=today(),
        text=request.GET.get("q", "").strip()[:60],
        state=state if state in lists.STATES else "",
        handler_id=request.staff.pk if request.GET.get("mine") else None,
        limit=EXPORT_LIMIT,
    )
    table = xlsx_table(
        title="案款",
        columns=COLUMNS,
        note=f"{request.staff.name} {today()} 导出",
        rows=(
            (
                r.number,
                r.parties,
                r.handler,
                r.received,
                r.releasable,
                r.pending,
                r.start,
                r.due.due if r.due else None,
            )
            for r in rows
        ),
    )
    return download(table, f"案款_{today():%Y%m%d}.xlsx")


def download(content: bytes, name: str) -> HttpResponse:
    """An Excel file as an attachment."""
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})
