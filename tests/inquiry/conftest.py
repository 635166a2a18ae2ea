"""One case of Mengcun; acts run in the scope of the system unless a test takes a person's."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from inquiry_world import ABC, CCB, REALTY, World, account, house, message_of, result, world_make


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """Rolled back after the test."""
    from zhixing.platform import scope

    with scope.system("test"):
        yield world_make()


@pytest.fixture
def answered(world: World, monkeypatch: pytest.MonkeyPatch) -> Callable[..., object]:
    """Let the agencies of a released request answer; gives the sealed packet. Content by agency code."""
    from zhixing.gateway.models import Order, OrderState
    from zhixing.inquiry import answers, findings
    from zhixing.inquiry.models import Packet
    from zhixing.kernel.clock import now

    def answer(**contents: object) -> Packet:
        request = world.released()
        told = {
            ABC: result(account("6228480631234567890", "80000.00")),
            CCB: result(),
            REALTY: result(house("130930F0006")),
        }
        told |= {
            {"abc": ABC, "ccb": CCB, "realty": REALTY}[name]: content for name, content in contents.items()
        }
        monkeypatch.setattr(findings, "message_body", lambda message, order: told[order.agency_id])
        orders = list(Order.objects.filter(reference=request.pk).select_related("agency"))
        # As on the wire: all messages have arrived before the first one takes effect.
        Order.objects.filter(reference=request.pk).update(state=OrderState.ANSWERED, answered_at=now())
        for order in orders:
            answers.answer_take(order, message_of(order), None, now())
        return Packet.objects.get(request=request)

    return answer
