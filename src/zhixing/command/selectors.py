"""The court tree from above, set-based: a constant number of statements however many courts there are.

Row-level security has narrowed the rows to the viewer's range already; `lo` and `hi` narrow further to the court he chose.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from zhixing.courts.models import Court

_KPIS = """
SELECT
 (SELECT count(*) FROM cases_case WHERE court_key BETWEEN %(lo)s AND %(hi)s AND state = 'open') AS open,
 (SELECT count(*) FROM cases_case WHERE court_key BETWEEN %(lo)s AND %(hi)s AND docketed_on = %(day)s) AS docketed,
 (SELECT count(*) FROM cases_case WHERE court_key BETWEEN %(lo)s AND %(hi)s AND closed_on = %(day)s) AS closed,
 (SELECT count(*) FROM cases_node WHERE court_key BETWEEN %(lo)s AND %(hi)s AND closed_on IS NULL AND due_on < %(day)s
   AND tier IN ('T1', 'T2')) AS late,
 (SELECT count(*) FROM cases_node WHERE court_key BETWEEN %(lo)s AND %(hi)s AND closed_on IS NULL AND due_on < %(day)s
   AND tier NOT IN ('T1', 'T2')) AS warned,
 (SELECT count(*) FROM gateway_order WHERE court_key BETWEEN %(lo)s AND %(hi)s AND kind = 'inquiry'
   AND state IN ('queued', 'listed', 'fetched')) AS inflight,
 (SELECT count(*) FROM gateway_order WHERE court_key BETWEEN %(lo)s AND %(hi)s AND kind = 'inquiry'
   AND state IN ('listed', 'fetched') AND listed_at < now() - interval '24 hours') AS overdue_answers,
 (SELECT coalesce(sum(controlled + deducted), 0) FROM control_measure WHERE court_key BETWEEN %(lo)s AND %(hi)s
   AND (settled_at AT TIME ZONE 'Asia/Shanghai')::date = %(day)s) AS controlled,
 (SELECT count(*) FROM control_measure WHERE court_key BETWEEN %(lo)s AND %(hi)s
   AND (settled_at AT TIME ZONE 'Asia/Shanghai')::date = %(day)s) AS measures,
 (SELECT coalesce(sum(p.amount), 0) FROM funds_entry e JOIN funds_posting p ON p.entry_id = e.id AND p.amount > 0
   WHERE e.court_key BETWEEN %(lo)s AND %(hi)s AND e.reason = 'arrival'
   AND (e.at AT TIME ZONE 'Asia/Shanghai')::date = %(day)s) AS received,
 (SELECT coalesce(sum(p.amount), 0) FROM funds_entry e JOIN funds_posting p ON p.entry_id = e.id AND p.amount > 0
   WHERE e.court_key BETWEEN %(lo)s AND %(hi)s AND e.reason = 'book'
   AND (e.at AT TIME ZONE 'Asia/Shanghai')::date = %(day)s) AS paid
"""

_TILES = """
SELECT c.key, c.short, c.name, count(k.id) FILTER (WHERE k.state = 'open') AS open,
       count(k.id) FILTER (WHERE k.state = 'open' AND l.case_id IS NOT NULL) AS late
FROM courts_court c
LEFT JOIN cases_case k ON k.court_key BETWEEN c.key AND c.key_last
LEFT JOIN (SELECT DISTINCT case_id FROM cases_node WHERE closed_on IS NULL AND due_on < %(day)s AND tier IN ('T1', 'T2')
           AND court_key BETWEEN %(lo)s AND %(hi)s) l ON l.case_id = k.id
WHERE c.parent_id = %(lo)s GROUP BY c.key, c.short, c.name ORDER BY c.key
"""

_HEAT = """
SELECT c.key, n.code,
       count(*) FILTER (WHERE n.tier IN ('T1', 'T2')) AS late, count(*) FILTER (WHERE n.tier NOT IN ('T1', 'T2')) AS warned
FROM cases_node n JOIN courts_court c ON n.court_key BETWEEN c.key AND c.key_last
WHERE n.closed_on IS NULL AND n.due_on < %(day)s AND n.court_key BETWEEN %(lo)s AND %(hi)s
  AND (c.parent_id = %(lo)s OR c.key = %(lo)s AND c.key = c.key_last)
GROUP BY c.key, n.code
"""

_EXPIRY = """
SELECT s.days, count(m.id), coalesce(sum(m.controlled), 0)
FROM unnest(%(ladder)s::int[]) AS s(days)
LEFT JOIN control_measure m ON m.state = 'active' AND m.court_key BETWEEN %(lo)s AND %(hi)s
  AND m.ends_on BETWEEN %(day)s AND %(day)s + s.days
GROUP BY s.days ORDER BY s.days
"""

_TRAFFIC = """
SELECT a.name, count(*) FILTER (WHERE o.state IN ('queued', 'listed', 'fetched')) AS inflight,
       count(*) FILTER (WHERE o.state IN ('answered', 'refused')) AS answered,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM o.answered_at - o.listed_at)) AS median_seconds,
       count(*) FILTER (WHERE o.state IN ('listed', 'fetched') AND o.listed_at < now() - interval '24 hours') AS late
