"""网络财产查询清单 of a case: as it stands now, and the sealed ones made before."""

from __future__ import annotations

import json
import uuid
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from zhixing.acts.services import read_record
from zhixing.acts.web import act_form_of, act_post, actor_of
from zhixing.cases.models import Case
from zhixing.cases.selectors import case_load
from zhixing.courts.access import staff_only
from zhixing.courts.roles import Role
from zhixing.documents.selectors import documents_of_case
from zhixing.documents.services import document_content
from zhixing.inquiry.acts.certify import KIND, Certify
from zhixing.inquiry.domain.exhaustion import SETTLED, UNASKED
from zhixing.inquiry.exhaustion import exhaustion_of
from zhixing.inquiry.exhaustion_paper import told_of
from zhixing.kernel.clock import now


@staff_only(Role.JUDGE)
def exhaustion(request: HttpRequest, case_id: int) -> HttpResponse:
    """What was asked and what is missing, by debtor and source; a post seals it."""
    case = _own_case(request, case_id)
    done = act_post(request, Certify.code, case_id=case.pk, payload={}) if request.method == "POST" else None
    if done is not None and done.draft is not None:
        messages.success(request, "查询清单已出具，可以下载。")
        return redirect("inquiry:exhaustion", case_id=case.pk)
    told = exhaustion_of(case, moment=now())
    return render(
        request,
        "inquiry/exhaustion.html",
        {
            "case": case,
            "case_href": reverse("cases:case", args=[case.pk]),
            "told": told,
            "groups": _groups(told),
            "settled": len(told["lines"]) - len(told["gaps"]),
            "papers": list(documents_of_case(case.pk).filter(kind=KIND)),
            "form": act_form_of(request, Certify.code, done=done),
        },
        status=422 if done else 200,
    )


@staff_only(Role.JUDGE)
def exhaustion_data(request: HttpRequest, case_id: int, document_id: uuid.UUID) -> HttpResponse:
    """The data out of one sealed list, byte for byte as the digest was made; the reading is on record."""
    case = _own_case(request, case_id)
    document = documents_of_case(case.pk).filter(kind=KIND, pk=document_id).first()
    if document is None:
        raise Http404
    told = told_of(document_content(document))
    read_record(
        code=Certify.code, actor=actor_of(request), case_id=case.pk, court_key=case.court_key, moment=now(),
        told={"document": str(document.pk), "sha256": document.sha256},
    )  # fmt: skip
    response = HttpResponse(json.dumps(told, ensure_ascii=False, indent=1), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="exhaustion-{document.code}.json"'
    return response


def _own_case(request: HttpRequest, case_id: int) -> Case:
    """The case, for its handler only: classes of answers are sealed to him like the answers."""
    case = case_load(case_id, False)
    if case is None or case.handler_id != request.staff.pk:
        raise Http404
    return case


def _groups(told: dict[str, Any]) -> list[dict[str, Any]]:
    """Lines by debtor; within a debtor the sources in the order of the menu, gaps marked."""
    titles = {row["code"]: row for row in told["sources"]}
    names = {row["no"]: row["name"] for row in told["debtors"]}
    return [
        {
            "name": names[no],
            "rows": [
                line | {"source_title": titles[line["source"]]["title"], "chip": _chip(line["answer"])}
                for line in lines
            ],
        }
        for no, lines in groupby(told["lines"], key=lambda line: line["debtor"])
    ]


def _chip(answer: str) -> str:
    if answer in SETTLED:
        return "done"
    if answer in UNASKED:
        return "todo"
    return "doing" if answer in ("waiting", "queued") else "warn"
