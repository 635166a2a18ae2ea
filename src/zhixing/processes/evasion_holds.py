"""Freezes of accounts as the search for evasion sees them. The room of inquiry does not know the room of control."""

from __future__ import annotations

from typing import Any

from zhixing.cases.models import Case
from zhixing.control.models import Measure, MeasureState
from zhixing.gateway.domain.storage import from_json
from zhixing.platform.crypto import unseal_text

_HELD = (MeasureState.ACTIVE, MeasureState.DEDUCTING, MeasureState.DEDUCTED, MeasureState.RELEASED)


def holds_of(case: Case) -> list[dict[str, Any]]:
    """Rows of the table HOLDS with a label. One statement."""
    rows = Measure.objects.filter(case=case, category="cash", state__in=_HELD).exclude(starts_on=None)
    return [row for measure in rows if (row := _row(measure)) is not None]


def _row(measure: Measure) -> dict[str, Any] | None:
    target = from_json(unseal_text(measure.subject, measure.target_sealed))
    account = getattr(target, "account_no", "")
    if not account or measure.controlled is None:
        return None
    ended = measure.state in (MeasureState.RELEASED, MeasureState.DEDUCTED) and measure.settled_at
    return {
        "hold": str(measure.pk),
        "account": account,
        "fen": int(measure.controlled * 100),
        "balance": None if measure.balance is None else int(measure.balance * 100),
        "since": measure.starts_on,
        "until": measure.settled_at.date() if ended and measure.settled_at else measure.ends_on,
        "label": unseal_text(measure.subject, measure.label_sealed),
    }
