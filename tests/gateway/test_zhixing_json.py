"""Our own JSON format: what is written is read again, nothing unknown is lost, everything wrong is told at once."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import jsonschema_rs
import pytest

from zhixing.gateway.domain import assets, canonical, messages
from zhixing.gateway.domain.assets import Asset, AssetKind, Vehicle
from zhixing.gateway.domain.canonical import InquiryResult, Outcome, RequestKind
from zhixing.gateway.domain.messages import InquiryFeedback, RequestList
from zhixing.gateway.domain.storage import canonical_json, from_json
from zhixing.gateway.domain.values import COURT_OFFSET, Amount, Coded, When
from zhixing.gateway.profiles.registry import wire_get
from zhixing.gateway.profiles.safe_xml import Limits
from zhixing.gateway.profiles.zhixing_rest_json.openapi import openapi
from zhixing.gateway.profiles.zhixing_rest_json.operations import TYPES
from zhixing.gateway.profiles.zhixing_rest_json.shapes import DETAILS, Form, keeps_ext, slots_of
from zhixing.gateway.profiles.zhixing_rest_json.titles import CLASS_TITLES, TITLES

WIRE = wire_get("zhixing-rest-json")


def filled(cls: type, number: int = 1) -> Any:
    """An object with every field of the class, each value different."""
    values: dict[str, Any] = {}
    for no, slot in enumerate(slots_of(cls), start=number):
        word = slot.words[no % len(slot.words)] if slot.words else f"W{no}"
        plain = {
            Form.TEXT: f"文{no}㐂 <&\"'>\n",
            Form.NUMBER: f"2026K{no:04}",
            Form.AMOUNT: Amount(raw=f"{no}.50", value=Decimal(f"{no}.50")),
            Form.WHEN: When(raw="2026-03-05", value=date(2026, 3, 5))
            if no % 2
            else When(raw="2026-03-05 09:30:00", value=datetime(2026, 3, 5, 9, 30, tzinfo=COURT_OFFSET)),
            Form.CODED: Coded(code=word, system="zhixing", normalized=word),
            Form.BYTES: b"%PDF" + bytes([no]),
            Form.TEXTS: (f"甲{no}", "乙"),
        }
        if slot.form in plain:
            values[slot.name] = plain[slot.form]
        elif slot.form is Form.ENUM:
            values[slot.name] = list(slot.inner)[no % len(list(slot.inner))]
        elif slot.form is Form.PART:
            values[slot.name] = filled(slot.inner, no)
        elif slot.form is Form.PARTS and slot.inner is not Asset:
            values[slot.name] = (filled(slot.inner, no), filled(slot.inner, no + 1))
    if keeps_ext(cls):
        values["ext"] = {"老字段": "值", "number": "1.10", "quoted": '"7"', "detail.x": "y"}
        values["ext"].pop("detail.x") if cls is not Asset else None
    if cls is Asset:
        values |= {"kind": AssetKind.VEHICLE, "detail": filled(Vehicle)}
    return cls(**values)


@pytest.mark.parametrize("kind", [name for name in TYPES if name != "none"])
def test_every_field_of_every_message_survives_the_round_trip(kind):
    body = filled(TYPES[kind])
    if kind == "control_list":
        body = RequestList(
            kind=RequestKind.CONTROL, requests=body.requests, envelope=body.envelope, ext=body.ext
        )
    elif kind == "inquiry_list":
        body = RequestList(requests=body.requests, envelope=body.envelope, ext=body.ext)
    written = WIRE.encode(body)
    assert not written.problems
    read = WIRE.decode(written.content)
    assert read.problems == ()
    assert read.body == body
    assert WIRE.encode(read.body).content == written.content


@pytest.mark.parametrize("kind", DETAILS)
def test_every_kind_of_property_survives_wire_and_store(kind):
    asset = Asset(kind=kind, seq="1", detail=filled(DETAILS[kind]), holdings=(filled(Asset),))
    body = InquiryFeedback(results=(InquiryResult(request_no="1", outcome=Outcome.FOUND, assets=(asset,)),))
    assert WIRE.decode(WIRE.encode(body).content).body == body
    assert from_json(canonical_json(body)) == body


@pytest.mark.parametrize("kind", [name for name in TYPES if name not in ("none", "key")])
def test_what_we_write_fits_our_own_description(kind):
    document = openapi()
    schema = {"$ref": f"#/components/schemas/{kind}", "components": document["components"]}
    body = filled(TYPES[kind])
    if kind == "control_list":
        body = RequestList(kind=RequestKind.CONTROL, requests=body.requests)
    problems = list(
        jsonschema_rs.Draft202012Validator(schema).iter_errors(json.loads(WIRE.encode(body).content))
    )
    assert [
        error.message for error in problems if "type" not in error.message or kind != "inquiry_list"
    ] == []


def test_every_field_and_class_has_its_chinese_title():
    for name, schema in openapi()["components"]["schemas"].items():
        if name in ("Problem", "WireProblem"):
            continue
        assert not set(schema.get("properties", {})) - set(TITLES) - {"type"}, name
    for cls in (*DETAILS.values(), *TYPES.values(), canonical.Request, assets.Asset):
        assert cls.__name__ in CLASS_TITLES or cls in (messages.KeyQuery, messages.NoBody)


def test_unknown_fields_come_back_where_they_were():
    raw = (
        '{"type":"inquiry_feedback","results":[{"request_no":"1","outcome":"found","assets":[{"kind":"vehicle",'
        '"detail":{"plate_no":"冀J00001","colour":"白","size":{"a.b":[1.50,true,null,"1"]}},"measures":[]}],"新":"x"}],'
        '"trace":12345678901234567890123456789012345}'
    )
    read = WIRE.decode(raw.encode())
    assert not read.problems
    assert read.body.results[0].assets[0].ext["detail.colour"] == "白"
    again = json.loads(WIRE.encode(read.body).content, parse_float=str, parse_int=str)
    assert again["results"][0]["assets"][0]["detail"]["size"] == {"a.b": ["1.50", True, None, "1"]}
    assert again["trace"] == "12345678901234567890123456789012345"


def test_all_problems_are_told_at_once_without_values():
    raw = (
        b'{"type":"inquiry_feedback","results":[{"request_no":"..","outcome":"maybe","responded_at":"yesterday",'
        b'"assets":[{"kind":"deposit","detail":{"balance":1.5,"available":"1e5","account_no":"62284800001"}},'
        b'{"kind":"equity","detail":{}},{"detail":{}},7]},{"outcome":"found"}]}'
    )
    read = WIRE.decode(raw)
    assert read.body is None
    assert [(p.code, p.where) for p in read.problems] == [
        ("bad_number", "/results/0/request_no"),
        ("bad_code", "/results/0/outcome"),
        ("bad_date", "/results/0/responded_at"),
        ("not_text", "/results/0/assets/0/detail/balance"),
        ("bad_amount", "/results/0/assets/0/detail/available"),
        ("no_detail", "/results/0/assets/1/detail"),
        ("missing", "/results/0/assets/2/kind"),
        ("not_object", "/results/0/assets/3"),
        ("missing", "/results/1/request_no"),
    ]
    assert not any("maybe" in p.sentence or "62284800001" in p.sentence for p in read.problems)


BOMBS = {
    "deep": b"[" * 200_000,
    "deep object": b'{"a":' * 100_000,
    "wide": b"[]" * 500_000,
    "duplicate": b'{"type":"acks","acks":[],"acks":[]}',
    "nan": b'{"type":"acks","acks":[NaN]}',
    "infinity": b'{"type":"acks","x":-Infinity,"acks":[]}',
    "huge integer": b'{"type":"acks","acks":' + b"9" * 1_000_000 + b"}",
    "huge exponent": b'{"type":"rollbacks","rollbacks":[{"request_no":1e999999999,"reason":"x"}]}',
    "surrogate": b'{"type":"rollbacks","rollbacks":[{"request_no":"1","reason":"\\ud800"}]}',
    "nul": b'{"type":"rollbacks","rollbacks":[{"request_no":"1","reason":"\\u0000"}]}',
    "nul unknown": b'{"type":"rollbacks","rollbacks":[{"request_no":"1","reason":"x","y":["\\u0000"]}]}',
    "utf-16": '{"type":"acks"}'.encode("utf-16"),
    "latin": b'{"type":"\xff"}',
    "empty": b"",
    "bare": b"17",
    "unfinished text": b'{"type":"' + b"[" * 1000,
    "too large": b" " * 20_000_000,
    "wrong type": b'{"type":["acks"]}',
}


@pytest.mark.parametrize("what", BOMBS)
def test_bombs_are_told_quickly_and_never_raised(what):
    read = WIRE.decode(BOMBS[what], limits=Limits(max_bytes=10_000_000))
    assert read.body is None
    assert read.problems
    assert all(p.came and p.expected and p.mend for p in read.problems)


def test_a_message_of_another_operation_is_refused():
    raw = b'{"type":"rollbacks","rollbacks":[{"request_no":"1","reason":"x"}]}'
    assert WIRE.decode(raw, operation="rollbacks").body
    assert WIRE.decode(raw, operation="feedback-controls").problems[0].code == "wrong_type"


@pytest.mark.parametrize("kind", [["vehicle"], {"a": 1}, None, 7, True])
def test_a_kind_of_property_that_is_no_text_is_told_at_its_place(kind):
    body = InquiryFeedback(results=(filled(InquiryResult),))
    result = body.results[0]
    body = InquiryFeedback(results=(replace(result, assets=(filled(Asset),)),))
    raw = json.loads(WIRE.encode(body).content)
    raw["results"][0]["assets"][0]["kind"] = kind
    read = WIRE.decode(json.dumps(raw).encode())
    assert read.body is None
    assert any(problem.where.endswith("assets/0/kind") for problem in read.errors)
