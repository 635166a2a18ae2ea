"""Letters to institutions: a month that is over, once, signed off by the bureau's chief; a reminder only of what is owed."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from command_world import MENGCUN, courts_make

from zhixing.acts.actors import Actor
from zhixing.acts.errors import ActRefused, StepRefused
from zhixing.acts.models import Draft, DraftState
from zhixing.acts.services import act_submit, step_decide
from zhixing.courts.models import Court
from zhixing.courts.roles import Role
from zhixing.courts.services import staff_create
from zhixing.documents.models import Document
from zhixing.gateway import score
from zhixing.gateway.models import Order, OrderState
from zhixing.platform import scope
from zhixing.platform.models import Notice

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "gateway"))

from order_rows import agency_make, order_make

NOON = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)
APRIL = datetime(2026, 4, 2, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def as_system(db: None) -> Iterator[None]:
    """The mechanism is tested, not the pages."""
    courts_make()
    Court.objects.filter(pk=MENGCUN).update(phone="0317-6720930")
    with scope.system("test"):
        yield


def person(role: Role) -> Actor:
    """Somebody of Mengcun in this role."""
    staff = staff_create(
        username=f"p{uuid.uuid4().hex[:8]}",
        password="x",
        name="陆佳",
        title="工作人员",
        court_key=MENGCUN,
        roles={role},
        phone="13800000000",
        email="p@court.test",
        since=date(2020, 1, 1),
    )
    return Actor.person(staff, frozenset({role}))


def submit(code: str, actor: Actor, moment: datetime, **payload: Any) -> Draft:
    """An act of the court."""
    return act_submit(code=code, actor=actor, payload=payload, key=str(uuid.uuid4()), moment=moment)


def approve(draft: Draft, moment: datetime) -> Draft:
    """By the chief."""
    chief = person(Role.BUREAU_CHIEF)
    return step_decide(draft_id=draft.pk, actor=chief, approve=True, opinion="同意", moment=moment)


def codes(refused: pytest.ExceptionInfo[ActRefused]) -> list[str]:
    """Codes of a refusal."""
    return [problem.code for problem in refused.value.problems]


def test_letter_of_a_month_is_sealed_mailed_and_sent_once() -> None:
    agency = agency_make(liaison_mail="liaison@bank.test")
    order_make(agency, NOON, listed_at=NOON, answered_at=NOON + 30 * HOUR, state="answered")
    score.score_count(first=date(2026, 3, 1), last=date(2026, 3, 31), moment=APRIL)
    clerk = person(Role.COMMAND_STAFF)
    draft = submit("command.letter", clerk, APRIL, agency=agency.pk, month="2026-03-01")
    assert draft.state == DraftState.PENDING and not Document.objects.exists()
    with pytest.raises(StepRefused):
        step_decide(draft_id=draft.pk, actor=clerk, approve=True, opinion="同意", moment=APRIL)
    done = approve(draft, APRIL)
    assert (done.state, done.result["by_mail"]) == (DraftState.EFFECTIVE, True)
    paper = Document.objects.get(draft_id=draft.pk)
    assert (paper.kind, paper.is_sealed, paper.recipient) == ("institution_letter", True, agency.name)
    assert Notice.objects.filter(reason="command.letter").count() == 1
    with pytest.raises(ActRefused) as refused:
        submit("command.letter", clerk, APRIL, agency=agency.pk, month="2026-03-01")
    assert codes(refused) == ["letter.sent"]


def test_letter_needs_a_month_that_is_over_and_something_to_tell() -> None:
    agency, clerk = agency_make(), person(Role.COMMAND_STAFF)
    with pytest.raises(ActRefused) as refused:
        submit("command.letter", clerk, NOON, agency=agency.pk, month="2026-03-01")
    assert codes(refused) == ["letter.month_open", "letter.nothing"]
    with pytest.raises(ActRefused):
        submit("command.letter", person(Role.JUDGE), APRIL, agency=agency.pk, month="2026-03-01")


def test_reminder_lists_what_is_owed_and_lapses_when_it_came_meanwhile() -> None:
    agency, clerk = agency_make(), person(Role.INQUIRY_OFFICER)
    order = order_make(agency, NOON, listed_at=NOON, state=OrderState.LISTED)
    with pytest.raises(ActRefused) as refused:
        submit("command.remind", clerk, NOON + 24 * HOUR, agency=agency.pk)
    assert codes(refused) == ["remind.nothing"]
    late = NOON + 25 * HOUR
    done = approve(submit("command.remind", clerk, late, agency=agency.pk), late)
    assert (done.state, done.result["by_mail"]) == (DraftState.EFFECTIVE, False)
    assert Document.objects.get(draft_id=done.pk).kind == "answer_reminder"
    second = submit("command.remind", clerk, late, agency=agency.pk)
    Order.objects.filter(pk=order.pk).update(state=OrderState.ANSWERED, answered_at=late)
    assert approve(second, late + HOUR).state == DraftState.LAPSED
