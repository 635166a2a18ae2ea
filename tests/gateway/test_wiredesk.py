"""The offline desk: every format there and back as readable JSON, layers of broken messages, nothing personal shown."""

from __future__ import annotations

import base64
import json
import random
from typing import Any, get_args

import pytest
from profile_samples import attributes, bank_call, filled, whole

from zhixing.gateway.domain import messages
from zhixing.gateway.domain.canonical import Ack, InquiryResult, Outcome, Request, Subject
from zhixing.gateway.domain.storage import _types
from zhixing.gateway.profiles.bank_soap_gbk import feedback_tables as answers
from zhixing.gateway.profiles.bank_soap_gbk import request_tables as orders
from zhixing.gateway.profiles.registry import UnknownProfile, profiles_known, wire_get
from zhixing.gateway.wiredesk.labels import has_label
from zhixing.gateway.wiredesk.readable import Unreadable, body_read, body_written, hints_of
from zhixing.gateway.wiredesk.report import message_encode, message_look, report_text

PERSON, ID_NO, CARD, PHONE = "郑小北", "130930199001010010", "6228480000001234567", "13800006621"
ANSWER = whole(
    "<zhxxList><zhxx"
    + attributes(BDHM="B1", CCXH="1", KHZH=CARD, YE="12.30", LXDH=PHONE, TXDZ="孟村镇建设大街12号", BEIZ=f"{PERSON}本人")
    + "><wlxxList><wlxx" + attributes(WLXH="1", ZCKZXM=PERSON, JYDSZJHM=ID_NO, ZCKZH=CARD) + "/></wlxxList></zhxx></zhxxList>"
)  # fmt: skip
PERSONAL = (PERSON, ID_NO, CARD, PHONE, "建设大街")


def test_every_field_of_the_canonical_model_has_a_chinese_word():
    missing = [
        f"{name}.{field}"
        for name, kind in _types().items()
        if hasattr(kind, "__dataclass_fields__")
        for field in hints_of(kind)
        if name not in ("Amount", "When", "Coded") and not has_label(name, field)
    ]
    assert missing == [], "add the words to gateway/wiredesk/labels.py"


@pytest.mark.parametrize(
    "record", [orders.INQUIRY_LIST, orders.CONTROL_LIST, orders.DOCUMENT_LIST, orders.RESULT]
)
def test_a_body_with_every_field_survives_readable_json(record: Any):
    body = filled(record)
    assert body_read(json.loads(json.dumps(body_written(body)))) == body


def test_an_answer_with_every_asset_survives_readable_json():
    wire = wire_get("bank-soap-gbk")
    body = wire.decode(bank_call("shfeedXzcxInfo", ANSWER)).body
    assert body is not None
    assert body_read(json.loads(json.dumps(body_written(body)))) == body
    control = filled(answers.CONTROL_RESULTS)
    assert body_read(json.loads(json.dumps(body_written(control)))) == control


def test_what_decode_prints_in_clear_encode_writes_again():
    raw = bank_call("shfeedXzcxInfo", ANSWER)
    report = message_look(raw, profile="bank-soap-gbk", clear=True)
    again = message_encode(json.dumps(report.as_json()))
    assert wire_get("bank-soap-gbk").decode(again.content).body == report.decoded.body


def test_a_person_writes_json_with_plain_words():
    given = {
        "profile": "realty-soap-utf8", "type": "RequestList",
        "body": {"kind": "control", "requests": [{"request_no": "20261124130930000001", "kind": "control", "items": [
            {"seq": "1", "action": "seize", "effective_to": "2029-03-05", "amount": "12.50"}]}]},
    }  # fmt: skip
    made = message_encode(json.dumps(given))
    assert not made.errors
    assert wire_get("realty-soap-utf8").decode(made.content).request_numbers == ("20261124130930000001",)


def test_all_faults_of_a_json_are_told_at_once():
    with pytest.raises(Unreadable) as refused:
        body_read(
            {"type": "AckList", "body": {"acks": [{"request_number": "1", "result": "perhaps"}], "ext": []}}
        )
    told = "\n".join(refused.value.problems)
    assert len(refused.value.problems) == 3
    assert "body.acks[0].request_number：没有这个字段" in told
    assert "body.acks[0].result" in told
    assert "success、fail、already" in told


@pytest.mark.parametrize(
    "text", ["", "[", "{}", '{"type": "Nothing"}', "[" * 5000, '{"type":"AckList","body":7}', "null"]
)
def test_what_is_no_message_in_json_is_refused_in_words(text: str):
    with pytest.raises(Unreadable) as refused:
        message_encode(text, profile="bank-soap-gbk")
    assert all(problem.endswith("。") for problem in refused.value.problems)


