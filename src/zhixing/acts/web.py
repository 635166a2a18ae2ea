"""Acts over the web: who asks, what was posted, what came of it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from zhixing.acts import forms
from zhixing.acts.actors import Actor
from zhixing.acts.errors import ActRefused
from zhixing.acts.models import Draft
from zhixing.acts.registry import act
from zhixing.acts.services import act_submit
from zhixing.kernel.clock import now
from zhixing.kernel.errors import Problem
from zhixing.ui.forms import Choice, FormView


def actor_of(request: HttpRequest) -> Actor:
    """The person behind a request: staff, or a party through the portal."""
    if request.staff is not None:
        return Actor.person(request.staff, request.roles)
    return Actor.party(account_id=request.user.pk, name=request.user.display_name, court_key=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What came of a post: a draft, or problems with the values as entered."""

    draft: Draft | None
    problems: Sequence[Problem] = ()
    values: Mapping[str, Any] | None = None
    key: str = ""


def act_post(
    request: HttpRequest,
    code: str,
    *,
    case_id: int | None = None,
    court_key: int | None = None,
    payload: Mapping[str, Any] | None = None,
) -> Submission:
    """Submit the posted form (or a payload the page composed) as an act. Never raises ActRefused."""
    values = dict(payload) if payload is not None else forms.payload_read(act(code), request.POST)
    key = request.POST.get("idempotency_key", "") or str(uuid.uuid4())
    try:
        draft = act_submit(
            code=code,
            actor=actor_of(request),
            case_id=case_id,
            court_key=court_key,
            payload=values,
            key=key,
            overrides=forms.overrides_read(request.POST),
            moment=now(),
        )
    except ActRefused as refused:
        return Submission(draft=None, problems=refused.problems, values=values, key=str(uuid.uuid4()))
    return Submission(draft=draft)


def act_form_of(
    request: HttpRequest,
    code: str,
    *,
    done: Submission | None = None,
    action: str = "",
    values: Mapping[str, Any] | None = None,
    choices: Mapping[str, Sequence[Choice]] | None = None,
    submit_label: str = "",
    cancel_href: str = "",
) -> FormView:
    """The form to show: fresh, or with what was entered and what was wrong with it."""
    entered = done.values if done is not None and done.draft is None else values
    return forms.form_build(
        act(code),
        action=action or request.path,
        values=entered,
        problems=done.problems if done else (),
        choices=choices,
        submit_label=submit_label,
        cancel_href=cancel_href,
        key=done.key if done else "",
        overridden=request.POST.getlist("override"),
        reason=request.POST.get("override_reason", ""),
    )
