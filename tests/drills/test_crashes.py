"""The road from approved requests to booked money, with the web and the worker killed at fifteen points.

Each kill is a SIGKILL at an exact place: before and after each send, commit and receipt. Afterwards everything is
counted from outside: in the books of the simulated institutions, on the phone, in the database's own rows.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from drill_stack import Players, Stack, stack_made
from drill_visitor import PIN, Visitor

pytestmark = [pytest.mark.drill, pytest.mark.slow, pytest.mark.timeout(420)]

# Two cases share the road, so that each kind of message comes more than once.
CASES = (0, 3)
PROCESSED = "SELECT count(*) FROM gateway_inbound WHERE outcome = 'processed'"
UNDONE = "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND queueing_lock IS NULL"


def test_killed_at_every_point_everything_is_there_exactly_once() -> None:
    with stack_made() as stack, stack.players() as players:
        cases = [players.ask("approved", number=number) for number in CASES]
        stack.note("cases approved")
        _inquire(stack, cases)
        _freeze(stack, players, cases)
        _deduct(stack, players, cases)
        paid = {case: Decimal(players.ask("pay", case=case)) for case in cases}
        _settled(stack)
        inside = players.ask("verify")
        _orders_once(stack, inside)
        _money_once(stack, cases, paid)
        _notices_once(stack)
        assert inside["faults"] == 0
        assert inside["entries"] == stack.one("SELECT count(*) FROM acts_entry")


# ── the road ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _inquire(stack: Stack, cases: list[int]) -> None:
    """Release, list, papers, answers: points 1 to 8, and 12 for the packets' notices."""
    stack.start("worker", crash_at="tasks.message.taken")
    stack.start("simworld")
    stack.start("web", crash_at="acts.inquiry.release_batch.committed")
    batch = _first_signature(stack)
    second = Visitor(stack.url, "zhaoyu")
    signed = {"page": batch, "pin": PIN, "checked": "true", "decision": "sign"}
    # 1  committed, never answered: the officer does not know whether it left
    second.post_into_crash(batch, **signed)
    stack.crashed("web", "acts.inquiry.release_batch.committed")
    # 2  while an agency is given its list, before our commit; 3  papers handed out, commit done, answer lost
    for point in (
        "desk.list.inquiry",
        "desk.papers.committed",
        "inbox.inquiry.kept",
        "inbox.inquiry.committed",
    ):
        # 4  an answer is stored, not committed; 5  committed, and the agency never hears so
        stack.start("web", crash_at=point)
        stack.crashed("web", point)
    stack.start("web", crash_at="acts.control.freeze.committed")
    assert "签名并发出" not in second.page_again(batch), "the batch left; it must not be offered again"
    # 6  a message waits, its job just begun; 7  effect written, not committed; 8  committed, job not marked done
    for point in ("tasks.message.taken", "inbox.effect.written", "tasks.message.done"):
        stack.crashed("worker", point)
        following = {
            "tasks.message.taken": "inbox.effect.written",
            "inbox.effect.written": "tasks.message.done",
        }
        stack.start("worker", crash_at=following.get(point, "notices.before_send"))
    # 12  a notice about to leave; a notice that left and is not marked
    stack.crashed("worker", "notices.before_send")
    stack.start("worker", crash_at="notices.sent")
    stack.crashed("worker", "notices.sent")
    stack.start("worker")
    asked = stack.one("SELECT count(*) FROM inquiry_request WHERE case_id = ANY(%s)", cases)
    stack.until(
        lambda: stack.one("SELECT count(*) FROM inquiry_packet") == asked, "every request has its packet"
    )


def _first_signature(stack: Stack) -> str:
    """The first officer chooses everything and signs. Returns the address of the batch."""
    first = Visitor(stack.url, "dinghongliang")
    chosen = [str(pk) for (pk,) in stack.rows("SELECT id FROM inquiry_request WHERE state = 'approved'")]
    assert len(chosen) >= len(CASES)
    first.post("/release/", page="/release/", requests=chosen, pin=PIN, checked="true")
    return f"/release/{stack.one(_PENDING, 'inquiry.release_batch')}/"


_PENDING = "SELECT id FROM acts_draft WHERE code = %s AND state = 'pending'"


def _freeze(stack: Stack, players: Players, cases: list[int]) -> None:
    """Points 9 and 10: the freeze is approved, the banks answer."""
    drafts = [players.ask("freeze_plan", case=case) for case in cases]
    chief = Visitor(stack.url, "liuzhenguo")
    # 9  ruling sealed, orders written and committed; the chief sees an error page
    chief.post_into_crash(
        f"/approvals/{drafts[0]}/", page=f"/approvals/{drafts[0]}/", decision="approve", opinion="同意"
    )
    stack.crashed("web", "acts.control.freeze.committed")
    for draft in drafts[1:]:
        players.ask("decide", args=[draft, "liuzhenguo"])
    # 10  a control answer before and after our commit
    for point in ("inbox.control.kept", "inbox.control.committed"):
        stack.start("web", crash_at=point)
        stack.crashed("web", point)
    stack.start("web", crash_at="acts.funds.receive.written")
    assert "批准并用印" not in chief.page_again(f"/approvals/{drafts[0]}/"), (
        "approved once, not offered again"
    )
    stack.until(
        lambda: stack.one("SELECT count(*) FROM control_measure WHERE settled_at IS NULL") == 0, "receipts"
    )