def test_nothing_personal_is_shown_unless_asked_for():
    raw = bank_call("shfeedXzcxInfo", ANSWER)
    for told in (
        report_text(message_look(raw, profile="bank-soap-gbk")),
        json.dumps(message_look(raw, profile="bank-soap-gbk").as_json(), ensure_ascii=False),
    ):
        assert [value for value in PERSONAL if value in told] == []
        assert "6228****4567" in told
    clear = report_text(message_look(raw, profile="bank-soap-gbk", clear=True))
    assert all(value in clear for value in PERSONAL)


def test_the_password_is_never_shown():
    raw = bank_call("getXzcxList")
    told = report_text(message_look(raw, profile="bank-soap-gbk", clear=True))
    assert "password = （不显示）" in told
    assert " pw" not in told


def test_masked_json_is_not_encoded_again():
    report = message_look(bank_call("shfeedXzcxInfo", ANSWER), profile="bank-soap-gbk")
    with pytest.raises(Unreadable, match="--clear"):
        message_encode(json.dumps(report.as_json()))


def test_layers_of_a_sound_message():
    report = message_look(bank_call("shfeedXzcxInfo", ANSWER), profile="bank-soap-gbk", clear=True)
    titles = [layer.title for layer in report.layers]
    assert titles == [
        "SOAP 1.1 信封", "Base64 文本", "XML，根元素 usermarker", "Base64 文本", "XML，根元素 zhxxList",
    ]  # fmt: skip
    assert f"    KHZH（账号） = {CARD}" in report.layers[-1].lines
    assert any("GBK" in note for note in report.layers[-1].notes)


def test_a_truncated_message_is_read_as_far_as_it_goes():
    broken = bank_call("shfeedXzcxInfo", ANSWER[: len(ANSWER) // 2 // 4 * 4 + 1])
    report = message_look(broken, profile="bank-soap-gbk", clear=True)
    assert not report.is_usable
    told = report_text(report)
    assert "可能被截断" in told
    assert "以下是能够读出的部分" in told
    assert "BDHM（请求单号） = B1" in told


def test_a_value_that_is_no_base64_is_pointed_at():
    xml = "<zhxxList><zhxx" + attributes(BDHM="B1", CCXH="1") + ' KHZH="***" YE="gf//"/></zhxxList>'
    told = report_text(message_look(bank_call("shfeedXzcxInfo", whole(xml)), profile="bank-soap-gbk"))
    assert "⚠ 不是 Base64" in told
    assert "⚠ 不能按 GBK 解码的 3 字节" in told


def test_a_document_type_is_not_parsed():
    bomb = b'<!DOCTYPE a [<!ENTITY b "BOOM">]><a>&b;</a>'
    report = message_look(bomb, profile="bank-soap-gbk", clear=True)
    assert "BOOM" not in report_text(report)
    assert "文档类型声明" in report_text(report)


@pytest.mark.parametrize("profile", profiles_known())
def test_nothing_that_comes_makes_the_desk_fail(profile: str):
    dice = random.Random(7)
    sound = wire_get("bank-soap-gbk").encode(messages.AckList(acks=(Ack(request_no="B1"),))).content
    raws = [
        b"",
        b"\0",
        b"PK\x03\x04",
        b"[" * 9000,
        b"{" + b'"a":{' * 3000,
        b"<a>" * 400,
        base64.b64encode(b"\xff" * 99),
    ]
    for _ in range(60):
        held = bytearray(sound)
        for _ in range(dice.randrange(1, 9)):
            held[dice.randrange(len(held))] = dice.randrange(256)
        raws.append(bytes(held[: dice.randrange(len(held))]))
    for raw in raws:
        report = message_look(raw, profile=profile)
        assert report_text(report)
        assert json.dumps(report.as_json())


def test_a_message_that_is_too_large_is_not_read():
    report = message_look(b"<a>" + b"x" * 2000 + b"</a>", profile="bank-soap-gbk", most_bytes=1000)
    assert [problem.code for problem in report.problems] == ["too_large"]


def test_an_unknown_format_is_told():
    with pytest.raises(UnknownProfile):
        message_look(b"", profile="nothing")


def test_every_kind_of_body_is_offered_for_writing():
    kinds = {kind.__name__ for kind in get_args(messages.Body)}
    body = messages.InquiryFeedback(results=(InquiryResult(request_no="1", outcome=Outcome.NOT_FOUND),))
    assert body_written(body)["type"] in kinds
    request = messages.RequestList(requests=(Request(request_no="1", subject=Subject(name="某")),))
    assert body_written(request)["body"]["requests"][0]["subject"] == {"name": "某"}
