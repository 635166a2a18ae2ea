"""Only the failed slice is asked again: who answered never, who is within his hours never, nobody beyond the cap."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from inquiry_world import ABC, CCB, REALTY, World, account, case_make, message_of, result

from zhixing.acts.errors import ActRefused, StepRefused
from zhixing.acts.models import Draft, DraftState
from zhixing.acts.services import act_submit, step_decide
from zhixing.gateway.domain.canonical import InquiryResult, Outcome
from zhixing.gateway.models import Failure, Order, OrderState
from zhixing.gateway.outbox import order_content
from zhixing.inquiry import answers, findings, release
from zhixing.inquiry.domain.slices import Standing
from zhixing.inquiry.models import Packet, Request, RequestState
from zhixing.inquiry.slices import slices_of
from zhixing.kernel.clock import now, today

DAY = timedelta(hours=24)
ERROR = InquiryResult(outcome=Outcome.ERROR, outcome_text="系统维护，请稍后重试")
PAPERS = InquiryResult(outcome=Outcome.REFUSED, outcome_text="协助查询通知书未盖印章")


@pytest.fixture
def request_out(world: World) -> Request:
    """Released a moment ago to three agencies, all of which have fetched their list."""
    request = world.released()
    Order.objects.filter(reference=request.pk).update(state=OrderState.LISTED, listed_at=now())
    return request


def tell(monkeypatch: pytest.MonkeyPatch, request: Request, agency: str, content: InquiryResult) -> Order:
    """The newest order of this agency is answered."""
    order = (
        Order.objects.filter(reference=request.pk, agency_id=agency)
        .select_related("agency")
        .latest("request_no")
    )
    Order.objects.filter(pk=order.pk).update(state=OrderState.ANSWERED, answered_at=now())
    monkeypatch.setattr(findings, "message_body", lambda message, of: content)
    answers.answer_take(order, message_of(order), None, now())
    order.refresh_from_db()
    return order


def standings(request: Request, at: datetime) -> dict[str, Standing]:
    """By agency."""
    return {row.agency.code: row.standing for row in slices_of([request.pk], moment=at)[request.pk]}


def repeat(world: World, who: str, request: Request, *agencies: str, at: datetime, **more: Any) -> Draft:
    """Submitted by somebody."""
    return act_submit(
        code="inquiry.repeat",
        actor=world.actor(who),
        case_id=request.case_id,
        payload={"request": str(request.pk), "agencies": list(agencies)},
        key=f"repeat:{uuid.uuid4()}",
        moment=at,
        **more,
    )


def decide(world: World, who: str, draft: Draft, at: datetime) -> Draft:
    """Approved."""
    return step_decide(draft_id=draft.pk, actor=world.actor(who), approve=True, opinion="核对无误", moment=at)


def codes(refused: pytest.ExceptionInfo[ActRefused]) -> list[str]:
    """Codes of a refusal."""
    return sorted(problem.code for problem in refused.value.problems)


def test_answered_failed_and_silent_stand_apart(
    world: World, request_out: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert set(standings(request_out, now()).values()) == {Standing.WAITING}
    tell(monkeypatch, request_out, ABC, result(account("6228480631234567890", "80000.00")))
    failed = tell(monkeypatch, request_out, CCB, PAPERS)
    assert failed.failure == Failure.PAPERS
    assert standings(request_out, now() + DAY + timedelta(minutes=1)) == {
        ABC: Standing.ANSWERED,
        CCB: Standing.FAILED,
        REALTY: Standing.SILENT,
    }


def test_repeat_goes_to_the_failed_and_silent_agencies_only_and_says_what_it_repeats(
    world: World, request_out: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(monkeypatch, request_out, ABC, result())
    failed = tell(monkeypatch, request_out, CCB, ERROR)
    silent = Order.objects.get(reference=request_out.pk, agency_id=REALTY)
    later = now() + DAY + timedelta(minutes=1)
    with pytest.raises(ActRefused) as refused:
        repeat(world, "first", request_out, ABC, CCB, REALTY, at=later)
    assert codes(refused) == ["repeat.settled"]
    draft = repeat(world, "first", request_out, CCB, REALTY, at=later)
    assert draft.state == DraftState.PENDING and Order.objects.count() == 3
    with pytest.raises(StepRefused):
        decide(world, "first", draft, later)
    done = decide(world, "second", draft, later)
    assert (done.state, done.result["orders"]) == (DraftState.EFFECTIVE, 2)
    fresh = {order.agency_id: order for order in Order.objects.exclude(repeat_of=None)}
    assert {code: order.repeat_of_id for code, order in fresh.items()} == {CCB: failed.pk, REALTY: silent.pk}
    for order in fresh.values():
        first, second = order_content(Order.objects.get(pk=order.repeat_of_id)), order_content(order)
        assert second.request_no == order.request_no != first.request_no
        assert (second.subject, second.scope, order.documents, order.state) == (
            first.subject,
            first.scope,
            Order.objects.get(pk=order.repeat_of_id).documents,
            OrderState.QUEUED,
        )
    assert standings(request_out, later)[CCB] == Standing.QUEUED


def test_a_judge_may_ask_and_one_officer_sends(
    world: World, request_out: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(monkeypatch, request_out, CCB, ERROR)
    later = now() + timedelta(hours=2)
    draft = repeat(world, "judge", request_out, CCB, at=later)
    assert decide(world, "first", draft, later).state == DraftState.EFFECTIVE


def test_too_soon_needs_a_reason_and_others_may_not_ask(
    world: World, request_out: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(monkeypatch, request_out, CCB, ERROR)
    with pytest.raises(ActRefused) as refused:
        repeat(world, "judge", request_out, CCB, at=now())
    assert codes(refused) == ["repeat.too_soon"]
    assert repeat(world, "judge", request_out, CCB, at=now(), overrides={"repeat.too_soon": "单位来电已恢复"})
    with pytest.raises(ActRefused):
        repeat(world, "clerk", request_out, CCB, at=now() + timedelta(hours=2))


def test_refused_when_closed_or_cap_reached_or_agency_not_asked(
    world: World, request_out: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(monkeypatch, request_out, CCB, ERROR)
    later = now() + timedelta(hours=2)
    with pytest.raises(ActRefused) as refused:
        repeat(world, "judge", request_out, "C9999", CCB, at=later)
    assert codes(refused) == ["repeat.not_asked"]
    at = later
    for _ in range(3):
        decide(world, "first", repeat(world, "judge", request_out, CCB, at=at), at)
        tell(monkeypatch, request_out, CCB, ERROR)
        at += timedelta(days=30)
    with pytest.raises(ActRefused) as refused:
        repeat(world, "judge", request_out, CCB, at=at)
    assert codes(refused) == ["repeat.used_up"]
    type(world.case).objects.filter(pk=world.case.pk).update(state="closed", closed_on=today())
    with pytest.raises(ActRefused) as refused:
        repeat(world, "judge", request_out, CCB, at=at)
    assert "release.closed" in codes(refused)


def test_packet_waits_for_the_repeat_and_not_for_what_it_replaced(
    world: World, request_out: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(monkeypatch, request_out, ABC, result())
    tell(monkeypatch, request_out, CCB, result())
    later = now() + DAY + timedelta(minutes=1)
    decide(world, "first", repeat(world, "judge", request_out, REALTY, at=later), later)
    assert not Packet.objects.exists()
    tell(monkeypatch, request_out, REALTY, result())
    assert Packet.objects.get().agencies_answered == 3
    assert standings(request_out, later + DAY)[REALTY] == Standing.ANSWERED
    request_out.refresh_from_db()
    assert request_out.state == RequestState.SEALED


def test_slices_of_many_inquiries_are_read_in_one_statement(world: World) -> None:
    first, second = world.released(), world.released()
    with CaptureQueriesContext(connection) as seen:
        found = slices_of([first.pk, second.pk], moment=now())
        assert [len(found[row.pk]) for row in (first, second)] == [3, 3]
        assert found[first.pk][0].reason == ""
    assert len(seen) == 1


@pytest.mark.parametrize("agencies", [2, 10])
def test_orders_of_a_batch_take_the_same_statements_for_one_request_and_for_many(
    world: World, agencies: int
) -> None:
    """500 requests to ten agencies: 5,000 orders, numbered and stored in as many statements as one."""
    from zhixing.gateway.agencies import agency_register
    from zhixing.gateway.models import Agency

    for no in range(agencies):
        agency_register(
            code=f"C{no:016d}", name=f"试点银行{no}", kind="bank", profile="bank-soap-gbk",
            username=f"R{no}", password="test-only", menu=["deposit"],
        )  # fmt: skip
    codes_asked = list(Agency.objects.filter(username__startswith="R").values_list("code", flat=True))

    def rows(count: int) -> list[Request]:
        made = [case_make(world.case.court, world.staff["judge"]) for _ in range(min(count, 4))]
        return [_request(made[no % len(made)], codes_asked) for no in range(count)]

    def statements(requests: list[Request]) -> int:
        with CaptureQueriesContext(connection) as seen:
            orders = release.orders_release(requests, batch_no="0304-01", moment=now())
        assert len(orders) == len(requests) * agencies
        # Inserts are split by the database's limit of parameters; what is asked is counted.
        return sum(not query["sql"].startswith('INSERT INTO "gateway_order"') for query in seen)

    one = statements(rows(1))
    assert statements(rows(500 if agencies == 10 else 20)) <= one + 3  # keys of four cases instead of one


def _request(case: Any, agencies: list[str]) -> Request:
    """Approved, not stored: orders are made from what it says."""
    return Request(
        case=case,
        court_key=case.court_key,
        party=case.parties.get(role="obligor"),
        judge=case.handler,
        menu=["deposit"],
        identifiers=[],
        agencies=agencies,
        ruling_no=f"{case.number}之一",
        documents={code: [] for code in agencies},
        draft_id=uuid.uuid4(),
        approved_at=now(),
    )


def test_what_came_is_sealed_to_the_judge_once_all_others_are_beyond_their_hours(
    world: World, request_out: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bank answered, a bank is silent, the registry never fetched its order: a day after release it is sealed."""
    Order.objects.filter(agency_id=REALTY).update(state=OrderState.QUEUED, listed_at=None)
    late = now() + DAY + timedelta(minutes=1)
    assert answers.packets_due(moment=late) == []  # nothing came at all
    tell(monkeypatch, request_out, ABC, result())
    assert answers.packets_due(moment=now() + DAY - timedelta(minutes=1)) == []
    assert answers.packets_due(moment=late) == [request_out.pk]
    answers.packet_seal(request_out.pk, moment=late)
    assert answers.packets_due(moment=late) == []
    tell(monkeypatch, request_out, CCB, result())
    tell(monkeypatch, request_out, REALTY, result())
    assert Packet.objects.count() == 2