FROM gateway_order o JOIN gateway_agency a ON a.code = o.agency_id
WHERE o.court_key BETWEEN %(lo)s AND %(hi)s GROUP BY a.code, a.name ORDER BY a.code
"""

_MONEY = """
SELECT e.reason, count(*), coalesce(sum(p.amount), 0) FROM funds_entry e
JOIN funds_posting p ON p.entry_id = e.id AND p.amount > 0
WHERE e.court_key BETWEEN %(lo)s AND %(hi)s AND (e.at AT TIME ZONE 'Asia/Shanghai')::date = %(day)s
GROUP BY e.reason
"""

_FLOW = """
SELECT d.day::date, count(k.id) FILTER (WHERE k.docketed_on = d.day::date), count(k.id) FILTER (WHERE k.closed_on = d.day::date)
FROM generate_series(%(day)s::date - 29, %(day)s::date, interval '1 day') AS d(day)
LEFT JOIN cases_case k ON k.court_key BETWEEN %(lo)s AND %(hi)s AND (k.docketed_on = d.day::date OR k.closed_on = d.day::date)
GROUP BY d.day ORDER BY d.day
"""

_FEED = """
SELECT e.moment, e.code, c.short, e.case_id, k.number FROM acts_entry e
JOIN courts_court c ON c.key = e.court_key LEFT JOIN cases_case k ON k.id = e.case_id
WHERE e.kind = 'effect' AND e.court_key BETWEEN %(lo)s AND %(hi)s ORDER BY e.moment DESC LIMIT 12
"""

_CASES = """
SELECT k.id, k.number, k.cause, k.state, k.docketed_on, s.name,
       (SELECT array_agg(DISTINCT e.code) FROM acts_entry e WHERE e.chain = k.id AND e.kind = 'effect'),
       (SELECT max(e.moment) FROM acts_entry e WHERE e.chain = k.id AND e.kind = 'effect'),
       (SELECT count(*) FROM cases_node n WHERE n.case_id = k.id AND n.closed_on IS NULL AND n.due_on < %(day)s
        AND n.tier IN ('T1', 'T2'))
FROM cases_case k LEFT JOIN courts_staff s ON s.id = k.handler_id
WHERE k.court_key BETWEEN %(lo)s AND %(hi)s ORDER BY k.docketed_on DESC, k.id DESC LIMIT %(limit)s OFFSET %(offset)s
"""

_MOVES = """
SELECT e.seq, e.moment, e.code FROM acts_entry e WHERE e.chain = %(case)s AND e.kind = 'effect' ORDER BY e.seq
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpis:
    """Figures of one range on one day; amounts in yuan."""

    open: int
    docketed: int
    closed: int
    late: int
    warned: int
    inflight: int
    overdue_answers: int
    controlled: Decimal
    measures: int
    received: Decimal
    paid: Decimal


def _rows(sql: str, court: Court, day: date, **more: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"lo": court.key, "hi": court.key_last, "day": day, **more})
        return cursor.fetchall()


def kpis_of(court: Court, *, day: date) -> Kpis:
    """All figures in one statement."""
    return Kpis(**dict(zip(Kpis.__dataclass_fields__, _rows(_KPIS, court, day)[0], strict=True)))


def tiles_of(court: Court, *, day: date) -> list[tuple[Any, ...]]:
    """Courts directly below: key, short, name, open, late; in order of code, never ranked."""
    return _rows(_TILES, court, day)


def heat_of(court: Court, *, day: date) -> list[tuple[Any, ...]]:
    """Court key, node code, late (T1, T2), warned (T3, T4)."""
    return _rows(_HEAT, court, day)


def expiry_of(court: Court, *, day: date, ladder: list[int]) -> list[tuple[Any, ...]]:
    """Days, measures ending within them, amount."""
    return _rows(_EXPIRY, court, day, ladder=ladder)


def traffic_of(court: Court, *, day: date) -> list[tuple[Any, ...]]:
    """Agency, in flight, answered, median seconds, beyond 24 hours."""
    return _rows(_TRAFFIC, court, day)


def money_of(court: Court, *, day: date) -> list[tuple[Any, ...]]:
    """Today's ledger entries by reason: reason, count, amount."""
    return _rows(_MONEY, court, day)


def flow_of(court: Court, *, day: date) -> list[tuple[Any, ...]]:
    """Thirty days: day, docketed, closed."""
    return _rows(_FLOW, court, day)


def feed_of(court: Court, *, day: date) -> list[tuple[Any, ...]]:
    """Latest acts: moment, code, court, case id, number."""
    return _rows(_FEED, court, day)


def cases_page(court: Court, *, day: date, limit: int, offset: int) -> list[tuple[Any, ...]]:
    """Cases of a basic court: id, number, cause, state, docketed, handler, act codes, last act, late nodes."""
    return _rows(_CASES, court, day, limit=limit, offset=offset)


def moves_of(case_id: int) -> list[tuple[Any, ...]]:
    """Acts of one case in order: seq, moment, code."""
    with connection.cursor() as cursor:
        cursor.execute(_MOVES, {"case": case_id})
        return cursor.fetchall()
