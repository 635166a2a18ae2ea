"""The debtor's report of property, typed in by the clerk; and all reports of the case."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from zhixing.acts.web import act_form_of, act_post
from zhixing.cases.models import PartyRole
from zhixing.cases.selectors import case_load, parties_of
from zhixing.courts.access import staff_only
from zhixing.courts.roles import Role
from zhixing.inquiry.declarations import declarations_of
from zhixing.kernel.clock import today
from zhixing.ui.forms import Choice

CODE = "inquiry.declare"
FLAGS = ("出租", "担保", "共有", "争议", "被查封", "被占用")


@staff_only(Role.JUDGE, Role.ASSISTANT, Role.CLERK)
def declare(request: HttpRequest, case_id: int) -> HttpResponse:
    """List of reports and the form for the next one."""
    case = case_load(case_id, False)
    if case is None:
        raise Http404
    done = act_post(request, CODE, case_id=case.pk) if request.method == "POST" else None
    if done is not None and done.draft is not None:
        messages.success(request, "财产报告已登记。")
        return redirect("inquiry:declare", case_id=case.pk)
    parties = list(parties_of(case.pk, role=PartyRole.OBLIGOR))
    form = act_form_of(
        request,
        CODE,
        done=done,
        values={"received_on": today().isoformat()}
        | ({"party": str(parties[0].pk)} if len(parties) == 1 else {}),
        cancel_href=reverse("cases:case", args=[case.pk]),
        choices={
            "party": [Choice(value=str(p.pk), label=p.name) for p in parties],
            "flags": [Choice(value=flag, label=flag) for flag in FLAGS],
        },
    )
    return render(
        request,
        "inquiry/declare.html",
        {
            "case": case,
            "case_href": reverse("cases:case", args=[case.pk]),
            "form": form,
            "declarations": declarations_of(case),
        },
        status=422 if done else 200,
    )
