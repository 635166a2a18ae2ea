"""The case list and its Excel table."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from zhixing.cases import lists
from zhixing.cases.access import CASE_ROLES
from zhixing.cases.numbers import number_remark
from zhixing.courts.access import staff_only
from zhixing.courts.roles import Role
from zhixing.documents.engine.tables.xlsx import Column, Kind, xlsx_table
from zhixing.kernel.clock import today
from zhixing.law.nodes import stages

PAGE = 25
EXPORT_LIMIT = 20_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = [
    Column(title="案号", width=26),
    Column(title="当事人", width=40),
    Column(title="案由", width=20),
    Column(title="承办人", width=12),
    Column(title="状态", width=12),
    Column(title="立案日期", kind=Kind.DAY),
    Column(title="本金（元）", kind=Kind.MONEY),
    Column(title="最近节点", width=22),
    Column(title="节点期限", kind=Kind.DAY),
    Column(title="执行期限届满", kind=Kind.DAY),
]


@staff_only(*CASE_ROLES)
def case_list(request: HttpRequest) -> HttpResponse:
    """Search, filters, pages."""
    filters = _filters(request)
    page = Paginator(lists.cases_filtered(filters, today=today()), PAGE).get_page(request.GET.get("page"))
    counts = lists.state_counts(filters, today=today())
    return render(
        request,
        "cases/list.html",
        {
            "filters": filters,
            "page": page,
            "rows": lists.case_rows(list(page.object_list)),
            "today": today(),
            "segments": [(code, label, counts[code]) for code, label in lists.STATES.items()],
            "stages": stages(),
            "handlers": lists.handlers_of(request.staff.court_id),
            "remark": number_remark(filters.text, court=request.staff.court)
            if not page.paginator.count
            else "",
            "me": request.staff.pk if Role.JUDGE in request.roles else None,
            "may_docket": bool(request.roles & {Role.CLERK, Role.JUDGE}),
        },
    )


@staff_only(*CASE_ROLES)
def case_list_xlsx(request: HttpRequest) -> HttpResponse:
    """The same list as a table, with the same filters."""
    cases = list(lists.cases_filtered(_filters(request), today=today())[:EXPORT_LIMIT])
    table = xlsx_table(
        title="案件",
        columns=COLUMNS,
        note=f"{request.staff.name} {today()} 导出",
        rows=(
            (
                r.case.number,
                r.case.parties_text,
                r.case.cause,
                r.case.handler.name if r.case.handler else "",
                r.stage,
                r.case.docketed_on,
                r.case.principal,
                r.due_title if r.due else "",
                r.due,
                r.term_end,
            )
            for r in lists.case_rows(cases)
        ),
    )
    return download(table, f"案件_{today():%Y%m%d}.xlsx")


def download(content: bytes, name: str) -> HttpResponse:
    """An Excel file as an attachment."""
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})


def _filters(request: HttpRequest) -> lists.Filters:
    """What the address asks for; unknown values fall back to the default."""
    state, handler = request.GET.get("state", "open"), request.GET.get("handler", "")
    return lists.Filters(
        text=request.GET.get("q", "").strip()[:60],
        state=state if state in lists.STATES else "open",
        stage=request.GET.get("stage", "")[:20],
        handler=int(handler) if handler.isdecimal() and len(handler) < 12 else None,
    )
