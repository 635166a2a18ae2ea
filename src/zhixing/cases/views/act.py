"""The general form page of an act in a case."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from zhixing.acts.kinds import Act
from zhixing.acts.models import Draft, DraftState, StepState
from zhixing.acts.registry import act
from zhixing.acts.web import Submission, act_form_of, act_post, actor_of
from zhixing.cases.access import CASE_ROLES
from zhixing.cases.models import Case, CaseState
from zhixing.cases.offers import obstacles, proposed, staff_choices
from zhixing.cases.views.clues import case_of
from zhixing.courts.access import staff_only
from zhixing.courts.roles import ROLE_NAMES, Role
from zhixing.kernel.clock import now, today
from zhixing.law.approvals import chain_for


@staff_only(*CASE_ROLES)
def act_page(request: HttpRequest, case_id: int, code: str) -> HttpResponse:
    """Show the form of an offered act; do it."""
    case, kind = case_of(request, case_id), _offered(code)
    if not request.roles & set(kind.drafters):
        return render(request, "403.html", {"reason": f"“{kind.title}”由{_names(kind)}办理。"}, status=403)
    done = act_post(request, code, case_id=case.pk) if request.method == "POST" else None
    if done is not None and done.draft is not None:
        messages.success(request, outcome(done.draft, kind))
        return redirect("cases:case", case_id=case.pk)
    return _page(request, case, kind, done)


def outcome(draft: Draft, kind: Act) -> str:
    """What came of it, in a sentence."""
    if draft.state == DraftState.EFFECTIVE:
        return f"“{kind.title}”已经办理。"
    step = draft.steps.filter(state=StepState.OPEN).first()
    return (
        f"“{kind.title}”已提交，等{ROLE_NAMES[Role(step.role)]}{step.name}。"
        if step
        else f"“{kind.title}”已提交。"
    )


def _page(request: HttpRequest, case: Case, kind: Act, done: Submission | None) -> HttpResponse:
    why = obstacles(kind, case, actor=actor_of(request), moment=now()) if done is None else ()
    form = act_form_of(
        request,
        kind.code,
        done=done,
        values=proposed(kind.code, case, today=today()),
        choices=staff_choices(kind, case, today=today()),
        submit_label="提交审批" if kind.chain else "",
        cancel_href=reverse("cases:case", args=[case.pk]),
    )
    steps = chain_for(kind.chain, case.court_key).steps if kind.chain else ()
    return render(
        request,
        "cases/act.html",
        {
            "case": case,
            "kind": kind,
            "form": form,
            "why": why,
            "archived": case.state == CaseState.ARCHIVED,
            "steps": [(ROLE_NAMES[Role(step.role)], step.name, step.law) for step in steps],
        },
        status=422 if done else 200,
    )


def _offered(code: str) -> Act:
    """The kind, if it has a general form. 404 otherwise."""
    try:
        kind = act(code)
    except KeyError:
        raise Http404 from None
    if not (kind.offered and kind.case_bound):
        raise Http404
    return kind


def _names(kind: Act) -> str:
    return "、".join(ROLE_NAMES[role] for role in sorted(kind.drafters)) or "系统"
