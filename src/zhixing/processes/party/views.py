"""Pages of the portal. Everything is read as one party of one case; other cases answer 404."""

from __future__ import annotations

import uuid
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from zhixing.acts.forms import payload_read
from zhixing.acts.registry import act
from zhixing.acts.services import read_record
from zhixing.acts.web import Submission, act_form_of, act_post, actor_of
from zhixing.cases.models import CaseState
from zhixing.courts.access import party_only
from zhixing.disclosure.selectors import items_latest
from zhixing.documents.services import document_content
from zhixing.kernel.clock import now, today
from zhixing.law.terms import term_days
from zhixing.processes.party import property as holdings
from zhixing.processes.party.access import Seat, seat_of, seats_of
from zhixing.processes.party.progress import close_mode_of, money_of, progress_of
from zhixing.ui.forms import Choice, FormView

DECLARE = "inquiry.declare"
# 财产调查规定 art. 5: what must be told beside the thing itself.
FLAGS = ("出租", "出借", "担保", "共有", "有争议", "被查封冻结")
CATEGORIES = (
    ("cash", "现金、存款"),
    ("wealth", "理财、股票、基金等"),
    ("realty", "房屋、土地"),
    ("other", "车辆、债权及其他"),
)


@never_cache
@require_GET
@party_only
def cases(request: HttpRequest) -> HttpResponse:
    """Own cases; a single one is opened at once."""
    seats = seats_of(request)
    if len(seats) == 1:
        return redirect("party:now", case_id=seats[0].case.pk)
    latest = items_latest([seat.party for seat in seats])
    rows = [{"seat": seat, "latest": latest.get(seat.case.pk)} for seat in seats]
    return render(request, "processes/party/cases.html", {"rows": rows})


@never_cache
@require_GET
@party_only
def now_page(request: HttpRequest, case_id: int) -> HttpResponse:
    """进展."""
    seat = seat_of(request, case_id, "now")
    held = holdings.held_of(seat) if seat.is_obligor else []
    context = {
        "seat": seat,
        "progress": progress_of(seat, on=today()),
        "held": held,
        "close_mode": close_mode_of(seat.case),
    }
    return render(request, "processes/party/now.html", context | _rights(seat))


@never_cache
@require_GET
@party_only
def money(request: HttpRequest, case_id: int) -> HttpResponse:
    """钱款与财产."""
    seat = seat_of(request, case_id, "money")
    return render(
        request,
        "processes/party/money.html",
        {
            "seat": seat,
            "money": money_of(seat.case, on=today()),
            "held": holdings.held_of(seat),
            "papers": list(holdings.papers_of(seat)),
            "reports": holdings.reports_count(seat),
        }
        | _rights(seat),
    )


@never_cache
@require_GET
@party_only
def do(request: HttpRequest, case_id: int) -> HttpResponse:
    """我能做的."""
    seat = seat_of(request, case_id, "do")
    context = {
        "seat": seat,
        "reports": holdings.reports_count(seat),
        "is_open": seat.case.state == CaseState.OPEN,
    }
    return render(request, "processes/party/do.html", context | _rights(seat))


@never_cache
@require_http_methods(["GET", "POST"])
@party_only
def report(request: HttpRequest, case_id: int) -> HttpResponse:
    """The property report: asked for by a post that is journalled, then shown under the reader's name (PB-13)."""
    seat = seat_of(request, case_id, "do")
    context = {
        "seat": seat,
        "reports": None,
        "count": holdings.reports_count(seat),
        "empty_words": "您提交以后可以在这里查看。"
        if seat.is_obligor
        else "被执行人提交以后可以在这里查阅。",
    }
    if request.method == "POST" and context["count"]:
        moment = now()
        read_record(
            code=DECLARE,
            actor=actor_of(request),
            case_id=seat.case.pk,
            court_key=seat.case.court_key,
            moment=moment,
            told={"what": "declaration", "party": seat.party.pk, "role": seat.party.role},
        )
        context |= {"reports": holdings.reports_read(seat), "watermark": holdings.watermark_of(seat, moment)}
    return render(request, "processes/party/report.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@party_only
def declare(request: HttpRequest, case_id: int) -> HttpResponse:
    """报告财产, by the debtor himself."""
    seat = seat_of(request, case_id, "do")
    if not seat.is_obligor:
        return render(request, "403.html", {"reason": "财产报告由被执行人提交。"}, status=403)
    done = None
    if request.method == "POST":
        payload = payload_read(act(DECLARE), request.POST) | {
            "party": seat.party.pk,
            "received_on": today().isoformat(),
        }
        done = act_post(request, DECLARE, case_id=case_id, payload=payload)
        if done.draft is not None:
            days = term_days("declaration.supplement", on=today())
            messages.success(
                request, f"财产报告已经提交，法院会逐项核实。财产有变动的，请在变动后 {days} 日内补充报告。"
            )
            return redirect("party:now", case_id=case_id)
    context = {"seat": seat, "form": _declare_form(request, seat, done)}
    return render(request, "processes/party/declare.html", context, status=422 if done else 200)


def _declare_form(request: HttpRequest, seat: Seat, done: Submission | None) -> FormView:
    """The act's form without what the portal knows itself; words for people."""
    form = act_form_of(
        request,
        DECLARE,
        done=done,
        submit_label="提交财产报告",
        cancel_href=reverse("party:do", args=[seat.case.pk]),
        choices={
            "flags": [Choice(value=f, label=f) for f in FLAGS],
            "category": [Choice(value=v, label=w) for v, w in CATEGORIES],
        },
    )
    shown = [field for field in form.fields if field.name not in ("party", "received_on")]
    lost = [p for field in form.fields if field not in shown for p in field.problems]
    labels = {
        "truthful": "我保证以上报告真实、完整；虚假报告的，愿承担罚款、拘留等法律责任",
        "nothing": "我没有可以报告的财产",
    }
    return replace(
        form,
        fields=[replace(field, label=labels.get(field.name, field.label)) for field in shown],
        title="",
        problems=[*form.problems, *lost],
    )


@never_cache
@require_GET
@party_only
def document(request: HttpRequest, case_id: int, document_id: uuid.UUID) -> HttpResponse:
    """A paper addressed to this party."""
    paper = get_object_or_404(holdings.papers_of(seat_of(request, case_id, "money")), pk=document_id)
    # The name says what it is and not whose it is: downloads lie about in folders.
    return HttpResponse(
        document_content(paper),
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{paper.code}.pdf"',
            "X-Content-Type-Options": "nosniff",
        },
    )


def _rights(seat: Seat) -> dict[str, object]:
    """Days of the rights against measures, from the law tables."""
    if not seat.is_obligor:
        return {}
    return {
        "review_days": term_days("objection.decide", on=today()),
        "reconsider_days": term_days("objection.reconsider", on=today()),
    }
