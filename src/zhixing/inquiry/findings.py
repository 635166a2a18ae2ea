"""From an answer's bytes to sealed findings. Runs in the worker, inside the service, before sealing (design §6)."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from zhixing.cases.documents import ID_KIND_NAMES
from zhixing.cases.selectors import confirmed_of_parties
from zhixing.gateway.domain.canonical import InquiryResult, Outcome
from zhixing.gateway.domain.storage import canonical_json
from zhixing.gateway.inbox import message_body
from zhixing.gateway.models import Inbound, Order
from zhixing.inquiry.domain.records import Kind, Record, records_of
from zhixing.inquiry.domain.screening import Known, Sieved, key_of, sieve
from zhixing.inquiry.flows import flows_write
from zhixing.inquiry.models import Answer, AnswerOutcome, Finding, Request, RequestState
from zhixing.kernel.clock import COURT_ZONE, court_date
from zhixing.law.book import book
from zhixing.law.schemas import Exemption
from zhixing.platform.crypto import blind, seal


def answer_write(*, order_id: uuid.UUID, message_id: int, moment: datetime) -> dict[str, Any]:
    """Write one answer and its findings. A later version replaces the earlier one's findings; both stay visible."""
    order = Order.objects.select_related("agency").get(pk=order_id)
    message = Inbound.objects.get(pk=message_id)
    request = Request.objects.select_related("party", "case").get(pk=order.reference)
    result: InquiryResult = message_body(message, order)
    is_late = request.state != RequestState.RELEASED
    Answer.objects.create(
        order_id=order.pk,
        request=request,
        case_id=order.case_id,
        court_key=order.court_key,
        agency_code=order.agency_id,
        agency_name=order.agency.name,
        version=message.version,
        outcome=AnswerOutcome(result.outcome.value),
        note=_note(result),
        inbound_id=message.pk,
        received_at=message.received_at,
        judge_id=request.judge_id,
    )
    if message.version > 1:
        Finding.objects.filter(order_id=order.pk, is_current=True).update(is_current=False)
    on = court_date(moment)
    records = list(records_of(result)) if result.outcome == Outcome.FOUND else []
    sieved = (
        sieve(
            records,
            known=known_of(request),
            seen=_seen(request, records),
            on=on,
            stale_days=book().at(on).value("inquiry.stale_days"),
            exemptions=book().at(on).rows("exempt", Exemption),
        )
        if result.outcome == Outcome.FOUND
        else []
    )
    Finding.objects.bulk_create([_finding(order, request, message, item) for item in sieved])
    flows_write(order, request, message, result)
    return {"version": message.version, "late": is_late}


def known_of(request: Request) -> Known:
    """What the case knows of the person, and the numbers of the other parties; confirmed identifiers only."""
    party_ids = list(request.case.parties.values_list("pk", flat=True))
    by_party = confirmed_of_parties(party_ids)
    clear = by_party.pop(request.party_id)

    def of(*kinds: str) -> frozenset[str]:
        return frozenset(mark.value for mark in clear if mark.kind in kinds)

    return Known(
        name=request.party.name,
        strong=of(*ID_KIND_NAMES),
        phones=of("mobile", "landline"),
        addresses=of("address"),
        accounts=of("bank_account"),
        others=frozenset(
            mark.value for marks in by_party.values() for mark in marks if mark.kind in ID_KIND_NAMES
        ),
    )


def _seen(request: Request, records: list[Record]) -> dict[str, Decimal | None]:
    """Balances of own records that other agencies told before, by key. Numbers are sealed: their digests stand for them."""
    indexes = {key_of(record): (record.kind.value, blind("asset", record.number)) for record in records}
    rows = Finding.objects.filter(
        request=request,
        screen="own",
        is_current=True,
        asset_index__in={index for _, index in indexes.values()},
    ).values_list("category", "asset_index", "balance")
    told = {(category, bytes(index)): balance for category, index, balance in rows}
    return {key: told[pair] for key, pair in indexes.items() if pair in told}


def _finding(order: Order, request: Request, message: Inbound, item: Sieved) -> Finding:
    record = item.record
    return Finding(
        request=request,
        case_id=order.case_id,
        court_key=order.court_key,
        party_id=request.party_id,
        order_id=order.pk,
        agency_code=order.agency_id,
        agency_name=order.agency.name,
        version=message.version,
        screen=item.verdict,
        rule=item.rule,
        reasons=list(item.reasons),
        is_strong=item.is_strong,
        hold=item.hold,
        thing=item.thing + 1,
        category=item.kind.value,
        subject=request.case.subject,
        detail_sealed=seal(request.case.subject, canonical_json(record.asset)),
        label_sealed=seal(request.case.subject, label_of(record, order.agency.name)),
        asset_index=blind("asset", record.number),
        balance=_yuan(record.balance),
        available=_yuan(item.available),
        currency=record.currency,
        exempt_rule=item.exempt,
        exempt_action=item.exempt_action,
        prior_count=len(record.prior),
        as_of=_aware(record.as_of),
        judge_id=request.judge_id,
        # What arrives after the judge opened goes into the next packet and is not open yet.
        is_opened=False,
    )


def label_of(record: Record, agency: str) -> str:
    """The line lists show: place, kind, tail of the number."""
    if record.kind == Kind.REALTY:
        return record.label
    return (
        f"{record.place or agency}　{record.label}　尾号 {record.number[-4:]}"
        if record.number
        else f"{agency}　{record.label}"
    )


def _note(result: InquiryResult) -> str:
    return result.outcome_text[:200] if result.outcome in (Outcome.REFUSED, Outcome.ERROR) else ""


def _yuan(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount.quantize(Decimal("0.01"))


def _aware(value: date | datetime | None) -> datetime | None:
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=COURT_ZONE)
    return datetime(value.year, value.month, value.day, tzinfo=COURT_ZONE) if value else None
