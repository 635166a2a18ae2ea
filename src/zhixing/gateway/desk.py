"""The court's side of a call: lists, papers, certificates out; feedback in. One dispatch for all formats that call us."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
from zhixing.gateway.domain.problems import WireProblem
from zhixing.gateway.domain.values import When
from zhixing.gateway.door import Came, agency_admits, failure_note, is_locked
from zhixing.gateway.enclosures import cards_of, paper_of, request_listed
from zhixing.gateway.hooks import papers_of
from zhixing.gateway.models import Agency, Order, OrderKind, OrderState, Outcome
from zhixing.gateway.outbound import sent_record
from zhixing.gateway.pace import orders_take
from zhixing.gateway.profiles.base import Encoded, Operation, OperationKind, ParsedCall, Profile
from zhixing.gateway.profiles.registry import profile_get, profiles_known
from zhixing.kernel.clock import COURT_ZONE
from zhixing.platform.crashpoints import crash_after_commit, crash_here

WRONG_CREDENTIALS = "用户名或密码不对，或者该单位没有以此方式接入。请核对后重试。"
TOO_OFTEN = "调用过于频繁，请稍后再试。"
MOST_NUMBER = 60  # as long as the column; a longer one fits no order anyway
MOST_OF_STRANGER = 64 * 1024
# Calls whose operation the default version lacks are tried in the others; no list or answer in bulk is among them.
MOST_GUESSED = 256 * 1024
HANDED = [OrderState.LISTED, OrderState.FETCHED]


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """An answer, and the request numbers it carries out for the first time or sends papers of; those are recorded."""

    body: Body
    carried: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A SOAP call at the door: how it reads, whose it is, and why it goes no further ("" when it does)."""

    profile: Profile
    call: ParsedCall
    agency: Agency | None = None
    refusal: str = ""


def call_serve(profile: Profile, raw: bytes, *, moment: datetime) -> Encoded:
    """Serve one SOAP call from inside this machine, which passes no limits of the door."""
    return call_answer(call_enter(profile, raw, came=None, moment=moment), moment=moment)


def call_enter(profile: Profile, raw: bytes, *, came: Came | None, moment: datetime) -> Entered:
    """Read a call and judge who calls. Best outside any transaction: the counts of the door must not wait for it."""
    call = _call_read(profile, raw)
    agency = _caller(profile, call, came, moment) if call.credentials is not None else None
    if call.operation is not None and call.credentials is not None and agency is None:
        return Entered(profile=profile, call=call, refusal=WRONG_CREDENTIALS)
    if agency is None and came is not None and raw:
        failure_note(came.address, "")
    if agency is not None and agency.dialect not in ("", profile.dialect.name):
        # The address serves every version; which one this agency speaks is known only now.
        profile = profile_get(profile.name, agency.dialect)
        call = profile.parse_call(raw, limits=inbox.LIMITS)
    if agency is not None and came is not None and not agency_admits(agency, moment):
        return Entered(profile=profile, call=call, agency=agency, refusal=TOO_OFTEN)
    return Entered(profile=profile, call=call, agency=agency)


def call_answer(entered: Entered, *, moment: datetime) -> Encoded:
    """Answer a call that was judged. Never raises for anything an agency sent; unreadable calls are kept and told why."""
    profile, call, agency = entered.profile, entered.call, entered.agency
    if entered.refusal:
        return profile.refuse(call, entered.refusal)
    if call.operation is None or not call.is_usable or agency is None or call.body is None:
        unreadable_keep(
            profile_name=profile.name,
            operation_name=call.operation.name if call.operation else "",
            raw=call.raw,
            numbers=call.request_numbers,
            errors=call.errors,
            agency=agency,
            moment=moment,
        )
        return profile.refuse(call)
    served = operation_serve(
        agency=agency,
        profile_name=profile.name,
        operation=call.operation,
        body=call.body,
        numbers=call.request_numbers,
        raw=call.raw,
        moment=moment,
    )
    reply = profile.build_response(call.operation, served.body, soap_version=call.soap_version)
    if reply.errors:
        return profile.refuse(call, "法院端文书无法按本格式编码，已转人工处理。")
    sent_record(agency, profile.name, call.operation.name, served.carried, reply.content, moment=moment)
    return reply


def _call_read(profile: Profile, raw: bytes) -> ParsedCall:
    """The call, in the version that knows its operation; credentials read alike in all of them."""
    call = profile.parse_call(raw, limits=inbox.LIMITS)
    if call.operation is None and len(raw) <= MOST_GUESSED:
        for dialect in profiles_known()[profile.name]:
            other = profile_get(profile.name, dialect).parse_call(raw, limits=inbox.LIMITS)
            if other.operation is not None:
                return other
    return call


def _caller(profile: Profile, call: ParsedCall, came: Came | None, moment: datetime) -> Agency | None:
    """The agency behind the credentials, if it may call from there. Every refusal looks alike."""
    if call.credentials is None:
        return None
    name = call.credentials.username
    if came is not None and is_locked(came.address, name, moment):
        return None
    agency = agency_known(
        username=name, password=call.credentials.password, profile=profile.name, moment=moment
    )
    if came is not None and (agency is None or not came.admits(agency)):
        failure_note(came.address, name)
        return None
    return agency


