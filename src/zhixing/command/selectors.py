"""The court tree from above, set-based: a constant number of statements however many courts there are.

Row-level security has narrowed the rows to the viewer's range already; `lo` and `hi` narrow further to the court he chose.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from zhixing.courts.models import Court
from zhixing.kernel.clock import COURT_ZONE
from zhixing.law.nodes import stages
from zhixing.law.terms import term_days

# Nodes of closed cases wait for nobody any more.
_OPEN_NODES = """
FROM cases_node n JOIN cases_case k ON k.id = n.case_id AND k.state = 'open'
WHERE n.closed_on IS NULL AND n.due_on < %(day)s AND n.court_key BETWEEN %(lo)s AND %(hi)s
"""
_IN_FLIGHT = "kind = 'inquiry' AND state IN ('queued', 'listed', 'fetched')"
# Ledger entries of the day that were not undone.
_TODAY = """
FROM funds_entry e JOIN funds_posting p ON p.entry_id = e.id AND p.amount > 0
WHERE e.court_key BETWEEN %(lo)s AND %(hi)s AND e.at >= %(start)s AND e.at < %(end)s
  AND NOT EXISTS (SELECT 1 FROM funds_entry r WHERE r.reverses_id = e.id)
"""

_KPIS = f"""
SELECT
 (SELECT count(*) FROM cases_case WHERE court_key BETWEEN %(lo)s AND %(hi)s AND state = 'open') AS open,
 (SELECT count(*) FROM cases_case WHERE court_key BETWEEN %(lo)s AND %(hi)s AND docketed_on = %(day)s) AS docketed,
 (SELECT count(*) FROM cases_case WHERE court_key BETWEEN %(lo)s AND %(hi)s AND closed_on = %(day)s) AS closed,
 (SELECT count(*) {_OPEN_NODES} AND n.tier IN ('T1', 'T2')) AS late,
 (SELECT count(*) {_OPEN_NODES} AND n.tier NOT IN ('T1', 'T2')) AS warned,
 (SELECT count(*) FROM gateway_order WHERE court_key BETWEEN %(lo)s AND %(hi)s AND {_IN_FLIGHT}) AS inflight,
 (SELECT count(*) FROM gateway_order WHERE court_key BETWEEN %(lo)s AND %(hi)s AND {_IN_FLIGHT}
   AND listed_at < %(moment)s - make_interval(hours => %(hours)s)) AS overdue_answers,
 m.amount, m.number,
 (SELECT coalesce(sum(p.amount), 0) {_TODAY} AND e.reason = 'arrival') AS received,
 (SELECT coalesce(sum(p.amount), 0) {_TODAY} AND e.reason = 'book') AS paid
FROM (SELECT coalesce(sum(coalesce(controlled, 0) + deducted), 0) AS amount, count(*) AS number FROM control_measure
      WHERE court_key BETWEEN %(lo)s AND %(hi)s AND starts_on = %(day)s AND settled_at IS NOT NULL
      AND state IN ('active', 'waiting', 'deducting', 'deducted', 'releasing')) AS m
"""  # noqa: S608  constant text, values are bound

# The courts directly below and, for a court that has some, its own cases apart from theirs.
_RANGES = """
SELECT key, short, name, key AS lo, CASE WHEN key = %(lo)s THEN key ELSE key_last END AS hi FROM courts_court
WHERE parent_id = %(lo)s OR key = %(lo)s
"""

_TILES = f"""
SELECT c.key, c.short, c.name, count(k.id) AS open, count(l.case_id) AS late
FROM ({_RANGES}) c
LEFT JOIN cases_case k ON k.court_key BETWEEN c.lo AND c.hi AND k.state = 'open'
LEFT JOIN (SELECT DISTINCT n.case_id {_OPEN_NODES} AND n.tier IN ('T1', 'T2')) l ON l.case_id = k.id
GROUP BY c.key, c.short, c.name
HAVING c.key <> %(lo)s OR %(lo)s < %(hi)s AND count(k.id) > 0
ORDER BY c.key
"""  # noqa: S608  constant text, values are bound

# Every court of the range that has open cases, its own ones only.
_LEAVES = f"""
SELECT c.key, c.short, count(k.id) AS open, count(l.case_id) AS late
FROM courts_court c JOIN cases_case k ON k.court_key = c.key AND k.state = 'open'
LEFT JOIN (SELECT DISTINCT n.case_id {_OPEN_NODES} AND n.tier IN ('T1', 'T2')) l ON l.case_id = k.id
WHERE c.key BETWEEN %(lo)s AND %(hi)s AND k.court_key BETWEEN %(lo)s AND %(hi)s
GROUP BY c.key, c.short ORDER BY c.key
"""  # noqa: S608  constant text, values are bound

# The furthest stage of each open case and the day it was entered. acts, ranks: which act enters the stage of which rank.
_STANDING = """
SELECT DISTINCT ON (x.id) x.id, x.rank, x.day FROM (
    SELECT k.id, m.rank, min((e.moment AT TIME ZONE 'Asia/Shanghai')::date) AS day
    FROM cases_case k JOIN acts_entry e ON e.chain = k.id AND e.kind = 'effect'
    JOIN unnest(%(acts)s::text[], %(ranks)s::int[]) AS m(code, rank) ON m.code = e.code
    WHERE k.court_key BETWEEN %(lo)s AND %(hi)s AND k.state = 'open' GROUP BY k.id, m.rank) x
