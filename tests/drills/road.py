"""The road from approved requests to booked money, with a death at each point. One point follows the other.

What can be seen at the moment of death is asserted here: before a commit nothing is there, behind it all of it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

import httpx
from drill_doomed import DoomedStack
from drill_stack import Players
from drill_visitor import PIN, Visitor

# Two cases share the road, so that each kind of message comes more than once.
CASES = (0, 3)
# In the order of the road: process, place. A place that comes twice is another kind of message the second time.
POINTS = (
    ("web", "acts.inquiry.release_batch.written"),
    ("web", "acts.inquiry.release_batch.committed"),
    ("web", "desk.list.inquiry"),
    ("web", "desk.papers.committed"),
    ("web", "inbox.inquiry.kept"),
    ("web", "inbox.inquiry.committed"),
    ("worker", "tasks.message.taken"),
    ("worker", "inbox.effect.written"),
    ("worker", "tasks.message.done"),
    ("worker", "notices.before_send"),
    ("worker", "notices.mail.sent"),
    ("worker", "notices.sms.sent"),
    ("web", "acts.control.freeze.written"),
    ("web", "acts.control.freeze.committed"),
    ("web", "desk.list.control"),
    ("web", "inbox.control.kept"),
    ("web", "inbox.control.committed"),
    ("worker", "inbox.effect.written"),
    ("web", "acts.funds.receive.written"),
    ("web", "acts.funds.receive.committed"),
    ("web", "acts.funds.book.written"),
    ("web", "acts.funds.book.committed"),
)

ORDERS = "SELECT count(*) FROM gateway_order WHERE kind = %s"
UNSEEN = "SELECT count(*) FROM gateway_order WHERE kind = %s AND state = 'queued'"
FETCHED = "SELECT count(*) FROM gateway_order WHERE state = 'fetched'"
KEPT = "SELECT count(*) FROM gateway_inbound i JOIN gateway_order o ON o.id = i.order_id WHERE o.kind = %s"
PROCESSED = "SELECT count(*) FROM gateway_inbound WHERE outcome = 'processed'"
# A job that a dead worker has in hand although its effect is committed.
DONE_UNMARKED = """SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing' AND (args ->> 'message_id')::bigint IN
    (SELECT id FROM gateway_inbound WHERE outcome = 'processed')"""
SETTLED = "SELECT count(*) FROM control_measure WHERE settled_at IS NOT NULL"
MARKED = "SELECT count(*) FROM platform_notice WHERE channel = %s AND sent_at IS NOT NULL"
LINES = "SELECT count(*) FROM funds_statement_line"
ENTRIES = "SELECT count(*) FROM funds_entry WHERE reason = %s"
BOOKED = "SELECT count(*) FROM funds_entry WHERE reason = 'book' AND case_id = %s"
UNDONE = "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND queueing_lock IS NULL"
PENDING = "SELECT id FROM acts_draft WHERE code = %s AND state = 'pending'"


@dataclass
class Road:
    """The walk so far. `go` leads on to the next point."""

    stack: DoomedStack
    players: Players
    cases: list[int] = field(default_factory=list)
    paid: dict[int, Decimal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Nothing is done before the first step."""
        self._walk = self._points()

    def go(self) -> tuple[str, str] | None:
        """Walk to the next point. None: the end, all processes live and nothing waits any more."""
        return next(self._walk, None)

    def _points(self) -> Iterator[tuple[str, str]]:
        for name in ("worker", "simworld"):
            self.stack.start(name, crash_at="tasks.message.taken" if name == "worker" else "")
        self.cases += [self.players.ask("approved", number=number) for number in CASES]
        self.stack.note("cases approved")
        yield from self._release()
        yield from self._answers()
        yield from self._effects()
        yield from self._freeze()
        yield from self._receipts()
        yield from self._arrivals()
        yield from self._booking()
        self._settle()

    def _dies(self, name: str, point: str) -> tuple[str, str]:
        self.stack.crashed(name, point)
        return name, point

    def _web_dies(self, point: str) -> tuple[str, str]:
        """A new web server that dies when the outside world brings it to the point."""
        self.stack.start("web", crash_at=point)
        return self._dies("web", point)

    # ── orders go out, answers come in ──────────────────────────────────────────────────────────────────────────────

    def _release(self) -> Iterator[tuple[str, str]]:
        """The second officer signs: first nothing left, then all left and he does not know it."""
        stack = self.stack
        stack.start("web", crash_at="acts.inquiry.release_batch.written")
        first, second = Visitor(stack.url, "dinghongliang"), Visitor(stack.url, "zhaoyu")
        chosen = [str(pk) for (pk,) in stack.rows("SELECT id FROM inquiry_request WHERE state = 'approved'")]
        assert len(chosen) >= len(CASES)
        first.post("/release/", requests=chosen, pin=PIN, checked="true")
        batch = f"/release/{stack.one(PENDING, 'inquiry.release_batch')}/"
        signed = second.form(batch, pin=PIN, checked="true", decision="sign")
        second.send_into_crash(batch, signed)
        at = self._dies("web", "acts.inquiry.release_batch.written")
        assert stack.one(ORDERS, "inquiry") == 0, "nothing has left"
        assert f"/release/{stack.one(PENDING, 'inquiry.release_batch')}/" == batch, (
            "the batch still waits for him"
        )
        yield at
        stack.start("web", crash_at="acts.inquiry.release_batch.committed")
        second.send_into_crash(batch, signed)
        at = self._dies("web", "acts.inquiry.release_batch.committed")
        assert stack.one(ORDERS, "inquiry") > 0
        assert stack.rows(PENDING, "inquiry.release_batch") == []
        yield at
        self.officer, self.batch = second, batch

    def _answers(self) -> Iterator[tuple[str, str]]:
        """List, papers, answers: the agencies lose the court in the middle of each."""
        stack = self.stack
        at = self._web_dies("desk.list.inquiry")
        assert stack.one(UNSEEN, "inquiry") == stack.one(ORDERS, "inquiry"), "no order counts as listed"
        yield at
        at = self._web_dies("desk.papers.committed")
        assert stack.one(FETCHED) > 0
        assert stack.one(KEPT, "inquiry") == 0
        yield at
        at = self._web_dies("inbox.inquiry.kept")
        assert stack.one(KEPT, "inquiry") == 0, "the answer is not ours yet"
        yield at
        at = self._web_dies("inbox.inquiry.committed")
        assert stack.one(KEPT, "inquiry") > 0
        assert told_accepted(stack, "deliveries") == 0, "no agency knows that its answer arrived"
        yield at
        stack.start("web", crash_at="acts.control.freeze.written")
        again = self.officer.page(self.batch)
        assert "签名并发出" not in again, "the batch left; it must not be offered again"

    def _effects(self) -> Iterator[tuple[str, str]]:
        """The worker dies with a message in hand, then with a notice in hand."""
        stack = self.stack
        at = self._dies("worker", "tasks.message.taken")
        assert stack.one(PROCESSED) == 0
        yield at
        stack.start("worker", crash_at="inbox.effect.written")
        at = self._dies("worker", "inbox.effect.written")
        assert stack.one(PROCESSED) == 0
        assert stack.one("SELECT count(*) FROM inquiry_answer") == 0, "half an effect is none"
        yield at
        stack.start("worker", crash_at="tasks.message.done")
        at = self._dies("worker", "tasks.message.done")
        assert stack.one(DONE_UNMARKED) > 0
        yield at
        stack.start("worker", crash_at="notices.before_send")
        at = self._dies("worker", "notices.before_send")
        assert stack.one("SELECT count(*) FROM platform_notice WHERE sent_at IS NULL") > 0
        yield at
        for channel, shown in (("mail", stack.mail), ("sms", stack.sms)):
            stack.start("worker", crash_at=f"notices.{channel}.sent")
            at = self._dies("worker", f"notices.{channel}.sent")
            assert len(shown()) > stack.one(MARKED, channel), "told, and not marked as told"
            yield at
        stack.start("worker")
        asked = stack.one("SELECT count(*) FROM inquiry_request WHERE case_id = ANY(%s)", self.cases)
        stack.until(
            lambda: stack.one("SELECT count(*) FROM inquiry_packet") == asked, "every request has its packet"
        )
        stack.until(lambda: stack.one(UNDONE) == 0, "every answer has its effect")

    # ── freezing ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _freeze(self) -> Iterator[tuple[str, str]]:
        """The chief approves: ruling, notices and orders all or nothing; then a list is lost."""
        stack = self.stack
        drafts = [self.players.ask("freeze_plan", case=case) for case in self.cases]
        chief, page = Visitor(stack.url, "liuzhenguo"), f"/approvals/{drafts[0]}/"
        approval = chief.form(page, decision="approve", opinion="同意")
        chief.send_into_crash(page, approval)
        at = self._dies("web", "acts.control.freeze.written")
        assert stack.one(ORDERS, "control") == 0, "nothing has left"
        assert len(stack.rows(PENDING, "control.freeze")) == len(drafts)
        yield at
        stack.start("web", crash_at="acts.control.freeze.committed")
        chief.send_into_crash(page, approval)
        at = self._dies("web", "acts.control.freeze.committed")
        assert stack.one(ORDERS, "control") > 0
        assert len(stack.rows(PENDING, "control.freeze")) == len(drafts) - 1
        yield at
        for draft in drafts[1:]:
            self.players.ask("decide", args=[draft, "liuzhenguo"])
        at = self._web_dies("desk.list.control")
        assert stack.one(UNSEEN, "control") == stack.one(ORDERS, "control")
        yield at
        self.chief, self.page = chief, page

    def _receipts(self) -> Iterator[tuple[str, str]]:
        """What was frozen is told: before our commit, behind it, and before it has its effect."""
        stack = self.stack
        stack.kill("worker")
        stack.start("worker", crash_at="inbox.effect.written")
        at = self._web_dies("inbox.control.kept")
        assert stack.one(KEPT, "control") == 0
        yield at
        at = self._web_dies("inbox.control.committed")
        assert stack.one(KEPT, "control") > 0
        yield at
        stack.start("web", crash_at="acts.funds.receive.written")
        assert "批准并用印" not in self.chief.page(self.page), "approved once, not offered again"
        at = self._dies("worker", "inbox.effect.written")
        assert stack.one(SETTLED) == 0
        yield at
        stack.start("worker")
        stack.until(
            lambda: stack.one("SELECT count(*) FROM control_measure WHERE settled_at IS NULL") == 0,
            "receipts",
        )

    # ── money ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _arrivals(self) -> Iterator[tuple[str, str]]:
        """The bank tells what it remitted, before and behind our commit."""
        stack = self.stack
        for case in self.cases:
            assert self.players.ask("transfer", case=case) > 0
        at = self._dies("web", "acts.funds.receive.written")
        assert stack.one(LINES) == stack.one(ENTRIES, "arrival") == 0
        yield at
        at = self._web_dies("acts.funds.receive.committed")
        assert stack.one(LINES) == stack.one(ENTRIES, "arrival") == stack.one(ENTRIES, "receive") > 0
        assert told_accepted(stack, "transfers") == 0, "the bank does not know that its line was taken"
        yield at
        stack.start("web", crash_at="acts.funds.book.written")
        deducting = "SELECT count(*) FROM control_measure WHERE state = 'deducting'"
        stack.until(lambda: stack.one(deducting) == 0, "every deduction is told")
        stack.until(
            lambda: remitted(stack.books()).keys() == received(stack).keys(), "every remittance is told"
        )

    def _booking(self) -> Iterator[tuple[str, str]]:
        """The cashier books the payment; his browser sends the same form again and again."""
        stack, case = self.stack, self.cases[0]
        payouts = {each: self.players.ask("payout", case=each) for each in self.cases}
        self.paid |= {each: Decimal(told["amount"]) for each, told in payouts.items()}
        cashier, page = Visitor(stack.url, "qinfang"), f"/funds/case/{case}/book/{payouts[case]['payout']}/"
        booking = cashier.form(page, voucher="HD20260001", paid_on=payouts[case]["day"])
        cashier.send_into_crash(page, booking)
        at = self._dies("web", "acts.funds.book.written")
        assert stack.one(BOOKED, case) == 0
        yield at
        stack.start("web", crash_at="acts.funds.book.committed")
        cashier.send_into_crash(page, booking)
        at = self._dies("web", "acts.funds.book.committed")
        assert stack.one(BOOKED, case) == 1
        yield at
        stack.start("web")
        assert cashier.send(page, booking).status_code == httpx.codes.FOUND, (
            "the same form: the first result again"
        )
        fresh = cashier.post(page, voucher="HD20260002", paid_on=payouts[case]["day"])
        assert fresh.status_code == httpx.codes.UNPROCESSABLE_ENTITY, "a new form: it is paid already"
        for other in self.cases[1:]:
            self.players.ask("book", case=other, payout=payouts[other]["payout"])

    def _settle(self) -> None:
        """Nothing waits any more: no answer, no notice, no job; the institutions have nothing left to send."""
        stack = self.stack
        stack.until(
            lambda: stack.one("SELECT count(*) FROM platform_notice WHERE sent_at IS NULL") == 0,
            "notices sent",
        )
        stack.until(lambda: stack.one(UNDONE) == 0, "no job left undone")
        stack.until(
            lambda: all(
                row["state"] == "done" for book in stack.books().values() for row in book["requests"]
            ),
            "the institutions have settled every request",
        )


def told_accepted(stack: DoomedStack, what: str) -> int:
    """How many messages or transfers the institutions believe to have arrived at the court."""
    rows = [row for book in stack.books().values() for row in book.get(what, [])]
    return sum(row["state"] in ("sent", "accepted") for row in rows)


def remitted(books: dict[str, dict[str, list[dict[str, object]]]]) -> dict[str, Decimal]:
    """What the banks sent to the court, by serial, in yuan."""
    rows = [row for book in books.values() for row in book.get("transfers", [])]
    return {str(row["serial"]): Decimal(str(row["amount_fen"])) / 100 for row in rows}


def received(stack: DoomedStack) -> dict[str, Decimal]:
    """What the court knows to have arrived, by the bank's serial, in yuan."""
    return dict(stack.rows("SELECT serial, amount FROM funds_statement_line"))