def operation_serve(
    *,
    agency: Agency,
    profile_name: str,
    operation: Operation,
    body: Body,
    numbers: Sequence[str],
    raw: bytes,
    moment: datetime,
) -> Served:
    """Do what a call of this agency asks, whatever carried it. The caller runs under the system's scope."""
    key = body.key if isinstance(body, KeyQuery) else ""
    match operation.kind:
        case OperationKind.LIST_INQUIRIES:
            return _list(agency, OrderKind.INQUIRY, moment)
        case OperationKind.LIST_CONTROLS:
            return _list(agency, OrderKind.CONTROL, moment)
        case OperationKind.INQUIRY_DOCUMENTS | OperationKind.CONTROL_DOCUMENTS | OperationKind.DOCUMENTS:
            return _papers(agency, key, moment)
        case OperationKind.CERTIFICATES:
            return _certificates(agency, key)
    taken = feedback_take(
        agency=agency,
        profile_name=profile_name,
        operation=operation,
        body=body,
        numbers=numbers,
        raw=raw,
        moment=moment,
    )
    return Served(body=taken)


def _list(agency: Agency, kind: str, moment: datetime) -> Served:
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
    carried = tuple(order.request_no for order in orders)
    orders += handed.order_by("listed_at")[: agency.orders_per_batch - len(fresh)]
    body = RequestList(
        kind=RequestKind(kind),
        requests=tuple(request_listed(order, agency) for order in orders),
        envelope=Envelope(created_at=When.of(moment.astimezone(COURT_ZONE))),
    )
    return Served(body=body, carried=carried)


def handed_mark(order: Order, *, moment: datetime) -> None:
    """Note that an order went out by hand; its answer is awaited from now."""
    Order.objects.filter(pk=order.pk).update(state=OrderState.LISTED, listed_at=moment)


def _orders_by_key(agency: Agency, key: str) -> list[Order]:
    """Orders of this agency with this request number, or with this document number."""
    orders = list(Order.objects.filter(agency=agency, request_no=key))
    return orders or list(Order.objects.filter(agency=agency, document_no=key).order_by("queued_at"))


def _papers(agency: Agency, key: str, moment: datetime) -> Served:
    """Sealed papers of an order of this agency; nobody fetches another's papers."""
    orders = _orders_by_key(agency, key)
    if not orders:
        return Served(body=DocumentList(error_message="没有发给贵单位的这一文书编号或请求单号，请核对。"))
    ids = [paper for order in orders for paper in order.documents]
    documents = papers_of(ids)
    Order.objects.filter(pk__in=[o.pk for o in orders], state=OrderState.LISTED).update(
        state=OrderState.FETCHED, fetched_at=moment
    )
    crash_after_commit("desk.papers.committed")
    papers = [documents[pk] for pk in dict.fromkeys(ids) if pk in documents]
    body = DocumentList(
        documents=tuple(
            paper_of(doc, no, document_no=orders[0].document_no, request_no=orders[0].request_no)
            for no, doc in enumerate(papers, start=1)
        )
    )
    return Served(body=body, carried=tuple(order.request_no for order in orders) if papers else ())


def _certificates(agency: Agency, key: str) -> Served:
    """The officers' cards that go with an order of this agency."""
    orders = _orders_by_key(agency, key)
    if not orders:
        return Served(body=CertificateList(error_message="没有发给贵单位的这一请求单号，请核对。"))
    order = orders[0]
    rows = Credential.objects.filter(staff_id__in=order.officers).select_related("staff").order_by("staff_id")
    entries = tuple(cards_of(row, no, order.request_no) for no, row in enumerate(rows, start=1))
    return Served(body=CertificateList(entries=entries), carried=(order.request_no,) if entries else ())


def feedback_take(
    *,
    agency: Agency,
    profile_name: str,
    operation: Operation,
    body: Body,
    numbers: Sequence[str],
    raw: bytes,
    moment: datetime,
) -> AckList:
    """Keep each request's share and answer per request."""
    acks = []
    for number in numbers:
        # The order says what it asked for: one client posts refusals of control through the inquiry operation.
        kind = _kind_of(agency, number)
        content, fault = body, ""
        try:
            content = inbox.part_of(body, number, kind)
        except LookupError:
            # Unknown requests are told as such; here the request is known and the answer fits another kind.
            if Order.objects.filter(agency=agency, request_no=number).exists():
                fault = "反馈内容与请求的种类不符"
        message = inbox.message_take(
            agency=agency,
            profile_name=profile_name,
            operation=operation.name,
            request_no=number[:MOST_NUMBER],
            raw=raw,
            kind=kind,
            moment=moment,
            content=content,
            fault=fault,
            body=body,
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


def unreadable_keep(
    *,
    profile_name: str,
    operation_name: str,
    raw: bytes,
    numbers: Sequence[str],
    errors: Sequence[WireProblem],
    agency: Agency | None,
    moment: datetime,
) -> None:
    """Bytes nobody could read are kept for review. Empty probes are not worth keeping, nor is what a stranger floods."""
    if not raw or (agency is None and len(raw) > MOST_OF_STRANGER):
        return
    inbox.message_take(
        agency=agency,
        profile_name=profile_name,
        operation=operation_name,
        request_no=numbers[0][:MOST_NUMBER] if numbers else "",
        raw=raw,
        kind="",
        moment=moment,
        fault="；".join(dict.fromkeys(problem.code for problem in errors)) or "unreadable",
    )
