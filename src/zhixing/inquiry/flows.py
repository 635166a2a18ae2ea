"""Transactions of answers as rows: written with the findings, in the same act, so exactly once."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from typing import Any

from zhixing.gateway.domain.canonical import InquiryResult
from zhixing.gateway.models import Inbound, Order
from zhixing.inquiry.domain.evasion.statements import statements_of
from zhixing.inquiry.models import Flow, Request
from zhixing.kernel.clock import COURT_ZONE
from zhixing.platform.crypto import blind, seal

_CHUNK = 2000


def flows_write(order: Order, request: Request, message: Inbound, result: InquiryResult) -> int:
    """Write the lines of one answer; a later version replaces the earlier one's, both stay. Gives the count."""
    if message.version > 1:
        Flow.objects.filter(order_id=order.pk, is_current=True).update(is_current=False)
    told = statements_of(result)
    rows: list[tuple[dict[str, Any], str]] = [(row, "") for row in told.rows]
    rows += [({"account": "", "serial": serial}, fault) for serial, fault in told.apart]
    Flow.objects.bulk_create(
        (_flow(order, request, message, place, row, fault) for place, (row, fault) in enumerate(rows, 1)),
        batch_size=_CHUNK,
    )
    return len(rows)


def _flow(
    order: Order, request: Request, message: Inbound, place: int, row: dict[str, Any], fault: str
) -> Flow:
    at: datetime | None = row.get("at")
    detail = {key: value for key, value in row.items() if key not in ("at", "fen")}
    return Flow(
        request=request,
        case_id=order.case_id,
        court_key=order.court_key,
        party_id=request.party_id,
        order_id=order.pk,
        version=message.version,
        place=place,
        account_index=blind("asset", row["account"]),
        at=None if at is None else at.replace(tzinfo=COURT_ZONE),
        amount=None if fault else Decimal(row["fen"]) / 100,
        fault=fault[:200],
        subject=request.case.subject,
        detail_sealed=seal(request.case.subject, json.dumps(detail, ensure_ascii=False, sort_keys=True)),
        agency_name=order.agency.name,
        message_sha256=message.sha256,
        judge_id=request.judge_id,
    )
