"""Filing: papers in, then the docketing form filled in from what was read."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from zhixing.acts.web import Submission, act_form_of, act_post
from zhixing.cases.domain.prefill import docket_values
from zhixing.cases.intake import filing_clues
from zhixing.cases.models import Case, Filing, Paper
from zhixing.cases.numbers import title_remark
from zhixing.cases.uploads import ACCEPT, filing_receive, papers_read
from zhixing.courts.access import staff_only
from zhixing.courts.roles import Role
from zhixing.kernel.clock import now, today
from zhixing.kernel.errors import Problem
from zhixing.ui.forms import FieldView, FormView


@staff_only(Role.CLERK, Role.JUDGE)
def receive(request: HttpRequest) -> HttpResponse:
    """Step 1. Papers that could be read are kept even when others could not."""
    if request.method != "POST":
        return render(request, "cases/receive.html", {"form": _upload_form("")})
    filing = _filing(request, request.POST.get("filing", ""))
    came = filing_receive(request.FILES.getlist("papers"), staff=request.staff, moment=now(), filing=filing)
    if came.filing and not came.problems:
        return redirect("cases:docket", filing_id=came.filing.pk)
    papers = Paper.objects.filter(filing=came.filing).order_by("id") if came.filing else []
    form = _upload_form(str(came.filing.pk) if came.filing else "", came.problems)
    return render(
        request, "cases/receive.html", {"form": form, "papers": papers, "filing": came.filing}, status=422
    )


@staff_only(Role.CLERK, Role.JUDGE)
def docket(request: HttpRequest, filing_id: uuid.UUID) -> HttpResponse:
    """Step 2. On success the clues of the papers are proposed and shown."""
    filing = _filing(request, str(filing_id))
    if filing is None:
        raise Http404
    if filing.case_id is not None:
        return redirect("cases:clues", case_id=filing.case_id)
    done = act_post(request, "cases.docket") if request.method == "POST" else None
    if done is not None and done.draft is not None:
        case = Case.objects.get(pk=done.draft.case_id)
        count = filing_clues(case)
        messages.success(request, f"已立案，案号 {case.number}。从材料中读出 {count} 条线索，请逐项确认。")
        return redirect("cases:clues", case_id=case.pk)
    return _docket_page(request, filing, done)


def _docket_page(request: HttpRequest, filing: Filing, done: Submission | None) -> HttpResponse:
    papers = list(Paper.objects.filter(filing=filing).order_by("id"))
    values = None if done else docket_values(papers_read(papers), today=today()) | {"filing": str(filing.pk)}
    form = act_form_of(request, "cases.docket", done=done, values=values, submit_label="立案并编号")
    shown = (done.values if done else values) or {}
    return render(
        request,
        "cases/docket.html",
        {
            "form": form,
            "f": {field.name: field for field in form.fields},
            "papers": papers,
            "filing": filing,
            "remark": title_remark(str(shown.get("title_number", "")), court=request.staff.court),
        },
        status=422 if done else 200,
    )


def _filing(request: HttpRequest, text: str) -> Filing | None:
    """The filing of this court with that id; None for anything else."""
    try:
        key = uuid.UUID(text)
    except ValueError:
        return None
    return Filing.objects.filter(pk=key, court_key=request.staff.court_id).first()


def _upload_form(filing: str, problems: list[Problem] | None = None) -> FormView:
    field = FieldView(
        name="papers",
        label="申请书、执行依据、身份证明、财产线索等材料",
        widget="file",
        multiple=True,
        required=True,
        accept=ACCEPT,
        max_bytes=settings.PAPER_MAX_BYTES,
        hint="可以一次选多份。",
        problems=problems or (),
    )
    return FormView(
        action=reverse("cases:new"),
        # A fresh id makes the script show the whole answer, with the papers that were kept, not the form alone.
        form_id=f"upload-{uuid.uuid4().hex[:8]}",
        fields=[field],
        submit_label="上传并识别",
        submit_icon="upload",
        idempotency_key=str(uuid.uuid4()),
        extra_hidden=(("filing", filing),) if filing else (),
        cancel_href="/cases/",
    )
