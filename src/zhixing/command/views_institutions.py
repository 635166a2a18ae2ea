"""Institutions at the command centre: figures of a month, one institution over time, letters and reminders."""

from __future__ import annotations

from datetime import date, datetime, time

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhixing.acts.web import act_post
from zhixing.command import institutions as pages
from zhixing.command import scores
from zhixing.command.views_range import VIEWERS, court_asked, courts_above
from zhixing.courts.access import staff_only
from zhixing.courts.models import Court
from zhixing.courts.roles import Role
from zhixing.gateway.models import Agency
from zhixing.kernel.clock import COURT_ZONE, court_date, now, today
from zhixing.law.terms import add_months

SENDERS = (Role.COMMAND_STAFF,)


@staff_only(*VIEWERS)
@require_GET
def institutions(request: HttpRequest) -> HttpResponse:
    """All institutions of one month, by name; what is owed now; Excel and CSV of the same."""
    court, moment = court_asked(request), now()
    first = scores.month_of(request.GET.get("month", ""), on=court_date(moment))
    rows = scores.figures_of(court, first=first)
    if request.GET.get("format") in pages.FORMATS:
        return pages.export(rows, court=court, first=first, kind=request.GET["format"])
    return render(
        request,
        "command/institutions.html",
        {
            "court": court,
            "above": courts_above(request, court),
            "first": first,
            "months": pages.months_back(court_date(moment)),
            "lines": pages.lines_of(rows),
            "owed": scores.owed_sums(court, moment=moment),
            "stray": scores.stray_of(first=first),
            "counted_at": pages.counted_at(),
            "may_send": _may_send(request, court),
        },
    )


@staff_only(*VIEWERS)
@require_GET
def institution(request: HttpRequest, code: str) -> HttpResponse:
    """One institution: twelve months, what it owes, the messages behind the figures, the letters sent."""
    court, moment, agency = court_asked(request), now(), _agency(code)
    day = court_date(moment)
    first = scores.month_of(request.GET.get("month", ""), on=day)
    start = add_months(day.replace(day=1), 1 - scores.MONTHS)
    rows = scores.figures_of(court, first=start, months=scores.MONTHS, agency=agency.pk)
    fault = request.GET.get("fault", "")
    return render(
        request,
        "command/institution.html",
        {
            "court": court,
            "above": courts_above(request, court),
            "agency": agency,
            "first": first,
            "months": pages.lines_of(rows)[::-1],
            "charts": pages.charts_of(rows, start=start),
            "chosen": next((row for row in pages.lines_of(rows) if row["figures"].month == first), None),
            "owed": scores.owed_of(court, moment=moment, agency=agency.pk, limit=50),
            "fault": fault if fault in scores.FAULTS else "",
            "faults": pages.FAULT_NAMES,
            "messages_of": _messages(court, agency, fault, first) if fault in scores.FAULTS else [],
            "letters": pages.letters_of(court, agency),
            "may_send": _may_send(request, court),
            "may_letter": _may_send(request, court) and first < day.replace(day=1),
        },
    )


@staff_only(*SENDERS)
@require_POST
def letter(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for the monthly letter."""
    agency = _agency(code)
    first = scores.month_of(request.POST.get("month", ""), on=today())
    return _send(request, agency, "command.letter", {"agency": agency.pk, "month": first.isoformat()}, first)


@staff_only(*SENDERS)
@require_POST
def remind(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for a reminder of what is owed."""
    agency = _agency(code)
    return _send(request, agency, "command.remind", {"agency": agency.pk}, today().replace(day=1))


def _send(
    request: HttpRequest, agency: Agency, act_code: str, payload: dict[str, str], first: date
) -> HttpResponse:
    done = act_post(request, act_code, payload=payload)
    if done.draft is None:
        for problem in done.problems:
            messages.error(request, str(problem))
    else:
        messages.success(request, "已报执行局长签发；签发后自动用印，单位有联络邮箱的同时发送。")
    response = redirect("command:institution", code=agency.pk)
    response["Location"] += f"?month={first:%Y-%m}"
    return response


def _agency(code: str) -> Agency:
    found = Agency.objects.filter(pk=code).first()
    if found is None:
        raise Http404
    return found


def _messages(court: Court, agency: Agency, fault: str, first: date) -> list[dict[str, object]]:
    start = datetime.combine(first, time.min, tzinfo=COURT_ZONE)
    end = datetime.combine(add_months(first, 1), time.min, tzinfo=COURT_ZONE)
    return scores.messages_of(court, agency=agency.pk, fault=fault, start=start, end=end)


def _may_send(request: HttpRequest, court: Court) -> bool:
    """Letters go out in the name of the viewer's own court only."""
    return Role.COMMAND_STAFF in request.roles and request.staff.court_id == court.key