ORDER BY x.id, x.rank DESC
"""

_STAGES = f"""
SELECT z.rank, count(*), percentile_disc(0.5) WITHIN GROUP (ORDER BY %(day)s::date - z.day), max(%(day)s::date - z.day)
FROM ({_STANDING}) z GROUP BY z.rank
"""  # noqa: S608  constant text, values are bound

_HEAT = f"""
SELECT c.key, n.code, count(*) FILTER (WHERE n.tier IN ('T1', 'T2')) AS late,
       count(*) FILTER (WHERE n.tier NOT IN ('T1', 'T2')) AS warned
FROM (SELECT n.court_key, n.code, n.tier {_OPEN_NODES}) n JOIN ({_RANGES}) c ON n.court_key BETWEEN c.lo AND c.hi
GROUP BY c.key, n.code
"""  # noqa: S608  constant text, values are bound

_EXPIRY = """
SELECT s.days, count(m.id), coalesce(sum(m.controlled), 0)
FROM unnest(%(ladder)s::int[]) AS s(days)
LEFT JOIN control_measure m ON m.state = 'active' AND m.court_key BETWEEN %(lo)s AND %(hi)s
  AND m.ends_on BETWEEN %(day)s AND %(day)s + s.days
GROUP BY s.days ORDER BY s.days
"""

# In flight of all times; answers of the last thirty days.
_TRAFFIC = """
SELECT a.name, count(*) FILTER (WHERE o.state IN ('queued', 'listed', 'fetched')) AS inflight,
       count(*) FILTER (WHERE o.state IN ('answered', 'refused')) AS answered,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM o.answered_at - o.listed_at)) AS median_seconds,
       count(*) FILTER (WHERE o.state IN ('queued', 'listed', 'fetched')
                        AND o.listed_at < %(moment)s - make_interval(hours => %(hours)s)) AS late
FROM gateway_order o JOIN gateway_agency a ON a.code = o.agency_id
WHERE o.court_key BETWEEN %(lo)s AND %(hi)s AND o.kind = 'inquiry'
  AND (o.state IN ('queued', 'listed', 'fetched') OR o.queued_at >= %(start)s - interval '30 days')
GROUP BY a.code, a.name ORDER BY a.code
"""

_MONEY = f"SELECT e.reason, count(*), coalesce(sum(p.amount), 0) {_TODAY} GROUP BY e.reason"

_FLOW = """
SELECT d.day::date, coalesce(i.number, 0), coalesce(o.number, 0)
FROM generate_series(%(day)s::date - 29, %(day)s::date, interval '1 day') AS d(day)
LEFT JOIN (SELECT docketed_on, count(*) AS number FROM cases_case WHERE court_key BETWEEN %(lo)s AND %(hi)s
           AND docketed_on BETWEEN %(day)s::date - 29 AND %(day)s GROUP BY 1) i ON i.docketed_on = d.day::date
LEFT JOIN (SELECT closed_on, count(*) AS number FROM cases_case WHERE court_key BETWEEN %(lo)s AND %(hi)s
           AND closed_on BETWEEN %(day)s::date - 29 AND %(day)s GROUP BY 1) o ON o.closed_on = d.day::date
ORDER BY d.day
"""

_FEED = """
SELECT e.moment, e.code, c.short, e.case_id, k.number FROM acts_entry e
JOIN courts_court c ON c.key = e.court_key LEFT JOIN cases_case k ON k.id = e.case_id
WHERE e.kind = 'effect' AND e.court_key BETWEEN %(lo)s AND %(hi)s ORDER BY e.moment DESC LIMIT 12
"""

_CASES = f"""
SELECT k.id, k.number, k.cause, k.state, k.docketed_on, k.closed_on, s.name, j.first_done, j.last,
       (SELECT count(*) FROM cases_node n WHERE n.case_id = k.id AND k.state = 'open' AND n.closed_on IS NULL
        AND n.due_on < %(day)s AND n.tier IN ('T1', 'T2'))
