"""The approval inbox: what waits, one item with its papers and checks, the decision, and earlier decisions."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from zhixing.acts.errors import StepRefused
from zhixing.acts.models import Draft, DraftState, StepState
from zhixing.acts.registry import act
from zhixing.acts.services import step_decide
from zhixing.acts.web import actor_of
from zhixing.courts.access import staff_only
from zhixing.courts.roles import ROLE_NAMES, Role
from zhixing.documents.domain.problems import DocumentError
from zhixing.documents.models import Document
from zhixing.entry import approvals
from zhixing.entry.approval_facts import facts_of_act
from zhixing.entry.approval_papers import picture_of, tabs_of
from zhixing.kernel.clock import now, today
from zhixing.kernel.errors import Problem

APPROVERS = (
    Role.INQUIRY_OFFICER, Role.JUDGE, Role.BUREAU_CHIEF, Role.VICE_PRESIDENT, Role.PRESIDENT, Role.FUNDS_MANAGER,
)  # fmt: skip
PER_PAGE = 30


@never_cache
@staff_only(*APPROVERS)
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """What waits for this person; the first item lies open."""
    rows = approvals.rows_of(approvals.waiting_for(actor_of(request)))
    return _page(request, rows, rows[0].draft_id if rows else None)


@never_cache
@staff_only(*APPROVERS)
@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """One item; a post decides it."""
    if request.method == "POST":
        return _decide(request, draft_id)
    return _page(request, approvals.rows_of(approvals.waiting_for(actor_of(request))), draft_id)


def _decide(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    approve, opinion = request.POST.get("decision") == "approve", request.POST.get("opinion", "").strip()
    actor = actor_of(request)
    if approvals.desk_of(draft_id, actor=actor, moment=now()) is None:
        raise Http404
    if len(opinion) > 500:
        return _again(
            request,
            draft_id,
            [
                Problem(
                    code="step.opinion_long",
                    sentence="审批意见超过 500 字。",
                    mend="请缩短。",
                    field="opinion",
                )
            ],
        )
    before = transaction.savepoint()
    try:
        draft = step_decide(draft_id=draft_id, actor=actor, approve=approve, opinion=opinion, moment=now())
    except StepRefused as refused:
        return _again(request, draft_id, refused.problems)
    except DocumentError as error:
        # Nothing of a half-made act may stay: the step is open again and the approver is told why.
        transaction.savepoint_rollback(before)
        return _again(
            request, draft_id, [Problem(code="paper.failed", sentence=str(error), mend="请退回拟稿人补正。")]
        )
    return _done(request, draft)


def _done(request: HttpRequest, draft: Draft) -> HttpResponse:
    title = act(draft.code).title
    if draft.state == DraftState.LAPSED:
        messages.warning(request, f"“{title}”没有生效：批准后复查时情况已经变化，原因见下。")
        return redirect("approvals:item", draft_id=draft.pk)
    papers = Document.objects.filter(draft_id=draft.pk).count() if draft.state == DraftState.EFFECTIVE else 0
    words = {
        DraftState.RETURNED: f"“{title}”已退回拟稿人。",
        DraftState.PENDING: f"“{title}”已同意，转下一步。",
        DraftState.EFFECTIVE: f"“{title}”已批准并生效" + (f"，{papers} 份文书已用印。" if papers else "。"),
    }
    messages.success(request, words[DraftState(draft.state)])
    return redirect("approvals:inbox")


def _again(request: HttpRequest, draft_id: uuid.UUID, problems: list[Problem]) -> HttpResponse:
    rows = approvals.rows_of(approvals.waiting_for(actor_of(request)))
    return _page(request, rows, draft_id, problems=problems, status=422)


def _page(
    request: HttpRequest, rows: list[approvals.Row], draft_id: uuid.UUID | None, *,
    problems: list[Problem] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    actor, moment = actor_of(request), now()
    desk = approvals.desk_of(draft_id, actor=actor, moment=moment) if draft_id else None
    if draft_id and desk is None:
        raise Http404
    context: dict[str, Any] = {
        "rows": rows, "desk": desk, "today": today(), "counted": approvals.decided_on(request.staff.pk, today()),
        "batches": approvals.batches_waiting_for(actor) if Role.INQUIRY_OFFICER in request.roles else 0,
        "near": sum(row.due is not None and (row.due - today()).days <= 3 for row in rows),
        "problems": problems or [], "opinion": request.POST.get("opinion", "同意。"),
    }  # fmt: skip
    if desk is not None:
        context |= _desk_context(request, desk)
    return render(request, "entry/approvals.html", context, status=status)


def _desk_context(request: HttpRequest, desk: approvals.Desk) -> dict[str, Any]:
    """Facts and papers; a look at a waiting item is journalled once per person."""
    pending = desk.draft.state == DraftState.PENDING
    if pending and desk.mine:
        approvals.reading_record(desk, reader=actor_of(request), moment=now())
    facts, lines = facts_of_act(desk.ctx)
    tabs, failure = [], ""
    if pending:
        try:
            tabs = tabs_of(desk.ctx, desk.kind.documents(desk.ctx))
        except DocumentError as error:
            failure = str(error)
    following = ROLE_NAMES[Role(desk.following.role)] if desk.following else ""
    return {
        "facts": facts, "lines": lines, "tabs": tabs, "failure": failure, "following": following,
        "amount": approvals.amount_of(desk.draft.payload), "papers": sum(len(tab.sheets) for tab in tabs),
        "final": Document.objects.filter(draft_id=desk.draft.pk).order_by("pk") if not pending else [],
    }  # fmt: skip


@never_cache
@staff_only(*APPROVERS)
@require_GET
def paper(request: HttpRequest, draft_id: uuid.UUID, no: int) -> HttpResponse:
    """One paper of a waiting item as a picture."""
    desk = approvals.desk_of(draft_id, actor=actor_of(request), moment=now())
    specs = (
        desk.kind.documents(desk.ctx) if desk is not None and desk.draft.state == DraftState.PENDING else []
    )
    if no >= len(specs):
        raise Http404
    try:
        return HttpResponse(picture_of(desk.ctx, specs[no]), content_type="image/png")
    except DocumentError as error:
        return HttpResponse(str(error), content_type="text/plain; charset=utf-8", status=422)


@staff_only(*APPROVERS)
@require_GET
def decided(request: HttpRequest) -> HttpResponse:
    """What this person approved and returned, and what became of it."""
    state = request.GET.get("state", "")
    page = Paginator(approvals.decided_by(request.staff.pk, state=state), PER_PAGE).get_page(
        request.GET.get("page")
    )
    segments = [
        ("", "全部"),
        (StepState.APPROVED, "同意"),
        (StepState.RETURNED, "退回"),
        (DraftState.LAPSED, "批后失效"),
    ]
    return render(request, "entry/approvals_decided.html", {
        "page": page, "rows": approvals.decided_rows(page.object_list), "state": state, "segments": segments,
    })  # fmt: skip
