"""钱款与财产: controlled property, the debtor's report, papers addressed to the reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet

from zhixing.control.models import Measure, MeasureState
from zhixing.documents.models import Document
from zhixing.inquiry.models import Category, Declaration, DeclaredItem
from zhixing.kernel.clock import court_date
from zhixing.platform.crypto import unseal_text
from zhixing.processes.party.access import Seat

_KINDS = {
    "cash": ("银行存款", "building-bank"),
    "wealth": ("理财产品", "chart-line"),
    "realty": ("不动产", "building-community"),
}
_STATES = {
    MeasureState.ACTIVE: ("doing", "已冻结", "snowflake"),
    MeasureState.WAITING: ("wait", "排队等候", "hourglass"),
    MeasureState.DEDUCTING: ("doing", "正在扣划", "refresh"),
    MeasureState.DEDUCTED: ("done", "已扣划", "circle-check"),
    MeasureState.RELEASING: ("doing", "正在解除", "lock-open"),
    MeasureState.RELEASED: ("neutral", "已解除", "lock-open"),
}
_TOLD = list(_STATES)
# A measure that was carried out or lifted has no last day any more.
_RUNNING = (MeasureState.ACTIVE, MeasureState.WAITING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One controlled thing as a party reads it: institution, amount, state; never an account number.

    amount: held now, or moved to the court; None for a thing without an amount. kind, label, icon: of the state chip.
    """

    title: str
    icon: str
    institution: str
    amount: Decimal | None
    settled_on: date | None
    ends_on: date | None
    chip: tuple[str, str, str]


def held_of(seat: Seat) -> list[Held]:
    """Property under control, once that may be told (PB-04). One statement.

    A thing is told when its agency answered and no other order of that case is still on its way to an agency; the debtor
    sees his own things only, and also those he was formally told of.
    """
    running = Measure.objects.filter(case_id=OuterRef("case_id"), state=MeasureState.ORDERED)
    rows = Measure.objects.filter(case=seat.case, state__in=_TOLD, settled_at__isnull=False)
    rows = rows.annotate(is_running=Exists(running)).order_by("category", "settled_at", "pk")
    if seat.is_obligor:
        rows = rows.filter(party=seat.party)
    elif not seat.is_applicant:
        rows = rows.none()
    return [_held(row) for row in rows if not row.is_running or row.debtor_told_at is not None]


def _held(row: Measure) -> Held:
    title, icon = _KINDS.get(row.category, ("财产", "coin"))
    chip = _STATES[MeasureState(row.state)]
    if row.category == "realty" and row.state == MeasureState.ACTIVE:
        chip = ("doing", "已查封", "lock")
    return Held(
        title=title,
        icon=icon,
        institution=row.agency_name,
        chip=chip,
        ends_on=row.ends_on if row.state in _RUNNING else None,
        amount=row.deducted
        if row.state == MeasureState.DEDUCTED
        else None
        if row.category == "realty"
        else row.controlled,
        settled_on=court_date(row.settled_at) if row.settled_at else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """One declared thing in clear; the number only by its last signs. flags joined by 、."""

    category: str
    text: str
    place: str
    tail: str
    amount: Decimal | None
    flags: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One property report of an obligor."""

    party: str
    received_on: date
    is_late: bool
    lines: list[ReportLine]


def reports_count(seat: Seat) -> int:
    """How many reports there are: the applicant of the case may read them all, an obligor his own."""
    return _reports(seat).count()


def reports_read(seat: Seat) -> list[Report]:
    """The reports in clear, newest first. Whoever asks must journal the reading (PB-13). Two statements."""
    rows = list(_reports(seat).select_related("party", "case").order_by("-received_on", "-pk"))
    items: dict[int, list[ReportLine]] = {}
    for item in DeclaredItem.objects.filter(declaration__in=rows).order_by("pk"):
        items.setdefault(item.declaration_id, []).append(_line(item, seat))
    return [
        Report(
            party=row.party.name,
            received_on=row.received_on,
            is_late=row.is_late,
            lines=items.get(row.pk, []),
        )
        for row in rows
    ]


def _reports(seat: Seat) -> QuerySet[Declaration]:
    rows = Declaration.objects.filter(case=seat.case)
    if seat.is_applicant:
        return rows
    return rows.filter(party=seat.party)


def _line(item: DeclaredItem, seat: Seat) -> ReportLine:
    subject = seat.case.subject
    return ReportLine(
        category=Category(item.category).label,
        text=unseal_text(subject, item.text_sealed),
        place=unseal_text(subject, item.place_sealed),
        tail=item.number_tail,
        amount=item.amount,
        flags="、".join(item.flags),
    )


def papers_of(seat: Seat) -> QuerySet[Document]:
    """Papers of the case addressed to this party by name, newest first."""
    return Document.objects.filter(case_id=seat.case.pk, recipient=seat.party.name).order_by("-made_at", "pk")


def watermark_of(seat: Seat, moment: datetime) -> str:
    """Who looks at it and when, written over what must stay secret."""
    return f"仅供 {seat.party.name} 在 {seat.case.number} 案中使用　{moment:%Y-%m-%d}　不得外传"
