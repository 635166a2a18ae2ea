"""The judge's own inquiries: on the way, out, sealed, opened."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from zhixing.acts.models import Draft, DraftState, StepState
from zhixing.cases.models import Case, Party
from zhixing.gateway.models import Order, OrderState
from zhixing.inquiry.domain.slices import Standing
from zhixing.inquiry.menu import agencies_for
from zhixing.inquiry.models import Packet, Request, RequestState
from zhixing.inquiry.slices import Slice, slices_of

# What came back or lapsed stays in the list so long; afterwards it is history of the case.
BACK_DAYS = 30
LIMIT = 200
CHIPS = {
    RequestState.APPROVED: "wait",
    RequestState.RELEASED: "doing",
    RequestState.SEALED: "warn",
    RequestState.OPENED: "done",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One inquiry. group: approval, out, sealed, opened, back. asked, answered: orders; both 0 before release."""

    group: str
    chip: str
    label: str
    case_id: int
    case_number: str
    party: str
    items: int
    agencies: int
    at: datetime
    asked: int = 0
    answered: int = 0
    note: str = ""
    packets: tuple[Packet, ...] = ()
    draft_id: uuid.UUID | None = None
    request_id: uuid.UUID | None = None
    failed: int = 0
    silent: int = 0
    ready: int = 0


GROUPS = (
    ("approval", "审批中"),
    ("out", "待发起、查询中"),
    ("sealed", "待您开启"),
    ("opened", "已开启"),
    ("back", "退回、失效"),
)


def board_of(staff_id: int, *, moment: datetime) -> list[Row]:
    """All inquiries of one judge, what waits for him first. A constant number of statements."""
    rows = [*_requests(staff_id, moment), *_drafts(staff_id, moment)]
    order = {"sealed": 0, "back": 1, "approval": 2, "out": 3, "opened": 4}
    return sorted(rows, key=lambda row: (order[row.group], -row.at.timestamp()))


def answered_counts(references: list[uuid.UUID]) -> dict[uuid.UUID, tuple[int, int]]:
    """Orders asked and answered by request; one statement. Says nothing about what was answered."""
    came = Q(state__in=[OrderState.ANSWERED, OrderState.REFUSED])
    rows = (
        Order.objects.filter(reference__in=references, repeats=None)
        .values("reference")
        .annotate(asked=Count("id"), came=Count("id", filter=came))
    )
    return {row["reference"]: (row["asked"], row["came"]) for row in rows}


def _requests(staff_id: int, moment: datetime) -> list[Row]:
    requests = list(
        Request.objects.filter(judge_id=staff_id)
        .select_related("case", "party")
        .prefetch_related("packets")
        .order_by("-approved_at")[:LIMIT]
    )
    ids = [row.pk for row in requests if row.state != RequestState.APPROVED]
    slices = slices_of(ids, moment=moment)
    counts = answered_counts(ids)
    return [_request(row, *counts.get(row.pk, (0, 0)), slices.get(row.pk, []), moment) for row in requests]


def _request(row: Request, asked: int, came: int, slices: list[Slice], moment: datetime) -> Row:
    state = RequestState(row.state)
    label = f"查询中　{came} / {asked} 已反馈" if state == RequestState.RELEASED else state.label
    groups = {RequestState.SEALED: "sealed", RequestState.OPENED: "opened"}
    packets = tuple(sorted(row.packets.all(), key=lambda packet: packet.no))
    is_sealed = any(packet.opened_at is None for packet in packets)
    return Row(
        group="sealed" if is_sealed else groups.get(state, "out"),
        chip="warn" if is_sealed else CHIPS[state],
        label=str(label),
        case_id=row.case_id,
        case_number=row.case.number,
        party=row.party.name,
        items=len(row.menu),
        agencies=len(row.agencies),
        at=row.released_at or row.approved_at,
        asked=asked,
        answered=came,
        packets=packets,
        request_id=row.pk if slices else None,
        failed=sum(found.standing == Standing.FAILED for found in slices),
        silent=sum(found.standing == Standing.SILENT for found in slices),
        ready=sum(found.may_repeat(moment) for found in slices),
    )


def _drafts(staff_id: int, moment: datetime) -> list[Row]:
    recent = Q(state=DraftState.PENDING) | Q(
        state__in=[DraftState.RETURNED, DraftState.LAPSED], decided_at__gte=moment - timedelta(days=BACK_DAYS)
    )
    drafts = list(
        Draft.objects.filter(recent, code="inquiry.request", drafter_staff_id=staff_id)
        .prefetch_related("steps")
        .order_by("-created_at")[:LIMIT]
    )
    cases = Case.objects.in_bulk([draft.case_id for draft in drafts])
    names = dict(
        Party.objects.filter(pk__in=[_payload(d, "party") for d in drafts]).values_list("pk", "name")
    )
    agencies = agencies_for(sorted({code for d in drafts for code in _payload(d, "menu")}))
    return [
        _draft(d, cases[d.case_id], names.get(_payload(d, "party"), "—"), agencies)
        for d in drafts
        if d.case_id in cases
    ]


def _payload(draft: Draft, name: str) -> Any:
    return draft.payload.get(name) or ([] if name == "menu" else None)


def _draft(draft: Draft, case: Case, party: str, agencies: list[Any]) -> Row:
    menu = set(_payload(draft, "menu"))
    steps = list(draft.steps.all())
    open_step = next((step for step in steps if step.state == StepState.OPEN), None)
    note = next(
        (
            f"{(s.decided_by or {}).get('name', '')}：{s.opinion}"
            for s in steps
            if s.state == StepState.RETURNED
        ),
        "",
    )
    if draft.state == DraftState.LAPSED:
        note = "；".join(problem["sentence"] for problem in draft.result.get("problems", []))
    waits = draft.state == DraftState.PENDING
    return Row(
        group="approval" if waits else "back",
        chip="wait" if waits else "back" if draft.state == DraftState.RETURNED else "stop",
        label=f"待{open_step.name}" if waits and open_step else str(DraftState(draft.state).label),
        case_id=case.pk,
        case_number=case.number,
        party=party,
        items=len(menu),
        agencies=sum(bool(menu & set(a.menu)) for a in agencies),
        at=draft.created_at,
        note=note,
        draft_id=draft.pk,
    )