FROM (SELECT * FROM cases_case WHERE court_key BETWEEN %(lo)s AND %(hi)s
      AND (%(rank)s::int IS NULL OR id IN (SELECT z.id FROM ({_STANDING}) z WHERE z.rank = %(rank)s))
      ORDER BY docketed_on DESC, id DESC LIMIT %(limit)s OFFSET %(offset)s) k
LEFT JOIN courts_staff s ON s.id = k.handler_id
LEFT JOIN LATERAL (
    SELECT json_object_agg(d.code, d.first) AS first_done, max(d.last) AS last FROM (
        SELECT e.code, min(e.moment) AS first, max(e.moment) AS last FROM acts_entry e
        WHERE e.chain = k.id AND e.kind = 'effect' GROUP BY e.code) d) j ON true
ORDER BY k.docketed_on DESC, k.id DESC
"""  # noqa: S608  constant text, values are bound

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
    start = datetime.combine(day, time.min, tzinfo=COURT_ZONE)
    known = {
        "lo": court.key,
        "hi": court.key_last,
        "day": day,
        "start": start,
        "end": start + timedelta(days=1),
        "hours": term_days("bank.answer", on=day),
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, known | more)
        return cursor.fetchall()


def kpis_of(court: Court, *, day: date, moment: datetime) -> Kpis:
    """All figures in one statement. moment: against which the agencies' hours to answer are counted (NIC-20)."""
    return Kpis(
        **dict(zip(Kpis.__dataclass_fields__, _rows(_KPIS, court, day, moment=moment)[0], strict=True))
    )


def tiles_of(court: Court, *, day: date) -> list[tuple[Any, ...]]:
    """Courts directly below, and the court's own cases if it has any: key, short, name, open, late cases; by code, never ranked."""
    return _rows(_TILES, court, day)


def heat_of(court: Court, *, day: date) -> list[tuple[Any, ...]]:
    """Court key, node code, late (T1, T2), warned (T3, T4)."""
    return _rows(_HEAT, court, day)


def expiry_of(court: Court, *, day: date, ladder: list[int]) -> list[tuple[Any, ...]]:
    """Days, measures ending within them, amount."""
    return _rows(_EXPIRY, court, day, ladder=ladder)


def traffic_of(court: Court, *, day: date, moment: datetime) -> list[tuple[Any, ...]]:
    """Agency, in flight, answered in thirty days, median seconds, beyond the agencies' hours."""
    return _rows(_TRAFFIC, court, day, moment=moment)


def money_of(court: Court, *, day: date) -> list[tuple[Any, ...]]:
    """Today's ledger entries by reason: reason, count, amount."""
    return _rows(_MONEY, court, day)


def flow_of(court: Court, *, day: date) -> list[tuple[Any, ...]]:
    """Thirty days: day, docketed, closed."""
    return _rows(_FLOW, court, day)


def feed_of(court: Court, *, day: date) -> list[tuple[Any, ...]]:
    """Latest acts: moment, code, court, case id, number."""
    return _rows(_FEED, court, day)


def leaves_of(court: Court, *, day: date) -> list[tuple[Any, ...]]:
    """Every court of the range with open cases of its own: key, short, open, late cases; by code, never ranked."""
    return _rows(_LEAVES, court, day)


def stages_of(court: Court, *, day: date) -> list[tuple[Any, ...]]:
    """Rank of the stage, open cases that stand there, median and longest days in it."""
    return _rows(_STAGES, court, day, **_entries())


def cases_page(
    court: Court, *, day: date, limit: int, offset: int, rank: int | None = None
) -> list[tuple[Any, ...]]:
    """Cases of one court: id, number, cause, state, docketed, closed, handler, act code → first moment, last act, late nodes.

    rank: only open cases that stand at this stage.
    """
    return _rows(_CASES, court, day, limit=limit, offset=offset, rank=rank, **_entries())


def _entries() -> dict[str, list[Any]]:
    """Which act enters the stage of which rank, for `_STANDING`."""
    pairs = [(code, stage.order) for stage in stages() for code in stage.entered_by]
    return {"acts": [code for code, _ in pairs], "ranks": [rank for _, rank in pairs]}


def moves_of(case_id: int) -> list[tuple[Any, ...]]:
    """Acts of one case in order: seq, moment, code."""
    with connection.cursor() as cursor:
        cursor.execute(_MOVES, {"case": case_id})
        return cursor.fetchall()
