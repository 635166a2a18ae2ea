"""Web and worker are killed at every point of the road; afterwards every order and every yuan is there exactly once.

Each kill is a SIGKILL at an exact place: before and after each send, commit and receipt. Afterwards everything is
counted from outside: in the books of the simulated institutions, on the phone, in the database's own rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from drill_doomed import DoomedStack
from drill_road import POINTS, PROCESSED, Road, received, remitted
from drill_stack import stack_made

# The first test waits for the installation, too; on a busy machine each start takes its time.
pytestmark = pytest.mark.timeout(420)


@pytest.fixture(scope="module")
def road() -> Iterator[Road]:
    """One installation and one walk for all points."""
    with stack_made(DoomedStack) as stack, stack.players() as players:
        yield Road(stack, players)


@pytest.fixture(scope="module")
def end(road: Road) -> Road:
    """The walk is over: every point was reached, all processes live, nothing waits any more."""
    while len(road.stack.died) < len(POINTS):
        assert road.go() is not None, f"the road ended at {road.stack.died[-1:]}"
    assert road.go() is None
    return road


@pytest.mark.parametrize("no", range(len(POINTS)), ids=[f"{process}:{point}" for process, point in POINTS])
def test_it_dies_there_with_all_or_nothing_written(road: Road, no: int) -> None:
    while len(road.stack.died) <= no:
        assert road.go() is not None, f"the road ended at {road.stack.died[-1:]}"
    assert road.stack.died[no] == POINTS[no]


def test_every_point_was_met_once_and_at_least_twelve(end: Road) -> None:
    assert tuple(end.stack.died) == POINTS
    assert len(POINTS) >= 12
    assert {process for process, _ in POINTS} == {"web", "worker"}


def test_every_order_is_in_one_institutions_books_once_and_answered_once(end: Road) -> None:
    stack = end.stack
    ours = {number for (number,) in stack.rows("SELECT request_no FROM gateway_order")}
    assert ours
    books = stack.books().values()
    theirs = Counter(row["request_no"] for book in books for row in book["requests"])
    assert theirs == dict.fromkeys(ours, 1)
    finals = Counter(row["request_no"] for book in books for row in book["deliveries"] if row["is_final"])
    assert finals == dict.fromkeys(ours, 1), "each request was answered by one message"
    kept = Counter(number for (number,) in stack.rows("SELECT request_no FROM gateway_inbound"))
    assert kept == dict.fromkeys(ours, 1), "each answer was kept once"
    assert stack.one(PROCESSED) == len(ours)


def test_every_order_was_asked_for_once(end: Road) -> None:
    """A second approval of the same paper would not be seen in a count of what is there anyway."""
    twice = """SELECT reference, agency_id FROM gateway_order WHERE kind = 'inquiry'
        GROUP BY 1, 2 HAVING count(*) > 1"""
    assert end.stack.rows(twice) == []


def test_every_answer_changed_the_case_once(end: Road) -> None:
    stack, inside = end.stack, end.players.ask("counted")
    assert sum(inside["told"].values()) > 0
    assert inside["told"] == inside["kept"], "each record told is one finding"
    asked = stack.one("SELECT count(*) FROM gateway_order WHERE kind = 'inquiry'")
    assert stack.rows("SELECT count(*), count(DISTINCT order_id) FROM inquiry_answer") == [(asked, asked)]
    requests = stack.one("SELECT count(*) FROM inquiry_request")
    packets = "SELECT count(*), count(DISTINCT request_id) FROM inquiry_packet"
    assert stack.rows(packets) == [(requests, requests)]
    assert stack.rows("SELECT finding_id FROM control_measure GROUP BY finding_id HAVING count(*) > 1") == []
    frozen = [row for book in stack.books().values() for row in book.get("freezes", []) if row["request_no"]]
    assert len(frozen) == stack.one("SELECT count(*) FROM control_measure WHERE category <> 'realty'")


def test_every_act_took_effect_once(end: Road) -> None:
    effects = """SELECT code, body::jsonb #>> '{draft}' FROM acts_entry WHERE kind = 'effect'
        GROUP BY 1, 2 HAVING count(*) > 1"""
    assert end.stack.rows(effects) == []
    without = """SELECT d.code FROM acts_draft d WHERE d.state = 'effective' AND NOT EXISTS
        (SELECT FROM acts_entry e WHERE e.kind = 'effect' AND e.body::jsonb #>> '{draft}' = d.id::text)"""
    assert end.stack.rows(without) == []


def test_every_yuan_arrived_once(end: Road) -> None:
    """Deducted = remitted = told = claimed, for each case."""
    stack = end.stack
    sent, told = remitted(stack.books()), received(stack)
    assert sent == told
    deducted = stack.one("SELECT sum(deducted) FROM control_measure")
    assert deducted == sum(sent.values()) > 0
    assert booked(stack, "arrival") == booked(stack, "receive") == (len(told), deducted)
    for case in end.cases:
        taken = stack.one("SELECT sum(deducted) FROM control_measure WHERE case_id = %s", case)
        assert booked(stack, "receive", case)[1] == taken


def test_every_payout_left_once(end: Road) -> None:
    for case in end.cases:
        assert booked(end.stack, "payout", case) == booked(end.stack, "book", case) == (1, end.paid[case])


def test_the_ledger_is_balanced(end: Road) -> None:
    uneven = "SELECT entry_id FROM funds_posting GROUP BY 1 HAVING sum(amount) <> 0"
    assert end.stack.rows(uneven) == []
    bare = "SELECT e.id FROM funds_entry e WHERE NOT EXISTS (SELECT FROM funds_posting p WHERE p.entry_id = e.id)"
    assert end.stack.rows(bare) == []


def test_every_notice_is_on_the_phone_or_in_the_mailbox_once(end: Road) -> None:
    stack = end.stack
    for channel, shown in (("sms", stack.sms()), ("mail", stack.mail())):
        sent = stack.one("SELECT count(*) FROM platform_notice WHERE channel = %s", channel)
        assert len(shown) == sent


def test_no_job_failed_and_no_message_is_set_apart(end: Road) -> None:
    lost = "SELECT task_name, status::text FROM procrastinate_jobs WHERE status IN ('failed', 'aborted', 'cancelled')"
    assert end.stack.rows(lost) == []
    assert end.stack.rows("SELECT outcome, problem FROM gateway_inbound WHERE outcome <> 'processed'") == []


def test_the_journal_verifies(end: Road) -> None:
    code, words = end.stack.run("journal")
    assert code == 0, words
    entries = end.stack.one("SELECT count(*) FROM acts_entry")
    assert entries > 0
    assert f"{entries} 条记录，0 处不符" in words


def booked(stack: DoomedStack, reason: str, case: int | None = None) -> tuple[int, Decimal]:
    """Entries of a reason and their sum in yuan, of one case or of all."""
    found: list[tuple[Any, ...]] = stack.rows(
        """SELECT count(*), coalesce(sum(amount), 0) FROM funds_entry e JOIN funds_posting p ON p.entry_id = e.id
        WHERE reason = %s AND amount > 0 AND (%s::bigint IS NULL OR e.case_id = %s)""",
        *(reason, case, case),
    )
    return found[0][0], found[0][1]
