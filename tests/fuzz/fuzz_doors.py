"""The doors over HTTP: what they must do with any call whatever, and calls with broken bodies, paths and headers."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from fuzz_bodies import message_sound
from fuzz_mutations import damaged

from zhixing.acts.models import Entry
from zhixing.gateway.models import Inbound, Order
from zhixing.gateway.profiles.registry import wire_get
from zhixing.gateway.profiles.soap import SoapMessage, read_envelope
from zhixing.gateway.profiles.zhixing_rest_json.operations import BASE, ENDPOINTS
from zhixing.inquiry.models import Answer

SOAP_DOORS = {
    "bank-soap-gbk": "/gateway/bank-soap-gbk/SyyhConvertDataService",
    "realty-soap-utf8": "/gateway/realty-soap-utf8/BdcService",
}
_PATHS = (
    "/%00",
    "/../inquiries",
    "/requests/%2e%2e/documents",
    "/requests/" + "9" * 400 + "/documents",
    "/键",
)


def effects() -> tuple[Any, ...]:
    """What may not change by a malformed call: states of orders, accepted messages, answers, the journal."""
    return (
        sorted(Order.objects.values_list("request_no", "state", "answered_at")),
        Inbound.objects.filter(outcome__in=["accepted", "processed"]).count(),
        Answer.objects.count(),
        Entry.objects.count(),
    )


def rest_calls(agency: Any, dice: Random, number: str) -> Any:
    """One malformed call of our own format, signed as it should be: the answer, and whether it had a body."""
    wire = wire_get("zhixing-rest-json")
    feeds = [f"{BASE}{item.path}" for item in ENDPOINTS if item.sends]
    while True:
        body = damaged(message_sound(wire, dice), dice)
        path = dice.choice(feeds)
        operation = next(item.operation.name for item in ENDPOINTS if f"{BASE}{item.path}" == path)
        if dice.random() < 0.1:
            body = dice.choice(
                (b"", b"[" * 100_000, b"{}", b"null", b"\xff\xfe", number.encode(), b'"' * 999)
            )
        if body and wire.decode(body, operation=operation).body is None:
            return agency.post(path, body)


def rest_problem(reply: Any) -> None:
    """The answer is a problem document (RFC 9457) that tells what was wrong."""
    assert reply.status_code == 400, reply.status_code
    assert reply.headers["Content-Type"].startswith("application/problem+json")
    told = json.loads(reply.content)
    assert told["status"] == 400
    assert told["problems"]
    assert all(problem["code"] and problem["mend"] for problem in told["problems"])
    assert "signature" in {name.lower() for name in reply.headers}


def soap_call(client: Any, profile: str, dice: Random) -> tuple[bytes, Any]:
    """One malformed call of a SOAP format."""
    wire: Any = wire_get(profile)
    while True:
        body = damaged(message_sound(wire, dice), dice)
        if dice.random() < 0.1:
            body = dice.choice((b"", b"<" * 100_000, b"<a/>", b"\xff\xfe\x00", b"<?xml version='1.0'?>" * 50))
        if not wire.parse_call(body).is_usable:
            return body, client.post(SOAP_DOORS[profile], data=body, content_type="text/xml")


def soap_refusal(reply: Any) -> None:
    """The answer is a SOAP message: a fault with status 500, or the error root of the operation with 200."""
    assert reply.headers["Content-Type"].startswith("text/xml")
    message = read_envelope(reply.content)
    assert isinstance(message, SoapMessage)
    assert reply.status_code == (500 if message.is_fault else 200)


def odd_paths() -> list[str]:
    """Addresses that are none."""
    return [f"{BASE}{path}" for path in _PATHS]
