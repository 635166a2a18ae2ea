"""A visit is killed at each of its points; afterwards each order is in the bank's books once and answered once."""

from __future__ import annotations

import os
import re
import signal
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connections
from file_bank import BANK, PAPER, BankSide, bank_make, orders_make

from zhixing.gateway import front, hooks
from zhixing.gateway.models import Inbound, Order, Outbound, Package
from zhixing.kernel.clock import COURT_ZONE
from zhixing.platform import crashpoints, scope

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=COURT_ZONE)
POINTS = (
    "batches.control.built",
    "batches.control.committed",
    "batches.inquiry.built",
    "batches.inquiry.committed",
    "front.package.opened",
    "front.package.written",
    "front.package.delivered",
    "front.feedback.claimed",
    "files.control.kept",
    "files.control.committed",
    "files.inquiry.kept",
    "files.inquiry.committed",
    "front.feedback.kept",
    "front.receipt.written",
)


class Bank:
    """Books by batch and by request; a batch that came before is ignored, as the format has it."""

    def __init__(self, root: Path) -> None:
        self.side = BankSide(root)
        self.booked: list[str] = []
        self.batches: set[str] = set()
        self.repeated = 0

    def work(self) -> None:
        """Take what lies in the download folder and answer it."""
        for path in sorted((self.side.root / "download").glob("*QQ*.zip")):
            batch = path.name[21:51]
            numbers = re.findall(r' BDHM="(\d+)"', self.side.opened(path.name)["QA"])
            path.unlink()
            if batch in self.batches:
                self.repeated += 1
                continue
            self.batches.add(batch)
            self.booked += numbers
            if path.name.startswith("CX"):
                self.side.answer(batch, numbers, balance="1.00")
            else:
                for number in numbers:
                    self.side.froze(batch, number)


def killed_visit(point: str, moment: datetime) -> bool:
    """One visit in a process of its own that dies at the point. Whether it died there."""
    child = os.fork()
    if child == 0:
        # The parent's connection must neither be used nor closed here.
        kept = connections["default"].connection
        connections["default"].connection = None
        try:
            crashpoints.CRASH_AT = point
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            front.visit(BANK, moment=moment)
        finally:
            os._exit(0 if kept is not None else 1)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


@pytest.mark.timeout(240)
def test_each_order_reaches_the_books_once_and_each_answer_takes_effect_once(
    transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hooks, "_papers", [lambda ids: {PAPER.id: PAPER} if PAPER.id in ids else {}])
    with scope.system("test"):
        bank_make(tmp_path)
    bank, died, minute = Bank(tmp_path), [], 0
    (bank.side.root / "download").mkdir()
    for point in POINTS:
        with scope.system("test"):
            orders_make(2, NOON, kind="inquiry")
            orders_make(1, NOON, kind="control")
        for _ in range(3):
            minute += 1
            is_dead = killed_visit(point, NOON + timedelta(minutes=minute))
            bank.work()
            if is_dead:
                died.append(point)
                break
    for _ in range(4):
        minute += 1
        front.visit(BANK, moment=NOON + timedelta(minutes=minute))
        bank.work()

    assert died == list(POINTS)
    assert bank.repeated >= 1, "a package written twice is known again by its batch number"
    with scope.system("test"):
        numbers = sorted(Order.objects.values_list("request_no", flat=True))
        assert len(numbers) == 3 * len(POINTS)
        assert sorted(bank.booked) == numbers, "each order is in the books once"
        assert {order.state for order in Order.objects.all()} == {"answered"}
        accepted = Inbound.objects.filter(outcome="accepted").values_list("request_no", flat=True)
        assert sorted(accepted) == numbers, "each answer was accepted once"
        assert Inbound.objects.exclude(outcome="accepted").count() == 0
        assert {package.state for package in Package.objects.all()} == {"answered"}
        assert sorted(number for row in Outbound.objects.all() for number in row.requests) == numbers
        with connections["default"].cursor() as cursor:
            cursor.execute(
                "SELECT count(*), count(DISTINCT args ->> 'message_id') FROM procrastinate_jobs"
                " WHERE task_name = 'gateway.message_process'"
            )
            assert cursor.fetchone() == (len(numbers), len(numbers)), "each effect was queued once"
    for folder in ("download", "upload", "taken", "aside"):
        assert bank.side.names(folder) == []