def test_pages_offer_the_repeat_to_judge_and_officers_and_to_nobody_else(
    world: World, request_out: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(monkeypatch, request_out, CCB, ERROR)
    Order.objects.filter(agency_id=CCB).update(answered_at=now() - timedelta(hours=2))
    Order.objects.filter(agency_id=REALTY).update(listed_at=now() - DAY - timedelta(minutes=9))
    address = f"/inquiry/{request_out.pk}/agencies/"

    def page(who: str, path: str) -> Any:
        client = Client()
        client.force_login(world.staff[who].account)
        return client.get(path)

    shown = page("judge", address).content.decode()
    assert "马立群" in shown and "技术异常" in shown and shown.count(" checked") == 2
    officer = page("first", address).content.decode()
    assert "马立群" not in officer and "马某" in officer and "模拟建设银行" in officer
    assert page("other", address).status_code == 404 and page("clerk", address).status_code == 403
    assert address in page("judge", "/inquiry/").content.decode()
    assert address in page("first", "/release/").content.decode()
    assert "2 家单位可以重发" in page("judge", "/").content.decode()
    client = Client()
    client.force_login(world.staff["judge"].account)
    assert client.post(address, {"agencies": [CCB, REALTY]}).status_code == 302
    assert "等查询员核对后发出" in client.get(address).content.decode()
    assert client.post(address, {"agencies": [ABC]}).status_code == 422


def test_urgent_request_tells_officers_why_and_its_orders_are_urgent(world: World) -> None:
    draft = world.submit("judge", "inquiry.request", world.payload(urgency="moving"))
    world.decide("first", draft)
    world.decide("chief", draft)
    client = Client()
    client.force_login(world.staff["first"].account)
    assert "有转移、隐匿财产之虞" in client.get("/release/").content.decode()
    request = Request.objects.get(draft_id=draft.pk)
    batch = world.batch(request)
    world.decide("second", batch, evidence={"signature": world.signature("second", batch.payload["digest"])})
    assert set(Order.objects.values_list("is_urgent", flat=True)) == {True}
    with pytest.raises(ActRefused):
        world.submit("judge", "inquiry.request", world.payload(urgency="因为着急"))
