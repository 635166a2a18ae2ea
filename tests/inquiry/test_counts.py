"""The papers of an inquiry ask for the same, however many agencies get one."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from inquiry_world import World

from zhixing.acts.registry import act
from zhixing.acts.services import context_of, drafter_of
from zhixing.kernel.clock import now


def test_notices_ask_the_same_for_one_agency_and_for_three(world: World) -> None:
    """`realty_local` goes to one registry; with deposits two banks come in, and with them a paper each."""

    def asked(*menu: str) -> tuple[int, int]:
        draft = world.submit("judge", "inquiry.request", world.payload(menu=list(menu)))
        ctx = context_of(draft, actor=drafter_of(draft), moment=now())
        kind: Any = act("inquiry.request")
        with CaptureQueriesContext(connection) as seen:
            specs = kind.documents(ctx)
        return len(seen), len(specs)

    (few, papers), (many, more_papers) = asked("realty_local"), asked("realty_local", "deposit")
    assert (papers, more_papers) == (2, 4)
    assert many == few
