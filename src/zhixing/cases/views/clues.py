"""Clues of a case: confirmed or set aside by a click; papers that arrive later."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from zhixing.acts.services import read_record
from zhixing.acts.web import Submission, act_post, actor_of
from zhixing.cases.clues import clue_counts, clue_groups, sound_ids
from zhixing.cases.models import Case, CaseState, Paper
from zhixing.cases.selectors import case_load
from zhixing.cases.uploads import ACCEPT, case_receive
from zhixing.courts.access import staff_only
from zhixing.courts.roles import Role
from zhixing.kernel.clock import now
from zhixing.platform.crypto import unseal_text
from zhixing.ui.forms import FieldView, FormView

READERS = (Role.JUDGE, Role.ASSISTANT, Role.CLERK, Role.BUREAU_CHIEF)


@staff_only(*READERS)
def clues(request: HttpRequest, case_id: int) -> HttpResponse:
    """The clues by party; a post confirms or rejects what was ticked."""
    case = case_of(request, case_id)
    done = None
    if request.method == "POST":
        done = act_post(request, "cases.confirm_clues", case_id=case.pk, payload=_picked(request, case))
        if done.draft is not None:
            made = done.draft.result
            messages.success(request, f"确认 {made['confirmed']} 条，不采用 {made['rejected']} 条。")
            return redirect("cases:clues", case_id=case.pk)
    return _clues_page(request, case, done)


@staff_only(*READERS)
def papers_add(request: HttpRequest, case_id: int) -> HttpResponse:
    """A paper that arrives after docketing."""
    case = case_of(request, case_id)
    if request.method != "POST":
        return redirect("cases:clues", case_id=case.pk)
    if case.state == CaseState.ARCHIVED:
        messages.error(request, "案件已经归档，不能再补充材料。")
        return redirect("cases:clues", case_id=case.pk)
    came = case_receive(request.FILES.getlist("papers"), case=case, staff=request.staff, moment=now())
    if came.papers:
        messages.success(request, f"收下材料 {len(came.papers)} 份，读出的线索列在下面，请确认。")
    if came.known:
        messages.info(request, f"{came.known} 份材料与已收下的完全相同，没有重复保存。")
    if not came.problems:
        return redirect("cases:clues", case_id=case.pk)
    return _clues_page(request, case, None, upload=_upload_form(case, came.problems))


@staff_only(*READERS)
def paper(request: HttpRequest, case_id: int, paper_id: int) -> HttpResponse:
    """The text of one paper, with one clue marked when asked for."""
    case = case_of(request, case_id)
    found = Paper.objects.filter(case=case, pk=paper_id).first()
    if found is None:
        raise Http404
    _record(request, case, {"paper": found.pk})
    text = unseal_text(found.subject, found.text_sealed)
    clue = (
        found.identifier_set.filter(pk=request.GET.get("clue", "0")).first()
        if request.GET.get("clue", "0").isdecimal()
        else None
    )
    start, end = (clue.span_from, clue.span_to) if clue and clue.span_from is not None else (0, 0)
    return render(
        request,
        "cases/paper.html",
        {
            "case": case,
            "paper": found,
            "before": text[:start],
            "mark": text[start:end],
            "after": text[end:],
        },
    )


def case_of(request: HttpRequest, case_id: int) -> Case:
    """The case of the reader's own court; a superior court sees cases, not what is in clear. 404 otherwise."""
    case = case_load(case_id, False)
    if case is None or case.court_key != request.staff.court_id:
        raise Http404
    return case


def _picked(request: HttpRequest, case: Case) -> dict[str, list[str]]:
    """Which button: one row, the ticked rows, or all whose check holds."""
    posted, ticked = request.POST, request.POST.getlist("pick")
    if posted.get("one_confirm"):
        return {"confirm": [posted["one_confirm"]], "reject": []}
    if posted.get("one_reject"):
        return {"confirm": [], "reject": [posted["one_reject"]]}
    if posted.get("do") == "sound":
        return {"confirm": [str(pk) for pk in sound_ids(case.pk)], "reject": []}
    return (
        {"confirm": [], "reject": ticked}
        if posted.get("do") == "reject"
        else {"confirm": ticked, "reject": []}
    )


def _clues_page(
    request: HttpRequest, case: Case, done: Submission | None, upload: FormView | None = None
) -> HttpResponse:
    groups = clue_groups(case)
    _record(request, case, {"clues": sum(len(group.rows) for group in groups)})
    form = FormView(
        action=request.path,
        fields=(),
        form_id="clue-form",
        problems=done.problems if done else (),
        overridden=request.POST.getlist("override"),
        override_reason=request.POST.get("override_reason", ""),
    )
    return render(
        request,
        "cases/clues.html",
        {
            "case": case,
            "groups": groups,
            "counts": clue_counts(case.pk),
            "form": form,
            "key": done.key if done else "",
            "picked": {int(pk) for pk in (done.values or {}).get("confirm", [])} if done else set(),
            "sound": len(sound_ids(case.pk)),
            "papers": Paper.objects.filter(case=case).order_by("id"),
            "upload": upload or _upload_form(case),
            "may_act": bool(request.roles & {Role.JUDGE, Role.ASSISTANT, Role.CLERK})
            and case.state == CaseState.OPEN,
        },
        status=422 if (done or upload) else 200,
    )


def _record(request: HttpRequest, case: Case, told: dict[str, int]) -> None:
    read_record(
        code="cases.confirm_clues",
        actor=actor_of(request),
        case_id=case.pk,
        court_key=case.court_key,
        moment=now(),
        told=told,
    )


def _upload_form(case: Case, problems: list | None = None) -> FormView:
    field = FieldView(
        name="papers",
        label="补充材料",
        widget="file",
        multiple=True,
        required=True,
        accept=ACCEPT,
        max_bytes=settings.PAPER_MAX_BYTES,
        problems=problems or (),
    )
    return FormView(
        action=reverse("cases:papers", args=[case.pk]),
        fields=[field],
        submit_label="上传并识别",
        submit_icon="upload",
        is_side=True,
        form_id=f"upload-{uuid.uuid4().hex[:8]}",
    )
