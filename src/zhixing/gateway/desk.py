"""The court's side of a call: lists, papers, certificates out; feedback in. One dispatch for all SOAP profiles."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhixing.courts.models import Credential
from zhixing.gateway import inbox
from zhixing.gateway.agencies import agency_known
from zhixing.gateway.domain.canonical import (
    Ack,
    AckResult,
    Envelope,
    RequestKind,
)
from zhixing.gateway.domain.messages import (
    AckList,
    Body,
    CertificateList,
    DocumentList,
    KeyQuery,
    RequestList,
)
from zhixing.gateway.domain.values import When
from zhixing.gateway.enclosures import cards_of, paper_of, request_listed
from zhixing.gateway.hooks import papers_of
from zhixing.gateway.models import Agency, Order, OrderKind, OrderState, Outcome
from zhixing.gateway.pace import orders_take
from zhixing.gateway.profiles.base import Encoded, Operation, OperationKind, ParsedCall, Profile
from zhixing.kernel.clock import COURT_ZONE
from zhixing.platform.crashpoints import crash_after_commit, crash_here

HANDED = [OrderState.LISTED, OrderState.FETCHED]


def call_serve(profile: Profile, raw: bytes, *, moment: datetime) -> Encoded:
    """Serve one call. Never raises for anything an agency sent; unreadable calls are kept and told what was wrong."""
    call = profile.parse_call(raw, limits=inbox.LIMITS)
    agency = None
    if call.credentials is not None:
        agency = agency_known(
            username=call.credentials.username,
            password=call.credentials.password,
            profile=profile.name,
            moment=moment,
        )
    if call.operation is not None and call.credentials is not None and agency is None:
        return profile.refuse(call, "用户名或密码不对，或者该单位没有以此方式接入。请核对后重试。")
    if call.operation is None or not call.is_usable or agency is None:
        _keep_unreadable(profile, call, agency, moment)
        return profile.refuse(call)
    body = _answer(profile, call, call.operation, agency, moment)
    reply = profile.build_response(call.operation, body, soap_version=call.soap_version)
    return reply if not reply.errors else profile.refuse(call, "法院端文书无法按本格式编码，已转人工处理。")


def _answer(
    profile: Profile, call: ParsedCall, operation: Operation, agency: Agency, moment: datetime
) -> Body:
    key = call.body.key if isinstance(call.body, KeyQuery) else ""
    match operation.kind:
        case OperationKind.LIST_INQUIRIES:
            return _list(agency, OrderKind.INQUIRY, moment)
        case OperationKind.LIST_CONTROLS:
            return _list(agency, OrderKind.CONTROL, moment)
        case OperationKind.INQUIRY_DOCUMENTS | OperationKind.CONTROL_DOCUMENTS | OperationKind.DOCUMENTS:
            return _papers(agency, key, moment)
        case OperationKind.CERTIFICATES:
            return _certificates(agency, key)
        case _:
            return _feedback(profile, call, operation, agency, moment)


def _list(agency: Agency, kind: str, moment: datetime) -> RequestList:
    """What may go now, then what was listed and is not answered; the first listing starts the clock (NIC-20).

    An agency that lost a list finds its orders again, but orders it leaves unanswered never crowd out new ones.
    """
    with transaction.atomic():
        orders = orders_take(agency, kind, moment=moment)
        fresh = [order.pk for order in orders]
        Order.objects.filter(pk__in=fresh).update(state=OrderState.LISTED, listed_at=moment)
        if fresh:
            crash_here(f"desk.list.{kind}")
    # What was asked again under a new number is listed under that number only.
    handed = Order.objects.filter(agency=agency, kind=kind, state__in=HANDED, repeats=None).exclude(
        pk__in=fresh
    )
    orders += handed.order_by("listed_at")[: agency.orders_per_batch - len(fresh)]
    return RequestList(
        kind=RequestKind(kind),
        requests=tuple(request_listed(order, agency) for order in orders),
        envelope=Envelope(created_at=When.of(moment.astimezone(COURT_ZONE))),
    )


def _orders_by_key(agency: Agency, key: str) -> list[Order]:
    """Orders of this agency with this request number, or with this document number."""
    orders = list(Order.objects.filter(agency=agency, request_no=key))
    return orders or list(Order.objects.filter(agency=agency, document_no=key).order_by("queued_at"))


def _papers(agency: Agency, key: str, moment: datetime) -> DocumentList:
    """Sealed papers of an order of this agency; nobody fetches another's papers."""
    orders = _orders_by_key(agency, key)
    if not orders:
        return DocumentList(error_message="没有发给贵单位的这一文书编号或请求单号，请核对。")
    ids = [paper for order in orders for paper in order.documents]
    documents = papers_of(ids)
    Order.objects.filter(pk__in=[o.pk for o in orders], state=OrderState.LISTED).update(
        state=OrderState.FETCHED, fetched_at=moment
    )
    crash_after_commit("desk.papers.committed")
    papers = [documents[pk] for pk in dict.fromkeys(ids) if pk in documents]
    return DocumentList(
        documents=tuple(
            paper_of(doc, no, document_no=orders[0].document_no, request_no=orders[0].request_no)
            for no, doc in enumerate(papers, start=1)
        )
    )


