"""The script of a run: requests of the court as cards, each with what it tries, and the answers they got."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from zhixing.gateway.conformance.samples import CASE_NO, COURT, OFFICER, Person
from zhixing.gateway.domain.canonical import (
    ControlItem,
    InquiryScope,
    Request,
    RequestKind,
)
from zhixing.gateway.domain.messages import (
    Body,
    ControlFeedback,
    FilePackage,
    InquiryFeedback,
    RollbackList,
    TransactionFeedback,
)
from zhixing.gateway.domain.storage import content_fingerprint
from zhixing.gateway.domain.values import Coded, When


@dataclass(slots=True, kw_only=True)
class Answer:
    """What came for one card in one exchange."""

    exchange: int
    body: Body
    fingerprint: str
    ack: str = ""
    """What the kit answered: success, fail, lost, already, conflict."""


@dataclass(slots=True, kw_only=True)
class Card:
    """One request of the script.

    Attributes:
        key: name inside the script.
        tries: what it is there for, in Chinese.
        request: as listed; None until ``make`` made it.
        make: makes the request from earlier answers; None while it cannot, "" reason in ``skipped`` when it never can.
        documents, certificates: how the kit answers for papers (see `samples`).
        acks: what the first feedbacks are answered; afterwards ``already``.
        after: card that must be answered before this one is listed.
        listed_after_answer: list calls for which an answered request is still listed, to see that it is not done twice.
    """

    key: str
    tries: str
    request: Request | None = None
    make: Callable[[Script], Request | None] | None = None
    documents: str = "sound"
    certificates: str = "sound"
    acks: tuple[str, ...] = ("success",)
    after: str = ""
    listed_after_answer: int = 2
    skipped: str = ""
    answers: list[Answer] = field(default_factory=list)
    listings: list[int] = field(default_factory=list)
    document_calls: list[int] = field(default_factory=list)
    certificate_calls: list[int] = field(default_factory=list)
    corrections: int = 0

    @property
    def number(self) -> str:
        """Request number, "" before it is made."""
        return self.request.request_no if self.request else ""

    @property
    def accepted(self) -> Answer | None:
        """The answer that counts: the first the kit took."""
        return next((item for item in self.answers if item.ack in ("success", "lost")), None)

    @property
    def is_settled(self) -> bool:
        """Nothing more is waited for."""
        return bool(self.skipped) or (
            self.accepted is not None
            and len(self.answers) >= len([a for a in self.acks if a != "success"]) + 1
        )


class Script:
    """All cards of a run. ``stamp``: 14 digits that make the request numbers of this run its own."""

    def __init__(self, *, stamp: str, person: Person | None, may_correct: bool = False) -> None:
        self.stamp, self.person, self.may_correct = stamp, person, may_correct
        self.cards: list[Card] = []

    def add(self, card: Card) -> Card:
        """Put a card at the end."""
        self.cards.append(card)
        return card

    def card(self, key: str) -> Card:
        """The card of this name. Raises StopIteration for none: a script names its own cards."""
        return next(card for card in self.cards if card.key == key)

    def number(self, serial: int) -> str:
        """A request number: day, six digits of the run, six of the serial."""
        return f"{self.stamp}{serial:06d}"

    def of_number(self, number: str) -> Card | None:
        """The card with this request number."""
        return next((card for card in self.cards if number and card.number == number), None)

    def of_document(self, key: str) -> list[Card]:
        """Cards with this document number or request number."""
        return [
            card
            for card in self.cards
            if key and card.request and key in (card.request.document_no, card.number)
        ]

    def ready(self, kind: RequestKind) -> list[Card]:
        """Cards to be listed now: due, and not yet answered or still listed for a while on purpose."""
        found = []
        for card in self.cards:
            if card.request is None and card.make is not None and self._may_begin(card) and not card.skipped:
                card.request = card.make(self)
            request = card.request
            if request is None or request.kind is not kind or not self._may_begin(card):
                continue
            accepted = card.accepted
            since = [no for no in card.listings if accepted is not None and no > accepted.exchange]
            if accepted is None or not card.is_settled or len(since) < card.listed_after_answer:
                found.append(card)
        return found

    def _may_begin(self, card: Card) -> bool:
        return not card.after or self.card(card.after).is_settled

    @property
    def is_done(self) -> bool:
        """Everything was listed, answered, and listed again long enough to see that nothing comes twice."""
        for card in self.cards:
            if card.skipped:
                continue
            if card.request is None or not card.is_settled or card.accepted is None:
                return False
            if len([no for no in card.listings if no > card.accepted.exchange]) < card.listed_after_answer:
                return False
        return True

    def take(self, card: Card, body: Body, exchange: int) -> Answer:
        """Decide about one feedback for a card, as a court would: success once, the same again is already known."""
        answer = Answer(exchange=exchange, body=body, fingerprint=content_fingerprint(body))
        accepted = card.accepted
        planned = card.acks[len(card.answers)] if len(card.answers) < len(card.acks) else "success"
        if isinstance(body, TransactionFeedback) and accepted is not None:
            answer.ack = "more"
        elif accepted is None:
            answer.ack = planned
        elif answer.fingerprint == accepted.fingerprint:
            answer.ack = "already"
        elif _only_receipts(body):
            answer.ack = "more"
        elif self.may_correct and isinstance(body, ControlFeedback):
            answer.ack, card.corrections = "correction", card.corrections + 1
        else:
            answer.ack = "conflict"
        card.answers.append(answer)
        return answer


def inquiry(number: str, person: Person, *, document: str, days: tuple[When, When] | None = None) -> Request:
    """An inquiry; without days no transactions are wanted."""
    scope = InquiryScope(period_from=days[0], period_to=days[1]) if days else InquiryScope()
    return Request(
        request_no=number,
        kind=RequestKind.INQUIRY,
        nature=Coded.of("inquiry"),
        subject=person.subject,
        court=COURT,
        officers=(OFFICER,),
        case_no=CASE_NO,
        notice_name="协助查询通知书",
        document_no=document,
        scope=scope,
    )


def control(number: str, person: Person, *items: ControlItem) -> Request:
    """A control request with its items numbered from 1."""
    return Request(
        request_no=number,
        kind=RequestKind.CONTROL,
        nature=Coded.of("control"),
        subject=person.subject,
        court=COURT,
        officers=(OFFICER,),
        case_no=CASE_NO,
        notice_name="协助执行通知书",
        items=tuple(replace(item, seq=str(no)) for no, item in enumerate(items, start=1)),
    )


def share_of(body: Body | None, number: str) -> Body | None:
    """The part of a feedback that speaks about one request; None when it says nothing about it."""
    match body:
        case InquiryFeedback():
            return _kept(InquiryFeedback(results=_of(body.results, number)), "results")
        case ControlFeedback():
            receipts = tuple(paper for paper in body.receipts if paper.request_no in ("", number))
            found = ControlFeedback(results=_of(body.results, number), receipts=receipts)
            return found if found.results or found.receipts else None
        case RollbackList():
            return _kept(RollbackList(rollbacks=_of(body.rollbacks, number)), "rollbacks")
        case TransactionFeedback():
            return _kept(TransactionFeedback(entries=_of(body.entries, number)), "entries")
        case FilePackage():
            shares = [
                found for member in body.members if (found := share_of(member.body, number)) is not None
            ]
            return _joined(shares)
    return None


def _joined(shares: list[Body]) -> Body | None:
    controls = [body for body in shares if isinstance(body, ControlFeedback)]
    if len(controls) > 1:
        return ControlFeedback(
            results=tuple(row for body in controls for row in body.results),
            receipts=tuple(paper for body in controls for paper in body.receipts),
        )
    return shares[0] if shares else None


def _of(rows: tuple[Any, ...], number: str) -> tuple[Any, ...]:
    return tuple(row for row in rows if row.request_no == number)


def _kept(body: Any, rows: str) -> Any:
    return body if getattr(body, rows) else None


def _only_receipts(body: Body) -> bool:
    return isinstance(body, ControlFeedback) and not body.results
