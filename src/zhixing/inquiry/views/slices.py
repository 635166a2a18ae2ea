"""One inquiry by agency: who answered, who failed, who is silent; a post asks the failed ones again."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zhixing.acts.web import act_form_of, act_post
from zhixing.courts.access import staff_only
from zhixing.courts.roles import Role
from zhixing.inquiry import repeats
from zhixing.kernel.clock import now


@staff_only(Role.JUDGE, Role.INQUIRY_OFFICER)
def slices(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """The agencies of one inquiry; nothing of what they found."""
    found = repeats.request_visible(request_id, staff_id=request.staff.pk, roles=request.roles)
    if found is None:
        raise Http404
    done = None
    if request.method == "POST":
        payload = {
            "request": str(found.pk),
            "agencies": request.POST.getlist("agencies"),
            "reason": request.POST.get("reason", ""),
        }
        done = act_post(request, repeats.CODE, case_id=found.case_id, payload=payload)
        if done.draft is not None:
            messages.success(request, f"{len(payload['agencies'])} 家单位的重发已提出，等查询员核对后发出。")
            return redirect("inquiry:slices", request_id=found.pk)
    rows = repeats.slice_rows(found, moment=now())
    chosen = request.POST.getlist("agencies") if done else [row.row.agency.code for row in rows if row.may]
    return render(
        request,
        "inquiry/slices.html",
        {
            "inquiry": found,
            "who": found.party.name if found.judge_id == request.staff.pk else repeats.masked(found.party),
            "rows": rows,
            "chosen": chosen,
            "ready": sum(row.may for row in rows),
            "selectable": sum(row.row.verdict.next_at is not None for row in rows),
            "pending": repeats.repeat_pending(found),
            "form": act_form_of(request, repeats.CODE, done=done),
        },
        status=422 if done else 200,
    )
