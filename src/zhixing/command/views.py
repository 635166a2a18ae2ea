"""The command hall and its drill-down."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from zhixing.cases.models import Case
from zhixing.command import hall, selectors
from zhixing.courts.access import staff_only
from zhixing.courts.models import Court
from zhixing.courts.roles import Role
from zhixing.kernel.clock import today

VIEWERS = (Role.COMMAND_STAFF, Role.BUREAU_CHIEF, Role.VICE_PRESIDENT, Role.PRESIDENT)
PAGE_SIZE = 40


def _court(request: HttpRequest) -> Court:
    """The court asked for, if it lies in the viewer's range; his own otherwise."""
    own = request.staff.court
    asked = request.GET.get("court", "")
    if not asked.isdigit() or int(asked) == own.key:
        return own
    court = Court.objects.filter(key=int(asked), key__gte=own.key, key_last__lte=own.key_last).first()
    if court is None:
        raise Http404
    return court


@staff_only(*VIEWERS)
def overview(request: HttpRequest) -> HttpResponse:
    """The hall for one court and everything below it."""
    court, day = _court(request), today()
    tiles = selectors.tiles_of(court, day=day)
    above = list(
        Court.objects.filter(
            key__lte=court.key, key_last__gte=court.key_last, key__gte=request.staff.court.key
        ).order_by("key", "-key_last")
    )
    context = {
        "court": court,
        "above": above,
        "numbers": hall.numbers_of(court, day=day),
        "traffic": _traffic(court),
        "tiles": [
            {"key": k, "short": s, "name": n, "open": o, "late": late, "level": hall.level_of(o, late)}
            for k, s, n, o, late in tiles
        ],
        "charts": hall.charts_of(court, day=day, tiles=tiles),
        "feed": hall.feed_lines(court, day=day),
        "money": hall.money_lines(court, day=day),
    }
    if court.level == Court.Level.BASIC:
        page = Paginator(range(Case.objects.filter(court_key=court.key).count()), PAGE_SIZE).get_page(
            request.GET.get("page")
        )
        context |= {"page": page, "cases": hall.case_lines(court, day=day, page=page.number, size=PAGE_SIZE)}
    return render(request, "command/overview.html", context)


@staff_only(*VIEWERS)
def live(request: HttpRequest) -> JsonResponse:
    """Fresh numbers and charts for the hall."""
    court, day = _court(request), today()
    tiles = selectors.tiles_of(court, day=day)
    return JsonResponse(
        {"numbers": hall.numbers_of(court, day=day), "charts": hall.charts_of(court, day=day, tiles=tiles)}
    )


@staff_only(*VIEWERS)
def case_moves(request: HttpRequest, case_id: int) -> HttpResponse:
    """How one case moved: acts and days, no identifiers."""
    case = Case.objects.select_related("court", "handler").filter(pk=case_id).first()
    if case is None:
        raise Http404
    return render(request, "command/case.html", {"case": case, "moves": hall.moves(case_id)})


def _traffic(court: Court) -> list[dict[str, object]]:
    return [
        {"name": name, "inflight": inflight, "answered": answered, "late": late, "median": _duration(median)}
        for name, inflight, answered, median, late in selectors.traffic_of(court, day=today())
    ]


def _duration(seconds: object) -> str:
    if seconds is None:
        return "—"
    value = int(seconds)  # type: ignore[call-overload]
    return f"{value} 秒" if value < 120 else f"{value // 60} 分" if value < 7200 else f"{value // 3600} 小时"
