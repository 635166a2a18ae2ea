"""Measures of a case as the page shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from zhixing.acts.models import Draft, DraftState
from zhixing.acts.registry import act
from zhixing.cases.claims import outstanding_of
from zhixing.cases.models import Case
from zhixing.control.measures import reserved_of
from zhixing.control.models import Measure, MeasureState, Receipt
from zhixing.law.book import book
from zhixing.platform.crypto import unseal_text

CHIPS = {
    MeasureState.ORDERED: ("wait", "send"),
    MeasureState.ACTIVE: ("doing", "snowflake"),
    MeasureState.WAITING: ("warn", "hourglass"),
    MeasureState.FAILED: ("stop", "ban"),
    MeasureState.DEDUCTING: ("doing", "moneybag"),
    MeasureState.DEDUCTED: ("done", "checks"),
    MeasureState.RELEASING: ("doing", "lock-open"),
    MeasureState.RELEASED: ("stop", "lock-open"),
}
KINDS = {"cash": "存款", "wealth": "理财产品", "realty": "不动产"}
PENDING_CODES = ("control.freeze", "control.seal", "control.transfer", "control.release")
UNTOLD_STATES = (MeasureState.ACTIVE, MeasureState.WAITING, MeasureState.DEDUCTED, MeasureState.DEDUCTING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One measure. amount: what may be deducted, as entered or proposed.

    is_on: ticked, also in a refused form. is_near: ends within the farthest step of the ladder of warnings.
    """

    measure: Measure
    label: str
    kind: str
    state: str
    chip: str
    icon: str
    receipts: tuple[Receipt, ...]
    can_deduct: bool
    can_release: bool
    amount: str
    is_on: bool
    is_near: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingOrder:
    """A control act that waits for approval."""

    draft: Draft
    title: str
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuresPage:
    """Measures with sums, in yuan. untold: settled ones of which the debtor was not told."""

    rows: list[Row]
    pending: list[PendingOrder]
    owed: Decimal
    reserved: Decimal
    controlled: Decimal
    deducted: Decimal
    untold: int

    @property
    def deductible(self) -> list[Row]:
        """Rows whose money may be deducted."""
        return [row for row in self.rows if row.can_deduct]

    @property
    def releasable(self) -> list[Row]:
        """Rows that may be released through the bank."""
        return [row for row in self.rows if row.can_release]


def measures_page(
    case: Case, *, today: date, entered: Mapping[str, str] | None = None, chosen: frozenset[str] = frozenset()
) -> MeasuresPage:
    """All measures of a case, live ones first. entered: amounts of a refused deduction by measure. Constant statements."""
    pending = _pending(case.pk)
    busy = {pk for order in pending for pk in _measures_of(order.draft.payload)}
    near = today + timedelta(days=max(book().at(today).value("control.alert_ladder")))
    rows = [
        _row(measure, entered, chosen, busy, near)
        for measure in Measure.objects.filter(case=case)
        .prefetch_related("receipts")
        .order_by("ordered_at", "pk")
    ]
    order = list(MeasureState)
    return MeasuresPage(
        rows=sorted(rows, key=lambda row: order.index(MeasureState(row.measure.state)) in (3, 5, 7)),
        pending=pending,
        owed=outstanding_of(case, today).total,
        reserved=reserved_of(case.pk),
        controlled=sum(
            (r.measure.controlled or Decimal(0) for r in rows if r.measure.category != "realty"), Decimal(0)
        ),
        deducted=sum((r.measure.deducted for r in rows), Decimal(0)),
        untold=sum(r.measure.debtor_told_at is None and r.measure.state in UNTOLD_STATES for r in rows),
    )


def _measures_of(payload: Mapping[str, Any]) -> list[str]:
    """Measures that a waiting deduction or release is about."""
    return [item["measure"] for item in payload.get("items", [])] + list(payload.get("measures", []))


def _row(
    measure: Measure, entered: Mapping[str, str] | None, chosen: frozenset[str], busy: set[str], near: date
) -> Row:
    state, key = MeasureState(measure.state), str(measure.pk)
    chip, icon = CHIPS[state]
    is_free = key not in busy
    can_deduct = (
        is_free and state == MeasureState.ACTIVE and measure.category == "cash" and bool(measure.controlled)
    )
    typed = (entered or {}).get(key)
    return Row(
        measure=measure,
        label=unseal_text(measure.subject, measure.label_sealed),
        kind=KINDS.get(measure.category, "其他"),
        state=str(state.label),
        chip=chip,
        icon=icon,
        receipts=tuple(sorted(measure.receipts.all(), key=lambda r: r.pk)),
        can_deduct=can_deduct,
        amount=typed if typed is not None else f"{measure.controlled or 0:.2f}",
        can_release=is_free
        and state in (MeasureState.ACTIVE, MeasureState.WAITING)
        and measure.category in ("cash", "wealth"),
        is_near=state in (MeasureState.ACTIVE, MeasureState.WAITING)
        and measure.ends_on is not None
        and measure.ends_on <= near,
        is_on=key in chosen or typed is not None or (entered is None and not chosen and can_deduct),
    )


def _pending(case_id: int) -> list[PendingOrder]:
    drafts = Draft.objects.filter(
        case_id=case_id, code__in=PENDING_CODES, state=DraftState.PENDING
    ).prefetch_related("steps")
    return [
        PendingOrder(
            draft=draft,
            title=act(draft.code).title,
            step=next((step.name for step in draft.steps.all() if step.state == "open"), ""),
        )
        for draft in drafts.order_by("created_at")
    ]
