"""Reads about drafts, steps and the journal."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet

from zhixing.acts.actors import Actor
from zhixing.acts.models import Draft, DraftState, Entry, EntryKind, Step, StepState
from zhixing.acts.registry import act


def steps_waiting_for(actor: Actor) -> QuerySet[Step]:
    """Open steps this actor may decide: his roles, his court, nothing he drafted. Oldest first."""
    return (
        Step.objects.filter(
            state=StepState.OPEN, court_key=actor.court_key, role__in=[r.value for r in actor.roles]
        )
        .exclude(draft__drafter_staff_id=actor.staff_id)
        .exclude(draft__steps__decided_staff_id=actor.staff_id)
        .select_related("draft")
        .order_by("draft__created_at", "draft_id")
    )


def drafts_of_case(case_id: int) -> QuerySet[Draft]:
    """All acts of a case with their steps, newest first."""
    return Draft.objects.filter(case_id=case_id).prefetch_related(Prefetch("steps")).order_by("-created_at")


def drafts_pending_of(actor: Actor) -> QuerySet[Draft]:
    """What this person drafted and still waits or came back."""
    return (
        Draft.objects.filter(
            drafter_staff_id=actor.staff_id,
            state__in=[DraftState.PENDING, DraftState.RETURNED, DraftState.LAPSED],
        )
        .prefetch_related("steps")
        .order_by("-created_at")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a case's history. documents: (id, kind, number)."""

    seq: int
    kind: str
    kind_label: str
    code: str
    title: str
    moment: datetime
    actor: str
    audience: str
    documents: list[dict[str, Any]]
    result: dict[str, Any]


def history_of(case_id: int, *, limit: int = 200) -> list[Line]:
    """The case's journal as lines, newest first; refusals and reads included."""
    rows = Entry.objects.filter(chain=case_id).order_by("-seq")[:limit]
    return [_line(row) for row in rows]


def _line(row: Entry) -> Line:
    body = json.loads(row.body)
    try:
        title = act(row.code).title
    except KeyError:
        title = row.code
    return Line(
        seq=row.seq,
        kind=row.kind,
        kind_label=str(EntryKind(row.kind).label),
        code=row.code,
        title=title,
        moment=row.moment,
        actor=row.actor_name,
        audience=row.audience,
        documents=body.get("documents", []),
        result=body.get("result", {}),
    )


def acts_done(case_id: int) -> frozenset[str]:
    """Codes of the acts that took effect in a case. One statement."""
    return frozenset(
        Entry.objects.filter(chain=case_id, kind=EntryKind.EFFECT).values_list("code", flat=True).distinct()
    )
