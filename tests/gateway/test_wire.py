"""Every format reads and writes any of its messages without a transport around it."""

from __future__ import annotations

import pytest

from zhixing.gateway.domain.canonical import (
    Ack,
    AckResult,
    InquiryResult,
    Outcome,
    Request,
    RequestKind,
    Rollback,
    Subject,
)
from zhixing.gateway.domain.messages import (
    AckList,
    InquiryFeedback,
    KeyQuery,
    NoBody,
    RequestList,
    RollbackList,
)
from zhixing.gateway.profiles.registry import wire_get

NUMBER = "20261124130930000001"
BODIES = {
    "list": RequestList(
        kind=RequestKind.INQUIRY,
        requests=(Request(request_no=NUMBER, subject=Subject(name="郑小北", id_no="130930199001010010")),),
    ),
    "ack": AckList(acks=(Ack(request_no=NUMBER, result=AckResult.FAIL, message="原因"),)),
    "answer": InquiryFeedback(results=(InquiryResult(request_no=NUMBER, outcome=Outcome.NOT_FOUND),)),
}


@pytest.mark.parametrize("profile", ["bank-soap-gbk", "realty-soap-utf8"])
@pytest.mark.parametrize("what", BODIES)
def test_what_is_written_is_read_again_with_its_numbers(profile, what):
    wire = wire_get(profile)
    written = wire.encode(BODIES[what])
    assert not written.errors
    read = wire.decode(written.content)
    assert not read.errors
    assert read.request_numbers == (NUMBER,)
    assert read.is_reply == (what != "answer")


def test_a_key_and_a_refusal_are_called():
    bank = wire_get("bank-soap-gbk")
    asked = bank.decode(bank.encode(KeyQuery(key="(2026)冀0930执1号"), operation="cxwsInfo").content)
    assert (asked.operation, asked.body) == ("cxwsInfo", KeyQuery(key="(2026)冀0930执1号"))
    refused = bank.decode(
        bank.encode(RollbackList(rollbacks=(Rollback(request_no=NUMBER, reason="无文书"),))).content
    )
    assert (refused.operation, refused.request_numbers) == ("htInfo", (NUMBER,))
    assert bank.decode(bank.encode(NoBody(), operation="getXzkzList").content).body == NoBody()


@pytest.mark.parametrize("raw", [b"", b"<a/>", b"\xff\xfe\x00", b"PK\x03\x04"])
def test_what_is_no_message_is_told_and_not_raised(raw):
    for profile in ("bank-soap-gbk", "realty-soap-utf8"):
        read = wire_get(profile).decode(raw)
        assert read.body is None
        assert read.errors


def test_what_a_format_cannot_say_is_a_problem():
    written = wire_get("realty-soap-utf8").encode(RollbackList())
    assert written.content == b""
    assert written.errors
