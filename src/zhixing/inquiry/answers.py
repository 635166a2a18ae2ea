"""What an accepted answer sets going: the answer's act, and the packet once everybody has answered."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from zhixing.acts.actors import Actor
from zhixing.acts.services import act_record
from zhixing.gateway.models import AgencyKind, Inbound, Order, OrderState
from zhixing.inquiry.models import Answer, Request, RequestState
from zhixing.kernel.clock import court_date
from zhixing.law.book import book
from zhixing.law.terms import term_days


def answer_take(order: Order, message: Inbound, body: Any, moment: datetime) -> None:
    """Called by the gateway's worker for each accepted message, in one transaction; safe to repeat."""
    act_record(
        code="inquiry.answer",
        actor=Actor.agency(code=order.agency_id, name=order.agency.name),
        case_id=order.case_id,
        payload={"order": str(order.pk), "message": message.pk},
        key=f"answer:{message.pk}",
        moment=moment,
    )
    packet_seal_if_complete(order.reference, moment=moment)


def packet_seal_if_complete(request_id: Any, *, moment: datetime) -> None:
    """Seal the packet when the last answer has taken effect.

    The state of an order turns when its message arrives, the answer is written later by the worker: only written
    answers count, else the first of several would be sealed alone. The lock of the case, taken by the answer's act,
    keeps two last answers from missing each other.
    """
    written = Answer.objects.filter(request_id=request_id).values("order_id")
    # Who was asked again is waited for once: under the number of the last order.
    waiting = Order.objects.filter(reference=request_id, repeats=None).exclude(
        state__in=[OrderState.REFUSED, OrderState.CANCELLED]
    )
    if waiting.exclude(pk__in=written).exists():
        return
    packet_seal(request_id, moment=moment)


def packet_seal(request_id: Any, *, moment: datetime) -> None:
    """Seal what has come so far. Used when all answered, and by the daily rule after 24 hours (NIC-20)."""
    request = Request.objects.get(pk=request_id)
    number = request.packets.count() + 1
    act_record(
        code="inquiry.seal_packet",
        actor=Actor.system("inquiry.packet_complete"),
        case_id=request.case_id,
        payload={"request": str(request.pk)},
        key=f"packet:{request.pk}:{number}",
        moment=moment,
    )


def packets_due(*, moment: datetime, most: int = 200) -> list[Any]:
    """Inquiries of which something came, while every agency that still owes an answer is beyond its hours (NIC-20).

    An agency that never fetched its order is counted from its release. One statement, by the index of open inquiries.
    """
    day = court_date(moment)
    hours = {True: term_days("bank.answer", on=day), False: book().at(day).value("gateway.answer_hours")}
    is_bank = Q(agency__kind__in=[AgencyKind.BANK, AgencyKind.FUND_BANK])
    limit = {key: moment - timedelta(hours=value) for key, value in hours.items()}
    owed = (
        Order.objects.filter(reference=OuterRef("pk"), repeats=None, answered_at=None)
        .exclude(state__in=[OrderState.REFUSED, OrderState.CANCELLED])
        .annotate(since=Coalesce("listed_at", "queued_at"))
    )
    in_time = owed.filter((is_bank & Q(since__gte=limit[True])) | (~is_bank & Q(since__gte=limit[False])))
    rows = Request.objects.filter(
        Exists(Answer.objects.filter(request=OuterRef("pk"))),
        Exists(owed),
        ~Exists(in_time),
        state=RequestState.RELEASED,
    )
    return list(rows.order_by("released_at").values_list("pk", flat=True)[:most])
