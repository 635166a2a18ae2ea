"""Release by two officers: the first chooses and signs, the second checks the same list and signs or returns it."""

from __future__ import annotations

import base64
import uuid
from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zhixing.acts.errors import StepRefused
from zhixing.acts.models import Draft, DraftState
from zhixing.acts.services import step_decide
from zhixing.acts.web import act_post, actor_of
from zhixing.courts.access import staff_only
from zhixing.courts.roles import Role
from zhixing.courts.selectors import credential_on
from zhixing.courts.services import WrongPin, credential_sign
from zhixing.gateway.reviews import waiting_count
from zhixing.inquiry import release_page as pages
from zhixing.inquiry.models import Request
from zhixing.inquiry.release import batch_digest
from zhixing.inquiry.repeats import failing_of
from zhixing.kernel.clock import now, today
from zhixing.kernel.errors import Problem
from zhixing.ui.forms import FieldView, FormView

SEEN = Problem(
    code="release.not_checked",
    sentence="还没有勾选“已核对清单与文书”。",
    mend="请逐项核对后勾选。",
    field="checked",
)


@staff_only(Role.INQUIRY_OFFICER)
def release(request: HttpRequest) -> HttpResponse:
    """What waits; a post signs the chosen ones as the first officer."""
    problems: list[Problem] = []
    chosen = request.POST.getlist("requests")
    if request.method == "POST":
        rows = pages.requests_chosen(chosen, court_key=request.staff.court_id)
        problems = _first_problems(request, rows)
        if not problems:
            problems = _first_sign(request, rows)
        if not problems:
            messages.success(request, f"已签名 {len(rows)} 份，等另一名查询员核对签名后发出。")
            return redirect("inquiry:release")
    return _page(
        request,
        "inquiry/release.html",
        problems,
        {
            "waiting": pages.waiting_rows(court_key=request.staff.court_id, on=today()),
            "chosen": set(chosen),
            "is_first_visit": request.method != "POST",
            "to_review": waiting_count(),
            "failing": failing_of(moment=now(), court_key=request.staff.court_id),
        },
    )


@staff_only(Role.INQUIRY_OFFICER)
def second(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """The batch of the first officer; a post signs it or sends it back."""
    draft = pages.draft_pending(draft_id, court_key=request.staff.court_id)
    if draft is None:
        messages.info(request, "这一批已经发出或退回。")
        return redirect("inquiry:release")
    rows = pages.requests_chosen(draft.payload["requests"], court_key=request.staff.court_id)
    problems: list[Problem] = []
    if request.method == "POST":
        problems = _second_decide(request, draft)
        if not problems:
            return redirect("inquiry:release")
    return _page(
        request,
        "inquiry/release_second.html",
        problems,
        {
            "draft": draft,
            "rows": pages.batch_rows(rows, on=today()),
            "is_mine": draft.drafter_staff_id == request.staff.pk,
            "first_credential": credential_on(draft.drafter_staff_id or 0, on=today()),
            "unchanged": pages.is_unchanged(draft, rows),
            "agencies": sum(len(row.agencies) for row in rows),
        },
    )


def _page(
    request: HttpRequest, template: str, problems: Sequence[Problem], found: dict[str, object]
) -> HttpResponse:
    court_key = request.staff.court_id
    form = FormView(
        action=request.path,
        fields=[
            FieldView(
                name="pin",
                label="证书口令",
                widget="password",
                required=True,
                hint="请确认证书介质属于您本人。",
                problems=[p for p in problems if p.field == "pin"],
            ),
        ],
        problems=[p for p in problems if p.field != "pin"],
    )
    return render(
        request,
        template,
        {
            "form": form,
            "pin": form.fields[0],
            "credential": credential_on(request.staff.pk, on=today()),
            "pending": pages.batches_pending(court_key=court_key, staff_id=request.staff.pk),
            "released": pages.batches_released(court_key=court_key, moment=now(), on=today()),
            "opinion": request.POST.get("opinion", ""),
            **found,
        },
        status=422 if problems else 200,
    )


def _first_problems(request: HttpRequest, rows: list[Request]) -> list[Problem]:
    problems = []
    if not rows:
        problems.append(
            Problem(
                code="release.none",
                sentence="没有选择要发出的查询单。",
                mend="请在清单中勾选。",
                field="requests",
            )
        )
    if not request.POST.get("checked"):
        problems.append(SEEN)
    return problems


def _first_sign(request: HttpRequest, rows: list[Request]) -> list[Problem]:
    digest = batch_digest(rows)
    signature, problem = _signature(request, digest)
    if problem:
        return [problem]
    payload = {"requests": [str(row.pk) for row in rows], "digest": digest, "signature": signature}
    return list(act_post(request, pages.CODE, payload=payload).problems)


def _second_decide(request: HttpRequest, draft: Draft) -> list[Problem]:
    approve, evidence = request.POST.get("decision") != "return", {}
    opinion = request.POST.get("opinion", "").strip()[:500]
    if approve:
        signature, problem = _signature(request, draft.payload["digest"])
        problems = [p for p in (None if request.POST.get("checked") else SEEN, problem) if p]
        if problems:
            return problems
        evidence, opinion = {"signature": signature}, opinion or "清单与文书已核对"
    try:
        draft = step_decide(
            draft_id=draft.pk,
            actor=actor_of(request),
            approve=approve,
            opinion=opinion,
            moment=now(),
            evidence=evidence,
        )
    except StepRefused as refused:
        return list(refused.problems)
    _tell(request, draft)
    return []


def _tell(request: HttpRequest, draft: Draft) -> None:
    if draft.state == DraftState.EFFECTIVE:
        messages.success(
            request,
            f"第 {draft.result['batch']} 批已发出：{draft.result['requests']} 份查询，{draft.result['orders']} 家次。",
        )
    elif draft.state == DraftState.LAPSED:
        why = "；".join(problem["sentence"] for problem in draft.result.get("problems", []))
        messages.error(request, f"没有发出：{why}请重新选择清单。")
    else:
        messages.success(request, f"已退回{draft.drafter['name']}，清单可以重新选择。")


def _signature(request: HttpRequest, digest: str) -> tuple[str, Problem | None]:
    """The officer's signature over the digest, or why there is none."""
    credential = credential_on(request.staff.pk, on=today())
    if credential is None:
        return "", Problem(
            code="release.no_credential",
            sentence="您的公务证件没有备案或已过期，不能发起查询。",
            mend="请先办理备案。",
            law="network.2",
        )
    try:
        signed = credential_sign(credential, pin=request.POST.get("pin", ""), digest=bytes.fromhex(digest))
    except WrongPin:
        return "", Problem(
            code="release.pin",
            sentence="证书口令不对，没有签名。",
            mend="请核对证书属于您本人后重新输入。",
            field="pin",
        )
    return base64.b64encode(signed).decode(), None
