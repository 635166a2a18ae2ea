"""Many answers in one message: kept, judged and queued in a constant number of statements."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from zhixing.gateway import inbox
from zhixing.gateway.domain.storage import content_fingerprint
from zhixing.gateway.models import Agency, Inbound, Order, OrderState, Outcome
from zhixing.platform import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a message says about one request; ``operation`` tells where in the message it can be read again."""

    request_no: str
    operation: str
    content: Any


@transaction.atomic
def messages_take(
    *,
    agency: Agency,
    profile_name: str,
    raw: bytes,
    kind: str,
    shares: list[Share],
    among: Collection[str],
    moment: datetime,
) -> dict[str, Inbound]:
    """Keep each share and decide what it is, as `inbox.message_take` does for one.

    Args:
        shares: at most one per request.
        among: request numbers this message may answer; any other is unknown to it.

    Returns: the kept message of each request; what came before says DUPLICATE, or what it was set apart for.
    Locks: the orders' rows. Accepted shares are queued for their effect after commit.
    """
    prints = {share.request_no: content_fingerprint(share.content) for share in shares}
    asked = [number for number in prints if number in among]
    rows = Order.objects.select_for_update().filter(agency=agency, request_no__in=asked).order_by("pk")
    orders = {order.request_no: order for order in rows}
    found = _known(agency, profile_name, prints)
    Inbound.objects.filter(pk__in=[row.pk for row in found.values()]).update(repeats=F("repeats") + 1)
    fresh = [share for share in shares if share.request_no not in found]
    if fresh:
        files.put(raw)
    digest = hashlib.sha256(raw).hexdigest()
    made = []
    for share in fresh:
        order = orders.get(share.request_no)
        outcome, version, problem = inbox.judge(order, profile_name, kind, "")
        made.append(
            Inbound(
                profile=profile_name,
                operation=share.operation,
                agency=agency,
                request_no=share.request_no,
                order=order,
                case_id=order.case_id if order else None,
                court_key=order.court_key if order else 0,
                sha256=digest,
                fingerprint=prints[share.request_no],
                size=len(raw),
                version=version,
                outcome=outcome,
                problem=problem,
                received_at=moment,
            )
        )
    Inbound.objects.bulk_create(made)
    accepted = [row for row in made if row.outcome == Outcome.ACCEPTED]
    Order.objects.filter(pk__in=[orders[row.request_no].pk for row in accepted]).update(
        state=OrderState.ANSWERED, answered_at=Coalesce("answered_at", moment)
    )
    _queue(accepted)
    return found | {row.request_no: row for row in made}


def _known(agency: Agency, profile_name: str, prints: dict[str, str]) -> dict[str, Inbound]:
    """What came before with the same content, by request; wherever in a message it stood then."""
    rows = Inbound.objects.filter(
        profile=profile_name,
        agency=agency,
        request_no__in=list(prints),
        fingerprint__in=set(prints.values()),
    ).order_by("-pk")
    found = {row.request_no: row for row in rows if row.fingerprint == prints[row.request_no]}
    for row in found.values():
        if row.outcome in (Outcome.ACCEPTED, Outcome.PROCESSED):
            row.outcome = Outcome.DUPLICATE
    return found


def _queue(accepted: list[Inbound]) -> None:
    """Defer the effects in this transaction; the worker wakes on commit."""
    from zhixing.gateway.tasks import message_process

    if accepted:
        message_process.batch_defer(*({"message_id": row.pk} for row in accepted))
