"""What agencies send by mistake: each gets a clear answer, is kept as it came, and changes nothing else."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from inquiry_world import ABC, World, account, result

from zhixing.acts.models import Entry
from zhixing.gateway.desk import call_serve
from zhixing.gateway.domain.messages import AckList, InquiryFeedback
from zhixing.gateway.models import Inbound, Order, OrderState, Outcome
from zhixing.gateway.profiles.base import Credentials
from zhixing.gateway.profiles.registry import profile_get
from zhixing.inquiry.models import Finding, Packet
from zhixing.kernel.clock import now
from zhixing.platform import files, scope

PROFILE = profile_get("bank-soap-gbk")
FEED = PROFILE.operations["shfeedXzcxInfo"]
WHO = Credentials(username="A0", password="test-only")
NUMBER = "6228480631234567890"


@pytest.fixture
def order(world: World) -> Iterator[Order]:
    """An order of a released request that waits at a bank."""
    request = world.released()
    yield Order.objects.get(reference=request.pk, agency_id=ABC)


def told(request_no: str, balance: str = "80000.00") -> bytes:
    """One account, as the bank sends it."""
    answer = replace(result(account(NUMBER, balance)), request_no=request_no)
    return PROFILE.build_call(FEED, WHO, InquiryFeedback(results=(answer,))).content


def serve(raw: bytes) -> Any:
    """What the bank reads when it sends these bytes: (acknowledgements, whether it is a fault, all text)."""
    reply = call_serve(PROFILE, raw, moment=now())
    back = PROFILE.parse_reply(FEED, reply.content)
    acks = back.body.acks if isinstance(back.body, AckList) else ()
    return acks, reply.is_fault


def state(order: Order) -> tuple[str, int, int]:
    """What an answer may change: the order, what is known, the packets."""
    order.refresh_from_db()
    return order.state, Finding.objects.count(), Packet.objects.count()


def kept(raw: bytes) -> Inbound:
    """The row of the newest message; its bytes are in the file store as they came."""
    row = Inbound.objects.latest("pk")
    assert files.get(row.sha256) == raw
    return row


def test_an_answer_to_a_request_nobody_made(order: Order) -> None:
    before, raw = state(order), told("20260101130930999999")
    acks, _ = serve(raw)
    assert acks[0].result == "fail"
    assert "没有发给该单位的这一请求单号" in acks[0].message
    assert kept(raw).outcome == Outcome.UNKNOWN
    assert state(order) == before


def test_an_answer_to_a_request_of_another_agency(order: Order) -> None:
    before = state(order)
    other = Order.objects.filter(reference=order.reference, kind="inquiry").exclude(agency_id=ABC).first()
    raw = told(other.request_no)
    acks, _ = serve(raw)
    assert acks[0].result == "fail"
    assert kept(raw).outcome == Outcome.UNKNOWN
    assert state(order) == before


def test_an_answer_to_a_closed_request(order: Order) -> None:
    Order.objects.filter(pk=order.pk).update(state=OrderState.CANCELLED)
    before, raw = state(order), told(order.request_no)
    assert before[0] == OrderState.CANCELLED
    acks, _ = serve(raw)
    assert acks[0].result == "fail"
    assert "请求已撤销" in acks[0].message
    assert kept(raw).outcome == Outcome.CLOSED
    assert state(order) == before


def test_the_same_answer_twice_counts_once(order: Order) -> None:
    raw = told(order.request_no)
    assert serve(raw)[0][0].result == "success"
    after = state(order)
    acks, _ = serve(raw)
    assert acks[0].result == "already"
    assert Inbound.objects.filter(order=order).count() == 1
    assert Inbound.objects.get(order=order).repeats == 1
    assert state(order) == after


def test_a_second_different_answer_is_set_apart(order: Order) -> None:
    serve(told(order.request_no))
    before, raw = state(order), told(order.request_no, balance="9.99")
    acks, _ = serve(raw)
    assert acks[0].result == "fail"
    assert "此前收到过内容不同的反馈，本次没有采用" in acks[0].message
    assert kept(raw).outcome == Outcome.CONFLICT
    assert state(order) == before


def broken_gbk(raw: bytes) -> bytes:
    """The same message with a value whose bytes are no GBK."""
    found = re.search(rb"<arg1[^>]*>([^<]+)</arg1>", raw)
    assert found
    inner = base64.b64decode(found[1])
    spoilt = base64.b64encode(inner.replace(b"</", b"\xff\xfe</", 1))
    return raw[: found.start(1)] + spoilt + raw[found.end(1) :]


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(broken_gbk, id="bytes that are no GBK"),
        pytest.param(lambda raw: raw[: len(raw) // 2], id="cut in the middle"),
        pytest.param(lambda raw: b"\x00\xff\x00\xff", id="no XML at all"),
        pytest.param(lambda raw: re.sub(rb"(<arg1[^>]*>)[^<]+", rb"\1@@@", raw), id="no Base64"),
        pytest.param(
            lambda raw: b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + raw.split(b"?>", 1)[-1],
            id="an outside entity",
        ),
    ],
)
def test_unreadable_bytes_are_told_and_kept(order: Order, spoil: Any) -> None:
    before, raw = state(order), spoil(told(order.request_no))
    reply = call_serve(PROFILE, raw, moment=now())
    assert b"root:" not in reply.content
    acks, is_fault = serve(raw)
    assert is_fault or all(ack.result == "fail" and ack.message for ack in acks)
    row = kept(raw)
    assert (row.outcome, row.repeats) == (Outcome.MALFORMED, 1)
    assert row.problem
    assert state(order) == before


def test_a_wrong_password_reads_and_writes_nothing(order: Order) -> None:
    before = state(order)
    answer = replace(result(account(NUMBER, "1.00")), request_no=order.request_no)
    wrong = Credentials(username="A0", password="guessed")
    raw = PROFILE.build_call(FEED, wrong, InquiryFeedback(results=(answer,))).content
    acks, is_fault = serve(raw)
    assert is_fault or acks[0].result == "fail"
    assert not Inbound.objects.exists()
    assert state(order) == before


def browser(world: World, who: str) -> Client:
    """A browser of one member of staff."""
    client = Client()
    client.force_login(world.staff[who].account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_an_officer_concludes_what_was_set_apart_and_the_case_does_not_move(
    world: World, order: Order
) -> None:
    serve(told(order.request_no))
    serve(told(order.request_no, balance="9.99"))
    serve(told("20260101130930999999"))
    before = state(order)
    client = browser(world, "first")
    page = client.get("/review/").content.decode()
    assert "与前次不同" in page
    assert "查无此请求" in page
    assert "9.99" not in page
    assert NUMBER not in page
    row = Inbound.objects.get(outcome=Outcome.CONFLICT)
    address = f"/review/{row.pk}/"
    assert "请与该单位核对以哪一次为准" in client.get(address).content.decode()
    empty = client.post(
        address, {"message": row.pk, "conclusion": "stands", "note": "", "idempotency_key": "a"}
    )
    assert empty.status_code == 422
    done = client.post(
        address,
        {"message": row.pk, "conclusion": "stands", "note": "电话核对，以前次为准", "idempotency_key": "b"},
    )
    assert done.status_code == 302
    again = client.post(
        address,
        {"message": row.pk, "conclusion": "void", "note": "电话核对，再次登记", "idempotency_key": "c"},
    )
    assert again.status_code == 422
    assert "已有结论" in again.content.decode()
    with scope.system("test"):
        row.refresh_from_db()
        assert (row.review, row.outcome) == ("stands", Outcome.CONFLICT)
        assert Entry.objects.filter(code="gateway.review", kind="effect").count() == 1
        assert state(order) == before
    assert "以前次反馈为准" in client.get("/review/?done=1").content.decode()


def test_only_query_officers_look_at_set_apart_messages(world: World, order: Order) -> None:
    serve(told("20260101130930999999"))
    for who in ("judge", "clerk", "chief"):
        assert browser(world, who).get("/review/").status_code == 403
