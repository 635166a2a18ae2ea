"""Figures of a month against a direct count over orders; what is owed; plans over 200,000 orders; who sees what."""

from __future__ import annotations

import random
import statistics
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from command_world import CANGZHOU, MENGCUN, courts_make, viewer

from zhixing.acts.models import Draft
from zhixing.command import scores
from zhixing.courts.models import Court
from zhixing.courts.roles import Role
from zhixing.gateway import score
from zhixing.gateway.models import Inbound, Uptime
from zhixing.kernel.clock import COURT_ZONE, now
from zhixing.platform import scope

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "gateway"))

from order_rows import agency_make, order_make, orders_fill, plan_of

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=COURT_ZONE)
HOUR = timedelta(hours=1)
MARCH = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def as_system(db: None) -> Iterator[None]:
    """Rows are made by the system."""
    courts_make()
    with scope.system("test"):
        yield


def court(key: int = MENGCUN) -> Court:
    """A court of the tree."""
    return Court.objects.get(pk=key)


def handed(agency: Any, at: datetime, took: timedelta | None, **more: Any) -> Any:
    """An order handed over at a moment."""
    done = {"answered_at": at + took, "state": "answered"} if took is not None else {"state": "listed"}
    return order_make(agency, at, **{"listed_at": at} | done | more)


def test_month_is_the_sum_of_its_days_and_its_quantiles_are_those_of_all_answers() -> None:
    chance, agency, minutes = random.Random(7), agency_make(), []
    for _ in range(101):
        took = chance.randrange(1, 3000)
        minutes.append(took)
        at = NOON + chance.randrange(0, 20 * 24) * HOUR
        handed(agency, at, took * HOUR / 60, court_key=chance.choice([MENGCUN, 130921]))
    handed(agency, NOON - 5 * 24 * HOUR, HOUR)  # February
    score.score_count(first=date(2026, 2, 20), last=date(2026, 3, 31), moment=NOON + 60 * 24 * HOUR)
    (row,) = scores.figures_of(court(CANGZHOU), first=MARCH)
    ordered = sorted(minutes)
    assert (row.handed, row.answered, row.silent) == (101, 101, 0)
    assert (row.median, row.p90) == (statistics.median(ordered), ordered[90])
    assert row.late == sum(took > 1440 for took in minutes) and row.late_share == row.late / 101
    own = scores.figures_of(court(), first=MARCH)[0]
    assert 0 < own.handed < 101
    assert [r.month for r in scores.figures_of(court(CANGZHOU), first=date(2026, 1, 1), months=3)] == [
        date(2026, 2, 1),
        MARCH,
    ]


def test_owed_orders_are_those_beyond_the_hours_without_our_own_failures() -> None:
    bank, registry = agency_make(), agency_make(kind="realty")
    moment = NOON + 30 * HOUR
    late = handed(bank, NOON, None)
    handed(bank, NOON + 7 * HOUR, None)
    handed(bank, NOON, HOUR)
    handed(registry, NOON, None, court_key=130921)
    order_make(bank, NOON)
    found = scores.owed_of(court(), moment=moment)
    assert [(row.request_no, row.hours) for row in found] == [(late.request_no, 30)]
    assert [row["count"] for row in scores.owed_sums(court(CANGZHOU), moment=moment)] == [1, 1]
    Uptime.objects.create(started_at=NOON - HOUR, last_at=NOON + HOUR)
    Uptime.objects.create(started_at=NOON + 8 * HOUR, last_at=moment)
    assert scores.owed_of(court(), moment=moment) == []


@pytest.mark.parametrize(
    ("text", "first"), [("2026-02", date(2026, 2, 1)), ("2026-09", MARCH), ("", MARCH), ("x", MARCH)]
)
def test_month_is_read_or_is_the_present_one(text: str, first: date) -> None:
    assert scores.month_of(text, on=date(2026, 3, 4)) == first


