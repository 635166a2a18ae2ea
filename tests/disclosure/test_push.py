"""Short messages at key events (PB-03)."""

from __future__ import annotations

from types import SimpleNamespace

from disclosure_world import NOON, World

from zhixing.acts.registry import act
from zhixing.cases.services import Mark, identifiers_add
from zhixing.disclosure.push import push_events
from zhixing.platform import notices
from zhixing.platform.models import Notice


def told(world: World, code: str) -> list[dict[str, object]]:
    """Messages queued by an act."""
    push_events(act(code), SimpleNamespace(case=world.case, moment=NOON), 1, {})
    return [notices.content_of(notice) for notice in Notice.objects.order_by("created_at")]


def test_applicant_is_told_of_money_without_amount_or_name(world: World) -> None:
    identifiers_add(
        case=world.case,
        party=world.applicant,
        marks=[Mark(kind="mobile", value="13900000001", source="立案登记")],
    )
    identifiers_add(
        case=world.case,
        party=world.obligor,
        marks=[Mark(kind="mobile", value="13900000002", source="立案登记")],
    )
    messages = told(world, "funds.receive")
    assert [m["to"] for m in messages] == ["13900000001"]
    assert "收到一笔执行款" in messages[0]["text"] and world.case.number in messages[0]["text"]
    assert "田文祥" not in messages[0]["text"] and "元" not in messages[0]["text"]


def test_unconfirmed_number_and_other_acts_are_not_told(world: World) -> None:
    mark = Mark(kind="mobile", value="13900000001", source="案卷", state="proposed")
    identifiers_add(case=world.case, party=world.applicant, marks=[mark])
    assert told(world, "funds.receive") == []
    assert told(world, "control.freeze") == []
