"""Which sources were asked about each debtor of a case, and what came of it: the facts behind the list of 终本."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from zhixing.cases.models import Case, Party, PartyRole
from zhixing.cases.selectors import is_obligor, parties_of
from zhixing.gateway.models import Failure, Inbound, Order, OrderState
from zhixing.inquiry.domain.exhaustion import SETTLED, Answered, Asked, Source, exhaustion
from zhixing.inquiry.domain.slices import Standing
from zhixing.inquiry.menu import MenuLine, agencies_for, menu_lines
from zhixing.inquiry.models import Answer, AnswerOutcome, Request, RequestState
from zhixing.inquiry.slices import Slice, slices_of
from zhixing.kernel.clock import COURT_ZONE, court_date
from zhixing.law.book import book

FAILED = {
    Failure.ERROR: Answered.ERROR,
    Failure.PARTIAL: Answered.PARTIAL,
    Failure.REFUSED: Answered.REFUSED,
    Failure.PAPERS: Answered.REFUSED,
}
OPEN = {
    Standing.SILENT: Answered.SILENT,
    Standing.WAITING: Answered.WAITING,
    Standing.QUEUED: Answered.QUEUED,
}
TOLD = {
    AnswerOutcome.FOUND: Answered.FOUND,
    AnswerOutcome.NOT_FOUND: Answered.NOT_FOUND,
    AnswerOutcome.REFUSED: Answered.REFUSED,
    AnswerOutcome.ERROR: Answered.ERROR,
}


def exhaustion_of(case: Case, *, moment: datetime) -> dict[str, Any]:
    """The list of this moment, as `domain.exhaustion` describes it. A constant number of statements.

    What an agency answered is read under the reader's own scope: packets that he has not opened stay sealed here too.
    """
    day = court_date(moment)
    debtors = [p for p in parties_of(case.pk, role=PartyRole.OBLIGOR) if is_obligor(p, on=day)]
    menu = menu_lines(on=day)
    return exhaustion(
        head={"court": case.court.name, "case": case.number, "law_book": book().hash},
        debtors=[party.name for party in debtors],
        sources=[_source(line) for line in menu],
        asked=_asked(case, debtors, {line.item.code for line in menu}, moment),
        cut_off=moment.astimezone(COURT_ZONE),
    )


def _source(line: MenuLine) -> Source:
    return Source(
        code=line.item.code,
        title=line.item.title,
        law=book().short(*line.item.source),
        agencies={agency.code: agency.name for agency in line.agencies},
    )


def _asked(case: Case, debtors: Sequence[Party], codes: set[str], moment: datetime) -> list[Asked]:
    numbers = {party.pk: no for no, party in enumerate(debtors, start=1)}
    requests = list(
        Request.objects.filter(case=case, stage=1, party__in=numbers).order_by("approved_at", "pk")
    )
    slices = slices_of([row.pk for row in requests], moment=moment)
    orders = _orders([row.pk for row in requests])
    found: dict[tuple[int, str, str], Asked] = {}
    for request in requests:
        asked = set(request.menu) & codes
        rows = [_sent(row, orders[request.pk, row.agency.code], numbers[request.party_id], source)
                for row in slices.get(request.pk, [])
                for source in sorted(asked & set(row.agency.menu))]  # fmt: skip
        if request.state == RequestState.APPROVED:
            rows = _not_sent(request, numbers[request.party_id], asked)
        for row in rows:
            key = (row.debtor, row.source, row.agency)
            # A later inquiry that settled nothing does not undo an earlier one that did.
            if key not in found or row.answered in SETTLED or found[key].answered not in SETTLED:
                found[key] = row
    return list(found.values())


class _Chain:
    """The orders to one agency in one inquiry, with what came in for them."""

    def __init__(self) -> None:
        self.orders: list[Order] = []
        self.messages: list[str] = []
        self.answers: dict[uuid.UUID, Answer] = {}


def _orders(requests: list[uuid.UUID]) -> dict[tuple[uuid.UUID, str], _Chain]:
    """By request and agency; three statements."""
    found: dict[tuple[uuid.UUID, str], _Chain] = defaultdict(_Chain)
    rows = Order.objects.filter(reference__in=requests).exclude(state=OrderState.CANCELLED)
    by_id: dict[uuid.UUID, _Chain] = {}
    for order in rows.defer("content_sealed").order_by("queued_at", "request_no"):
        chain = by_id[order.pk] = found[order.reference, order.agency_id]
        chain.orders.append(order)
    came = Inbound.objects.filter(order__in=list(by_id)).order_by("received_at", "pk")
    for order_id, sha256 in came.values_list("order_id", "sha256"):
        by_id[order_id].messages.append(sha256)
    for answer in Answer.objects.filter(request__in=requests).order_by("version"):
        if answer.order_id in by_id:
            by_id[answer.order_id].answers[answer.order_id] = answer
    return found


def _sent(row: Slice, chain: _Chain, debtor: int, source: str) -> Asked:
    taken = [order.listed_at for order in chain.orders if order.listed_at]
    told, answered_at = _outcome(row, chain)
    return Asked(
        debtor=debtor,
        source=source,
        agency=row.agency.code,
        agency_name=row.agency.name,
        answered=told,
        request_nos=tuple(order.request_no for order in chain.orders),
        asked_at=(min(taken) if taken else chain.orders[0].queued_at).astimezone(COURT_ZONE),
        answered_at=answered_at.astimezone(COURT_ZONE) if answered_at else None,
        messages=tuple(dict.fromkeys(chain.messages)),
    )


def _outcome(row: Slice, chain: _Chain) -> tuple[Answered, datetime | None]:
    if row.standing in OPEN:
        return OPEN[row.standing], None
    if row.standing == Standing.FAILED:
        return FAILED[Failure(row.verdict.failure)], row.order.answered_at
    settling = [order for order in chain.orders if order.answered_at and not order.failure]
    last = settling[-1]
    answer = chain.answers.get(last.pk)
    # No row that this reader may see: the packet is sealed.
    told = TOLD[AnswerOutcome(answer.outcome)] if answer is not None else Answered.SEALED
    return told, last.answered_at


def _not_sent(request: Request, debtor: int, asked: set[str]) -> list[Asked]:
    return [
        Asked(
            debtor=debtor,
            source=source,
            agency=agency.code,
            agency_name=agency.name,
            answered=Answered.NOT_SENT,
        )
        for agency in agencies_for(sorted(asked))
        for source in sorted(asked & set(agency.menu))
    ]
