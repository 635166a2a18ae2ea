"""The command hall and its drill-down."""

from __future__ import annotations

from datetime import date, datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from zhixing.cases.models import Case
from zhixing.command import hall, lines, selectors
from zhixing.command.views_range import VIEWERS, court_asked, courts_above
from zhixing.courts.access import staff_only
from zhixing.courts.models import Court
from zhixing.kernel.clock import court_date, now, today
from zhixing.law.nodes import stages
from zhixing.law.terms import term_days

PAGE_SIZE = 20


@staff_only(*VIEWERS)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """The hall for one court and everything below it; for a basic court, or a court's own cases, the list of cases."""
    court, moment = court_asked(request), now()
    day = court_date(moment)
    tiles = selectors.tiles_of(court, day=day)
    charts = hall.charts_of(court, day=day, tiles=tiles)
    context = {
        "court": court,
        "above": courts_above(request, court),
        "numbers": hall.numbers_of(court, moment=moment),
        "traffic": _traffic(court, moment),
        "tiles": hall.tile_lines(court, tiles),
        "charts": charts,
        "tables": hall.tables_of(charts),
        "month": [sum(series["values"]) for series in charts["d-flow"]["series"]],
        "feed": lines.feed_lines(court, day=day),
        "money": lines.money_lines(court, day=day),
        "answer_hours": term_days("bank.answer", on=day),
    }
    if court.level == Court.Level.BASIC or request.GET.get("own"):
        return render(request, "command/court.html", context | _case_page(request, court, day))
    context["stages"] = lines.stage_lines(court, day=day)
    return render(request, "command/overview.html", context)


@staff_only(*VIEWERS)
@require_GET
def live(request: HttpRequest) -> JsonResponse:
    """Fresh numbers and charts for the hall."""
    court, moment = court_asked(request), now()
    day = court_date(moment)
    tiles = selectors.tiles_of(court, day=day)
    return JsonResponse(
        {
            "numbers": hall.numbers_of(court, moment=moment),
            "charts": hall.charts_of(court, day=day, tiles=tiles),
        }
    )


@staff_only(*VIEWERS)
@require_GET
def case_moves(request: HttpRequest, case_id: int) -> HttpResponse:
    """How one case moved: stages, acts and days, no identifiers."""
    case = Case.objects.select_related("court", "handler").filter(pk=case_id).first()
    if case is None:
        raise Http404
    day = today()
    context = {
        "case": case,
        "above": courts_above(request, case.court),
        "moves": lines.moves(case_id),
        "track": lines.track_of(case, day=day),
        "waiting": lines.waiting(case),
        "age": ((case.closed_on or day) - case.docketed_on).days,
    }
    return render(request, "command/case.html", context)


def _case_page(request: HttpRequest, court: Court, day: date) -> dict[str, object]:
    """One page of the court's own cases, all or those that stand at the stage asked for."""
    own = Court(key=court.key, key_last=court.key)
    link = f"{reverse('command:overview')}?court={court.key}" + ("&own=1" if request.GET.get("own") else "")
    steps = lines.stage_lines(own, day=day, link=link)
    chosen = next((line for line in steps if line["code"] == request.GET.get("stage")), None)
    count = chosen["count"] if chosen else Case.objects.filter(court_key=court.key).count()
    rank = next((stage.order for stage in stages() if chosen and stage.code == chosen["code"]), None)
    page = Paginator(range(count), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = lines.case_lines(own, day=day, page=page.number, size=PAGE_SIZE, rank=rank)
    return {"page": page, "cases": rows, "stages": steps, "chosen": chosen, "all_href": link}


def _traffic(court: Court, moment: datetime) -> list[dict[str, object]]:
    rows = selectors.traffic_of(court, day=court_date(moment), moment=moment)
    return [
        {"name": name, "inflight": inflight, "answered": answered, "late": late, "median": _duration(median)}
        for name, inflight, answered, median, late in rows
    ]


def _duration(seconds: object) -> str:
    if seconds is None:
        return "—"
    value = int(seconds)  # type: ignore[call-overload]
    return f"{value} 秒" if value < 120 else f"{value // 60} 分" if value < 7200 else f"{value // 3600} 小时"
