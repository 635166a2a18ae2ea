"""Random kills over a stream of orders: nothing is lost, nothing is doubled, and the journal verifies.

`make storm KILLS=1000 SEED=…` runs it; it is no part of `make test`. One JSON line tells what happened.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from typing import ClassVar

import pytest
from drill_doomed import DoomedStack
from drill_stack import stack_made
from drill_storm import Storm

KILLS, SEED = int(os.environ.get("KILLS", "25")), int(os.environ.get("SEED", "20261124"))
pytestmark = [pytest.mark.storm, pytest.mark.timeout(600 + 5 * KILLS)]


class StormyStack(DoomedStack):
    """All agencies that call or exchange files."""

    founding: ClassVar[str] = "found_all"


@pytest.fixture(scope="module")
def storm() -> Iterator[Storm]:
    """The storm is over, everything has come to rest."""
    with stack_made(StormyStack) as stack, stack.players() as players:
        found = Storm(stack, players, SEED)
        found.rage(KILLS)
        yield found


def test_as_many_kills_as_asked_and_of_every_process(storm: Storm) -> None:
    assert sum(storm.kills.values()) >= KILLS
    if KILLS >= 25:
        assert set(storm.kills) == {"web", "web child", "worker", "simworld", "database", "backend"}
    assert len(storm.cases) == len(set(storm.cases)) == storm.stack.one("SELECT count(*) FROM cases_case")


def test_every_order_is_in_one_agencys_books_once_and_took_effect_once(storm: Storm) -> None:
    stack = storm.stack
    ours = {number for (number,) in stack.rows("SELECT request_no FROM gateway_order")}
    theirs = Counter(row["request_no"] for book in stack.books().values() for row in book["requests"])
    effects = Counter(
        number
        for (number,) in stack.rows("SELECT request_no FROM gateway_inbound WHERE outcome = 'processed'")
    )
    lost = [number for number in ours if not theirs[number] or not effects[number]]
    doubled = [number for number in ours if theirs[number] > 1 or effects[number] > 1]
    told = {
        "figure": "storm", "seed": SEED, "kills": sum(storm.kills.values()), "by": dict(storm.kills),
        "started_again": dict(storm.restarts), "cases": len(storm.cases), "orders": len(ours),
        "messages": stack.one("SELECT count(*) FROM gateway_inbound"),
        "repeated_by_agencies": stack.one("SELECT coalesce(sum(repeats), 0) FROM gateway_inbound"),
        "lost": len(lost), "doubled": len(doubled), "seconds": round(storm.seconds),
    }  # fmt: skip
    print(json.dumps(told, default=int), flush=True)
    assert ours
    assert (lost, doubled) == ([], [])
    assert set(theirs) == ours, "no agency knows an order that the court does not"
    twice = "SELECT reference, agency_id FROM gateway_order WHERE kind = 'inquiry' GROUP BY 1, 2 HAVING count(*) > 1"
    assert stack.rows(twice) == []


def test_every_answer_changed_its_case_once(storm: Storm) -> None:
    inside, stack = storm.players.ask("counted"), storm.stack
    assert sum(inside["told"].values()) > 0
    assert inside["told"] == inside["kept"]
    asked = stack.one("SELECT count(*) FROM gateway_order WHERE kind = 'inquiry'")
    assert stack.rows("SELECT count(*), count(DISTINCT order_id) FROM inquiry_answer") == [(asked, asked)]
    requests = stack.one("SELECT count(*) FROM inquiry_request")
    packets = "SELECT count(*), count(DISTINCT request_id) FROM inquiry_packet"
    assert stack.rows(packets) == [(requests, requests)]
    assert stack.rows("SELECT finding_id FROM control_measure GROUP BY 1 HAVING count(*) > 1") == []
    effects = """SELECT code, body::jsonb #>> '{draft}' FROM acts_entry WHERE kind = 'effect'
        GROUP BY 1, 2 HAVING count(*) > 1"""
    assert stack.rows(effects) == []


def test_nothing_is_set_apart_and_no_job_failed(storm: Storm) -> None:
    apart = "SELECT profile, outcome, problem FROM gateway_inbound WHERE outcome <> 'processed'"
    assert storm.stack.rows(apart) == []
    failed = "SELECT task_name, status::text FROM procrastinate_jobs WHERE status = 'failed' AND queueing_lock IS NULL"
    assert storm.stack.rows(failed) == []


def test_the_bytes_of_every_message_are_kept(storm: Storm) -> None:
    """Digest in the register, bytes in the store: the store names a file by its digest."""
    for (sha256,) in storm.stack.rows("SELECT DISTINCT sha256 FROM gateway_inbound"):
        assert list(storm.stack.runtime.home.rglob(f"{sha256}*")), sha256


def test_the_journal_verifies(storm: Storm) -> None:
    code, words = storm.stack.run("journal")
    assert code == 0, words
    assert "0 处不符" in words
