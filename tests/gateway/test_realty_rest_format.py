"""The REST registry format: every field there and back, transcripts, bad input, and which call comes next."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from profile_samples import filled

from zhixing.gateway.domain.canonical import (
    ControlItem,
    InquiryResult,
    Outcome,
    Request,
    RequestKind,
    Subject,
    Target,
)
from zhixing.gateway.domain.messages import ControlFeedback, InquiryFeedback, NoBody, RequestList
from zhixing.gateway.domain.values import Coded
from zhixing.gateway.profiles.called import (
    Access,
    Answer,
    Call,
    Done,
    Errand,
    Token,
    Unsayable,
    transcript_write,
)
from zhixing.gateway.profiles.fields import Record
from zhixing.gateway.profiles.realty_rest_json import tables
from zhixing.gateway.profiles.realty_soap_utf8.codes import ACTION, OUTCOME
from zhixing.gateway.profiles.realty_soap_utf8.feedback_tables import HZXX, RIGHTS
from zhixing.gateway.profiles.registry import called_get, wire_get
from zhixing.kernel.clock import COURT_ZONE

WIRE = called_get("realty-rest-json")
NUMBER = "20261124130930000001"
ACCESS = Access(
    username="court", password="geheim-1", token="tok-1", settings={"regioncode": "130900", "orgid": "zx"},
    moment=datetime(2026, 11, 24, 10, tzinfo=COURT_ZONE),
)  # fmt: skip
PERSON = Subject(name="郑小北", id_type=Coded.of("resident_id"), id_no="130930199001010010")


def both_ways(body: Any) -> Any:
    """What is read of what was written."""
    written = WIRE.encode(body)
    assert not written.errors, [problem.sentence for problem in written.errors]
    read = WIRE.decode(written.content)
    assert not read.errors, [problem.sentence for problem in read.errors]
    return read.body


def fields_of(record: Record) -> list[str]:
    return [item.code for item in record.fields]


@pytest.mark.parametrize("code", fields_of(tables.QUESTION))
def test_each_field_of_a_question_there_and_back(code: str) -> None:
    request = replace(filled(tables.QUESTION, only=code), request_no=NUMBER)
    assert both_ways(RequestList(requests=(request,))).requests == (request,)


def test_a_whole_question_and_a_whole_case_there_and_back() -> None:
    for record, kind in ((tables.QUESTION, RequestKind.INQUIRY), (tables.CASE, RequestKind.CONTROL)):
        body = RequestList(kind=kind, requests=(filled(record),))
        assert both_ways(body) == body


@pytest.mark.parametrize(
    ("right", "code"), [(name, code) for name in RIGHTS for code in fields_of(RIGHTS[name])]
)
def test_each_field_of_each_right_there_and_back(right: str, code: str) -> None:
    result = InquiryResult(
        request_no=NUMBER, processing=Coded(code="0000", system="realty.result", normalized="ok"),
        assets=(filled(RIGHTS[right], only=code),),
    )  # fmt: skip
    assert both_ways(InquiryFeedback(results=(result,))).results == (result,)


def test_whole_rights_with_holders_there_and_back() -> None:
    result = InquiryResult(
        request_no=NUMBER, processing=Coded(code="0000", system="realty.result", normalized="ok"),
        outcome_text="成功", assets=tuple(filled(record) for record in RIGHTS.values()), ext={"ZDY": "另有"},
    )  # fmt: skip
    assert both_ways(InquiryFeedback(results=(result,))).results == (result,)


@pytest.mark.parametrize("code", fields_of(tables.RESULT_ROW))
def test_each_field_of_a_control_result_there_and_back(code: str) -> None:
    row = replace(
        filled(tables.RESULT_ROW, only=code), request_no=NUMBER, outcome=OUTCOME.read("1"),
        processing=Coded(code="0000", system="realty.result", normalized="ok"),
    )  # fmt: skip
    assert both_ways(ControlFeedback(results=(row,))).results == (row,)


def test_receipts_come_beside_results_and_alone() -> None:
    row = replace(
        filled(tables.RESULT_ROW), request_no=NUMBER,
        processing=Coded(code="0000", system="realty.result", normalized="ok"),
    )  # fmt: skip
    paper = replace(filled(HZXX), request_no=NUMBER)
    whole = both_ways(ControlFeedback(results=(row,), receipts=(paper,)))
    assert (whole.results, whole.receipts) == ((row,), (paper,))
    assert both_ways(ControlFeedback(receipts=(paper,))).receipts == (paper,)


@pytest.mark.parametrize("outcome", [Outcome.NOT_FOUND, Outcome.ERROR, Outcome.REFUSED])
def test_outcomes_are_said_by_code_and_words(outcome: Outcome) -> None:
    read = both_ways(InquiryFeedback(results=(InquiryResult(request_no=NUMBER, outcome=outcome),)))
    assert read.results[0].outcome is outcome


def answer(data: dict[str, Any], code: str = "0000", **head: Any) -> bytes:
    return json.dumps({"head": {"code": code, "msg": "", **head}, "data": data}, ensure_ascii=False).encode()


def test_unknown_fields_of_any_kind_are_kept_and_written_back() -> None:
    raw = answer(
        {"cxqqdh": NUMBER, "fdcqlist": [{"bdcdyh": "1", "新字段": {"a": [1, 2.75, None]}, "n": 7.25}]},
        tag=True,
    )
    read = WIRE.decode(raw)
    assert isinstance(read.body, InquiryFeedback)
    asset = read.body.results[0].assets[0]
    assert asset.ext["n"] == "7.25"
    again = json.loads(WIRE.encode(read.body).content, parse_float=str)["data"]["FDCQLIST"][0]
    assert (again["新字段"], again["n"]) == ({"a": [1, "2.75", None]}, "7.25")
    assert both_ways(read.body) == read.body


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"), (b"[]", "no_head"), (b'{"head":1}', "no_head"), (b'{"head":{},"data":[]}', "not_object"),
        (answer({"cxqqdh": NUMBER, "fdcqlist": {}}), "not_array"), (answer({"fdcqlist": []}), "missing_field"),
        (answer({"cxqqdh": NUMBER, "fdcqlist": [3]}), "not_object"), (b'{"head":{"code":"0000"', "not_json"),
        (answer({"cxqqdh": NUMBER, "fdcqlist": [{"zl": ["a"]}]}), "not_text"),
        (answer({"cxqqdh": NUMBER, "fdcqlist": [{"zl": "a\x01b"}]}), "control_character"),
        (answer({"cxqqdh": NUMBER, "kzxxlist": []}), "missing_field"),
        (b"[" * 5000, "too_deep"), (b"ZXCALL/1\nnonsense\n", "bad_transcript"), (b"ZXCALL/1\n", "bad_transcript"),
        (b'ZXCALL/1\n{"operation":"q","request_no":"1","item":"","status":200,"bytes":99}\nab\n', "bad_transcript"),
        (b'ZXCALL/1\n{"operation":"q","request_no":"1","item":"","status":200,"bytes":-9}\nab\n', "bad_transcript"),
    ],
)  # fmt: skip
def test_bad_input_is_told(raw: bytes, code: str) -> None:
    read = WIRE.decode(raw)
    assert read.body is None
    assert code in [problem.code for problem in read.errors]


def test_every_truncation_of_a_transcript_is_told_and_none_raises() -> None:
    row = Answer(operation="queryRights", request_no=NUMBER, content=answer({"fdcqlist": [{"bdcdyh": "1"}]}))
    whole = transcript_write([row, row])
    first = len(transcript_write([row]))
    for end in range(len(whole)):
        if end != first:
            assert WIRE.decode(whole[:end]).body is None, end


# --- conversations -------------------------------------------------------------------------------------------


def told_call(step: object) -> tuple[str, dict[str, Any]]:
    assert isinstance(step, Call)
    return step.operation, json.loads(step.content)


def test_an_inquiry_asks_page_after_page_and_becomes_one_result() -> None:
    errand = Errand(request=Request(request_no=NUMBER, subject=PERSON))
    access = replace(ACCESS, settings={**ACCESS.settings, "page_size": "2"})
    step = WIRE.next_step(errand, access, ())
    operation, said = told_call(step)
    assert operation == "queryRights"
    assert said["head"] == {
        "username": "court", "password": "geheim-1", "token": "tok-1", "regioncode": "130900", "orgid": "zx",
        "size": "2", "page": "1", "cxqqdh": NUMBER,
    }  # fmt: skip
    data = said["data"]
    assert (data["qlrmc"], data["zjh"], data["zjzl"]) == ("郑小北", "130930199001010010", "1")
    assert data["qsztlist"] == ["0", "1"]
    assert isinstance(step, Call)
    assert b"geheim-1" not in step.kept and b"tok-1" not in step.kept and "geheim" not in repr(step)
    first = Answer(
        operation=operation,
        request_no=NUMBER,
        content=answer({"FDCQLIST": [{"BDCDYH": "1"}, {"BDCDYH": "2"}]}),
    )
    assert told_call(WIRE.next_step(errand, access, (first,)))[1]["head"]["page"] == "2"
    last = replace(first, content=answer({"CFDJLIST": [{"BDCDYH": "1"}]}))
    assert WIRE.next_step(errand, access, (first, last)) == Done()
    read = WIRE.decode(transcript_write([first, last]))
    assert isinstance(read.body, InquiryFeedback)
    assert [asset.detail.unit_no for asset in read.body.results[0].assets] == ["1", "2", "1"]  # type: ignore[union-attr]
    assert read.request_numbers == (NUMBER,)
    assert WIRE.decode(step.content).body == RequestList(
        requests=(replace(errand.request, subject=replace(PERSON, id_type=Coded(code="1", system="realty.zjzl", normalized="resident_id"))),)
    )  # fmt: skip


def test_a_page_that_failed_makes_the_whole_inquiry_an_error() -> None:
    pages = [
        Answer(operation="queryRights", request_no=NUMBER, content=answer({"FDCQLIST": [{"BDCDYH": "1"}]})),
        Answer(operation="queryRights", request_no=NUMBER, content=answer({}, code="1000")),
    ]
    read = WIRE.decode(transcript_write(pages))
    assert isinstance(read.body, InquiryFeedback)
    assert [result.outcome for result in read.body.results] == [Outcome.ERROR]


def control(*actions: str) -> Errand:
    items = tuple(
        ControlItem(seq=str(no), action=ACTION.read(code), target=Target(unit_no=f"13093000{no}"))
        for no, code in enumerate(actions, start=1)
    )
    return Errand(request=Request(request_no=NUMBER, kind=RequestKind.CONTROL, subject=PERSON, items=items))


def test_a_seizure_locks_opens_a_case_and_unlocks() -> None:
    errand, so_far = control("11", "14"), ()
    made: list[tuple[str, str]] = []
    contents = {
        "createSeizureCase": answer({"KZXXLIST": [{"KZQQDH": "1", "BDCDYH": "130930001", "KZZT": "1"}]}),
        "createReleaseCase": answer(
            {"KZXXLIST": [{"KZQQDH": "2", "BDCDYH": "130930002", "KZZT": "2", "WNKZYY": "无"}]}
        ),
    }
    while isinstance(step := WIRE.next_step(errand, ACCESS, so_far), Call):
        made.append((step.operation, step.key))
        content = contents.get(step.operation, answer({}))
        so_far += (Answer(operation=step.operation, request_no=NUMBER, item=step.item, content=content),)
    names = "lockUnit lockUnit createSeizureCase createReleaseCase unlockUnit unlockUnit".split()
    assert made == [(name, f"{NUMBER}-{no}") for no, name in enumerate(names)]
    read = WIRE.decode(transcript_write(so_far))
    assert isinstance(read.body, ControlFeedback)
    assert [(row.item_seq, row.is_done) for row in read.body.results] == [("1", True), ("2", False)]


def test_a_unit_that_cannot_be_locked_is_answered_by_that_and_left_out_of_the_case() -> None:
    errand = control("11", "11")
    locked = (
        Answer(
            operation="lockUnit",
            request_no=NUMBER,
            item="1",
            content=answer({}, code="1000", msg="正在办理其他业务"),
        ),
        Answer(operation="lockUnit", request_no=NUMBER, item="2", content=answer({})),
    )
    operation, said = told_call(WIRE.next_step(errand, ACCESS, locked))
    assert operation == "createSeizureCase"
    assert [row["kzqqdh"] for row in said["data"]["bdcqllist"]] == ["2"]
    read = WIRE.decode(transcript_write(locked[:1]))
    assert isinstance(read.body, ControlFeedback)
    assert [(row.item_seq, row.outcome, row.reason) for row in read.body.results] == [
        ("1", None, "正在办理其他业务")
    ]


def test_what_the_format_cannot_say_is_not_sent() -> None:
    step = WIRE.next_step(control("15"), ACCESS, ())
    assert isinstance(step, Unsayable)
    nameless = replace(control("11"), request=replace(control("11").request, items=(ControlItem(seq="1"),)))
    assert isinstance(WIRE.next_step(nameless, ACCESS, ()), Unsayable)


def test_tokens_and_faults() -> None:
    login = WIRE.login(ACCESS)
    assert login.operation == "getToken"
    assert WIRE.decode(login.content).body == NoBody()
    given = Answer(operation="getToken", content=answer({"token": "neu", "expires": "600"}))
    assert WIRE.token_read(given) == Token(text="neu", seconds=600)
    bad = Answer(operation="getToken", content=answer({}, code="2000"))
    assert getattr(WIRE.token_read(bad), "code", "") == "refused"
    assert WIRE.refuses_token(Answer(operation="queryRights", content=answer({}, code="2010")))
    assert WIRE.fault_of(Answer(operation="queryRights", status=500)) is not None
    assert WIRE.fault_of(Answer(operation="queryRights", content=b"<html>")) is not None
    assert WIRE.fault_of(Answer(operation="queryRights", content=answer({}, code="1000"))) is None
    assert wire_get("realty-rest-json").name == "realty-rest-json"
