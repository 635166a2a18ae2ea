"""Messages in: kept first, judged second, effect once.

Every message is stored with its bytes before anything is concluded from it. The same bytes again are counted, not kept
twice. A different answer to a settled inquiry is set apart for a person; a registry's later control answer is a new version.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from zhixing.gateway.domain.assets import Asset, Deposit
from zhixing.gateway.domain.canonical import ControlResult, InquiryResult
from zhixing.gateway.domain.canonical import Outcome as CanonicalOutcome
from zhixing.gateway.domain.messages import (
    ControlFeedback,
    FilePackage,
    InquiryFeedback,
    RollbackList,
    TransactionFeedback,
    request_numbers,
)
from zhixing.gateway.domain.storage import content_fingerprint
from zhixing.gateway.domain.values import Coded
from zhixing.gateway.models import Agency, Inbound, Order, OrderKind, OrderState, Outcome
from zhixing.gateway.profiles.registry import wire_get
from zhixing.gateway.profiles.safe_xml import Limits
from zhixing.platform import files
from zhixing.platform.crashpoints import crash_after_commit, crash_here

OPEN_STATES = (OrderState.QUEUED, OrderState.LISTED, OrderState.FETCHED)
# The registry may correct a control answer later (wire_formats §1.4); a bank's second different answer is for review.
CORRECTING_PROFILES = ("realty-soap-utf8",)
# A feedback with transactions of a busy account and sealed receipts stays well below this.
MOST_BYTES = 20 * 1024 * 1024
LIMITS = Limits(max_bytes=MOST_BYTES)


def message_take(
    *,
    agency: Agency | None,
    profile_name: str,
    operation: str,
    request_no: str,
    raw: bytes,
    kind: str,
    moment: datetime,
    fault: str = "",
    content: object = None,
) -> Inbound:
    """Store one message and decide what it is. Accepted ones are queued for their effect after commit.

    Locks: the order's row. The caller runs under the system's scope.
    """
    digest = hashlib.sha256(raw).hexdigest()
    fingerprint = content_fingerprint(content) if content is not None else digest
    with transaction.atomic():
        order = (
            Order.objects.select_for_update().filter(request_no=request_no, agency=agency).first()
            if request_no and agency is not None
            else None
        )
        known = Inbound.objects.filter(
            profile=profile_name, request_no=request_no, operation=operation, fingerprint=fingerprint
        ).first()
        if known is not None:
            Inbound.objects.filter(pk=known.pk).update(repeats=F("repeats") + 1)
            known.outcome = (
                Outcome.DUPLICATE if known.outcome in (Outcome.ACCEPTED, Outcome.PROCESSED) else known.outcome
            )
            return known
        files.put(raw)
        outcome, version, problem = judge(order, profile_name, kind, fault)
        message = Inbound.objects.create(
            profile=profile_name,
            operation=operation,
            agency=agency,
            request_no=request_no,
            order=order,
            case_id=order.case_id if order else None,
            court_key=order.court_key if order else 0,
            sha256=digest,
            fingerprint=fingerprint,
            size=len(raw),
            version=version,
            outcome=outcome,
            problem=problem,
            received_at=moment,
        )
        if order is not None and outcome == Outcome.ACCEPTED:
            order.state, order.answered_at = OrderState.ANSWERED, order.answered_at or moment
            order.save(update_fields=["state", "answered_at"])
            _queue(message)
    crash_here(f"inbox.{kind}.kept")
    crash_after_commit(f"inbox.{kind}.committed")
    return message


def judge(order: Order | None, profile_name: str, kind: str, fault: str) -> tuple[str, int, str]:
    """Outcome, version and reason of a message with new bytes."""
    if fault:
        return Outcome.MALFORMED, 0, fault[:300]
    if order is None:
        return Outcome.UNKNOWN, 0, "没有发给该单位的这一请求单号"
    if order.kind != kind:
        return Outcome.UNKNOWN, 0, "请求单号与反馈种类不符"
    if order.state in OPEN_STATES:
        return Outcome.ACCEPTED, 1, ""
    if order.state == OrderState.CANCELLED:
        return Outcome.CLOSED, 0, "请求已撤销"
    versions = Inbound.objects.filter(order=order, outcome__in=[Outcome.ACCEPTED, Outcome.PROCESSED]).count()
    if kind == OrderKind.CONTROL and profile_name in CORRECTING_PROFILES:
        return Outcome.ACCEPTED, versions + 1, ""
    if versions == 0:
        return Outcome.CLOSED, 0, "请求已了结"
    return Outcome.CONFLICT, 0, "此前收到过内容不同的反馈，本次没有采用"


def message_body(message: Inbound, order: Order) -> Any:
    """The canonical content of a kept message for one order, decoded again from its bytes.

    Inquiry: InquiryResult. Control: (tuple of ControlResult, tuple of ReceiptDocument).
    """
    dialect = message.agency.dialect if message.agency else ""
    wire = wire_get(message.profile, dialect)
    read = wire.decode(files.get(message.sha256), operation=message.operation, limits=LIMITS)
    return part_of(read.body, order.request_no, order.kind)


def part_of(body: Any, request_no: str, kind: str) -> Any:
    """The share of one request in a message that may speak of several.

    A refusal becomes a result of its own; a client that posts a control refusal through the inquiry operation is
    understood by what the order asked (wire_formats §1.2). Raises LookupError when the message holds nothing for it.
    """
    match body:
        case FilePackage():
            return part_of(_gathered(body, request_no), request_no, kind)
        case InquiryFeedback():
            results = [result for result in body.results if result.request_no == request_no]
            if not results:
                raise LookupError(request_no)
            if kind == OrderKind.CONTROL:
                return _refused(request_no, results[0].note or results[0].outcome_text)
            return _merged(results)
        case ControlFeedback():
            return (
                tuple(result for result in body.results if result.request_no == request_no),
                tuple(paper for paper in body.receipts if paper.request_no in ("", request_no)),
            )
        case RollbackList():
            told = next((item for item in body.rollbacks if item.request_no == request_no), None)
            if told is None:
                raise LookupError(request_no)
            if kind == OrderKind.INQUIRY:
                return InquiryResult(
                    request_no=request_no,
                    outcome=CanonicalOutcome.REFUSED,
                    outcome_text=told.reason,
                    note=told.note,
                )
            return _refused(request_no, told.reason)
        case TransactionFeedback():
            entries = [entry for entry in body.entries if entry.request_no == request_no]
            return InquiryResult(
                request_no=request_no,
                outcome=CanonicalOutcome.FOUND,
                assets=tuple(
                    Asset(
                        seq=entry.asset_seq,
                        detail=Deposit(account_no=entry.account_no),
                        transactions=entry.transactions,
                    )
                    for entry in entries
                ),
            )
    raise LookupError(f"The message holds nothing about a request of kind {kind}.")


def _gathered(package: FilePackage, request_no: str) -> Any:
    """What the members of a package say about one request. Results speak before a refusal that came beside them."""
    bodies = [member.body for member in package.members if request_no in request_numbers(member.body)]
    inquiries = [body for body in bodies if isinstance(body, InquiryFeedback)]
    if inquiries:
        return InquiryFeedback(results=tuple(result for body in inquiries for result in body.results))
    refusals = [body for body in bodies if isinstance(body, RollbackList)]
    controls = [body for body in bodies if isinstance(body, ControlFeedback)]
    if controls and (any(body.results for body in controls) or not refusals):
        return ControlFeedback(
            results=tuple(result for body in controls for result in body.results),
            receipts=tuple(paper for body in controls for paper in body.receipts),
        )
    return RollbackList(rollbacks=tuple(told for body in refusals for told in body.rollbacks))


def _merged(results: list[InquiryResult]) -> InquiryResult:
    """One request may come with assets and a sentinel line beside them: found wins, everything is kept."""
    first = next((result for result in results if result.outcome == CanonicalOutcome.FOUND), results[0])
    return replace(first, assets=tuple(asset for result in results for asset in result.assets))


def _refused(request_no: str, reason: str) -> tuple[tuple[ControlResult, ...], tuple[()]]:
    """A whole control request refused: item "" stands for all its items."""
    return (
        ControlResult(request_no=request_no, item_seq="", outcome=Coded.of("not_done"), reason=reason),
    ), ()


def _queue(message: Inbound) -> None:
    """Defer the effect in this transaction; the worker wakes on commit."""
    from zhixing.gateway.tasks import message_process

    message_process.defer(message_id=message.pk)


def message_effect(message_id: int, *, moment: datetime) -> None:
    """Let an accepted message take effect in its case, once. A failure is noted on the message and raised again."""
    from zhixing.gateway.hooks import effect_of

    with transaction.atomic():
        message = (
            Inbound.objects.select_for_update(of=("self",)).select_related("order__agency").get(pk=message_id)
        )
        if message.outcome != Outcome.ACCEPTED:
            return
        effect_of(message.order.kind)(message.order, message, None, moment)
        message.outcome, message.processed_at = Outcome.PROCESSED, moment
        message.save(update_fields=["outcome", "processed_at"])
        crash_here("inbox.effect.written")


def messages_waiting() -> list[int]:
    """Accepted messages without effect, oldest first: what the recovery rule picks up after a crash."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM gateway_inbound WHERE outcome = 'accepted' ORDER BY id LIMIT 1000")
        return [row[0] for row in cursor.fetchall()]
