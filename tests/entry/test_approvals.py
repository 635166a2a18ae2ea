"""The inbox: who sees what, what a decision does, and what happens when it no longer holds."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal

import pytest
from acts_world import SECRET, Probe, World, courts_make, party_login, person_make, probe
from django.test import Client

from zhixing.acts.models import Draft, DraftState, Entry, EntryKind
from zhixing.documents.models import Document
from zhixing.entry.approvals import amount_of, items_of
from zhixing.kernel.clock import now
from zhixing.kernel.errors import Problem

Login = Callable[[str], Client]


def decide(client: Client, draft: Draft, decision: str, opinion: str = "同意。") -> object:
    return client.post(f"/approvals/{draft.pk}/", {"decision": decision, "opinion": opinion})


def approved_by(login: Login, draft: Draft, *people: str) -> None:
    for who in people:
        assert decide(login(who), draft, "approve").status_code == 302  # type: ignore[attr-defined]


def test_only_the_role_whose_turn_it_is_sees_it(world: World, login: Login) -> None:
    draft = probe(world, moment=now())
    page = login("manager").get("/approvals/")
    assert "待我审批 1 项" in page.content.decode()
    assert str(draft.pk) in page.content.decode()
    assert "86,300.00" in page.content.decode()
    for who in ("chief", "vice", "officer"):
        assert "待我审批 0 项" in login(who).get("/approvals/").content.decode()
        assert login(who).get(f"/approvals/{draft.pk}/").status_code == 404
        assert decide(login(who), draft, "approve").status_code == 404  # type: ignore[attr-defined]


def test_clerk_and_party_have_no_inbox_and_strangers_log_in_first(world: World, login: Login) -> None:
    assert login("clerk").get("/approvals/").status_code == 403
    party = Client()
    party.force_login(party_login(world.case), backend="django.contrib.auth.backends.ModelBackend")
    assert party.get("/approvals/").status_code == 403
    assert Client().get("/approvals/")["Location"].startswith("/login/")


def test_same_role_of_another_court_sees_nothing(world: World, login: Login) -> None:
    draft = probe(world, moment=now())
    courts_make()
    world.staff["neighbour"] = person_make("manager", court_key=130921)
    assert "待我审批 0 项" in login("neighbour").get("/approvals/").content.decode()
    assert login("neighbour").get(f"/approvals/{draft.pk}/").status_code == 404


def test_three_approvals_make_it_effective_and_tell_so(world: World, login: Login) -> None:
    draft = probe(world, moment=now())
    approved_by(login, draft, "manager", "chief")
    done = login("vice").post(
        f"/approvals/{draft.pk}/", {"decision": "approve", "opinion": "同意。"}, follow=True
    )
    assert "已批准并生效" in done.content.decode()
    assert Draft.objects.get(pk=draft.pk).state == DraftState.EFFECTIVE
    history = login("vice").get("/approvals/decided/").content.decode()
    assert "测试行为" in history
    assert "已生效" in history


def test_return_without_words_keeps_the_page_with_status_422(world: World, login: Login) -> None:
    draft = probe(world, moment=now())
    answer = decide(login("manager"), draft, "return", opinion="  ")
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "退回必须写明理由" in answer.content.decode()  # type: ignore[attr-defined]
    assert Draft.objects.get(pk=draft.pk).state == DraftState.PENDING
    assert decide(login("manager"), draft, "return", opinion="收款人有误").status_code == 302  # type: ignore[attr-defined]
    assert Draft.objects.get(pk=draft.pk).state == DraftState.RETURNED


def test_lapse_is_told_with_its_reason(world: World, login: Login) -> None:
    draft = probe(world, moment=now())
    approved_by(login, draft, "manager", "chief")
    Probe.problems.append(Problem(code="probe.changed", sentence="账户余额已经变化。", mend="请重报。"))
    page = login("vice").get(f"/approvals/{draft.pk}/").content.decode()
    assert "账户余额已经变化" in page
    assert "disabled" in page
    answer = (
        login("vice")
        .post(f"/approvals/{draft.pk}/", {"decision": "approve", "opinion": ""}, follow=True)
        .content.decode()
    )
    assert "没有生效" in answer
    assert "账户余额已经变化" in answer


def test_overridden_warning_is_shown_with_the_drafters_reason(world: World, login: Login) -> None:
    draft = probe(world, moment=now())
    Draft.objects.filter(pk=draft.pk).update(overrides={"probe.odd": "已电话核对"})
    Probe.problems.append(
        Problem(code="probe.odd", sentence="金额偏大。", mend="请写明理由。", level="warning")
    )
    page = login("manager").get(f"/approvals/{draft.pk}/").content.decode()
    assert "拟稿人说明：已电话核对" in page
    assert "disabled" not in page.split('value="approve"')[1].split(">")[0]


def test_look_at_sensitive_fields_is_journalled_once_per_person(world: World, login: Login) -> None:
    draft = probe(world, moment=now())
    for _ in range(3):
        assert SECRET in login("manager").get(f"/approvals/{draft.pk}/").content.decode()
    reads = [json.loads(e.body) for e in Entry.objects.filter(chain=world.case.pk, kind=EntryKind.READ)]
    assert [(r["actor"]["name"], r["draft"]) for r in reads] == [("吕静", str(draft.pk))]


def test_preview_is_a_picture_and_takes_no_number(world: World, login: Login) -> None:
    draft = probe(world, moment=now(), papers=True)
    page = login("manager").get(f"/approvals/{draft.pk}/").content.decode()
    assert f"/approvals/{draft.pk}/papers/0.png" in page
    assert "预览未用印" in page
    picture = login("manager").get(f"/approvals/{draft.pk}/papers/0.png")
    assert picture["Content-Type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    assert "no-store" in picture["Cache-Control"]
    assert login("manager").get(f"/approvals/{draft.pk}/papers/1.png").status_code == 404
    assert login("vice").get(f"/approvals/{draft.pk}/papers/0.png").status_code == 404
    assert Document.objects.count() == 0


def test_batch_of_two_officers_is_signed_elsewhere(world: World, login: Login) -> None:
    draft = probe(world, moment=now())
    Draft.objects.filter(pk=draft.pk).update(code="inquiry.release_batch", case_id=None)
    draft.steps.filter(no=1).update(role="inquiry_officer")
    page = login("officer").get("/approvals/").content.decode()
    assert "待我审批 0 项" in page
    assert "另有 1 批查询" in page
    assert login("officer").get(f"/approvals/{draft.pk}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 20])
def test_inbox_asks_a_constant_number_of_queries(
    world: World, login: Login, rows: int, django_assert_max_num_queries: Callable[..., object]
) -> None:
    """Session, account, staff, roles, scope (5); steps, cases, nodes, sums (6); the open item (11); savepoints."""
    for _ in range(rows):
        probe(world, moment=now())
    client = login("manager")
    client.get("/approvals/")
    with django_assert_max_num_queries(32):  # type: ignore[attr-defined]
        client.get("/approvals/")


@pytest.mark.parametrize(
    ("payload", "amount", "items"),
    [
        ({"amount": "12.30"}, Decimal("12.30"), 0),
        (
            {"targets": [{"finding": 1, "amount": "1.10"}, {"finding": 2, "amount": "2.20"}]},
            Decimal("3.30"),
            2,
        ),
        ({"menu": ["a", "b"], "identifiers": [1, 2, 3]}, None, 2),
        ({"amount": {"sealed": "x"}}, None, 0),
        ({}, None, 0),
    ],
)
def test_amount_and_items_of_a_payload(
    payload: dict[str, object], amount: Decimal | None, items: int
) -> None:
    assert (amount_of(payload), items_of(payload)) == (amount, items)
