"""The judge's list of inquiries, and the menu by which a new one is asked for."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from zhixing.acts import forms
from zhixing.acts.preview import act_problems
from zhixing.acts.registry import act
from zhixing.acts.web import Submission, act_form_of, act_post, actor_of
from zhixing.cases.models import Case, Party
from zhixing.cases.selectors import case_load
from zhixing.courts.access import staff_only
from zhixing.courts.roles import Role
from zhixing.inquiry import menu_page as pages
from zhixing.inquiry.board import GROUPS, board_of
from zhixing.inquiry.models import Urgency
from zhixing.kernel.clock import now, today
from zhixing.ui.forms import Choice

CODE = "inquiry.request"
PER_PAGE = 25


@staff_only(Role.JUDGE)
def board(request: HttpRequest) -> HttpResponse:
    """His inquiries with state and packets."""
    rows = board_of(request.staff.pk, moment=now())
    group = request.GET.get("state", "")
    shown = [row for row in rows if row.group == group] if group else rows
    return render(
        request,
        "inquiry/list.html",
        {
            "page": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
            "group": group,
            "total": len(rows),
            "groups": [(key, name, sum(row.group == key for row in rows)) for key, name in GROUPS],
            "sealed": sum(row.group == "sealed" for row in rows),
        },
    )


@staff_only(Role.JUDGE)
def new(request: HttpRequest, case_id: int) -> HttpResponse:
    """The menu; a post asks for the inquiry."""
    case = _case(case_id)
    done: Submission | None = None
    if request.method == "POST":
        done = act_post(request, CODE, case_id=case.pk)
        if done.draft is not None:
            messages.success(request, "已提交初核。批准后自动生成裁定书和协助查询通知书。")
            return redirect("inquiry:list")
    party = _party(request, case, done)
    if party is None:
        return render(
            request, "inquiry/nobody.html", {"case": case, "back": reverse("cases:case", args=[case.pk])}
        )
    values = done.values if done is not None else pages.values_fresh(case, party, on=today())
    return render(
        request, "inquiry/new.html", _context(request, case, party, values, done), status=422 if done else 200
    )


@staff_only(Role.JUDGE)
def check(request: HttpRequest, case_id: int) -> HttpResponse:
    """The checks for what is chosen so far; nothing is stored."""
    case = _case(case_id)
    values = forms.payload_read(act(CODE), request.POST)
    party = _party(request, case, Submission(draft=None, values=values))
    if party is None:
        raise Http404
    problems = act_problems(code=CODE, actor=actor_of(request), payload=values, moment=now(), case_id=case.pk)
    return render(
        request, "inquiry/_checks.html", {"checks_list": pages.checks_of(case, party, problems, on=today())}
    )


def _context(
    request: HttpRequest, case: Case, party: Party, values: dict[str, Any], done: Submission | None
) -> dict[str, Any]:
    problems = act_problems(code=CODE, actor=actor_of(request), payload=values, moment=now(), case_id=case.pk)
    urgencies = [
        Choice(value="", label="不加急"),
        *(Choice(value=v, label=str(n)) for v, n in Urgency.choices),
    ]
    form = act_form_of(request, CODE, done=done, values=values, choices={"urgency": urgencies})
    return {
        "case": case,
        "case_href": reverse("cases:case", args=[case.pk]),
        "page": pages.menu_page(case, party, values, on=today()),
        "form": form,
        "f": {field.name: field for field in form.fields},
        "purposes": pages.PURPOSES,
        "road": pages.road_of(case, problems),
        "road_fix": _road_fix(case, {problem.code for problem in problems}),
        "checks_list": pages.checks_of(case, party, problems, on=today()),
    }


def _road_fix(case: Case, codes: set[str]) -> tuple[str, str] | None:
    """What must be done on another page before anything can be asked: words, address; None when nothing."""
    if "inquiry.no_whereabouts" in codes:
        return "登记被执行人下落", reverse("cases:act", args=[case.pk, "cases.whereabouts"])
    if "inquiry.no_notice" in codes:
        return "发出执行通知书、报告财产令", reverse("cases:act", args=[case.pk, "cases.notice"])
    return ("登记财产报告", reverse("inquiry:declare", args=[case.pk])) if "inquiry.wait" in codes else None


def _case(case_id: int) -> Case:
    case = case_load(case_id, False)
    if case is None:
        raise Http404
    return case


def _party(request: HttpRequest, case: Case, done: Submission | None) -> Party | None:
    """The person asked about: as posted, as named in the address, else the first obligor."""
    wanted = str((done.values or {}).get("party", "")) if done is not None else request.GET.get("party", "")
    obligors = pages.obligors_of(case, on=today())
    return next((party for party in obligors if str(party.pk) == wanted), obligors[0] if obligors else None)
