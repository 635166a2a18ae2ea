"""Which acts a person may do in a case now, and what stands in the way of the others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from zhixing.acts.actors import Actor
from zhixing.acts.kinds import Act, ActContext
from zhixing.acts.registry import all_acts
from zhixing.acts.selectors import acts_done
from zhixing.cases.models import Case, CaseState
from zhixing.courts.roles import Role
from zhixing.courts.selectors import staff_with_role
from zhixing.kernel.errors import Problem
from zhixing.ui.forms import Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One act of the general form.

    why: what stands in the way. remarks: what must be read before it is done. is_done: it took effect in this case before.
    """

    act: Act
    why: tuple[Problem, ...]
    remarks: tuple[Problem, ...] = ()
    is_done: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it can be done now."""
        return not self.why

    @property
    def is_for_now(self) -> bool:
        """Whether it is put before the person; the others stay within reach, folded."""
        return self.is_open and not self.remarks and not self.is_done


def offers(case: Case, *, actor: Actor, moment: datetime) -> list[Offer]:
    """Acts with a general form that this person may draft, possible ones first. One statement beside their checks."""
    if case.state == CaseState.ARCHIVED or actor.court_key != case.court_key:
        return []
    mine = [
        kind for kind in all_acts() if kind.offered and kind.case_bound and actor.roles & set(kind.drafters)
    ]
    done = acts_done(case.pk)
    found = [replace(_offer(kind, case, actor, moment), is_done=kind.code in done) for kind in mine]
    return sorted(found, key=lambda offer: (not offer.is_open, bool(offer.remarks)))


def obstacles(kind: Act, case: Case, *, actor: Actor, moment: datetime) -> tuple[Problem, ...]:
    """What the act itself says against being done now, apart from its fields. Nothing is journalled."""
    return _offer(kind, case, actor, moment).why


def _offer(kind: Act, case: Case, actor: Actor, moment: datetime) -> Offer:
    ctx = ActContext(actor=actor, moment=moment, fields=None, case=case, court_key=case.court_key)
    ctx.fields = kind.Fields.model_construct(**_blank(kind, proposed(kind.code, case, today=ctx.today)))
    said = [problem for problem in kind.check(ctx) if (problem.field or "") not in kind.Fields.model_fields]
    return Offer(
        act=kind,
        why=tuple(problem for problem in said if problem.level == "error"),
        remarks=tuple(problem for problem in said if problem.level == "warning"),
    )


def proposed(code: str, case: Case, *, today: date) -> dict[str, Any]:
    """What the form is filled in with."""
    if code == "cases.assign":
        return {"judge": case.handler_id, "assistant": case.assistant_id, "clerk": case.clerk_id}
    if code == "cases.notice":
        return {"served_on": today}
    if code == "cases.whereabouts" and case.whereabouts != "unset":
        return {"whereabouts": case.whereabouts}
    return {}


def staff_choices(kind: Act, case: Case, *, today: date) -> dict[str, list[Choice]]:
    """Choices of the fields that name a member of staff (`widget: staff:<role>`)."""
    found = {}
    for name, info in kind.Fields.model_fields.items():
        extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
        widget, _, role = str(extra.get("widget", "")).partition(":")
        if widget == "staff":
            rows = staff_with_role(court_key=case.court_key, role=Role(role), on=today)
            found[name] = [Choice(value=str(row.pk), label=row.name) for row in rows]
    return found


def _blank(kind: Act, values: dict[str, Any]) -> dict[str, Any]:
    """Every field, so that a check can look at it: proposed values, defaults, else nothing."""
    blank = {
        name: None if info.is_required() else info.get_default(call_default_factory=True)
        for name, info in kind.Fields.model_fields.items()
    }
    return blank | values
