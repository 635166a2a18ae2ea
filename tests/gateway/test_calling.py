"""The court calls a registry over real sockets: from order to answer, faults, limits, tokens, secrets."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from called_registry import (
    AGENCY,
    NAME,
    PAPER,
    PASSWORD,
    RESIDENT_ID,
    UNIT,
    agency_make,
    house_give,
    orders_make,
    registry_running,
)

from simworld import World
from simworld.institutions.called_realty import CalledRealty
from simworld.institutions.faults import FaultSettings
from zhixing.gateway import calling, hooks, inbox
from zhixing.gateway.adapters.caller import CallFault, caller_open, place_read
from zhixing.gateway.calling import Called
from zhixing.gateway.inbox import message_body
from zhixing.gateway.models import Agency, AgencyHealth, Inbound, Order, Outbound
from zhixing.kernel.clock import now
from zhixing.platform import files, scope

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "inquiry"))

NOON = now()


@pytest.fixture(scope="module")
def world() -> World:
    return World(seed=1, size=60)


@pytest.fixture(autouse=True)
def as_system(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(hooks, "_papers", [lambda ids: {PAPER.id: PAPER} if PAPER.id in ids else {}])
    monkeypatch.setattr(calling, "_tokens", {})
    with scope.system("test"):
        yield


@pytest.fixture
def registry(tmp_path: Path, world: World) -> Iterator[CalledRealty]:
    with registry_running(tmp_path, world) as running:
        house_give(running, NAME, RESIDENT_ID)
        agency_make(running.url, NOON)
        yield running


def visit(minutes: float = 0) -> Called:
    return calling.visit(AGENCY.code, moment=NOON + timedelta(minutes=minutes))


def test_an_inquiry_goes_out_and_its_answer_comes_in(registry: CalledRealty) -> None:
    [order] = orders_make(1, NOON)
    assert calling.agencies_called(moment=NOON) == [AGENCY.code]
    assert visit() == Called(answered=1)
    order.refresh_from_db()
    assert (order.state, order.listed_at, order.answered_at) == ("answered", NOON, NOON)
    message = Inbound.objects.get()
    assert (message.outcome, message.operation, message.request_no) == (
        "accepted",
        "inquiry",
        order.request_no,
    )
    result = message_body(message, order)
    assert [asset.detail.unit_no for asset in result.assets] == [UNIT]
    assert calling.agencies_called(moment=NOON) == []
    assert visit(1) == Called()


def test_a_seizure_is_in_the_books_once_however_often_it_is_sent(registry: CalledRealty) -> None:
    [order] = orders_make(1, NOON, kind="control")
    assert visit() == Called(answered=1)
    results, _ = message_body(Inbound.objects.get(), order)
    assert [(row.item_seq, row.is_done) for row in results] == [("1", True)]
    assert results[0].seizure_business_no.startswith("CF")
    Order.objects.filter(pk=order.pk).update(state="queued", not_before=None)
    assert visit(1).answered == 1
    assert len(registry.books.rows("select * from seizures where request_no = ?", order.request_no)) == 1
    assert registry.books.rows("select locked_by from units where number = ?", UNIT)[0]["locked_by"] == ""
    assert Inbound.objects.get().repeats == 1


def test_what_went_out_is_kept_without_secrets(registry: CalledRealty) -> None:
    [order] = orders_make(1, NOON, kind="control")
    visit()
    rows = list(Outbound.objects.order_by("pk"))
    assert [row.operation for row in rows] == ["lockUnit", "createSeizureCase", "unlockUnit"]
    assert all(row.requests == [order.request_no] for row in rows)
    token = next(iter(calling._tokens.values()))[0]
    for row in rows:
        content = files.get(row.sha256)
        assert PASSWORD.encode() not in content and token.encode() not in content
    raw = files.get(Inbound.objects.get().sha256)
    assert PASSWORD.encode() not in raw and token.encode() not in raw


def test_an_expired_token_is_fetched_again_and_a_wrong_password_is_a_failure(registry: CalledRealty) -> None:
    orders_make(1, NOON)
    visit()
    registry.tokens.clear()
    orders_make(1, NOON)
    assert visit(1) == Called(answered=1)
    registry.tokens.clear()
    calling._tokens.clear()
    agency = Agency.objects.get(pk=AGENCY.code)
    agency.settings = {**agency.settings, "username": "nobody"}
    agency.save()
    [order] = orders_make(1, NOON)
    done = visit(2)
    assert (done.answered, done.put_off) == (0, 1)
    order.refresh_from_db()
    assert order.state == "queued" and order.attempts == 1
    assert order.not_before is not None and order.not_before > NOON + timedelta(minutes=2)


def test_an_agency_that_is_away_opens_the_circuit_and_loses_nothing(registry: CalledRealty) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    Agency.objects.filter(pk=AGENCY.code).update(endpoint=f"http://127.0.0.1:{port}")
    orders_make(12, NOON)
    done = visit()
    assert done.answered == 0 and "连不上" in done.fault
    health = AgencyHealth.objects.get(pk=AGENCY.code)
    assert health.closed_until is not None and health.closed_until > NOON
    assert visit(0.001) == Called()
    Agency.objects.filter(pk=AGENCY.code).update(endpoint=registry.url)
    answered = sum(visit(minutes).answered for minutes in range(70, 90))
    assert answered == 12


# What the court keeps, in order of arrival, when the order was tried until it was answered.
KEPT = {
    "late": ["malformed", "accepted"],
    "empty": ["malformed", "accepted"],
    "truncated": ["malformed", "accepted"],
    "bad_charset": ["malformed", "accepted"],
    "bad_base64": ["malformed", "accepted"],
    "wrong_number": ["malformed", "accepted"],
    "huge": ["accepted"],
    "slow_drip": ["accepted"],
    "never": [],
    "": ["accepted"],
}


@pytest.mark.parametrize("fault", KEPT)
def test_each_fault_of_the_catalogue_has_an_outcome(
    fault: str, tmp_path: Path, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    [order] = orders_make_for(tmp_path, fault)
    forced = FaultSettings(scale=0.0, forced={order.request_no: fault}, huge_bytes=100_000, drip_seconds=3.0)
    monkeypatch.setattr(inbox, "MOST_BYTES", 90_000)
    with registry_running(tmp_path, world, faults=forced) as running:
        house_give(running, NAME, RESIDENT_ID)
        Agency.objects.filter(pk=AGENCY.code).update(
            endpoint=running.url, settings={"username": "court", "seconds": 1}
        )
        for hour in range(4):
            visit(hour * 60)
    assert list(Inbound.objects.order_by("pk").values_list("outcome", flat=True)) == KEPT[fault]
    order.refresh_from_db()
    assert order.state == ("queued" if fault == "never" else "answered")


def orders_make_for(home: Path, fault: str) -> list[Order]:
    agency_make("http://127.0.0.1:9", NOON)
    return orders_make(1, NOON)


def test_from_release_to_finding(registry: CalledRealty) -> None:
    from inquiry_world import REALTY, world_make

    from zhixing.gateway.agencies import outgoing_add
    from zhixing.inquiry.models import Finding

    court = world_make()
    agency = Agency.objects.get(pk=REALTY)
    agency.profile, agency.endpoint, agency.settings = "realty-rest-json", registry.url, {"username": "court"}
    agency.save()
    outgoing_add(agency, PASSWORD, moment=NOON)
    request = court.released()
    order = Order.objects.get(reference=request.pk, agency_id=REALTY)
    content = calling.errands_of([order], agency)[order.request_no].request
    house_give(registry, content.subject.name, content.subject.id_no, "130983000001GB00001F00010202")
    assert calling.visit(REALTY, moment=now()).answered == 1
    for _ in range(2):
        for number in list(Inbound.objects.filter(outcome="accepted").values_list("pk", flat=True)):
            inbox.message_effect(number, moment=now())
    [found] = Finding.objects.filter(case_id=court.case.pk)
    assert found.order_id == order.pk


# --- limits of the adapter -----------------------------------------------------------------------------------


def serve(answer: bytes, *, pause: float = 0.0) -> str:
    """One connection that is answered by these bytes, one by one with a pause."""
    server = socket.create_server(("127.0.0.1", 0))

    def run() -> None:
        peer, _ = server.accept()
        with peer, server:
            peer.recv(65536)
            try:
                if not pause:
                    peer.sendall(answer)
                for no in range(len(answer) if pause else 0):
                    peer.sendall(answer[no : no + 1])
                    threading.Event().wait(pause)
            except OSError:
                return

    threading.Thread(target=run, daemon=True).start()
    return f"http://127.0.0.1:{server.getsockname()[1]}"


OK = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    ("answer", "pause", "told"),
    [
        (OK + b"X-A: " + b"a" * 500 + b"\r\n\r\n", 0.02, "没有答完"),
        (OK + b"Content-Length: 500\r\n\r\n" + b"b" * 500, 0.02, "没有答完"),
        (OK + b"Content-Length: 5000\r\n\r\n" + b"b" * 5000, 0, "超过"),
        (OK + b"Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc", 0, "压缩"),
        (b"garbage\r\n\r\n", 0, "连不上"),
        (OK + b"Content-Length: 500\r\n\r\nshort", 0, "连不上"),
    ],
)
def test_slow_huge_packed_and_broken_answers_end(answer: bytes, pause: float, told: str) -> None:
    place = place_read(serve(answer, pause=pause), {"seconds": 1}, most=2000)
    with caller_open(place) as caller, pytest.raises(CallFault, match=told):
        caller.call("POST", "/x", {}, b"{}")


@pytest.mark.parametrize(
    ("endpoint", "settings"),
    [
        ("http://registry.example/x", {}), ("ftp://registry.example", {}), ("https://", {}), ("https://a:x/", {}),
        ("https://u:p@registry.example", {}), ("https://registry.example", {"seconds": "0"}),
        ("https://registry.example", {"seconds": "many"}), ("https://registry.example", {"seconds": 900}),
    ],
)  # fmt: skip
def test_addresses_that_are_none_are_told(endpoint: str, settings: dict[str, object]) -> None:
    with pytest.raises(CallFault):
        place_read(endpoint, settings, most=1)


def test_a_certificate_file_that_is_missing_is_told() -> None:
    place = place_read("https://registry.example", {"ca": "/nowhere/ca.pem"}, most=1)
    with pytest.raises(CallFault, match="证书"), caller_open(place):
        pass
