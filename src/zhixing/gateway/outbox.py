"""Give orders to agencies, in the transaction of the act. Set-based: any number of orders, a constant number of statements."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import datetime

from zhixing.gateway.domain.canonical import Request
from zhixing.gateway.domain.storage import canonical_json, from_json
from zhixing.gateway.models import Order
from zhixing.gateway.numbers import request_numbers
from zhixing.kernel.clock import court_date
from zhixing.platform.crypto import seal, unseal_text


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrder:
    """One order to be written. content: canonical request, without its number."""

    agency_code: str
    kind: str
    case_id: int
    court_key: int
    reference: uuid.UUID
    document_no: str
    documents: list[uuid.UUID]
    officers: list[int]
    subject: uuid.UUID
    content: Request
    batch: str = ""
    is_urgent: bool = False
    repeat_of: uuid.UUID | None = None


def orders_write(orders: list[NewOrder], *, moment: datetime) -> list[Order]:
    """Number and store orders; agencies see them after commit. All orders of one call belong to one court."""
    if not orders:
        return []
    numbers = request_numbers(day=court_date(moment), court_key=orders[0].court_key, count=len(orders))
    rows = [
        Order(
            request_no=number,
            agency_id=new.agency_code,
            kind=new.kind,
            case_id=new.case_id,
            court_key=new.court_key,
            reference=new.reference,
            batch=new.batch,
            document_no=new.document_no,
            documents=new.documents,
            officers=new.officers,
            subject=new.subject,
            is_urgent=new.is_urgent,
            repeat_of_id=new.repeat_of,
            queued_at=moment,
            content_sealed=seal(
                new.subject,
                canonical_json(replace(new.content, request_no=number)),
            ),
        )
        for new, number in zip(orders, numbers, strict=True)
    ]
    return Order.objects.bulk_create(rows)


def order_content(order: Order) -> Request:
    """The canonical request of an order, decrypted."""
    return from_json(unseal_text(order.subject, order.content_sealed))
