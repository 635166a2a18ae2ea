"""Rows and messages made up from the tables themselves: whatever a field may hold comes back, in both bank formats."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from zhixing.gateway.domain.assets import Asset
from zhixing.gateway.domain.canonical import AckResult, InquiryResult
from zhixing.gateway.domain.messages import (
    CertificateList,
    ControlFeedback,
    DocumentList,
    InquiryFeedback,
    RequestList,
    RollbackList,
)
from zhixing.gateway.domain.storage import canonical_json, from_json
from zhixing.gateway.domain.values import Amount, When
from zhixing.gateway.profiles import converters
from zhixing.gateway.profiles.bank_soap_gbk import feedback_tables as answers
from zhixing.gateway.profiles.bank_soap_gbk import request_tables as orders
from zhixing.gateway.profiles.bank_soap_gbk.dialect import POINT_TO_POINT, STAR
from zhixing.gateway.profiles.context import Dialect, Reading, Writing
from zhixing.gateway.profiles.fields import Field, Record
from zhixing.gateway.profiles.layers import Layer
from zhixing.gateway.profiles.records import read_record, write_record
from zhixing.gateway.profiles.registry import wire_get
from zhixing.gateway.profiles.styles import ATTRIBUTES

RECORDS = (
    orders.CXQQ, orders.KZQQ, orders.KZZH, orders.WS, orders.ZJ, orders.JG, answers.ZHXX, answers.JRXX, answers.DJXX,
    answers.WLXX, answers.WLXX_ALONE, answers.QLXX, answers.GLXX, answers.KZXX, answers.HZXX, answers.HTXX,
)  # fmt: skip
LAYERS = {
    "bank-soap-gbk": Layer(charset="gbk", is_base64=True),
    "bank-file-zip": Layer(charset="utf-8", is_base64=False),
}
EVERYTHING = frozenset({STAR, POINT_TO_POINT})
DIALECTS = {
    "2017plus": frozenset({STAR}),
    "2016": frozenset[str](),
    "point_to_point": frozenset({POINT_TO_POINT}),
}
TEXTS = st.text(
    st.one_of(
        st.characters(codec="gbk", exclude_categories=("Cc", "Cs")), st.sampled_from("㐂𠮷·&#x<>\"'\n\t;")
    ),
    min_size=1,
    max_size=12,
)
KEYS = st.text(st.sampled_from("0123456789ABCxyz-"), min_size=1, max_size=20)
AMOUNTS = st.one_of(
    st.decimals(min_value=-(10**12), max_value=10**12, places=2).map(str),
    st.sampled_from(["1,234.50", "0", "12.", "00.10", "约十万", "+5", "1e5", "１２", "-0.00"]),
).map(Amount.parse)
MOMENTS = st.one_of(
    st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2100, 1, 1)).map(
        lambda when: f"{when:%Y-%m-%d %H:%M:%S}"
    ),
    st.dates().map(lambda day: f"{day:%Y}".zfill(4) + f"/{day:%m/%d}"),
    st.sampled_from(["20260305", "长期", "2026-13-01", "20260305093000"]),
).map(When.parse)


def values(item: Field) -> st.SearchStrategy[Any]:
    """What a field may hold."""
    converter = item.converter
    match converter:
        case converters.Number():
            return AMOUNTS
        case converters.Moment():
            return MOMENTS
        case converters.Code():
            return st.one_of(st.sampled_from(list(converter.table.entries) or ["X"]), KEYS).map(
                converter.table.read
            )
        case converters.Paper():
            return st.binary(max_size=40).map(lambda tail: b"%PDF" + tail)
        case converters.AckCode():
            return st.sampled_from([AckResult.SUCCESS, AckResult.FAIL])
        case converters.Key():
            return KEYS
    return TEXTS


@st.composite
def rows(
    draw: st.DrawFn, record: Record, features: frozenset[str], without: frozenset[str] = frozenset()
) -> Any:
    """An object of a table with any of its fields and lists filled."""
    held: dict[str, dict[str, Any]] = {"": {}}

    def put(path: str, value: Any) -> None:
        part, _, name = path.rpartition(".")
        held.setdefault(part, {})[name] = value

    for item in record.fields:
        known = (not item.feature or item.feature in features) and item.code not in without
        if known and (item.need == "must" or draw(st.booleans())):
            put(item.path, draw(values(item)))
    for child in record.children:
        put(child.path, tuple(draw(st.lists(rows(child.record, features, without), max_size=2))))
    for path, value in record.fixed.items():
        put(path, value)
    for path, (cls, is_optional) in sorted(record.parts.items(), key=lambda pair: -pair[0].count(".")):
        found = held.pop(path, None)
        if found or not is_optional:
            part, _, name = path.rpartition(".")
            made = cls(**found or {})
            # The one officer a header names is the only row of a list.
            put(part if name.isdigit() else path, (made,) if name.isdigit() else made)
    return record.cls(**held[""])


GENEROUS = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@pytest.mark.parametrize("layer", LAYERS.values(), ids=LAYERS.keys())
@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.name)
@GENEROUS
@given(data=st.data())
def test_any_row_there_and_back(record: Record, layer: Layer, data: st.DataObject) -> None:
    dialect = Dialect(name="everything", features=EVERYTHING, double_content=layer.is_base64)
    obj = data.draw(rows(record, EVERYTHING))
    can_escape = layer.charset == "gbk"
    writing = Writing(
        layer=layer, dialect=dialect, style=ATTRIBUTES, date_separator="-", can_escape=can_escape
    )
    element = etree.fromstring(etree.tostring(write_record(record, obj, None, writing), encoding="UTF-8"))
    reading = Reading(layer=layer, dialect=dialect, style=ATTRIBUTES)
    assert read_record(record, element, reading) == obj
    assert not writing.has_errors


MESSAGES: dict[str, Any] = {
    "inquiries": lambda draw, f: RequestList(requests=draw(st.lists(rows(orders.CXQQ, f), max_size=2).map(tuple))),
    "documents": lambda draw, f: DocumentList(documents=draw(st.lists(rows(orders.WS, f, frozenset({"MD5"})), max_size=2).map(tuple))),
    "certificates": lambda draw, f: CertificateList(entries=draw(st.lists(rows(orders.ZJ, f), max_size=2).map(tuple))),
    "answer": lambda draw, f: InquiryFeedback(results=(InquiryResult(request_no="1", assets=(_account(draw(rows(answers.ZHXX, f, frozenset({"KHZH"})))),)),)),
    "control": lambda draw, f: ControlFeedback(
        results=draw(st.lists(rows(answers.KZXX, f), min_size=1, max_size=2).map(tuple)),
        receipts=draw(st.lists(rows(answers.HZXX, f, frozenset({"MD5"})), max_size=1).map(tuple)),
    ),
    "refusals": lambda draw, f: RollbackList(rollbacks=draw(st.lists(rows(answers.HTXX, f), min_size=1, max_size=2).map(tuple))),
}  # fmt: skip


def _account(row: Any) -> Asset:
    return row.asset


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("profile", LAYERS)
@pytest.mark.parametrize("what", MESSAGES)
@GENEROUS
@given(data=st.data())
def test_any_message_there_and_back_and_through_the_store(
    what: str, profile: str, dialect: str, data: st.DataObject
) -> None:
    wire = wire_get(profile, dialect)
    body = MESSAGES[what](data.draw, DIALECTS[dialect])
    written = wire.encode(body)
    assert not written.errors
    operation = {"documents": "QI", "certificates": "QC"}.get(what, "") if profile == "bank-file-zip" else ""
    read = wire.decode(written.content, operation=operation)
    assert read.errors == ()
    assert read.body == body
    assert from_json(canonical_json(body)) == body


def test_numbers_keep_the_text_they_came_as() -> None:
    assert Amount.parse("12.").value == Decimal(12)
    assert Amount.parse("１２").value is None, "wide digits are no plain text"
    assert Amount.parse("00.10") == Amount(raw="00.10", value=Decimal("0.10"))
    assert Amount.parse("1" * 31).value is None
