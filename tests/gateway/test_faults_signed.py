"""Each fault of an agency that signs against our own door: a defined outcome, nothing lost, nothing twice."""

from __future__ import annotations

import base64
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import rest_client
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.test import Client

from simworld import World
from simworld.catalog import BY_KEY
from simworld.config import Credentials, Settings
from simworld.institutions.faults import FaultSettings
from simworld.institutions.json_agency import JsonAgency
from zhixing.gateway.models import Inbound, Order
from zhixing.platform import scope

# What the court keeps of the request, in order of arrival. What is not signed as it should be, or larger than any message
# may be, is refused before it is kept.
OUTCOMES = {
    "": ["accepted"],
    "late": ["accepted"],
    "never": [],
    "twice": ["accepted"],
    "different_second": ["accepted", "conflict"],
    "empty": ["malformed", "accepted"],
    "truncated": ["malformed", "accepted"],
    "bad_charset": ["malformed", "accepted"],
    "wrong_number": ["unknown", "accepted"],
    "huge": ["accepted"],
    "slow_drip": ["accepted"],
    "clock_skew": ["accepted"],
    "expired_key": ["accepted"],
}


@pytest.fixture(scope="module")
def world() -> World:
    return World(seed=1, size=60)


@pytest.fixture
def court(db: None) -> Iterator[rest_client.JsonAgency]:
    with scope.system("test"):
        yield rest_client.JsonAgency(Client())


def reached(request: httpx.Request) -> httpx.Response:
    """The court's own address, without a socket in between."""
    headers = {
        name: value
        for name, value in request.headers.items()
        if name in ("signature", "signature-input", "content-digest")
    }
    url, body = request.url.raw_path.decode(), request.read()
    if request.method == "GET":
        answer = Client().get(url, headers=headers)
    else:
        answer = Client().post(url, data=body, content_type="application/json", headers=headers)
    return httpx.Response(answer.status_code, headers=dict(answer.headers), content=answer.content)


def client_made(
    court: rest_client.JsonAgency, number: str, fault: str, world: World, home: Path
) -> JsonAgency:
    raw = court.key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    agency = BY_KEY["vehicle"]
    faults = FaultSettings(
        scale=0.0, forced={number: fault}, late_seconds=(0.0, 0.0), again_seconds=0.0, drip_seconds=0.1
    )
    client = JsonAgency(
        agency,
        Credentials(
            code=agency.code, name=agency.name, kind=agency.kind, username=court.key_id, password="",
            private_key=base64.b64encode(raw).decode(),
        ),
        court=rest_client.ORIGIN, home=home, world=world,
        settings=Settings(poll_seconds=0.0, delay_seconds=(0.0, 0.0), backoff_cap_seconds=0.01, faults=faults),
    )  # fmt: skip
    client.caller._client = httpx.Client(transport=httpx.MockTransport(reached))
    # Papers are tried by the conformance kit; this request has none.
    client.refusal_of = lambda taken: ""
    return client


@pytest.mark.parametrize("fault", OUTCOMES)
def test_outcome_of_each_fault(
    court: rest_client.JsonAgency, fault: str, world: World, tmp_path: Path, caplog: Any
) -> None:
    number = court.order()
    client = client_made(court, number, fault, world, tmp_path)
    until = time.monotonic() + 20
    while time.monotonic() < until:
        client.step()
        rows = client.books.rows("select state from requests where request_no = ?", number)
        if (rows and rows[0]["state"] == "done") or (fault == "never" and rows):
            break
        time.sleep(0.01)
    client.close()
    kept = list(Inbound.objects.filter(agency=court.agency).order_by("pk"))
    assert [row.outcome for row in kept] == OUTCOMES[fault]
    order = Order.objects.get(request_no=number)
    assert order.state == ("listed" if fault == "never" else "answered")
    if fault == "twice":
        assert kept[0].repeats == 1
    if fault == "wrong_number":
        assert kept[0].order is None
