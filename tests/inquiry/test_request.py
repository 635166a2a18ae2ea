"""Asking for an inquiry: refused unless purpose, person, road and officers are in order (NIC-01..NIC-08, B1)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from inquiry_world import ABC, REALTY, World

from zhixing.acts.errors import ActRefused
from zhixing.acts.models import Entry
from zhixing.cases.models import Case, Identifier
from zhixing.courts.models import Credential
from zhixing.documents.models import Document
from zhixing.inquiry.models import Declaration, RequestState
from zhixing.kernel.clock import today


def refusal(world: World, who: str = "judge", **changes: Any) -> set[str]:
    """Codes of the problems of a request."""
    with pytest.raises(ActRefused) as refused:
        world.submit(who, "inquiry.request", world.payload(**changes))
    return {problem.code for problem in refused.value.problems}


def test_a_request_that_is_in_order_waits_for_the_officers_check(world: World) -> None:
    """Two steps: first check, then approval."""
    draft = world.submit("judge", "inquiry.request", world.payload())
    assert [(step.role, step.state) for step in draft.steps.all()] == [
        ("inquiry_officer", "open"),
        ("bureau_chief", "waiting"),
    ]


def test_the_applicant_may_not_be_asked_about(world: World) -> None:
    """Only who owes performance, at this moment (NIC-08)."""
    assert refusal(world, party=world.applicant.pk) == {"inquiry.not_obligor"}


def test_an_obligor_of_the_past_may_not_be_asked_about(world: World) -> None:
    """His last day was yesterday."""
    world.obligor.obligor_to = today() - timedelta(days=1)
    world.obligor.save()
    assert refusal(world) == {"inquiry.not_obligor"}


def test_without_a_strong_identifier_the_inquiry_would_reach_namesakes(world: World) -> None:
    """A phone number is not enough."""
    Identifier.objects.filter(party=world.obligor, kind="resident_id").delete()
    assert refusal(world) == {"inquiry.no_strong_id"}


def test_one_officer_on_file_is_not_enough(world: World) -> None:
    """Two at least (NIC-03); the second certificate ended yesterday."""
    Credential.objects.filter(staff=world.staff["second"]).update(expires_on=today() - timedelta(days=1))
    assert refusal(world) == {"inquiry.no_officers"}


def test_another_judge_may_not_ask(world: World) -> None:
    """Only the judge of the case."""
    assert refusal(world, who="other") == {"inquiry.not_handler"}


@pytest.mark.parametrize(
    ("days_left", "declared", "expected"),
    [
        (0, False, {"inquiry.wait"}),
        (1, False, {"inquiry.wait"}),
        (-1, False, set()),
        (1, True, set()),
    ],
)
def test_known_whereabouts_wait_for_the_period_or_the_report(
    world: World, days_left: int, declared: bool, expected: set[str]
) -> None:
    """On the last day the period still runs; a report that came in ends the wait."""
    Case.objects.filter(pk=world.case.pk).update(
        whereabouts="known",
        notice_served_on=today() - timedelta(days=10),
        declare_by=today() + timedelta(days=days_left),
    )
    if declared:
        world.submit(
            "clerk",
            "inquiry.declare",
            {"party": world.obligor.pk, "received_on": today().isoformat(), "nothing": True},
        )
        assert Declaration.objects.get().is_late is False
    if expected:
        assert refusal(world) == expected
    else:
        assert world.submit("judge", "inquiry.request", world.payload()).state == "pending"


def test_transactions_need_period_and_reason(world: World) -> None:
    """Narrow and reasoned (PRIV-03)."""
    assert refusal(world, menu=["deposit", "transactions"]) == {"inquiry.period_reason"}


def test_items_nobody_answers_and_second_stage_items_are_refused(world: World) -> None:
    """Vehicles are not connected here; activity records are not for the first inquiry."""
    assert refusal(world, menu=["vehicle"]) == {"inquiry.no_agency"}
    assert refusal(world, menu=["activity"]) == {"inquiry.menu_unknown", "inquiry.no_agency"}


def test_refusals_are_on_record(world: World) -> None:
    """The journal keeps the codes, not the values."""
    refusal(world, party=world.applicant.pk)
    assert Entry.objects.filter(chain=world.case.pk, kind="refused", code="inquiry.request").count() == 1


def test_on_approval_ruling_and_one_notice_per_agency_are_sealed(world: World) -> None:
    """Two banks and the registry: four papers, all under the ruling's number."""
    request = world.approved()
    papers = Document.objects.filter(draft_id=request.draft_id)
    assert request.state == RequestState.APPROVED
    assert sorted(papers.values_list("key", flat=True)) == [
        "inquiry_ruling",
        *sorted(f"notice:{code}" for code in request.agencies),
    ]
    assert {ABC, REALTY} < set(request.documents)
    assert set(papers.values_list("is_sealed", flat=True)) == {True}
    assert set(papers.values_list("number", flat=True)) == {request.ruling_no}
