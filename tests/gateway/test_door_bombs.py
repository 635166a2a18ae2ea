"""Bombs through the doors: nothing is expanded, fetched or held in memory; the answer is the format's own refusal."""

from __future__ import annotations

import base64
import time
import tracemalloc
from collections.abc import Iterator

import pytest
from django.test import Client
from rest_client import JsonAgency

from zhixing.gateway.models import Inbound, Order
from zhixing.gateway.profiles.soap import SoapMessage, read_envelope
from zhixing.platform import scope

BANK = "/gateway/bank-soap-gbk/SyyhConvertDataService"
LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY l0 "lol">'
    + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
QUADRATIC = f'<!DOCTYPE a [<!ENTITY b "{"b" * 50_000}">]>'
PARAMETER = '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]>'
EXTERNAL = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
USES = {
    "billion laughs": (LAUGHS, "&l9;"),
    "quadratic": (QUADRATIC, "&b;" * 50_000),
    "external file": (EXTERNAL, "&b;"),
    "parameter": (PARAMETER, "x"),
    "attribute": (LAUGHS, "&l9;"),
}


@pytest.fixture
def agency(db: None) -> Iterator[JsonAgency]:
    with scope.system("test"):
        yield JsonAgency(Client())


def envelope(inner: str, before: str = "") -> bytes:
    return (
        f'{before}<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
        f'<q:shfeedXzcxInfo xmlns:q="urn:x"><arg0>{b64("<a/>")}</arg0><arg1>{inner}</arg1></q:shfeedXzcxInfo>'
        "</s:Body></s:Envelope>"
    ).encode()


def b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize("layer", ["envelope", "message"])
@pytest.mark.parametrize("name", USES)
def test_bombs_in_either_layer_of_a_call_are_refused_at_once(
    agency: JsonAgency, name: str, layer: str
) -> None:
    declared, use = USES[name]
    inside = (
        f'<zhxxList><zhxx KHZH="{use}"/></zhxxList>' if name == "attribute" else f"<zhxxList>{use}</zhxxList>"
    )
    body = envelope(use, declared) if layer == "envelope" else envelope(b64(declared + inside))
    began = time.perf_counter()
    tracemalloc.start()
    reply = agency.client.post(BANK, data=body, content_type="text/xml")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert time.perf_counter() - began < 2
    assert most < 30 * 1024 * 1024
    assert isinstance(read_envelope(reply.content), SoapMessage)
    assert b"root:" not in reply.content
    assert not Inbound.objects.filter(outcome="accepted").exists()


NUMBER = "@number"
JSON_BOMBS = {
    "arrays": b'{"type":"rollbacks","rollbacks":' + b"[" * 2_000_000,
    "objects": b'{"a":' * 500_000,
    "many fields": b"{" + b",".join(b'"f%d":1' % no for no in range(200_000)) + b"}",
    "same field": b'{"type":"rollbacks",' + b'"type":"rollbacks",' * 100_000 + b'"rollbacks":[]}',
    "huge number": b'{"type":"rollbacks","rollbacks":[{"request_no":' + b"9" * 5_000_000 + b"}]}",
    "huge exponent": b'{"type":"rollbacks","rollbacks":1e999999999}',
    "huge amount": b'{"type":"control_feedback","results":[{"request_no":"@number","outcome":"done",'
    b'"controlled_amount":"' + b"9" * 1_000_000 + b'"}]}',
    "not a number": b'{"type":"rollbacks","rollbacks":NaN}',
    "half surrogate": b'{"type":"rollbacks","rollbacks":[{"request_no":"@number","reason":"\\ud800"}]}',
}


@pytest.mark.parametrize("name", JSON_BOMBS)
def test_json_bombs_are_refused_at_once_and_change_nothing(agency: JsonAgency, name: str) -> None:
    number = agency.order()
    body = JSON_BOMBS[name].replace(NUMBER.encode(), number.encode())
    path = "controls" if name == "huge amount" else ""
    began = time.perf_counter()
    reply = agency.post(f"/gateway/v1/feedback/{path}" if path else "/gateway/v1/rollbacks", body)
    assert time.perf_counter() - began < 5
    assert reply.status_code == 400, reply.content[:300]
    assert reply.json()["problems"]
    assert Order.objects.get(request_no=number).state == "queued"


def test_a_call_over_soap_that_is_too_large_is_refused_by_a_fault(agency: JsonAgency) -> None:
    reply = agency.client.generic("POST", BANK, b"x", CONTENT_LENGTH=str(21 * 1024 * 1024))
    message = read_envelope(reply.content)
    assert (reply.status_code, isinstance(message, SoapMessage) and message.is_fault) == (413, True)
