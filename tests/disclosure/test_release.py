"""What parties know and when (PB-02, PB-04, PB-12)."""

from __future__ import annotations

import uuid

from disclosure_world import World, case_make, court_make

from zhixing.disclosure.derive import items_rebuild
from zhixing.disclosure.models import DisclosureItem
from zhixing.disclosure.selectors import items_for, items_latest


def codes(world: World, who: str) -> list[str]:
    """Act codes that this party sees, oldest first."""
    return [item.code for item in reversed(items_for(getattr(world, who)))]


def test_act_for_parties_is_told_to_both_at_once(world: World) -> None:
    world.happens("cases.docket")
    assert codes(world, "applicant") == codes(world, "obligor") == ["cases.docket"]
    item = items_for(world.applicant).get()
    assert item.text == "法院已经立案，案件开始办理。" and item.visible_at == item.happened_at


def test_internal_acts_are_never_told(world: World) -> None:
    for code in (
        "cases.confirm_clues",
        "cases.whereabouts",
        "inquiry.answer",
        "inquiry.find",
        "cases.archive",
    ):
        world.happens(code)
    assert not DisclosureItem.objects.exists()


def test_declaration_is_told_to_applicant_and_its_receipt_to_the_debtor_who_reported(world: World) -> None:
    world.happens("inquiry.declare", fields={"party": world.obligor.pk})
    assert [i.text for i in items_for(world.applicant)] == ["被执行人提交了财产报告。"]
    assert [i.text for i in items_for(world.obligor)] == ["法院已收到您的财产报告。"]
    other = type(world.obligor).objects.create(
        case=world.case,
        court_key=130930,
        role="obligor",
        kind="person",
        name="田文瑞",
        subject=world.obligor.subject,
    )
    assert not items_for(other).exists()


def test_inquiry_is_told_to_applicant_once_its_own_packet_is_opened(world: World) -> None:
    first, second = str(uuid.uuid4()), str(uuid.uuid4())
    for request in (first, second):
        world.happens("inquiry.request", result={"request": request})
        world.happens("inquiry.release", fields={"request": request})
    packet = str(uuid.uuid4())
    world.happens("inquiry.seal_packet", fields={"request": first}, result={"packet": packet})
    assert codes(world, "applicant") == []
    world.happens("inquiry.open_packet", fields={"packet": packet})
    assert codes(world, "applicant") == ["inquiry.request", "inquiry.release"]
    assert codes(world, "obligor") == []


def test_freeze_is_told_only_when_the_last_bank_answered(world: World) -> None:
    draft = str(uuid.uuid4())
    orders = [world.order(draft), world.order(draft)]
    world.happens("inquiry.request", result={"request": str(uuid.uuid4())})
    world.happens("control.freeze", draft=draft, result={"orders": 2})
    world.happens("control.receipt", fields={"order": orders[0], "message": 1})
    world.happens(
        "control.receipt", fields={"order": orders[0], "message": 2}
    )  # a correction by the same bank
    assert codes(world, "applicant") == codes(world, "obligor") == []
    world.happens("control.receipt", fields={"order": orders[1], "message": 3})
    assert codes(world, "obligor") == ["inquiry.request", "control.freeze", *["control.receipt"] * 3]


def test_a_second_freeze_stays_hidden_while_the_first_is_told(world: World) -> None:
    first, second = str(uuid.uuid4()), str(uuid.uuid4())
    order = world.order(first)
    world.order(second)
    world.happens("control.freeze", draft=first, result={"orders": 1})
    world.happens("control.freeze", draft=second, result={"orders": 1})
    world.happens("control.receipt", fields={"order": order, "message": 1})
    assert codes(world, "obligor") == ["control.freeze", "control.receipt"]


def test_close_tells_what_still_waited(world: World) -> None:
    world.happens("inquiry.request", result={"request": str(uuid.uuid4())})
    world.happens("cases.close")
    assert codes(world, "obligor") == ["inquiry.request", "cases.close"]


def test_rebuild_from_the_journal_gives_the_same_items(world: World) -> None:
    draft, packet, request = (str(uuid.uuid4()) for _ in range(3))
    order = world.order(draft)
    world.happens("cases.docket")
    world.happens("inquiry.request", result={"request": request})
    world.happens("inquiry.seal_packet", fields={"request": request}, result={"packet": packet})
    world.happens("inquiry.open_packet", fields={"packet": packet})
    world.happens("control.freeze", draft=draft, result={"orders": 1})
    world.happens("control.receipt", fields={"order": order, "message": 1})
    names = ("seq", "code", "audience", "text", "release", "group", "seen", "visible_at")
    before = list(DisclosureItem.objects.order_by("seq", "audience").values(*names))
    assert items_rebuild(case_id=world.case.pk) == 6
    assert list(DisclosureItem.objects.order_by("seq", "audience").values(*names)) == before


def test_latest_of_many_cases_is_one_statement(world: World, django_assert_num_queries: object) -> None:
    world.happens("cases.docket")
    parties = [
        world.applicant,
        *(c.parties.get(role="applicant") for c in (case_make(court_make()) for _ in range(5))),
    ]
    with django_assert_num_queries(1):
        assert list(items_latest(parties)) == [world.case.pk]
