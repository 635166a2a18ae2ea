"""Messages that were set apart, for the query officers: what came, why it was not taken, what to do."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from zhixing.acts.web import act_form_of, act_post
from zhixing.courts.access import staff_only
from zhixing.courts.roles import Role
from zhixing.gateway import reviews
from zhixing.gateway.models import Review
from zhixing.ui.forms import Choice

CODE = "gateway.review"


@staff_only(Role.INQUIRY_OFFICER)
def board(request: HttpRequest) -> HttpResponse:
    """What waits; with ?done=1 what was concluded."""
    done = request.GET.get("done") == "1"
    return render(
        request,
        "gateway/review.html",
        {"rows": reviews.messages_set_apart(done=done), "done": done},
    )


@staff_only(Role.INQUIRY_OFFICER)
def conclude(request: HttpRequest, message_id: int) -> HttpResponse:
    """One message and the form for its conclusion."""
    row = reviews.message_shown(message_id)
    if row is None:
        raise Http404
    done = act_post(request, CODE) if request.method == "POST" else None
    if done is not None and done.draft is not None:
        messages.success(request, "核对结论已登记，报文原文留存。")
        return redirect("gateway:review")
    form = act_form_of(
        request,
        CODE,
        done=done,
        values={"message": str(message_id)},
        choices={
            "conclusion": [Choice(value=str(value), label=str(label)) for value, label in Review.choices]
        },
        submit_label="登记结论",
        cancel_href=reverse("gateway:review"),
    )
    return render(request, "gateway/message.html", {"row": row, "form": form}, status=422 if done else 200)
