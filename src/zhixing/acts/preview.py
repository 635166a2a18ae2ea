"""What an act would say to a payload, without doing, storing or journalling anything: for checks shown while a form is filled in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from zhixing.acts import payloads
from zhixing.acts.actors import Actor
from zhixing.acts.errors import ActRefused
from zhixing.acts.hooks import hooks
from zhixing.acts.kinds import ActContext
from zhixing.acts.registry import act
from zhixing.kernel.errors import Problem


def act_problems(
    *, code: str, actor: Actor, payload: dict[str, Any], moment: datetime, case_id: int | None = None
) -> list[Problem]:
    """All problems the act would raise now, warnings included; those of the fields alone while these are not readable."""
    kind = act(code)
    case = hooks.load_case(case_id, False) if case_id is not None else None
    try:
        fields = payloads.fields_parse(kind, payload)
    except ActRefused as refused:
        return list(refused.problems)
    key = case.court_key if case is not None else actor.court_key
    return kind.check(ActContext(actor=actor, moment=moment, fields=fields, case=case, court_key=key))
