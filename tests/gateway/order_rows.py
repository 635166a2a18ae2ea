"""Agencies and orders as rows, for tests that count or take them. Everybody is invented."""

from __future__ import annotations

import itertools
import uuid
from datetime import datetime
from typing import Any

from django.db import connection

from zhixing.gateway.agencies import agency_register
from zhixing.gateway.models import Agency, Order

KEY = 130930
_serials = itertools.count(1)


def agency_make(**columns: Any) -> Agency:
    """A bank of its own code, with these columns."""
    no = next(_serials)
    given = {
        "name": f"试点银行{no}",
        "kind": "bank",
        "profile": "bank-soap-gbk",
        "menu": ["deposit"],
    } | columns
    return agency_register(
        code=f"C{no:016d}", username=f"T{no}", password="test-only", statement_secret="", **given
    )


def order_make(agency: Agency, queued_at: datetime, **columns: Any) -> Order:
    """An inquiry of a case that need not exist."""
    given = {
        "request_no": f"20260304130930{next(_serials):07d}",
        "agency": agency,
        "kind": "inquiry",
        "case_id": 1,
        "court_key": KEY,
        "reference": uuid.uuid4(),
        "document_no": "（2026）冀0930执1号",
        "subject": uuid.uuid4(),
        "content_sealed": b"",
        "queued_at": queued_at,
    }
    return Order.objects.create(**given | columns)


def orders_fill(agency: Agency, count: int, **sql: str) -> None:
    """So many orders in one statement; the planner has no statistics of them, since only the owner may take them. sql: column → expression in `n`, 1 to count, instead of the usual one."""
    columns = {
        "id": "gen_random_uuid()",
        "request_no": f"'{next(_serials):06d}' || lpad(n::text, 12, '0')",
        "agency_id": f"'{agency.pk}'",
        "kind": "'inquiry'",
        "case_id": "n % 1000",
        "court_key": str(KEY),
        "reference": "gen_random_uuid()",
        "batch": "''",
        "document_no": "'x'",
        "documents": "'{}'",
        "officers": "'{}'",
        "subject": "gen_random_uuid()",
        "content_sealed": r"'\x'",
        "is_urgent": "n % 100 = 0",
        "attempts": "0",
        "failure": "''",
        "state": "'queued'",
        "queued_at": "timestamptz '2026-03-04 00:00+08' + n * interval '1 second'",
    } | sql
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO gateway_order ({', '.join(columns)}) SELECT {', '.join(columns.values())}"
            f" FROM generate_series(1, {count}) n"
        )


def plan_of(sql: str, params: Any = ()) -> list[dict[str, Any]]:
    """Every step of the plan as it ran, the topmost first."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", params)
        top = cursor.fetchone()[0][0]["Plan"]
    steps: list[dict[str, Any]] = []
    waiting = [top]
    while waiting:
        step = waiting.pop(0)
        steps.append(step)
        waiting += step.get("Plans", [])
    return steps
