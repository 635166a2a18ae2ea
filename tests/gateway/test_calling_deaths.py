"""A visit to a called agency is killed at each of its points; afterwards each order is booked once and answered once."""

from __future__ import annotations

import os
import signal
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from called_registry import (
    AGENCY,
    NAME,
    PAPER,
    RESIDENT_ID,
    agency_make,
    house_give,
    orders_make,
    registry_running,
)
from django.db import connections

from simworld import World
from zhixing.gateway import calling, hooks
from zhixing.gateway.models import Inbound, Order, Outbound
from zhixing.kernel.clock import now
from zhixing.platform import crashpoints, scope

NOON = now()
POINTS = (
    "calling.committed",
    "calling.claimed",
    "calling.recorded",
    "calling.answered",
    "inbox.control.kept",
    "inbox.control.committed",
    "inbox.inquiry.kept",
    "inbox.inquiry.committed",
    "calling.taken",
)


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
            calling.visit(AGENCY.code, moment=moment)
        finally:
            os._exit(0 if kept is not None else 1)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


@pytest.mark.timeout(240)
def test_each_order_is_in_the_books_once_and_each_answer_takes_effect_once(
    transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hooks, "_papers", [lambda ids: {PAPER.id: PAPER} if PAPER.id in ids else {}])
    monkeypatch.setattr(calling, "_tokens", {})
    units = [f"130983000001GB00001F0001{no:04d}" for no in range(len(POINTS))]
    with registry_running(tmp_path, World(seed=1, size=60)) as registry:
        with scope.system("test"):
            agency_make(registry.url, NOON)
        died, minute = [], 0
        for point, unit in zip(POINTS, units, strict=True):
            house_give(registry, NAME, RESIDENT_ID, unit)
            with scope.system("test"):
                orders_make(2, NOON)
                orders_make(1, NOON, kind="control", unit=unit)
            minute += 10
            if killed_visit(point, NOON + timedelta(minutes=minute)):
                died.append(point)
        for _ in range(4):
            minute += 10
            calling.visit(AGENCY.code, moment=NOON + timedelta(minutes=minute))

        assert died == list(POINTS)
        with scope.system("test"):
            orders = {order.request_no: order for order in Order.objects.all()}
            assert len(orders) == 3 * len(POINTS)
            assert {order.state for order in orders.values()} == {"answered"}
            controls = sorted(number for number, order in orders.items() if order.kind == "control")
            booked = registry.books.rows("select request_no from orders order by request_no")
            assert [row["request_no"] for row in booked] == controls, "each order is in the books once"
            seized = registry.books.rows("select request_no from seizures order by request_no")
            assert [row["request_no"] for row in seized] == controls
            assert not registry.books.rows("select 1 from units where locked_by <> ''"), (
                "no unit stays locked"
            )
            accepted = Inbound.objects.filter(outcome="accepted").values_list("request_no", flat=True)
            assert sorted(accepted) == sorted(orders), "each answer was accepted once"
            assert Inbound.objects.exclude(outcome="accepted").count() == 0
            sent = {(row.operation, number) for row in Outbound.objects.all() for number in row.requests}
            assert {number for _, number in sent} == set(orders)
            with connections["default"].cursor() as cursor:
                cursor.execute(
                    "SELECT count(*), count(DISTINCT args ->> 'message_id') FROM procrastinate_jobs"
                    " WHERE task_name = 'gateway.message_process'"
                )
                assert cursor.fetchone() == (len(orders), len(orders)), "each effect was queued once"
