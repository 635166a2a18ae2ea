"""What an agency's control answer does to our measures."""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime
from decimal import Decimal
from typing import Any

from zhixing.acts.actors import Actor
from zhixing.acts.services import act_record
from zhixing.control.models import Measure, MeasureState, Receipt
from zhixing.gateway.domain.canonical import ControlResult, ReceiptDocument
from zhixing.gateway.domain.refusals import control_failure
from zhixing.gateway.domain.values import Amount, When
from zhixing.gateway.inbox import message_body
from zhixing.gateway.models import Inbound, Order
from zhixing.gateway.outbox import order_content
from zhixing.platform import files


def receipt_take(order: Order, message: Inbound, body: Any, moment: datetime) -> None:
    """Called by the gateway's worker for each accepted control answer; safe to repeat."""
    act_record(
        code="control.receipt",
        actor=Actor.agency(code=order.agency_id, name=order.agency.name),
        case_id=order.case_id,
        payload={"order": str(order.pk), "message": message.pk},
        key=f"receipt:{message.pk}",
        moment=moment,
    )


def receipt_write(*, order_id: uuid.UUID, message_id: int, moment: datetime) -> dict[str, Any]:
    """Settle each measure of the order by its item; results are per item, never per message.

    Notes on the order whether the institution turned it down, for its score.
    """
    order = Order.objects.select_related("agency").get(pk=order_id)
    message = Inbound.objects.get(pk=message_id)
    results, papers = message_body(message, order)
    items = order_content(order).items
    asked = items[0].action
    action = asked.normalized if asked else ""
    measures = {m.item_seq: m for m in Measure.objects.select_for_update().filter(order_id=order.pk)}
    told = []
    for no, result in enumerate(results, start=1):
        whole = not result.item_seq and not result.is_done and len(results) == 1
        for measure in (
            measures.values() if whole else filter(None, [measures.get(result.item_seq or str(no))])
        ):
            _settle(measure, result, action, moment)
            told.append(
                {
                    "measure": str(measure.pk),
                    "state": measure.state,
                    "controlled": str(measure.controlled or 0),
                }
            )
    Measure.objects.bulk_update(
        measures.values(),
        [
            "state",
            "controlled",
            "excess",
            "balance",
            "prior",
            "reason",
            "starts_on",
            "ends_on",
            "settled_at",
            "deducted",
            "agency_business_no",
        ],
    )
    if results:
        Order.objects.filter(pk=order.pk).update(failure=control_failure(results, asked=len(items)))
    _keep(order, list(measures.values()), papers, action, moment)
    return {"action": action, "items": told, "version": message.version}


def _settle(measure: Measure, result: ControlResult, action: str, moment: datetime) -> None:
    measure.settled_at = moment
    measure.balance = _yuan(result.balance)
    measure.reason = result.reason[:200]
    measure.agency_business_no = (
        result.seizure_business_no or result.agency_business_no or measure.agency_business_no
    )
    if action == "deduct":
        _settle_deduction(measure, result)
    elif action == "release":
        measure.state = MeasureState.RELEASED if result.is_done else MeasureState.ACTIVE
    else:
        _settle_freeze(measure, result)


def _settle_freeze(measure: Measure, result: ControlResult) -> None:
    """Actual and excess as told; earlier freezes make it wait in line (NIC-31, NIC-32)."""
    measure.controlled, measure.excess = _yuan(result.controlled_amount), _yuan(result.over_limit_amount)
    measure.prior = [
        {
            "authority": m.authority,
            "document": m.doc_no,
            "amount": str(_yuan(m.amount) or ""),
            "until": str(_day(m.effective_to) or ""),
        }
        for m in result.prior_measures
    ]
    if not result.is_done:
        measure.state = MeasureState.FAILED
        return
    waits = measure.category != "realty" and not measure.controlled and bool(measure.prior)
    measure.state = MeasureState.WAITING if waits else MeasureState.ACTIVE
    measure.starts_on = _day(result.effective_from) or measure.starts_on
    measure.ends_on = _day(result.effective_to) or measure.ends_on


def _settle_deduction(measure: Measure, result: ControlResult) -> None:
    """Money that left is counted once it is told; what stays frozen stays a measure."""
    if not result.is_done:
        measure.state = MeasureState.ACTIVE
        return
    amount = _yuan(result.controlled_amount) or Decimal(0)
    measure.deducted += amount
    rest = (measure.controlled or Decimal(0)) - amount
    measure.controlled = max(Decimal(0), rest)
    measure.state = MeasureState.ACTIVE if rest > 0 else MeasureState.DEDUCTED


def _keep(
    order: Order, measures: list[Measure], papers: tuple[ReceiptDocument, ...], action: str, moment: datetime
) -> None:
    """Keep the agency's papers with the first measure of the order."""
    if not measures:
        return
    Receipt.objects.bulk_create(
        [
            Receipt(
                measure=measures[0],
                case_id=order.case_id,
                court_key=order.court_key,
                action=action,
                name=(paper.name or "回执")[:120],
                sha256=files.put(paper.content),
                md5_ok=not paper.md5
                or hashlib.md5(paper.content, usedforsecurity=False).hexdigest() == paper.md5.lower(),
                received_at=moment,
            )
            for paper in papers
            if paper.content
        ]
    )


def _yuan(amount: Amount | None) -> Decimal | None:
    return amount.value.quantize(Decimal("0.01")) if amount is not None and amount.value is not None else None


def _day(when: When | None) -> Any:
    if when is None or when.value is None:
        return None
    return when.value.date() if isinstance(when.value, datetime) else when.value
