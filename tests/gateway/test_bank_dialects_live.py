"""Older generations of the bank format from end to end over a socket: listed, papers asked for, answered, read."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from order_rows import KEY, agency_make

from simworld import World
from simworld.catalog import BY_KEY
from simworld.config import Credentials, Settings
from simworld.institutions.bank import Bank
from simworld.institutions.faults import FaultSettings
from zhixing.gateway.domain.canonical import InquiryScope, Request, Subject
from zhixing.gateway.domain.values import Coded
from zhixing.gateway.inbox import message_body
from zhixing.gateway.models import Inbound, Order
from zhixing.gateway.outbox import NewOrder, orders_write
from zhixing.kernel.clock import now
from zhixing.platform import files, scope
from zhixing.platform.crypto import new_subject


@pytest.fixture(scope="module")
def world() -> World:
    return World(seed=1, size=120)


@pytest.fixture
def system(db: None) -> Iterator[None]:
    with scope.system("test"):
        yield


@pytest.fixture
def door() -> Iterator[HTTPServer]:
    """A port whose calls are served by this thread, one by one, so that they see the test's transaction."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args: Any) -> None:
            pass

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = Client().post(self.path, data=body, content_type="text/xml")
            self.send_response(answer.status_code)
            self.send_header("Content-Type", answer.headers["Content-Type"])
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.timeout = 0.1
    yield server
    server.server_close()


def served(door: HTTPServer, work: Any) -> None:
    """Do work in another thread and serve its calls."""
    failures: list[BaseException] = []

    def guarded() -> None:
        try:
            work()
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=guarded, daemon=True)
    thread.start()
    while thread.is_alive():
        door.handle_request()
    thread.join()
    assert not failures, failures


def order_about(agency: str, name: str, number: str) -> Order:
    content = Request(
        subject=Subject(name=name, id_type=Coded.of("resident_id"), id_no=number), scope=InquiryScope()
    )
    new = NewOrder(
        agency_code=agency, kind="inquiry", case_id=1, court_key=KEY, reference=uuid.uuid4(), document_no="WS20260001",
        documents=[], officers=[], subject=new_subject(), content=content,
    )  # fmt: skip
    return orders_write([new], moment=now())[0]


@pytest.mark.parametrize("dialect", ["2016", "point_to_point", "2017plus"])
def test_a_bank_of_each_generation_works_unchanged(
    system: None, door: HTTPServer, world: World, tmp_path: Path, dialect: str
) -> None:
    agency = agency_make(kind="bank", profile="bank-soap-gbk", dialect=dialect)
    bank = BY_KEY["abc"]
    credentials = Credentials(
        code=agency.pk, name=bank.name, kind="bank", username=agency.username, password="test-only",
        statement_secret="s", dialect=dialect,
    )  # fmt: skip
    settings = Settings(
        poll_seconds=0.0, delay_seconds=(0.0, 0.0), backoff_cap_seconds=0.01, faults=FaultSettings(scale=0.0)
    )
    court = f"http://127.0.0.1:{door.server_port}"
    client = Bank(bank, credentials, court=court, home=tmp_path, world=world, settings=settings)
    wealth = next(
        a for a in world.accounts if a.bank == "abc" and a.kind == "wealth" and not a.holder_id[:1].isalpha()
    )
    owner = world.owner(wealth.owner)
    order = order_about(agency.pk, owner.name, owner.resident_id)
    looked, asked = [], client.refusal_of

    def without_papers(taken: Any) -> str:
        looked.append(asked(taken))
        return ""

    client.refusal_of = without_papers

    def work() -> None:
        for _ in range(3):
            client.step()
        client.close()

    served(door, work)
    # The papers were asked for under this dialect's own operation; this order has none.
    assert looked == ["无法律文书"]
    message = Inbound.objects.get(order=order)
    assert message.outcome == "accepted", message.problem
    result = message_body(message, order)
    assert result.outcome == "found"
    held = [holding for asset in result.assets for holding in asset.holdings]
    assert held
    assert all(bool(item.detail.wealth_account) is (dialect == "2017plus") for item in held)
    flags = {asset.detail.point_to_point_flag for asset in result.assets}
    assert flags == ({"0"} if dialect == "point_to_point" else {""})
    assert not any(asset.ext for asset in result.assets)
    assert files.get(message.sha256)
