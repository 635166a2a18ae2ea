"""The slices of an inquiry: which agencies answered, which failed and why, which are silent; and who is asked again.

What officers see here tells them whether an agency settled its order, never what it found.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from zhixing.gateway.domain.refusals import is_about_papers
from zhixing.gateway.models import Agency, AgencyKind, Failure, Order, OrderState
from zhixing.inquiry.domain.slices import Asked, Pace, Standing, Verdict, verdict_of
from zhixing.inquiry.models import Answer, AnswerOutcome, Finding, Screen
from zhixing.kernel.clock import court_date
from zhixing.law.book import book
from zhixing.law.terms import term_days

BANK_LIKE = frozenset({AgencyKind.BANK, AgencyKind.FUND_BANK})
# Records that the agency sent and nobody can use: it must send them again.
UNREAD = (Screen.MALFORMED, "error")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """One agency in one inquiry. order: the last one sent to it. items: menu items that it answers."""

    order: Order
    agency: Agency
    verdict: Verdict
    has_legal_hours: bool

    @property
    def standing(self) -> Standing:
        """Where it stands."""
        return self.verdict.standing

    @property
    def reason(self) -> str:
        """Why it is not settled, in words without personal data; empty when there is nothing to say."""
        return self.verdict.failure and str(Failure(self.verdict.failure).label)

    def may_repeat(self, moment: datetime) -> bool:
        """Whether it may be asked again now."""
        return self.verdict.next_at is not None and self.verdict.next_at <= moment


def hours_of(kind: str, *, on: date) -> int:
    """Hours an agency has to answer: financial institutions by NIC-20, the others by the court's setting."""
    if kind in BANK_LIKE:
        return term_days("bank.answer", on=on)
    return book().at(on).value("gateway.answer_hours")


def slices_of(requests: Iterable[uuid.UUID], *, moment: datetime) -> dict[uuid.UUID, list[Slice]]:
    """Slices by request, agencies by name. One statement, however many requests."""
    chains: dict[tuple[uuid.UUID, str], list[Order]] = defaultdict(list)
    rows = (
        Order.objects.filter(reference__in=list(requests))
        .exclude(state=OrderState.CANCELLED)
        .select_related("agency")
        .defer("content_sealed")
        .order_by("queued_at", "request_no")
    )
    for order in rows:
        chains[order.reference, order.agency_id].append(order)
    found: dict[uuid.UUID, list[Slice]] = defaultdict(list)
    for (reference, _), orders in chains.items():
        found[reference].append(_slice(orders, moment))
    return {key: sorted(rows, key=lambda row: row.agency.name) for key, rows in found.items()}


def _slice(orders: Sequence[Order], moment: datetime) -> Slice:
    agency, day = orders[-1].agency, court_date(moment)
    chain = [
        Asked(
            queued_at=order.queued_at,
            listed_at=order.listed_at,
            answered_at=order.answered_at,
            failure=order.failure,
        )
        for order in orders
    ]
    return Slice(
        order=orders[-1],
        agency=agency,
        verdict=verdict_of(chain, moment=moment, pace=pace_of(agency.kind, on=day)),
        has_legal_hours=agency.kind in BANK_LIKE,
    )


def pace_of(kind: str, *, on: date) -> Pace:
    """The settings of the day for this kind of agency."""
    rules = book().at(on)
    return Pace(
        hours=hours_of(kind, on=on),
        error_hours=rules.value("gateway.repeat_error_hours"),
        growth=rules.value("gateway.repeat_growth"),
        most_hours=rules.value("gateway.repeat_most_hours"),
        most=rules.value("gateway.repeat_most"),
    )


def order_settle(order_id: uuid.UUID) -> str:
    """Note on the order whether its last answer settles it. Runs where the answer takes effect, as the system."""
    answer = Answer.objects.filter(order_id=order_id).order_by("-version").first()
    failure = _failure(answer) if answer is not None else ""
    Order.objects.filter(pk=order_id).update(failure=failure)
    return failure


def _failure(answer: Answer) -> str:
    if answer.outcome == AnswerOutcome.ERROR:
        return Failure.ERROR
    if answer.outcome == AnswerOutcome.REFUSED:
        return Failure.PAPERS if is_about_papers(answer.note) else Failure.REFUSED
    unread = Finding.objects.filter(order_id=answer.order_id, is_current=True, screen__in=UNREAD)
    return Failure.PARTIAL if answer.outcome == AnswerOutcome.FOUND and unread.exists() else ""
