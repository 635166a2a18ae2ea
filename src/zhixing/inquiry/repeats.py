"""Inquiries some of whose agencies failed or are silent: for the page of one inquiry, the officers' list, the workbench."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from zhixing.acts.models import Draft, DraftState
from zhixing.cases.models import CaseState
from zhixing.courts.roles import Role
from zhixing.gateway.models import AgencyKind, Order, OrderState
from zhixing.inquiry.domain.slices import Standing
from zhixing.inquiry.models import Request, RequestState
from zhixing.inquiry.release_page import masked
from zhixing.inquiry.slices import Slice, hours_of, slices_of
from zhixing.kernel.clock import COURT_ZONE, court_date

CODE = "inquiry.repeat"
LIMIT = 60
CHIPS = {
    Standing.ANSWERED: ("done", "已反馈"),
    Standing.FAILED: ("warn", "未有效反馈"),
    Standing.SILENT: ("late", "超时未反馈"),
    Standing.WAITING: ("doing", "时限内"),
    Standing.QUEUED: ("wait", "待单位取走"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SliceRow:
    """One agency as the page shows it. may: may be asked again now; when: words about the next time."""

    row: Slice
    chip: str
    label: str
    when: str
    may: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Failing:
    """One inquiry with agencies to ask again. ready: may be asked now; who: masked for officers."""

    request: Request
    who: str
    failed: int
    silent: int
    ready: int
    used_up: int


def request_visible(request_id: uuid.UUID, *, staff_id: int, roles: Any) -> Request | None:
    """The inquiry, for its judge and for inquiry officers in whose range it lies."""
    rows = Request.objects.filter(pk=request_id).select_related("case", "party")
    if Role.INQUIRY_OFFICER not in roles:
        rows = rows.filter(judge_id=staff_id)
    return rows.exclude(state=RequestState.APPROVED).first()


def slice_rows(request: Request, *, moment: datetime) -> list[SliceRow]:
    """Agencies of one inquiry: first who is to be asked again, then the rest."""
    rows = [_row(row, moment) for row in slices_of([request.pk], moment=moment).get(request.pk, [])]
    return sorted(rows, key=lambda found: found.row.standing not in (Standing.FAILED, Standing.SILENT))


def _row(row: Slice, moment: datetime) -> SliceRow:
    chip, label = CHIPS[row.standing]
    if row.standing == Standing.SILENT and not row.has_legal_hours:
        chip = "warn"  # only what a rule of law sets is late
    verdict, when = row.verdict, ""
    if verdict.is_used_up:
        when = f"已重发 {verdict.repeats} 次，改用线下调查或者发函督促"
    elif verdict.next_at is not None:
        when = "现在可以重发" if row.may_repeat(moment) else f"{_words(verdict.next_at)}起可以重发"
    return SliceRow(row=row, chip=chip, label=label, when=when, may=row.may_repeat(moment))


def _words(moment: datetime) -> str:
    local = moment.astimezone(COURT_ZONE)
    return f"{local.month}月{local.day}日 {local:%H:%M}"


def repeat_pending(request: Request) -> bool:
    """Whether a repeat of this inquiry waits for the second officer."""
    return Draft.objects.filter(
        code=CODE, case_id=request.case_id, state=DraftState.PENDING, payload__request=str(request.pk)
    ).exists()


def failing_of(
    *, moment: datetime, court_key: int | None = None, judge_id: int | None = None
) -> list[Failing]:
    """Inquiries of a court or of a judge with agencies to ask again, the oldest first. Two statements."""
    day = court_date(moment)
    banks = [AgencyKind.BANK, AgencyKind.FUND_BANK]
    late = Q(
        agency__kind__in=banks, listed_at__lt=moment - timedelta(hours=hours_of(AgencyKind.BANK, on=day))
    ) | (
        ~Q(agency__kind__in=banks)
        & Q(listed_at__lt=moment - timedelta(hours=hours_of(AgencyKind.OTHER, on=day)))
    )
    bad = Order.objects.filter(reference=OuterRef("pk"), repeats=None).filter(
        (Q(state=OrderState.ANSWERED) & ~Q(failure=""))
        | (Q(state__in=[OrderState.LISTED, OrderState.FETCHED]) & late)
    )
    rows = Request.objects.filter(Exists(bad), case__state=CaseState.OPEN).exclude(
        state=RequestState.APPROVED
    )
    rows = rows.filter(court_key=court_key) if court_key is not None else rows.filter(judge_id=judge_id)
    # What nobody took up for three months is history of the case.
    recent = rows.filter(released_at__gte=moment - timedelta(days=90))
    found = list(recent.select_related("case", "party").order_by("released_at")[:LIMIT])
    slices = slices_of([row.pk for row in found], moment=moment)
    return [_failing(row, slices.get(row.pk, []), moment) for row in found]


def _failing(request: Request, slices: list[Slice], moment: datetime) -> Failing:
    return Failing(
        request=request,
        who=masked(request.party),
        failed=sum(row.standing == Standing.FAILED for row in slices),
        silent=sum(row.standing == Standing.SILENT for row in slices),
        ready=sum(row.may_repeat(moment) for row in slices),
        used_up=sum(row.verdict.is_used_up for row in slices),
    )