def _certificates(agency: Agency, key: str) -> CertificateList:
    """The officers' cards that go with an order of this agency."""
    orders = _orders_by_key(agency, key)
    if not orders:
        return CertificateList(error_message="没有发给贵单位的这一请求单号，请核对。")
    order = orders[0]
    rows = Credential.objects.filter(staff_id__in=order.officers).select_related("staff").order_by("staff_id")
    return CertificateList(
        entries=tuple(cards_of(row, no, order.request_no) for no, row in enumerate(rows, start=1))
    )


def _feedback(
    profile: Profile, call: ParsedCall, operation: Operation, agency: Agency, moment: datetime
) -> AckList:
    """Keep each request's share and answer per request."""
    acks = []
    for number in call.request_numbers:
        # The order says what it asked for: one client posts refusals of control through the inquiry operation.
        kind = _kind_of(agency, number)
        try:
            content = inbox.part_of(call.body, number, kind)
        except LookupError:
            content = call.body
        message = inbox.message_take(
            agency=agency,
            profile_name=profile.name,
            operation=operation.name,
            request_no=number,
            raw=call.raw,
            kind=kind,
            moment=moment,
            content=content,
        )
        acks.append(_ack(number, message.outcome, message.problem))
    return AckList(acks=tuple(acks))


def _kind_of(agency: Agency, number: str) -> str:
    return (
        Order.objects.filter(agency=agency, request_no=number).values_list("kind", flat=True).first()
        or OrderKind.INQUIRY
    )


def _ack(number: str, outcome: str, problem: str) -> Ack:
    match outcome:
        case Outcome.ACCEPTED:
            return Ack(request_no=number, result=AckResult.SUCCESS)
        case Outcome.DUPLICATE:
            return Ack(request_no=number, result=AckResult.ALREADY, message="该请求已反馈，无需重复反馈")
        case _:
            return Ack(request_no=number, result=AckResult.FAIL, message=f"{problem}；原文已留存待核。")


def _keep_unreadable(profile: Profile, call: ParsedCall, agency: Agency | None, moment: datetime) -> None:
    """Bytes nobody could read are kept for review, never lost. Empty probes are not worth keeping."""
    if not call.raw:
        return
    number = call.request_numbers[0] if call.request_numbers else ""
    fault = "；".join(dict.fromkeys(problem.code for problem in call.errors)) or "unreadable"
    inbox.message_take(
        agency=agency,
        profile_name=profile.name,
        operation=call.operation.name if call.operation else "",
        request_no=number[:60],
        raw=call.raw,
        kind="",
        moment=moment,
        fault=fault,
    )
