"""Which orders go now: order of going, batch, quota, hours, circuit, two workers at once; and what it costs with many."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from order_rows import agency_make, order_make, orders_fill, plan_of

from zhixing.gateway import desk, pace
from zhixing.gateway.models import Agency, Order, OrderKind, OrderState
from zhixing.kernel.clock import COURT_ZONE
from zhixing.platform import scope

# Wednesday, a working day; 4 April 2026 is a Saturday.
NOON = datetime(2026, 3, 4, 12, 0, tzinfo=COURT_ZONE)
SATURDAY = datetime(2026, 4, 11, 12, 0, tzinfo=COURT_ZONE)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def as_system(request: pytest.FixtureRequest) -> Iterator[None]:
    """The gateway works as the system."""
    if "two_workers" in request.node.name:
        yield
        return
    request.getfixturevalue("db")
    with scope.system("test"):
        yield


def taken(agency: Agency, moment: datetime = NOON, **more: Any) -> list[str]:
    """Numbers of the orders taken."""
    return [order.request_no for order in pace.orders_take(agency, OrderKind.INQUIRY, moment=moment, **more)]


def test_urgent_orders_go_first_then_the_oldest() -> None:
    agency = agency_make()
    young, old = order_make(agency, NOON - MINUTE), order_make(agency, NOON - 5 * MINUTE)
    urgent = order_make(agency, NOON - MINUTE / 2, is_urgent=True)
    assert taken(agency) == [urgent.request_no, old.request_no, young.request_no]


def test_only_queued_orders_of_the_kind_and_agency_that_are_due_go() -> None:
    agency, other = agency_make(), agency_make()
    due = order_make(agency, NOON)
    order_make(agency, NOON + MINUTE)
    order_make(agency, NOON, kind="control")
    order_make(other, NOON)
    order_make(agency, NOON, not_before=NOON + MINUTE)
    for state in ("listed", "fetched", "answered", "refused", "cancelled"):
        order_make(agency, NOON - MINUTE, state=state, listed_at=NOON - MINUTE)
    assert taken(agency) == [due.request_no]
    assert len(taken(agency, NOON + MINUTE)) == 3


def test_batch_is_the_agencys_most_or_what_was_asked_if_that_is_less() -> None:
    agency = agency_make(orders_per_batch=3)
    for _ in range(5):
        order_make(agency, NOON)
    assert [len(taken(agency)), len(taken(agency, most=2)), len(taken(agency, most=9))] == [3, 2, 3]


def test_quota_counts_what_was_handed_out_in_the_last_hour() -> None:
    agency = agency_make(orders_per_hour=4)
    order_make(agency, NOON, state="answered", listed_at=NOON - 61 * MINUTE)
    order_make(agency, NOON, state="answered", listed_at=NOON - 59 * MINUTE)
    order_make(agency, NOON, kind="control", state="listed", listed_at=NOON - MINUTE)
    for _ in range(5):
        order_make(agency, NOON - MINUTE)
    assert len(taken(agency)) == 2
    assert len(taken(agency, NOON + 2 * MINUTE)) == 3
    assert agency_make(orders_per_hour=0) and taken(agency_make(orders_per_hour=0)) == []


@pytest.mark.parametrize(
    ("clock", "goes"),
    [
        (time(8, 29, 59), False),
        (time(8, 30), True),
        (time(16, 59, 59), True),
        (time(17, 0), False),
        (time(23, 0), False),
    ],
)
def test_routine_orders_go_in_the_agencys_hours_urgent_ones_always(clock: time, goes: bool) -> None:
    agency = agency_make(opens_at=time(8, 30), closes_at=time(17, 0))
    moment = NOON.replace(hour=clock.hour, minute=clock.minute, second=clock.second)
    routine = order_make(agency, moment - MINUTE)
    urgent = order_make(agency, moment - MINUTE, is_urgent=True)
    assert taken(agency, moment) == [urgent.request_no] + ([routine.request_no] if goes else [])


@pytest.mark.parametrize(
    ("hours", "hour", "goes"),
    [
        ((None, None), 3, True),
        ((time(9), None), 8, False),
        ((time(9), None), 23, True),
        ((None, time(9)), 8, True),
        ((None, time(9)), 9, False),
        ((time(22), time(6)), 23, True),
        ((time(22), time(6)), 5, True),
        ((time(22), time(6)), 6, False),
    ],
)
def test_hours_may_be_open_on_one_side_or_run_over_midnight(hours: Any, hour: int, goes: bool) -> None:
    agency = agency_make(opens_at=hours[0], closes_at=hours[1])
    assert pace.routine_goes(agency, NOON.replace(hour=hour)) is goes


@pytest.mark.parametrize(
    ("day", "goes"),
    [
        (SATURDAY, False),
        (datetime(2026, 10, 1, 12, tzinfo=COURT_ZONE), False),  # National Day, a Thursday
        (datetime(2026, 10, 10, 12, tzinfo=COURT_ZONE), True),  # a Saturday that is worked
        (NOON, True),
    ],
)
def test_working_days_are_those_of_the_law_book(day: datetime, goes: bool) -> None:
    agency = agency_make(on_working_days=True)
    urgent, routine = order_make(agency, day, is_urgent=True), order_make(agency, day)
    assert taken(agency, day) == [urgent.request_no] + ([routine.request_no] if goes else [])
    assert pace.routine_goes(agency_make(), day)


def test_circuit_opens_at_the_third_failure_waits_longer_each_time_and_tries_with_one_order() -> None:
    """Settings: 3 failures, 30 seconds doubled up to an hour, at most a fifth shorter."""
    agency = agency_make()
    for _ in range(3):
        order_make(agency, NOON)
    assert pace.call_failed(agency, NOON) is None and pace.call_failed(agency, NOON) is None
    assert len(taken(agency)) == 3
    pauses = []
    for _ in range(12):
        until = pace.call_failed(agency, NOON)
        assert until is not None and not pace.circuit_closed(agency, NOON)
        assert taken(agency, until - timedelta(seconds=1)) == []
        pauses.append((until - NOON).total_seconds())
    for no, pause in enumerate(pauses):
        whole = min(30 * 2**no, 3600)
        assert whole * 0.8 - 1 <= pause <= whole
    after = NOON + timedelta(hours=1)
    assert pace.circuit_closed(agency, after) and len(taken(agency, after)) == 1
    pace.call_succeeded(agency, after)
    agency.health.refresh_from_db()
    assert (agency.health.failures, agency.health.closed_until, agency.health.last_answered_at) == (
        0,
        None,
        after,
    )
    assert len(taken(agency, after)) == 3


def test_pauses_of_two_agencies_differ_and_the_same_failure_is_always_told_the_same() -> None:
    pauses = {pace.pause_of(9, salt=f"agency {no}", moment=NOON) for no in range(50)}
    assert len(pauses) > 40
    assert pace.pause_of(9, salt="x", moment=NOON) == pace.pause_of(9, salt="x", moment=NOON)


def test_an_order_that_cannot_be_delivered_waits_while_others_go() -> None:
    agency = agency_make()
    stuck, other = order_make(agency, NOON - MINUTE), order_make(agency, NOON)
    pace.orders_put_off([stuck], moment=NOON)
    assert taken(agency) == [other.request_no]
    assert taken(agency, NOON + MINUTE) == [stuck.request_no, other.request_no]
    stuck.refresh_from_db()
    assert stuck.attempts == 1


def test_success_is_not_written_at_each_call() -> None:
    agency = agency_make()
    pace.call_succeeded(agency, NOON)
    pace.call_succeeded(agency, NOON + timedelta(seconds=10))
    agency.health.refresh_from_db()
    assert agency.health.last_answered_at == NOON


def test_list_starts_the_clock_once_and_unanswered_orders_never_crowd_out_new_ones() -> None:
    agency = agency_make(orders_per_batch=2)
    first = [order_make(agency, NOON - 9 * MINUTE) for _ in range(2)]
    seen = []

    def content(order: Order, agency: Agency) -> str:
        seen.append(order.request_no)
        return order.request_no

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desk, "request_listed", content)
        assert set(desk._list(agency, "inquiry", NOON).body.requests) == {order.request_no for order in first}
        late = order_make(agency, NOON - MINUTE)
        again = desk._list(agency, "inquiry", NOON + MINUTE).body.requests
    assert again[0] == late.request_no and len(again) == 2 and again[1] in {o.request_no for o in first}
    assert set(Order.objects.filter(pk__in=[o.pk for o in first]).values_list("state", "listed_at")) == {
        (OrderState.LISTED, NOON)
    }


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_take_the_same_order() -> None:
    with scope.system("test"):
        agency = agency_make(orders_per_batch=3)
        for _ in range(5):
            order_make(agency, NOON)
    found: list[set[str]] = []
    held, done = threading.Event(), threading.Event()

    def first() -> None:
        with scope.system("test"), transaction.atomic():
            found.append(set(taken(agency)))
            held.set()
            done.wait(10)
        connections.close_all()

    worker = threading.Thread(target=first)
    worker.start()
    assert held.wait(10)
    try:
        with scope.system("test"), transaction.atomic():
            found.append(set(taken(agency)))
    finally:
        done.set()
        worker.join()
    assert [len(numbers) for numbers in found] == [3, 2] and not found[0] & found[1]


def test_taking_among_a_hundred_thousand_orders_reads_only_what_it_takes() -> None:
    agency = agency_make(orders_per_batch=50, orders_per_hour=1000)
    orders_fill(agency, 60_000)
    orders_fill(
        agency, 40_000, state="'answered'", listed_at="timestamptz '2026-03-01' + n * interval '1 second'"
    )
    moment = NOON + timedelta(days=2)
    with CaptureQueriesContext(connection) as seen:
        assert len(taken(agency, moment)) == 50
    selects = [query["sql"] for query in seen if query["sql"].startswith("SELECT")]
    assert len(selects) == 3  # health, quota, orders
    for step in plan_of(selects[1]):
        assert step["Node Type"] != "Seq Scan", step
    for step in plan_of(selects[2]):
        assert step["Node Type"] not in ("Seq Scan", "Sort"), step
        assert step.get("Rows Removed by Filter", 0) < 100
    assert (
        sum(step["Shared Hit Blocks"] + step["Shared Read Blocks"] for step in plan_of(selects[-1])[:1]) < 400
    )
