"""Figures of institutions against a count by hand and against a direct count; our own failures never count against them."""

from __future__ import annotations

import math
import random
import socket
import statistics
import uuid
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from order_rows import KEY, agency_make, order_make, orders_fill, plan_of

from zhixing.courts.models import Court
from zhixing.gateway import score
from zhixing.gateway.adapters.door import door_open
from zhixing.gateway.models import Agency, Inbound, ScoreDay, Uptime
from zhixing.kernel.clock import COURT_ZONE
from zhixing.platform import scope

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=COURT_ZONE)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
DAY = date(2026, 3, 4)


@pytest.fixture(autouse=True)
def as_system(db: None) -> Iterator[None]:
    """The figures are counted by the system."""
    Court.objects.get_or_create(
        key=KEY,
        defaults={"key_last": KEY, "code": "冀0930", "name": "孟村法院", "short": "孟村", "level": "basic"},
    )
    with scope.system("test"):
        yield


def handed(agency: Agency, at: datetime, answered: timedelta | None = None, **more: Any) -> Any:
    """An order listed at a moment, answered after so long."""
    columns = {"listed_at": at, "state": "listed"} | more
    if answered is not None:
        columns |= {"answered_at": at + answered, "state": "answered"}
    return order_make(agency, at, **columns)


def message(agency: Agency | None, at: datetime, outcome: str, **more: Any) -> None:
    """A message as it is kept."""
    digest = uuid.uuid4().hex
    Inbound.objects.create(
        **{
            "profile": "bank-soap-gbk",
            "operation": "feedback",
            "agency": agency,
            "request_no": digest[:20],
            "court_key": 0,
            "sha256": digest,
            "fingerprint": digest,
            "size": 1,
            "outcome": outcome,
            "received_at": at,
        }
        | more
    )


def counted(moment: datetime, first: date = DAY, last: date = DAY) -> dict[tuple[date, str, int], ScoreDay]:
    """Rows after a count."""
    score.score_count(first=first, last=last, moment=moment)
    return {(row.day, row.agency_id, row.court_key): row for row in ScoreDay.objects.all()}


def test_orders_are_counted_on_the_day_they_were_handed_over() -> None:
    agency = agency_make()
    handed(agency, NOON, 61 * MINUTE)
    handed(agency, NOON, 24 * HOUR)  # the last minute is in time
    handed(agency, NOON, 24 * HOUR + timedelta(seconds=1), failure="refused")
    handed(agency, NOON, 30 * MINUTE, failure="error")
    handed(agency, NOON, 30 * MINUTE, failure="partial")
    first = handed(agency, NOON)
    handed(agency, NOON + 20 * HOUR, repeat_of=first)  # the next day
    order_make(agency, NOON)  # not handed over
    handed(agency, NOON, state="cancelled")
    row = counted(NOON + 48 * HOUR)[DAY, agency.pk, KEY]
    told = (row.handed, row.answered, row.late, row.silent, row.refused, row.failed, row.partial, row.repeats)
    assert told == (6, 5, 2, 1, 1, 1, 1, 1)
    assert (row.minutes, row.counts) == ([30, 61, 1440, 1441], [2, 1, 1, 1])


def test_orders_within_their_hours_are_neither_late_nor_silent() -> None:
    agency = agency_make()
    handed(agency, NOON)
    row = counted(NOON + 24 * HOUR)[DAY, agency.pk, KEY]
    assert (row.handed, row.late, row.silent) == (1, 0, 0)
    assert counted(NOON + 24 * HOUR + MINUTE)[DAY, agency.pk, KEY].silent == 1


def test_our_own_failures_do_not_count_against_an_institution() -> None:
    """Down from 13:00 to 15:00 the next day and again for an hour: 27 hours less 27 leave an hour's answer."""
    agency = agency_make()
    for start, last in ((-10, 1), (27, 30), (31, 99)):
        Uptime.objects.create(started_at=NOON + start * HOUR, last_at=NOON + last * HOUR)
    handed(agency, NOON, 28 * HOUR)  # 28 h less 26 h
    handed(agency, NOON, 52 * HOUR)  # 52 h less 27 h
    handed(agency, NOON)
    row = counted(NOON + 50 * HOUR)[DAY, agency.pk, KEY]
    assert (row.minutes, row.late, row.silent) == ([120, 1500], 1, 0)


def test_signs_of_life_make_stretches() -> None:
    for minute in (0, 1, 2, 4, 9, 10):
        score.uptime_beat(moment=NOON + minute * MINUTE)
    score.uptime_beat(moment=NOON + 5 * MINUTE)  # a clock that ran back changes nothing
    assert list(Uptime.objects.order_by("started_at").values_list("started_at", "last_at")) == [
        (NOON, NOON + 4 * MINUTE),
        (NOON + 9 * MINUTE, NOON + 10 * MINUTE),
    ]


