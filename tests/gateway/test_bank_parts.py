"""Answers of SOAP banks that come in parts, refusals, and answers of the wrong kind, from the call to the case's share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from file_bank import BANK, orders_make
from profile_samples import attributes, bank_call, whole

from zhixing.gateway import hooks
from zhixing.gateway.agencies import agency_register
from zhixing.gateway.desk import call_serve
from zhixing.gateway.inbox import message_body, message_effect
from zhixing.gateway.models import Inbound, Order
from zhixing.gateway.profiles.registry import profile_get
from zhixing.kernel.clock import now
from zhixing.platform import scope

SOAP = profile_get("bank-soap-gbk")


@pytest.fixture(autouse=True)
def as_system(db: None) -> Iterator[None]:
    with scope.system("test"):
        agency_register(
            code=BANK, name="试点银行", kind="bank", profile="bank-soap-gbk", username="YH001", password="pw",
            menu=["deposit"],
        )  # fmt: skip
        yield


@pytest.fixture
def inquiry() -> Order:
    return listed("inquiry")


@pytest.fixture
def control() -> Order:
    return listed("control")


def listed(kind: str) -> Order:
    order = orders_make(1, now(), kind=kind)[0]
    feed("getXzcxList" if kind == "inquiry" else "getXzkzList", None)
    return order


def feed(operation: str, xml: str | None) -> str:
    """What the court answers to a call."""
    answer = call_serve(SOAP, bank_call(operation, None if xml is None else whole(xml)), moment=now())
    reply: Any = SOAP.parse_reply(SOAP.operations[operation], answer.content).body
    return " ".join(f"{ack.result}{ack.message}" for ack in getattr(reply, "acks", ()))


def accounts(order: Order, *numbers: str, balance: str = "10.00") -> str:
    rows = "".join(
        f"<zhxx{attributes(BDHM=order.request_no, CCXH=str(place), KHZH=number, YE=balance)}/>"
        for place, number in enumerate(numbers, start=1)
    )
    return f"<zhxxList>{rows}</zhxxList>"


def movements(order: Order, number: str, *serials: str) -> str:
    rows = "".join(
        f"<wlxx{attributes(BDHM=order.request_no, CCXH='1', KHZH=number, WLXH=serial, JYLSH=serial, JE='1.00')}/>"
        for serial in serials
    )
    return f"<wlxxList>{rows}</wlxxList>"


def told() -> dict[str, list[str]]:
    """What the last accepted message says now: serials of movements by account."""
    message = Inbound.objects.exclude(outcome="conflict").order_by("version").last()
    result = message_body(message, message.order)
    return {asset.detail.account_no: [row.serial for row in asset.transactions] for asset in result.assets}


def test_transactions_that_follow_the_accounts_add_to_them(inquiry: Order) -> None:
    assert feed("shfeedXzcxInfo", accounts(inquiry, "6228480001", "6228480002")) == "success"
    assert feed("shfeedXzcxwlxxInfo", movements(inquiry, "6228480002", "S1", "S2")) == "success"
    assert told() == {"6228480001": [], "6228480002": ["S1", "S2"]}
    assert list(Inbound.objects.order_by("version").values_list("version", "outcome")) == [
        (1, "accepted"),
        (2, "accepted"),
    ]


def test_accounts_may_follow_their_transactions(inquiry: Order) -> None:
    assert feed("shfeedXzcxwlxxInfo", movements(inquiry, "6228480002", "S1")) == "success"
    assert feed("shfeedXzcxInfo", accounts(inquiry, "6228480001", "6228480002")) == "success"
    assert told() == {"6228480001": [], "6228480002": ["S1"]}


def test_transactions_account_by_account(inquiry: Order) -> None:
    feed("shfeedXzcxInfo", accounts(inquiry, "6228480001", "6228480002"))
    assert feed("shfeedXzcxwlxxInfo", movements(inquiry, "6228480001", "S1")) == "success"
    assert feed("shfeedXzcxwlxxInfo", movements(inquiry, "6228480002", "S2")) == "success"
    assert told() == {"6228480001": ["S1"], "6228480002": ["S2"]}


def test_the_same_part_again_is_a_repetition_and_another_one_a_conflict(inquiry: Order) -> None:
    feed("shfeedXzcxInfo", accounts(inquiry, "6228480001"))
    feed("shfeedXzcxwlxxInfo", movements(inquiry, "6228480001", "S1"))
    assert "已反馈" in feed("shfeedXzcxwlxxInfo", movements(inquiry, "6228480001", "S1"))
    assert "内容不同" in feed("shfeedXzcxwlxxInfo", movements(inquiry, "6228480001", "S9"))
    assert "内容不同" in feed("shfeedXzcxInfo", accounts(inquiry, "6228480001", balance="11.00"))
    assert told() == {"6228480001": ["S1"]}


def test_parts_take_effect_in_their_order_whichever_worker_is_quicker(
    inquiry: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed("shfeedXzcxInfo", accounts(inquiry, "6228480001"))
    feed("shfeedXzcxwlxxInfo", movements(inquiry, "6228480001", "S1"))
    seen: list[int] = []
    monkeypatch.setitem(
        hooks._effects, "inquiry", lambda order, message, body, moment: seen.append(message.version)
    )
    second, first = Inbound.objects.order_by("-version").values_list("pk", flat=True)
    message_effect(second, moment=now() + timedelta(seconds=1))
    message_effect(first, moment=now() + timedelta(seconds=2))
    assert seen == [1, 2]


def frozen(order: Order) -> str:
    row = attributes(BDHM=order.request_no, CCXH="1", KZZT="1", SKJE="10.00")
    return f"<kzxxList><kzxx{row}/></kzxxList>"


def receipt(order: Order, content: str = "JVBERi0x") -> str:
    row = attributes(BDHM=order.request_no, WJMC="回执", WSNR=content)
    return f"<hzxxList><hzxx{row}/></hzxxList>"


@pytest.mark.parametrize("receipt_first", [False, True])
def test_a_receipt_that_comes_apart_is_no_conflict(control: Order, receipt_first: bool) -> None:
    parts = [frozen(control), receipt(control)]
    for part in reversed(parts) if receipt_first else parts:
        assert feed("shfeedXzkzInfo", part) == "success"
    bodies = [message_body(message, control) for message in Inbound.objects.order_by("version")]
    assert sorted((len(results), len(papers)) for results, papers in bodies) == [(0, 1), (1, 0)]
    assert "已反馈" in feed("shfeedXzkzInfo", receipt(control))
    assert "内容不同" in feed("shfeedXzkzInfo", receipt(control, "JVBERi0y"))


@pytest.mark.parametrize("kind", ["inquiry", "control"])
def test_a_rollback_is_the_answer_of_the_request(kind: str) -> None:
    order = listed(kind)
    row = attributes(BDHM=order.request_no, XCHTYY="无法律文书", XCHTBZ="请补", XCHTR="柜员", XCHTDH="0317-1")
    assert feed("htInfo", f"<htxxList><htxx{row}/></htxxList>") == "success"
    order.refresh_from_db()
    assert order.state == "answered"
    message = Inbound.objects.get()
    share = message_body(message, order)
    if kind == "inquiry":
        assert (share.outcome, share.outcome_text, share.note) == ("refused", "无法律文书", "请补")
    else:
        assert [(item.is_done, item.reason) for item in share[0]] == [(False, "无法律文书")]


def test_an_answer_of_the_other_kind_has_no_effect_and_is_told(inquiry: Order, control: Order) -> None:
    assert "种类不符" in feed("shfeedXzkzInfo", frozen(inquiry))
    assert "种类不符" in feed("shfeedXzcxInfo", accounts(control, "6228480001"))
    assert "种类不符" in feed("shfeedXzcxwlxxInfo", movements(control, "6228480001", "S1"))
    assert set(Order.objects.values_list("state", flat=True)) == {"listed"}
    assert set(Inbound.objects.values_list("outcome", flat=True)) == {"malformed"}
    assert feed("shfeedXzcxInfo", accounts(inquiry, "6228480001")) == "success", (
        "the right answer is taken later"
    )


def test_a_refusal_of_control_through_the_inquiry_operation_is_understood(control: Order) -> None:
    row = attributes(BDHM=control.request_no, CCXH="1", KHZH="业务审核未通过", BEIZ="无证件信息")
    assert feed("shfeedXzcxInfo", f"<zhxxList><zhxx{row}/></zhxxList>") == "success"
    results, _ = message_body(Inbound.objects.get(), control)
    assert (results[0].is_done, results[0].reason) == (False, "无证件信息")


def turned_down(order: Order, reason: str = "无法律文书") -> str:
    row = attributes(BDHM=order.request_no, XCHTYY=reason, XCHTBZ="请补", XCHTR="柜员", XCHTDH="0317-1")
    return f"<htxxList><htxx{row}/></htxxList>"


def good(order: Order) -> tuple[str, str]:
    if order.kind == "control":
        return "shfeedXzkzInfo", frozen(order)
    return "shfeedXzcxInfo", accounts(order, "6228480001")


@pytest.mark.parametrize("kind", ["inquiry", "control"])
def test_a_good_answer_after_a_refusal_is_a_new_version_and_no_conflict(kind: str) -> None:
    order = listed(kind)
    assert feed("htInfo", turned_down(order)) == "success"
    assert feed("htInfo", turned_down(order, "业务审核未通过")) == "success"
    assert feed(*good(order)) == "success"
    kept = list(Inbound.objects.order_by("pk").values_list("version", "outcome"))
    assert kept == [(1, "accepted"), (2, "accepted"), (3, "accepted")]
    share = message_body(Inbound.objects.get(version=3), order)
    if kind == "control":
        assert [result.is_done for result in share[0]] == [True]
    else:
        assert (share.outcome, [asset.detail.account_no for asset in share.assets]) == (
            "found",
            ["6228480001"],
        )
    assert "已反馈" in feed(*good(order))


@pytest.mark.parametrize("kind", ["inquiry", "control"])
def test_a_refusal_after_a_good_answer_is_set_apart(kind: str) -> None:
    order = listed(kind)
    assert feed(*good(order)) == "success"
    assert "内容不同" in feed("htInfo", turned_down(order))
    assert list(Inbound.objects.order_by("pk").values_list("version", "outcome")) == [
        (1, "accepted"),
        (0, "conflict"),
    ]
