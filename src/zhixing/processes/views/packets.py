"""A packet: sealed until its judge opens it; then answers, verdicts and the orders that follow from them."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from zhixing.acts.services import read_record
from zhixing.acts.web import Submission, act_form_of, act_post, actor_of
from zhixing.courts.access import staff_only
from zhixing.courts.roles import Role
from zhixing.inquiry.models import Packet, Verdict
from zhixing.inquiry.packets import code_send
from zhixing.kernel.clock import now, today
from zhixing.platform.codes import VALID_MINUTES
from zhixing.processes.packet_page import READ_CODE, amounts_entered, packet_page


@staff_only()
def packet(request: HttpRequest, packet_id: uuid.UUID) -> HttpResponse:
    """Sealed: that it exists. Opened: everything, to its judge alone, each look on record."""
    found = packet_load(packet_id)
    if found.judge_id != request.staff.pk:
        return render(request, "processes/packet_closed.html", {"packet": found}, status=403)
    return _sealed(request, found) if found.opened_at is None else _opened(request, found)


@require_POST
@staff_only(Role.JUDGE)
def code(request: HttpRequest, packet_id: uuid.UUID) -> HttpResponse:
    """A fresh code to the judge's own phone."""
    found = own_packet(request, packet_id)
    if found.opened_at is None:
        code_send(found, judge=request.staff, moment=now())
        messages.success(request, f"开启码已发到 {request.staff.phone_masked}，{VALID_MINUTES} 分钟内有效。")
    return redirect("processes:packet", packet_id=found.pk)


@require_POST
@staff_only(Role.JUDGE)
def open_packet(request: HttpRequest, packet_id: uuid.UUID) -> HttpResponse:
    """Open with the code."""
    found = own_packet(request, packet_id)
    payload = {"packet": str(found.pk), "code": request.POST.get("code", "").strip()}
    done = act_post(request, "inquiry.open_packet", case_id=found.case_id, payload=payload)
    if done.draft is None:
        return _sealed(request, found, done)
    messages.success(request, "已开启。请逐项认定，再提出控制。")
    return redirect("processes:packet", packet_id=found.pk)


@require_POST
@staff_only(Role.JUDGE)
def find(request: HttpRequest, packet_id: uuid.UUID) -> HttpResponse:
    """The judge's verdict on one line, or on one unclear record."""
    found = own_packet(request, packet_id)
    done = act_post(request, "inquiry.find", case_id=found.case_id)
    if done.draft is None:
        return _opened(request, found, finding=done)
    messages.success(request, "已以您的名义认定。")
    return redirect("processes:packet", packet_id=found.pk)


@require_POST
@staff_only(Role.JUDGE)
def freeze(request: HttpRequest, packet_id: uuid.UUID) -> HttpResponse:
    """Order to freeze what was chosen in the plan."""
    return _order(
        request, packet_id, "control.freeze", "冻结已报批，批准后自动生成裁定书和协助冻结通知书并发出。"
    )


@require_POST
@staff_only(Role.JUDGE)
def seal(request: HttpRequest, packet_id: uuid.UUID) -> HttpResponse:
    """Order to seize registered property."""
    return _order(
        request, packet_id, "control.seal", "查封已报批，批准后自动生成裁定书和协助执行通知书并发出。"
    )


def packet_load(packet_id: uuid.UUID) -> Packet:
    """The packet as the scope sees it, with what the pages name. Raises Http404."""
    rows = Packet.objects.select_related("case__court", "case__handler", "request__party", "judge")
    found = rows.filter(pk=packet_id).first()
    if found is None:
        raise Http404
    return found


def own_packet(request: HttpRequest, packet_id: uuid.UUID) -> Packet:
    """A packet addressed to this judge. Raises Http404 for every other, so that nothing is told about it."""
    found = packet_load(packet_id)
    if found.judge_id != request.staff.pk:
        raise Http404
    return found


def read_note(request: HttpRequest, found: Packet, what: str) -> None:
    """Every look into an opened packet is an entry of the journal (design: reading is an event)."""
    read_record(
        code=READ_CODE,
        actor=actor_of(request),
        case_id=found.case_id,
        court_key=found.court_key,
        moment=now(),
        told={"packet": str(found.pk), "no": found.no, "what": what},
    )


def _order(request: HttpRequest, packet_id: uuid.UUID, act_code: str, told: str) -> HttpResponse:
    found = own_packet(request, packet_id)
    entered = amounts_entered(request.POST)
    payload: dict[str, Any] = {
        "targets": [{"finding": pk, "amount": amount} for pk, amount in entered.items()],
        "reason": request.POST.get("reason", ""),
    }
    done = act_post(request, act_code, case_id=found.case_id, payload=payload)
    if done.draft is None:
        return _opened(request, found, order=done, order_code=act_code, entered=entered)
    messages.success(request, told)
    return redirect("control:measures", case_id=found.case_id)


def _sealed(request: HttpRequest, found: Packet, done: Submission | None = None) -> HttpResponse:
    problem = next(iter(done.problems), None) if done is not None else None
    return render(
        request,
        "processes/packet_sealed.html",
        {
            "packet": found,
            "problem": problem,
            "minutes": VALID_MINUTES,
            "phone": request.staff.phone_masked,
        },
        status=422 if done else 200,
    )


def _opened(
    request: HttpRequest,
    found: Packet,
    *,
    finding: Submission | None = None,
    order: Submission | None = None,
    order_code: str = "control.freeze",
    entered: dict[int, str] | None = None,
) -> HttpResponse:
    if found.opened_at is None:
        return _sealed(request, found)
    read_note(request, found, "answers")
    values = dict(finding.values or {}) if finding is not None else {}
    refused = finding is not None or order is not None
    return render(
        request,
        "processes/packet.html",
        {
            "packet": found,
            "case": found.case,
            "page": packet_page(found, today=today(), entered=entered),
            "form": act_form_of(
                request, "control.freeze", done=order if order_code == "control.freeze" else None
            ),
            "seal_form": act_form_of(
                request, "control.seal", done=order if order_code == "control.seal" else None
            ),
            "reason": (order.values or {}).get("reason", "") if order is not None else "",
            "verdicts": Verdict.choices,
            "find_problems": finding.problems if finding is not None else (),
            "find_at": values,
            "seen_at": now(),
        },
        status=422 if refused else 200,
    )