def test_messages_are_counted_by_receipt_and_belong_to_the_court_their_number_names() -> None:
    agency = agency_make()
    order = handed(agency, NOON, HOUR)
    own = {"court_key": KEY, "order": order, "case_id": 1}
    message(agency, NOON, "conflict", **own)
    message(agency, NOON, "processed", version=2, repeats=3, **own)
    message(agency, NOON, "failed", **own)  # failed in our hands
    message(agency, NOON, "unknown", request_no="20260304130930000077")
    message(agency, NOON, "unknown", request_no="20260304999999000077")
    message(agency, NOON, "malformed", request_no="")
    message(None, NOON, "malformed", request_no="x")
    message(agency, NOON + 24 * HOUR, "conflict", **own)
    rows = counted(NOON + HOUR)
    own_row, stray = rows[DAY, agency.pk, KEY], rows[DAY, agency.pk, 0]
    assert (own_row.conflicts, own_row.corrections, own_row.duplicates, own_row.unknown) == (1, 1, 3, 1)
    assert (own_row.schema_faults, stray.schema_faults, stray.unknown, stray.handed) == (0, 1, 1, 0)


def test_counting_again_gives_the_same_and_only_touches_its_days() -> None:
    agency = agency_make()
    handed(agency, NOON, HOUR)
    handed(agency, NOON + 24 * HOUR, HOUR)
    first = counted(NOON + 72 * HOUR, DAY, DAY + timedelta(days=1))
    handed(agency, NOON, 2 * HOUR)
    again = counted(NOON + 72 * HOUR)
    assert [again[key].handed for key in sorted(again)] == [2, 1]
    assert {key[0] for key in first} == {DAY, DAY + timedelta(days=1)}


def test_refresh_counts_the_days_that_changed() -> None:
    agency = agency_make()
    order = handed(agency, NOON, 5 * 24 * HOUR)
    message(agency, NOON + 5 * 24 * HOUR, "processed", order=order, court_key=KEY, case_id=1)
    moment = NOON + 5 * 24 * HOUR + MINUTE
    assert score.score_refresh(moment=moment) == [DAY, *(DAY + timedelta(days=no) for no in (3, 4, 5))]
    row = ScoreDay.objects.get(day=DAY)
    assert (row.answered, row.late, row.counts) == (1, 1, [1])


def test_any_stream_of_orders_gives_the_same_as_counting_each_order() -> None:
    """Random orders of three institutions over ten days; expected figures counted one by one."""
    chance = random.Random(4)
    agencies = [agency_make(kind=kind) for kind in ("bank", "realty", "bank")]
    expected: dict[tuple[date, str], list[float]] = defaultdict(list)
    late: dict[tuple[date, str], int] = defaultdict(int)
    moment = NOON + 15 * 24 * HOUR
    for _ in range(300):
        agency, at = chance.choice(agencies), NOON + chance.uniform(0, 9 * 24) * HOUR
        took = chance.choice([None, chance.expovariate(1 / 8) * HOUR, chance.uniform(20, 30) * HOUR])
        handed(agency, at, took)
        key = (at.astimezone(COURT_ZONE).date(), agency.pk)
        late[key] += (took or moment - at) > 24 * HOUR
        if took is not None:
            expected[key].append(math.ceil(took.total_seconds() / 60))
    rows = counted(moment, DAY, DAY + timedelta(days=12))
    found = {
        key[:2]: sorted(m for m, n in zip(row.minutes, row.counts, strict=True) for _ in range(n))
        for key, row in rows.items()
    }
    assert {key: sorted(minutes) for key, minutes in expected.items()} == {
        k: v for k, v in found.items() if v
    }
    assert {key[:2]: row.late for key, row in rows.items()} == dict(late)
    assert statistics.median_low(found[next(iter(found))])


def test_count_of_one_day_reads_that_day_only_among_two_hundred_thousand_orders() -> None:
    agencies = [agency_make() for _ in range(4)]
    for agency in agencies:
        orders_fill(
            agency,
            50_000,
            state="'answered'",
            listed_at="timestamptz '2026-01-01 00:00+08' + n * interval '2 minutes'",
            answered_at="timestamptz '2026-01-01 01:00+08' + n * interval '2 minutes'",
        )
    with CaptureQueriesContext(connection) as seen:
        score.score_count(first=date(2026, 2, 1), last=date(2026, 2, 1), moment=NOON)
    assert len(seen) <= 6
    assert sum(row.handed for row in ScoreDay.objects.all()) == 4 * 720
    insert = next(query["sql"] for query in seen if "INSERT INTO gateway_score_day" in query["sql"])
    ScoreDay.objects.all().delete()
    for step in plan_of(insert):
        if step.get("Relation Name") == "gateway_order":
            assert step["Node Type"] != "Seq Scan", step


def test_door_that_nobody_holds_open_is_shut() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
        assert door_open(f"http://127.0.0.1:{port}")
    assert not door_open(f"http://127.0.0.1:{port}")
    assert not door_open("http://127.0.0.1:99999999")
