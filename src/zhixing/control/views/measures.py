"""Measures of one case: what holds, what the agencies answered, and the acts that may follow."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from zhixing.acts.services import read_record
from zhixing.acts.web import Submission, act_form_of, act_post, actor_of
from zhixing.cases.models import Case, CaseState
from zhixing.cases.selectors import case_load
from zhixing.control.acts.release import GROUNDS
from zhixing.control.models import Receipt
from zhixing.control.selectors import measures_page
from zhixing.courts.access import staff_only
from zhixing.courts.roles import Role
from zhixing.kernel.clock import now, today
from zhixing.platform import files

TEAM = (Role.JUDGE, Role.ASSISTANT, Role.CLERK)
FILE_KINDS = {
    b"%PDF": ("application/pdf", "pdf"),
    b"\x89PNG": ("image/png", "png"),
    b"\xff\xd8\xff": ("image/jpeg", "jpg"),
}


@staff_only()
def measures(request: HttpRequest, case_id: int) -> HttpResponse:
    """The measures of a case."""
    return _page(request, _case(case_id))


@require_POST
@staff_only(*TEAM)
def notify(request: HttpRequest, case_id: int) -> HttpResponse:
    """Tell the debtor."""
    case = _case(case_id)
    done = act_post(request, "control.notify_debtor", case_id=case.pk, payload={})
    if done.draft is None:
        return _page(request, case, done=done, code="control.notify_debtor")
    result = done.draft.result
    messages.success(request, f"已生成冻结告知书，告知 {result['debtors']} 人、{result['measures']} 项措施。")
    return redirect("control:measures", case_id=case.pk)


@require_POST
@staff_only(Role.JUDGE)
def transfer(request: HttpRequest, case_id: int) -> HttpResponse:
    """Deduct frozen money into the case's account."""
    case = _case(case_id)
    entered = {
        pk: request.POST.get(f"amount-{pk}", "").replace(",", "").replace("，", "").strip()
        for pk in request.POST.getlist("use")
    }
    payload = {"items": [{"measure": pk, "amount": amount} for pk, amount in entered.items()]}
    done = act_post(request, "control.transfer", case_id=case.pk, payload=payload)
    if done.draft is None:
        return _page(request, case, done=done, code="control.transfer", entered=entered)
    messages.success(request, "扣划已报批，批准后自动生成裁定书和协助扣划通知书并发出。")
    return redirect("control:measures", case_id=case.pk)


@require_POST
@staff_only(Role.JUDGE)
def release(request: HttpRequest, case_id: int) -> HttpResponse:
    """Release freezes on a ground."""
    case, chosen = _case(case_id), request.POST.getlist("measures")
    done = act_post(request, "control.release", case_id=case.pk)
    if done.draft is None:
        return _page(request, case, done=done, code="control.release", chosen=frozenset(chosen))
    messages.success(request, "解除已报批，批准后自动发出解除冻结的裁定和通知。")
    return redirect("control:measures", case_id=case.pk)


@staff_only(*TEAM, Role.BUREAU_CHIEF)
def receipt(request: HttpRequest, case_id: int, receipt_id: int) -> HttpResponse:
    """An agency's receipt as it came; the look is on record."""
    case = _case(case_id)
    found = Receipt.objects.filter(pk=receipt_id, case_id=case.pk).first()
    if found is None:
        raise Http404
    read_record(
        code="control.receipt",
        actor=actor_of(request),
        case_id=case.pk,
        court_key=case.court_key,
        moment=now(),
        told={"receipt": found.pk},
    )
    content = files.get(found.sha256)
    kind, suffix = next(
        (k for head, k in FILE_KINDS.items() if content.startswith(head)), ("application/octet-stream", "bin")
    )
    return HttpResponse(
        content,
        content_type=kind,
        headers={
            "Content-Disposition": f'attachment; filename="receipt-{found.pk}.{suffix}"',
            "Cache-Control": "no-store",
        },
    )


def _case(case_id: int) -> Case:
    case = case_load(case_id, False)
    if case is None:
        raise Http404
    return case


def _page(
    request: HttpRequest,
    case: Case,
    *,
    done: Submission | None = None,
    code: str = "",
    entered: dict[str, str] | None = None,
    chosen: frozenset[str] = frozenset(),
) -> HttpResponse:
    values: dict[str, Any] = dict(done.values or {}) if done is not None else {}

    def form(of: str) -> Any:
        return act_form_of(request, of, done=done if of == code else None)

    return render(
        request,
        "control/measures.html",
        {
            "case": case,
            "page": measures_page(case, today=today(), entered=entered, chosen=chosen),
            "today": today(),
            "notify_form": form("control.notify_debtor"),
            "transfer_form": form("control.transfer"),
            "release_form": form("control.release"),
            "grounds": GROUNDS.items(),
            "ground": values.get("ground", ""),
            "refused": code,
            "chosen": chosen,
            "is_judge": Role.JUDGE in request.roles and case.state == CaseState.OPEN,
            "is_team": bool(request.roles & set(TEAM)) and case.state == CaseState.OPEN,
        },
        status=422 if done is not None else 200,
    )
