"""What the two officers see: masked lists, digests, whether answers arrived. No way leads from here to what they say."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from zhixing.acts.models import Draft, DraftState
from zhixing.cases.models import Party, PartyKind
from zhixing.gateway.models import Order, OrderState
from zhixing.inquiry.models import Batch, Request
from zhixing.inquiry.release import (
    Releasable,
    batch_digest,
    request_digest,
    request_problems,
    requests_waiting,
)
from zhixing.kernel.masking import mask_name
from zhixing.law.terms import term_days
from zhixing.ui.parts import BarPart

CODE = "inquiry.release_batch"
BATCHES_SHOWN = 12
CAME = (OrderState.ANSWERED, OrderState.REFUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRow:
    """One request on the list, masked. digest: eight signs of it, for comparing by eye."""

    id: uuid.UUID
    case_number: str
    who: str
    items: int
    agencies: int
    papers: int
    digest: str
    problems: tuple[Any, ...]
    urgency: str = ""

    @property
    def is_ready(self) -> bool:
        """Whether it may go out."""
        return not self.problems


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingBatch:
    """A batch that the first officer signed and the second has not decided."""

    draft: Draft
    first: str
    count: int
    is_mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedBatch:
    """A batch that is out: how many answers came, how many agencies are beyond their time."""

    batch: Batch
    signers: str
    asked: int
    came: int
    taken: int
    late: int
    bar: tuple[BarPart, ...]


def masked(party: Party) -> str:
    """The name as the officers see it; the papers they forward carry the full one."""
    if party.kind == PartyKind.PERSON:
        return mask_name(party.name)
    return f"{party.name[:2]}**{party.name[-4:]}" if len(party.name) > 6 else mask_name(party.name)


def waiting_rows(*, court_key: int, on: date) -> list[WaitingRow]:
    """Approved requests of the court that are in no pending batch, ready ones first, urgent ones before routine."""
    taken = {pk for draft in _pending(court_key) for pk in draft.payload["requests"]}
    rows = [
        _row(found)
        for found in requests_waiting(court_key=court_key, on=on)
        if str(found.request.pk) not in taken
    ]
    return sorted(rows, key=lambda row: (not row.is_ready, not row.urgency))


def batch_rows(requests: list[Request], *, on: date) -> list[WaitingRow]:
    """The list of a pending batch, as the second officer checks it."""
    return [
        _row(
            Releasable(
                request=row,
                digest=request_digest(row),
                papers=1 + len(row.documents),
                problems=request_problems(row, on=on),
            )
        )
        for row in requests
    ]


def requests_chosen(ids: list[str], *, court_key: int) -> list[Request]:
    """Requests of the court by id; what is no id or not of this court is left out."""
    known = [pk for pk in ids if _is_uuid(pk)]
    rows = Request.objects.filter(pk__in=known, court_key=court_key).select_related("case", "party")
    return list(rows.order_by("approved_at", "pk"))


def _is_uuid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def batches_pending(*, court_key: int, staff_id: int) -> list[PendingBatch]:
    """Batches with one signature, oldest first."""
    return [
        PendingBatch(
            draft=draft,
            first=draft.drafter["name"],
            count=len(draft.payload["requests"]),
            is_mine=draft.drafter_staff_id == staff_id,
        )
        for draft in _pending(court_key)
    ]


def draft_pending(draft_id: uuid.UUID, *, court_key: int) -> Draft | None:
    """One batch that still waits for its second signature."""
    return _pending(court_key).filter(pk=draft_id).first()


def is_unchanged(draft: Draft, requests: list[Request]) -> bool:
    """Whether the list is still the one that the first officer signed."""
    return (
        len(requests) == len(set(draft.payload["requests"]))
        and batch_digest(requests) == draft.payload["digest"]
    )


def _pending(court_key: int) -> Any:
    return Draft.objects.filter(code=CODE, state=DraftState.PENDING, court_key=court_key).order_by(
        "created_at"
    )


def _row(found: Releasable) -> WaitingRow:
    row = found.request
    return WaitingRow(
        id=row.pk,
        case_number=row.case.number,
        who=masked(row.party),
        items=len(row.menu),
        agencies=len(row.agencies),
        papers=found.papers,
        digest=f"{found.digest[:4]} {found.digest[4:8]}",
        problems=tuple(found.problems),
        urgency=row.get_urgency_display() if row.urgency else "",
    )


def batches_released(*, court_key: int, moment: datetime, on: date) -> list[ReleasedBatch]:
    """The latest batches with what arrived; two statements. An agency's time runs from its first listing (NIC-20)."""
    batches = list(Batch.objects.filter(court_key=court_key).order_by("-released_at")[:BATCHES_SHOWN])
    owner = dict(Request.objects.filter(batch__in=batches).values_list("pk", "batch_id"))
    limit = moment - timedelta(hours=term_days("bank.answer", on=on))
    late = ~Q(state__in=[*CAME, OrderState.CANCELLED]) & Q(since__lt=limit)
    rows = (
        Order.objects.filter(reference__in=owner, repeats=None)
        .annotate(since=Coalesce("listed_at", "queued_at"))
        .values("reference")
        .annotate(
            asked=Count("id"),
            came=Count("id", filter=Q(state__in=CAME)),
            late=Count("id", filter=late),
            taken=Count("id", filter=Q(state__in=[OrderState.LISTED, OrderState.FETCHED])),
        )
    )
    sums: dict[Any, list[int]] = {batch.pk: [0, 0, 0, 0] for batch in batches}
    for row in rows:
        found = sums[owner[row["reference"]]]
        for no, name in enumerate(("asked", "came", "taken", "late")):
            found[no] += row[name]
    return [_released(batch, *sums[batch.pk]) for batch in batches]


def _released(batch: Batch, asked: int, came: int, taken: int, late: int) -> ReleasedBatch:
    bar = (
        BarPart(value=came, kind="b1", label="已反馈"),
        BarPart(value=taken, kind="b3", label="单位已签收"),
    )
    return ReleasedBatch(
        batch=batch,
        signers="、".join(signer["name"] for signer in batch.signers),
        asked=asked,
        came=came,
        taken=taken,
        late=late,
        bar=bar,
    )
