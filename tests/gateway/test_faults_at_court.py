"""Each fault of the simulated agencies against our own court: a defined outcome, nothing lost, nothing twice."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.test import Client

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "inquiry"))

from inquiry_world import ABC, CCB, REALTY, world_make
from inquiry_world import World as Court

from simworld import World
from simworld.catalog import BY_KEY
from simworld.config import Credentials, Settings
from simworld.institutions.bank import Bank
from simworld.institutions.faults import CATALOGUE, FaultSettings
from simworld.institutions.realty import Realty
from zhixing.acts.models import Entry
from zhixing.gateway import inbox
from zhixing.gateway.models import Agency, Inbound, Order, OrderState
from zhixing.inquiry.models import Finding
from zhixing.kernel.clock import now
from zhixing.platform import scope

# What the court keeps of one request, in order of arrival. Not kept at all: what is larger than any message may be.
OUTCOMES = {
    "": ["processed"],
    "late": ["processed"],
    "twice": ["processed"],
    "empty": ["malformed", "processed"],
    "different_second": ["processed", "conflict"],
    "truncated": ["malformed", "processed"],
    "bad_charset": ["malformed", "processed"],
    "never": [],
    "wrong_number": ["unknown", "processed"],
    "bad_base64": ["malformed", "processed"],
    "huge": ["processed"],
    "slow_drip": ["processed"],
    "clock_skew": ["processed"],
}
# A message that is refused for its size is tried again each second; this is far beyond what it takes.
PATIENCE_SECONDS = 60.0
# Tried elsewhere: what a namesake's property does, a registry's correction, and a signature that does not hold.
ELSEWHERE = {"wrong_person", "rejected_later", "expired_key"}
KINDS = {"abc": (Bank, ABC), "ccb": (Bank, CCB), "realty": (Realty, REALTY)}
# One released request has orders at three agencies: two banks take two faults, the registry one of them.
_NAMES = [*OUTCOMES, ""] if len(OUTCOMES) % 2 else [*OUTCOMES]
TRIPLES = [
    (one, other, (other, one)[no % 2])
    for no, (one, other) in enumerate(zip(_NAMES[::2], _NAMES[1::2], strict=True))
]


@pytest.fixture
def court(db: None) -> Iterator[Court]:
    with scope.system("test"):
        yield world_make()


@pytest.fixture(scope="module")
def world() -> World:
    return World(seed=1, size=60)


def to_django(request: httpx.Request) -> httpx.Response:
    """The court's own address, without a socket in between."""
    answer = Client().post(request.url.path, data=request.read(), content_type="text/xml")
    return httpx.Response(answer.status_code, content=answer.content)


def client_made(key: str, order: Order, world: World, home: Path, fault: str) -> Any:
    kind, code = KINDS[key]
    agency, account = BY_KEY[key], Agency.objects.get(pk=code)
    faults = FaultSettings(
        scale=0.0,
        forced={order.request_no: fault},
        late_seconds=(0.0, 0.0),
        again_seconds=0.0,
        drip_seconds=0.1,
    )
    client = kind(
        agency,
        Credentials(
            code=code, name=agency.name, kind=agency.kind, username=account.username, password="test-only",
            statement_secret="s",
        ),
        court="http://court.test", home=home, world=world,
        settings=Settings(poll_seconds=0.0, delay_seconds=(0.0, 0.0), backoff_cap_seconds=0.01, faults=faults),
    )  # fmt: skip
    client.soap._client = httpx.Client(transport=httpx.MockTransport(to_django))
    return client


def work(client: Any, order: Order, *, rounds: int | None = None) -> None:
    """Let the agency work until this request is settled in its books (or so often), then every effect take place, twice."""
    until = time.monotonic() + PATIENCE_SECONDS
    for no in count():
        if no == rounds or time.monotonic() > until:
            break
        client.step()
        rows = client.books.rows("select state from requests where request_no = ?", order.request_no)
        if rows and rows[0]["state"] == "done":
            break
        time.sleep(0.01)
    for _ in range(2):
        for number in list(Inbound.objects.filter(outcome="accepted").values_list("pk", flat=True)):
            inbox.message_effect(number, moment=now())
    client.close()


def effects(order: Order) -> tuple[int, int]:
    """What an answer leaves behind in the case: findings and journal entries."""
    found = Finding.objects.filter(case_id=order.case_id).count()
    return found, Entry.objects.filter(case_id=order.case_id).count()


@pytest.mark.parametrize("faults", TRIPLES, ids="+".join)
def test_outcome_of_each_fault(
    faults: tuple[str, str, str], court: Court, world: World, tmp_path: Path
) -> None:
    reference = court.released().pk
    for key, fault in zip(KINDS, faults, strict=True):
        order = Order.objects.get(reference=reference, agency_id=KINDS[key][1], kind="inquiry")
        work(client_made(key, order, world, tmp_path, fault), order, rounds=8 if fault == "never" else None)
        judge(order, fault)


def judge(order: Order, fault: str) -> None:
    """What the court keeps of this agency's request, and that its effect happened once."""
    order.refresh_from_db()
    kept = Inbound.objects.filter(agency=order.agency_id).order_by("pk")
    assert [row.outcome for row in kept] == OUTCOMES[fault], fault
    if fault == "never":
        assert order.state in (OrderState.LISTED, OrderState.FETCHED)
        return
    assert order.state == OrderState.ANSWERED
    taken = kept.get(outcome="processed")
    assert taken.repeats == (1 if fault == "twice" else 0)
    assert abs(taken.received_at - now()) < timedelta(minutes=2)
    before = effects(order)
    inbox.message_effect(taken.pk, moment=now())
    assert effects(order) == before


def test_every_fault_of_the_catalogue_has_an_outcome() -> None:
    assert {fault.name for fault in CATALOGUE} == set(OUTCOMES) - {""} | ELSEWHERE


def test_faults_for_drills_never_come_by_chance() -> None:
    new = {"never", "wrong_number", "bad_base64", "huge", "slow_drip", "clock_skew", "expired_key"}
    assert {fault.name for fault in CATALOGUE if not fault.chance} == new
