"""Statements do not grow with what an act or a page is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from inquiry_world import ABC, CCB, World

from zhixing.acts.registry import act
from zhixing.acts.services import context_of, drafter_of
from zhixing.control.models import Measure
from zhixing.kernel.clock import now


def statements(work: Callable[[], Any]) -> int:
    """How many statements the work asks."""
    with CaptureQueriesContext(connection) as seen:
        work()
    return len(seen)


def targets(found: list[int]) -> dict[str, Any]:
    """Payload of a freeze of some yuan each."""
    return {"targets": [{"finding": pk, "amount": "100.00"} for pk in found]}


def test_notices_of_a_freeze_ask_the_same_for_one_bank_and_for_two(
    world: World, findings: Callable[..., list[int]]
) -> None:
    one, two, three = findings(
        (ABC, "6228480000000001", "10000", {}),
        (ABC, "6228480000000002", "5000", {}),
        (CCB, "6217000000000003", "7000", {}),
    )

    def asked(*chosen: int) -> tuple[int, int]:
        draft = world.submit("judge", "control.freeze", targets(list(chosen)))
        ctx = context_of(draft, actor=drafter_of(draft), moment=now())
        specs: list[Any] = []
        count = statements(lambda: specs.extend(act("control.freeze").documents(ctx)))
        return count, len(specs)

    (few, papers), (many, more_papers) = asked(one), asked(one, two, three)
    assert (papers, more_papers) == (2, 3)
    assert many == few


def test_measures_of_a_case_ask_the_same_for_one_and_for_many(
    world: World, findings: Callable[..., list[int]]
) -> None:
    client = Client()
    client.force_login(world.staff["judge"].account, backend="django.contrib.auth.backends.ModelBackend")
    address = f"/cases/{world.case.pk}/measures/"

    def frozen(*numbers: str) -> None:
        rows = findings(*((ABC, number, "10000", {}) for number in numbers))
        world.decide("chief", world.submit("judge", "control.freeze", targets(rows)))

    frozen("6228480000000001")
    client.get(address)
    few = statements(lambda: client.get(address))
    frozen("6228480000000002", "6228480000000003", "6228480000000004")
    assert Measure.objects.count() == 4
    assert statements(lambda: client.get(address)) == few
