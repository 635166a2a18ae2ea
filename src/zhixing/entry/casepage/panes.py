"""Tabs of the case page that belong to inquiry, control and funds."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from zhixing.acts.models import Entry, EntryKind
from zhixing.acts.services import read_record
from zhixing.cases.page import Pane, Viewer
from zhixing.control.models import Measure, MeasureState
from zhixing.entry.casepage.facts import Facts
from zhixing.entry.links import page
from zhixing.inquiry.models import Category, Comparison, Finding, Screen, Verdict
from zhixing.kernel.clock import court_date
from zhixing.kernel.money import ZERO
from zhixing.platform.crypto import unseal_text
from zhixing.ui.parts import BarPart

CHIPS = {
    MeasureState.ORDERED: "wait",
    MeasureState.ACTIVE: "doing",
    MeasureState.WAITING: "wait",
    MeasureState.FAILED: "stop",
    MeasureState.DEDUCTING: "wait",
    MeasureState.DEDUCTED: "done",
    MeasureState.RELEASING: "wait",
    MeasureState.RELEASED: "done",
}
HOLDING = (MeasureState.ACTIVE, MeasureState.DEDUCTING)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetRow:
    """One thing that was found, with what was declared of it and what is done with it."""

    label: str
    owner: str
    value: Decimal | None
    verdict: str
    state: str
    chip: str
    ends_on: Any
    dim: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRow:
    """One measure."""

    measure: Measure
    label: str
    state: str
    chip: str


def assets_pane(facts: Facts, viewer: Viewer) -> Pane:
    """Opened findings of this judge by class. Row-level security shows them to nobody else."""
    rows = list(
        Finding.objects.filter(case_id=facts.case.pk, screen=Screen.OWN, is_current=True, is_opened=True)
        .select_related("party")
        .order_by("category", "-balance", "pk")
    )
    if rows:
        _record_once(facts, viewer, len(rows))
    verdicts = {
        c.finding_id: c.decided or c.proposed
        for c in Comparison.objects.filter(case_id=facts.case.pk)
        if c.finding_id
    }
    measures = {m.finding_id: m for m in facts.measures}
    groups = []
    for category, found in groupby(rows, key=lambda row: row.category):
        lines = [_asset(row, verdicts.get(row.pk, ""), measures.get(row.pk)) for row in found]
        values = [line.value for line in lines if line.value is not None]
        groups.append(
            {
                "title": Category(category).label,
                "rows": lines,
                "sum": sum(values, ZERO) if values else None,
            }
        )
    opened = next((packet for packet in facts.packets if packet.opened_at is not None), None)
    return Pane(
        key="assets",
        title="财产",
        count=str(len(rows)) if rows else "",
        template="entry/_pane_assets.html",
        data={
            "groups": groups,
            "href": page("processes:packet", opened.pk) if opened else "",
            "evasion_href": page("inquiry:evasion", facts.case.pk) if opened else "",
            "packet": opened,
            "waiting": facts.open_packet,
            "days": _days(rows),
        },
        leads=bool(rows or facts.open_packet),
    )


def _days(rows: list[Finding]) -> str:
    """The days the agencies speak of: one, or from the first to the last."""
    days = sorted({court_date(row.as_of) for row in rows if row.as_of})
    words = [f"{day.month}月{day.day}日" for day in (days[0], days[-1])] if days else []
    return " 至 ".join(dict.fromkeys(words))


def _asset(row: Finding, verdict: str, measure: Measure | None) -> AssetRow:
    if measure is not None:
        state, kind = MeasureState(measure.state).label, CHIPS[MeasureState(measure.state)]
    elif row.exempt_action == "block":
        state, kind = "不得冻结", "stop"
    elif row.exempt_action:
        state, kind = "限制执行", "stop"
    else:
        state, kind = "未控制", "todo"
    return AssetRow(
        label=unseal_text(row.subject, row.label_sealed),
        owner=row.party.name,
        value=row.balance,
        verdict=Verdict(verdict).label if verdict else "",
        state=state,
        chip=kind,
        ends_on=measure.ends_on if measure else None,
        dim=row.exempt_action == "block",
    )


def _record_once(facts: Facts, viewer: Viewer, count: int) -> None:
    """Reading the answers is journalled, once a day and judge."""
    last = (
        Entry.objects.filter(
            chain=facts.case.pk, kind=EntryKind.READ, code="inquiry.find", actor_name=viewer.actor.name
        )
        .order_by("-seq")
        .values_list("moment", flat=True)
        .first()
    )
    if last is not None and court_date(last) == viewer.today:
        return
    read_record(
        code="inquiry.find",
        actor=viewer.actor,
        case_id=facts.case.pk,
        court_key=facts.case.court_key,
        moment=viewer.moment,
        told={"findings": count, "page": "case"},
    )


def measures_pane(facts: Facts) -> Pane:
    """Measures with what they hold. What was found is the judge's; others see the kind of thing and the agency."""
    may_read = facts.viewer.is_judge or bool(
        {r.value for r in facts.viewer.actor.roles} & {"assistant", "clerk", "bureau_chief"}
    )
    rows = [
        MeasureRow(
            measure=m,
            label=unseal_text(m.subject, m.label_sealed)
            if may_read and facts.viewer.is_home
            else Category(m.category).label,
            state=MeasureState(m.state).label,
            chip=CHIPS[MeasureState(m.state)],
        )
        for m in facts.measures
    ]
    return Pane(
        key="measures",
        title="措施",
        count=str(len(rows)) if rows else "",
        template="entry/_pane_measures.html",
        data={"rows": rows, "total": controlled(facts), "href": page("control:measures", facts.case.pk)},
    )


def funds_pane(facts: Facts) -> Pane:
    """The balance of the case's money and the way to its page."""
    return Pane(
        key="funds",
        title="案款",
        count=f"{facts.equation.received:,.2f}",
        template="entry/_pane_funds.html",
        data={
            "equation": facts.equation,
            "account": facts.case.fund_account,
            "href": page("funds:case", facts.case.pk),
        },
    )


def controlled(facts: Facts) -> Decimal:
    """Money actually held by measures, yuan."""
    return sum((m.controlled or ZERO for m in facts.measures if m.state in HOLDING), ZERO)


def money_of(facts: Facts) -> dict[str, Any]:
    """The claim's bar at the head of the page."""
    if facts.claim is None:
        return {"remark": "履行期限早于现行迟延履行利息规定的施行日，加倍部分由承办人另行计算。"}
    held, received = controlled(facts), facts.equation.received
    whole = max(facts.claim.total + received, held + received)
    return {
        "claim": facts.claim,
        "controlled": held,
        "received": received,
        "whole": whole or Decimal(1),
        "parts": [
            BarPart(value=received, kind="bg", label="已到账"),
            BarPart(value=held, kind="b2", label="已控制"),
        ],
    }