def _deduct(stack: Stack, players: Players, cases: list[int]) -> None:
    """Point 11: the bank tells what it remitted, before and after our commit."""
    for case in cases:
        assert players.ask("transfer", case=case) > 0
    stack.crashed("web", "acts.funds.receive.written")
    stack.start("web", crash_at="acts.funds.receive.committed")
    stack.crashed("web", "acts.funds.receive.committed")
    stack.start("web")
    deducting = "SELECT count(*) FROM control_measure WHERE state = 'deducting'"
    stack.until(lambda: stack.one(deducting) == 0, "every deduction is told")
    stack.until(
        lambda: _remitted(stack.books()).keys() == _received(stack).keys(), "every remittance is told"
    )


def _settled(stack: Stack) -> None:
    """Nothing waits any more: no answer, no notice, no job; the institutions have nothing left to send."""
    stack.until(
        lambda: stack.one("SELECT count(*) FROM platform_notice WHERE sent_at IS NULL") == 0, "notices sent"
    )
    stack.until(lambda: stack.one(UNDONE) == 0, "no job left undone")
    assert stack.one("SELECT count(*) FROM procrastinate_jobs WHERE status IN ('failed', 'aborted')") == 0
    assert stack.one("SELECT count(*) FROM gateway_inbound WHERE outcome <> 'processed'") == 0
    stack.until(
        lambda: all(row["state"] == "done" for book in stack.books().values() for row in book["requests"]),
        "the institutions have settled every request",
    )


# ── the count ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _orders_once(stack: Stack, inside: dict[str, Any]) -> None:
    """Every order is in exactly one institution's books, answered once, with effect once."""
    ours = {number for (number,) in stack.rows("SELECT request_no FROM gateway_order")}
    theirs = Counter(row["request_no"] for book in stack.books().values() for row in book["requests"])
    assert theirs == dict.fromkeys(ours, 1)
    finals = Counter(
        row["request_no"] for book in stack.books().values() for row in book["deliveries"] if row["is_final"]
    )
    assert finals == dict.fromkeys(ours, 1), "each request was answered by one message"
    assert stack.one(PROCESSED) == len(ours)
    assert inside["told"] == inside["kept"], "each record told is one finding"
    asked = stack.one("SELECT count(*) FROM gateway_order WHERE kind = 'inquiry'")
    assert stack.rows("SELECT count(*), count(DISTINCT order_id) FROM inquiry_answer") == [(asked, asked)]
    requests = stack.one("SELECT count(*) FROM inquiry_request")
    assert stack.rows("SELECT count(*), count(DISTINCT request_id) FROM inquiry_packet") == [
        (requests, requests)
    ]
    assert stack.rows("SELECT finding_id FROM control_measure GROUP BY finding_id HAVING count(*) > 1") == []
    effects = "SELECT code, body::jsonb #>> '{draft}' FROM acts_entry WHERE kind = 'effect' GROUP BY 1, 2 HAVING count(*) > 1"
    assert stack.rows(effects) == [], "each act took effect once"
    frozen = [row for book in stack.books().values() for row in book.get("freezes", []) if row["request_no"]]
    assert len(frozen) == stack.one("SELECT count(*) FROM control_measure WHERE category <> 'realty'")


def _money_once(stack: Stack, cases: list[int], paid: dict[int, Decimal]) -> None:
    """Deducted = remitted = told = claimed, for each case; the payout left once."""
    remitted, received = _remitted(stack.books()), _received(stack)
    assert remitted == received
    deducted = stack.one("SELECT sum(deducted) FROM control_measure")
    assert deducted == sum(remitted.values()) > 0
    assert (
        stack.one(
            "SELECT count(*) FROM (SELECT entry_id FROM funds_posting GROUP BY 1 HAVING sum(amount) <> 0) x"
        )
        == 0
    )
    by_reason = "SELECT count(*), coalesce(sum(amount), 0) FROM funds_entry e JOIN funds_posting p ON p.entry_id = e.id WHERE"
    lines = len(received)
    assert stack.rows(f"{by_reason} reason = 'arrival' AND amount > 0") == [(lines, deducted)]
    assert stack.rows(f"{by_reason} reason = 'receive' AND amount > 0") == [(lines, deducted)]
    for case in cases:
        taken = stack.one("SELECT sum(deducted) FROM control_measure WHERE case_id = %s", case)
        assert (
            stack.rows(f"{by_reason} reason = 'receive' AND amount > 0 AND e.case_id = %s", case)[0][1]
            == taken
        )
        booked = stack.rows(f"{by_reason} reason = 'book' AND amount > 0 AND e.case_id = %s", case)
        assert booked == [(1, paid[case])]


def _remitted(books: dict[str, dict[str, list[dict[str, Any]]]]) -> dict[str, Decimal]:
    """What the banks sent to the court, by serial, in yuan."""
    rows = [row for book in books.values() for row in book.get("transfers", [])]
    return {row["serial"]: Decimal(row["amount_fen"]) / 100 for row in rows}


def _received(stack: Stack) -> dict[str, Decimal]:
    """What the court knows to have arrived, by the bank's serial, in yuan."""
    return dict(stack.rows("SELECT serial, amount FROM funds_statement_line"))


def _notices_once(stack: Stack) -> None:
    """What was sent again after a crash is on the phone and in the mailbox once."""
    for channel, shown in (("sms", stack.sms()), ("mail", stack.mail())):
        assert len(shown) == stack.one("SELECT count(*) FROM platform_notice WHERE channel = %s", channel)
