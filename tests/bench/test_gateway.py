"""Messages of the agencies: decoded in a process, lists and papers asked over a real socket."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import psycopg
import pytest
from bench_demo import Demo
from bench_figures import figure, report

from simworld.institutions import wire_bank
from simworld.institutions.bank import PATH
from simworld.institutions.soap import SoapCaller

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]

REQUESTS = 60
RUNS = (1, 4)


def test_feedback_decoded_and_screened(demo: Demo) -> None:
    report(demo.inside("feedback"))


def test_lists_and_papers_over_a_socket(demo: Demo) -> None:
    report(_socket_figures(demo))


def _socket_figures(demo: Demo) -> Iterator[dict[str, Any]]:
    agency, number = _order(demo)
    told = json.loads((demo.runtime.world_dir / "config.json").read_text())
    row = next(row for row in told["agencies"] if row["code"] == agency)
    marker = wire_bank.user_marker(row["username"], row["password"])

    def pair(caller: SoapCaller) -> None:
        """What an agency does for one request: the list, then its papers."""
        wire_bank.decode_message(caller.call("getXzcxList", {"arg0": marker}))
        papers = caller.call("cxwsInfo", {"arg0": marker, "arg1": number})
        assert wire_bank.decode_message(papers).children

    for width in RUNS:
        rate = 2 * _rate(lambda: SoapCaller(demo.runtime.web_url + PATH, wire_bank.NAMESPACE), pair, width)
        bare = _rate(lambda: httpx.Client(trust_env=False), lambda c: _healthy(c, demo), width)
        yield figure(
            f"list and papers over a socket, {width} at once", rate, "requests/s", peer=bare,
            peer_is="health answer over a socket", requests=2 * REQUESTS,
        )  # fmt: skip


def _healthy(client: httpx.Client, demo: Demo) -> None:
    client.get(f"{demo.runtime.web_url}/healthz").raise_for_status()


def _rate(client: Callable[[], Any], work: Callable[[Any], None], width: int) -> float:
    """Pieces of work a second by so many callers at once, each with a connection of its own."""

    def serve(caller: Any) -> None:
        for _ in range(REQUESTS // width):
            work(caller)

    callers = [client() for _ in range(width)]
    for caller in callers:
        work(caller)
    began = time.perf_counter()
    with ThreadPoolExecutor(width) as pool:
        list(pool.map(serve, callers))
    taken = time.perf_counter() - began
    for caller in callers:
        caller.close()
    return REQUESTS // width * width / taken


def _order(demo: Demo) -> tuple[str, str]:
    """An inquiry already sent to a bank: agency and document number."""
    with psycopg.connect(**demo.runtime.owner_dsn()) as owner:
        found = owner.execute(
            "SELECT o.agency_id, o.document_no FROM gateway_order o JOIN gateway_agency a ON a.code = o.agency_id"
            " WHERE a.kind = 'bank' AND o.kind = 'inquiry' AND o.document_no <> '' ORDER BY o.queued_at DESC LIMIT 1"
        ).fetchone()
    assert found is not None
    return found
