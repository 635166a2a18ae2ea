"""Messages in: kept first, judged second, effect once.

Every message is stored with its bytes before anything is concluded from it. The same bytes again are counted, not kept
twice. A different answer to a settled inquiry is set apart for a person; a registry's later control answer is a new version,
and so is any answer that follows a refusal or a failure.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F, QuerySet

from zhixing.gateway.domain.refusals import control_failed, inquiry_failed
from zhixing.gateway.domain.storage import content_fingerprint
from zhixing.gateway.models import Agency, Inbound, Order, OrderKind, OrderState, Outcome
from zhixing.gateway.profiles.registry import wire_get
from zhixing.gateway.profiles.safe_xml import Limits
from zhixing.gateway.shares import part_of
from zhixing.gateway.supplements import adds_to, merged
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
    body: object = None,
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
        outcome, version, problem = judge(order, profile_name, kind, fault, body)
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


def judge(
    order: Order | None, profile_name: str, kind: str, fault: str, body: object = None
) -> tuple[str, int, str]:
    """Outcome, version and reason of a message with new bytes. `body`: what it says, for answers that come in parts."""
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
    if all(_is_failed(order, earlier) for earlier in _accepted(order)):
        # The institution turned it down or could not do it, and answers now: nothing it said is contradicted.
        return Outcome.ACCEPTED, versions + 1, ""
    if body is not None and adds_to(order, body, [_read(earlier) for earlier in _accepted(order)]):
        return Outcome.ACCEPTED, versions + 1, ""
    return Outcome.CONFLICT, 0, "此前收到过内容不同的反馈，本次没有采用"


def message_body(message: Inbound, order: Order) -> Any:
    """The canonical content of a kept message for one order, decoded again from its bytes.

    Inquiry: InquiryResult. Control: (tuple of ControlResult, tuple of ReceiptDocument).
    """
    said = _read(message)
    own = part_of(said, order.request_no, order.kind)
    if order.kind == OrderKind.CONTROL or message.version <= 1:
        return own
    earlier = [_read(row) for row in _accepted(order).filter(version__lt=message.version)]
    return merged(order, [*earlier, said])


def _is_failed(order: Order, message: Inbound) -> bool:
    """Whether a kept answer left its order unsettled."""
    try:
        own = part_of(_read(message), order.request_no, order.kind)
    except LookupError:
        return False
    return control_failed(own[0]) if order.kind == OrderKind.CONTROL else inquiry_failed(own)


def _read(message: Inbound) -> Any:
    """What a kept message says, read again from its bytes."""
    wire = wire_get(message.profile, message.agency.dialect if message.agency else "")
    return wire.decode(files.get(message.sha256), operation=message.operation, limits=LIMITS).body


def _accepted(order: Order) -> QuerySet[Inbound]:
    """Messages that took or take effect, in the order of their versions."""
    rows = Inbound.objects.filter(order=order, outcome__in=[Outcome.ACCEPTED, Outcome.PROCESSED])
    return rows.select_related("agency").order_by("version")


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
        # Versions take effect in their order, whichever worker is quicker.
        before = Inbound.objects.filter(
            order=message.order, outcome=Outcome.ACCEPTED, version__lt=message.version
        )
        for earlier in before.order_by("version").values_list("pk", flat=True):
            message_effect(earlier, moment=moment)
        effect_of(message.order.kind)(message.order, message, None, moment)
        message.outcome, message.processed_at = Outcome.PROCESSED, moment
        message.save(update_fields=["outcome", "processed_at"])
        crash_here("inbox.effect.written")


def messages_waiting() -> list[int]:
    """Accepted messages without effect, oldest first: what the recovery rule picks up after a crash."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM gateway_inbound WHERE outcome = 'accepted' ORDER BY id LIMIT 1000")
        return [row[0] for row in cursor.fetchall()]