def test_plans_read_no_table_of_orders_from_end_to_end() -> None:
    """200,000 orders: the figures read the daily rows, the list of owed answers reads open orders by their index."""
    for no in range(4):
        agency = agency_make()
        orders_fill(
            agency,
            50_000,
            state="CASE WHEN n % 500 = 0 THEN 'listed' ELSE 'answered' END",
            listed_at="timestamptz '2026-01-01 00:00+08' + n * interval '2 minutes'",
            answered_at="CASE WHEN n % 500 > 0 THEN timestamptz '2026-01-01 03:00+08' + n * interval '2 minutes' END",
            court_key=f"{MENGCUN} - {no}",
        )
    known = {"lo": CANGZHOU, "hi": 130_999, "start": MARCH, "end": date(2026, 4, 1), "agency": None}
    with scope.system("test"):
        assert all(step.get("Relation Name") != "gateway_order" for step in plan_of(scores._FIGURES, known))
        owed = known | {"moment": NOON, "bank_hours": 24, "hours": 24, "limit": 200}
        for step in plan_of(scores._OWED_LIST, owed):
            if step.get("Relation Name") == "gateway_order":
                assert step["Node Type"] != "Seq Scan", step
                assert step.get("Rows Removed by Filter", 0) < 500


def test_pages_show_figures_without_ranking_and_only_to_who_may_look() -> None:
    agency = agency_make(name="甲银行")
    day = now()
    order = handed(agency, day - 30 * HOUR, None)
    handed(agency, day - 40 * HOUR, 3 * HOUR)
    message = {
        "agency": agency,
        "received_at": day,
        "court_key": MENGCUN,
        "profile": "bank-soap-gbk",
        "size": 9,
    }
    for no, outcome in enumerate(("conflict", "malformed")):
        Inbound.objects.create(
            **message, request_no=order.request_no, order=order, case_id=1, outcome=outcome,
            operation=f"feed{no}", sha256=f"{no:064d}", fingerprint=f"{no:064d}", problem="此前收到过内容不同的反馈",
        )  # fmt: skip
    score.score_rebuild(moment=day, days=40)
    client = viewer(MENGCUN)
    month = f"{(day - 40 * HOUR).astimezone(COURT_ZONE):%Y-%m}"
    page = client.get(f"/command/institutions/?month={month}").content.decode()
    assert "甲银行" in page and "不作排名" in page and "3.0 小时" in page
    detail = client.get(f"/command/institutions/{agency.pk}/?fault=conflicts").content.decode()
    assert order.request_no in detail and "此前收到过内容不同的反馈" in detail and "30 小时" in detail
    sheet = client.get(f"/command/institutions/?month={month}&format=csv")
    assert sheet["Content-Type"].startswith("text/csv") and agency.pk in sheet.content.decode("utf-8-sig")
    book = client.get(f"/command/institutions/?month={month}&format=xlsx")
    assert book.content[:2] == b"PK"
    assert client.get("/command/institutions/C0000/").status_code == 404
    assert client.get("/command/institutions/?court=130200").status_code == 404
    for role, status in ((Role.JUDGE, 403), (Role.FUNDS_MANAGER, 403), (Role.BUREAU_CHIEF, 200)):
        for path in ("/command/institutions/", f"/command/institutions/{agency.pk}/"):
            assert viewer(MENGCUN, role).get(path).status_code == status
    reply = client.post(f"/command/institutions/{agency.pk}/remind/")
    assert reply.status_code == 302
    assert Draft.objects.filter(code="command.remind", state="pending").count() == 1
    assert (
        viewer(MENGCUN, Role.BUREAU_CHIEF).post(f"/command/institutions/{agency.pk}/remind/").status_code
        == 403
    )


def test_other_courts_messages_and_figures_stay_out_of_sight() -> None:
    agency, day = agency_make(), now()
    handed(agency, day - 40 * HOUR, 3 * HOUR, court_key=130200)
    score.score_rebuild(moment=day, days=40)
    assert agency.name not in viewer(MENGCUN).get("/command/institutions/").content.decode()


def test_statements_do_not_grow_with_institutions(django_assert_max_num_queries: Any) -> None:
    client, day = viewer(MENGCUN), now()

    def count() -> int:
        with django_assert_max_num_queries(40) as seen:
            assert client.get("/command/institutions/").status_code == 200
        return len(seen)

    handed(agency_make(), day - 30 * HOUR, None)
    score.score_rebuild(moment=day, days=40)
    few = count()
    for _ in range(10):
        handed(agency_make(), day - 30 * HOUR, None)
    score.score_rebuild(moment=day, days=40)
    assert count() == few
