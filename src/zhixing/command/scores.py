"""Institutions as they answer: sums over the daily figures, what they owe now, and the messages behind a figure.

No selector here reads orders by the month; only what is owed at this moment is read from the open orders, by their index.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from zhixing.courts.models import Court
from zhixing.gateway.models import Outcome
from zhixing.kernel.clock import court_date
from zhixing.law.book import book
from zhixing.law.terms import add_months, term_days
from zhixing.platform import scope

NO_COURT = 0
MONTHS = 12
SHOWN = 200
_SUMS = (
    "handed", "answered", "late", "silent", "refused", "failed", "partial", "repeats",
    "schema_faults", "conflicts", "unknown", "corrections", "duplicates",
)  # fmt: skip

# Weighted quantiles: the first minute up to which at least that share of the answers came.
_FIGURES = f"""
WITH s AS (
    SELECT agency_id, date_trunc('month', day)::date AS month, {", ".join(_SUMS)}, minutes, counts
    FROM gateway_score_day
    WHERE court_key BETWEEN %(lo)s AND %(hi)s AND day >= %(start)s AND day < %(end)s
      AND (%(agency)s::text IS NULL OR agency_id = %(agency)s)
), sums AS (
    SELECT agency_id, month, {", ".join(f"sum({name})::int AS {name}" for name in _SUMS)} FROM s GROUP BY 1, 2
), h AS (
    SELECT s.agency_id, s.month, u.m, sum(u.c) AS n FROM s, unnest(s.minutes, s.counts) AS u(m, c) GROUP BY 1, 2, 3
), c AS (
    SELECT agency_id, month, m, sum(n) OVER (PARTITION BY agency_id, month ORDER BY m) AS upto,
           sum(n) OVER (PARTITION BY agency_id, month) AS total FROM h
), q AS (
    SELECT agency_id, month, min(m) FILTER (WHERE upto >= total * 0.5) AS median,
           min(m) FILTER (WHERE upto >= total * 0.9) AS p90 FROM c GROUP BY 1, 2
)
SELECT a.code, a.name, a.kind, sums.month, q.median, q.p90, {", ".join(f"sums.{name}" for name in _SUMS)}
FROM sums JOIN gateway_agency a ON a.code = sums.agency_id LEFT JOIN q USING (agency_id, month)
ORDER BY a.name, a.code, sums.month
"""  # noqa: S608  constant text, values are bound

# What is owed beyond the hours: the longest first. Our own failures are taken out as in the figures.
_OWED = """
WITH gaps AS (SELECT g.lo, g.hi FROM (SELECT last_at AS lo, lead(started_at) OVER (ORDER BY started_at) AS hi
              FROM gateway_uptime) g WHERE g.hi > %(moment)s - interval '90 days'),
owed AS (
    SELECT o.agency_id, o.kind, o.case_id, o.request_no, o.listed_at,
           extract(epoch FROM %(moment)s - o.listed_at) - coalesce(down.seconds, 0) AS seconds,
           3600 * CASE WHEN a.kind IN ('bank', 'fund_bank') THEN %(bank_hours)s ELSE %(hours)s END AS allowed
    FROM gateway_agency a
    JOIN gateway_order o ON o.agency_id = a.code AND o.state IN ('listed', 'fetched')
     AND o.court_key BETWEEN %(lo)s AND %(hi)s
     AND o.listed_at < %(moment)s - make_interval(hours => CASE WHEN a.kind IN ('bank', 'fund_bank')
         THEN %(bank_hours)s ELSE %(hours)s END)
    LEFT JOIN LATERAL (SELECT sum(extract(epoch FROM least(%(moment)s, g.hi) - greatest(o.listed_at, g.lo))) AS seconds
                       FROM gaps g WHERE g.hi > o.listed_at) down ON true
    WHERE %(agency)s::text IS NULL OR a.code = %(agency)s
)
"""
_OWED_LIST = (
    _OWED
    + """
SELECT a.code, a.name, a.kind, o.kind, k.id, k.number, o.request_no, o.listed_at, o.seconds
FROM owed o JOIN gateway_agency a ON a.code = o.agency_id LEFT JOIN cases_case k ON k.id = o.case_id
WHERE o.seconds > o.allowed ORDER BY o.seconds DESC LIMIT %(limit)s
"""
)
_OWED_SUMS = (
    _OWED
    + """
SELECT a.code, a.name, count(*), max(o.seconds) FROM owed o JOIN gateway_agency a ON a.code = o.agency_id
WHERE o.seconds > o.allowed GROUP BY a.code, a.name ORDER BY a.name, a.code
"""
)

_MESSAGES = """
SELECT i.id, i.received_at, i.operation, i.outcome, i.version, i.problem, i.size, left(i.sha256, 16), i.request_no,
       i.repeats
FROM gateway_inbound i
WHERE i.agency_id = %(agency)s AND i.received_at >= %(start)s AND i.received_at < %(end)s
  AND i.court_key BETWEEN %(lo)s AND %(hi)s AND (i.outcome = ANY(%(outcomes)s) OR i.version > 1 AND %(later)s)
ORDER BY i.received_at DESC LIMIT %(limit)s
"""
# What a person may look at behind a figure; content never.
FAULTS = {
    "schema_faults": (Outcome.MALFORMED,),
    "conflicts": (Outcome.CONFLICT,),
    "unknown": (Outcome.UNKNOWN,),
    "corrections": (),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One institution in one month, orders by the day they were handed over. median, p90: minutes; None without answers."""

    code: str
    name: str
    kind: str
    month: date
    median: int | None
    p90: int | None
    handed: int
    answered: int
    late: int
    silent: int
    refused: int
    failed: int
    partial: int
    repeats: int
    schema_faults: int
    conflicts: int
    unknown: int
    corrections: int
    duplicates: int

    @property
    def due(self) -> int:
        """Orders whose hours are over or that were answered: the whole of which the late ones are a share."""
        return self.answered + self.silent

    @property
    def late_share(self) -> float | None:
        """Share beyond the hours; None when nothing was due."""
        return self.late / self.due if self.due else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One order that an institution has not answered in its hours."""

    code: str
    agency: str
    agency_kind: str
    kind: str
    case_id: int | None
    case_number: str
    request_no: str
    listed_at: datetime
    hours: int


def month_of(text: str, *, on: date) -> date:
    """First day of the month written as 2026-03; the present month when it says none, or one to come."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        return on.replace(day=1)
    return min(found, on.replace(day=1))


def figures_of(court: Court, *, first: date, months: int = 1, agency: str | None = None) -> list[Figures]:
    """By institution and month, in the order of names: never ranked. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            _FIGURES,
            {
                "lo": court.key,
                "hi": court.key_last,
                "start": first,
                "end": add_months(first, months),
                "agency": agency,
            },
        )
        names = [column[0] for column in cursor.description]
        names[0], names[1], names[2] = "code", "name", "kind"
        return [Figures(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def stray_of(*, first: date) -> int:
    """Messages of the month whose number names no court of ours: they count for no court."""
    with scope.system("command.stray"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(schema_faults + conflicts + unknown + corrections), 0)::int FROM gateway_score_day"
            " WHERE court_key = %s AND day >= %s AND day < %s",
            [NO_COURT, first, add_months(first, 1)],
        )
        return cursor.fetchone()[0]


def owed_of(court: Court, *, moment: datetime, agency: str | None = None, limit: int = SHOWN) -> list[Owed]:
    """Orders beyond the hours and not answered, the longest first (NIC-20). One statement, over open orders only."""
    rows = _owed(_OWED_LIST, court, moment, agency, limit)
    return [
        Owed(
            code=code,
            agency=name,
            agency_kind=agency_kind,
            kind=kind,
            case_id=case_id,
            case_number=number or "",
            request_no=request_no,
            listed_at=listed_at,
            hours=int(seconds // 3600),
        )
        for code, name, agency_kind, kind, case_id, number, request_no, listed_at, seconds in rows
    ]


def owed_sums(court: Court, *, moment: datetime) -> list[dict[str, Any]]:
    """Institutions that owe answers beyond their hours: code, name, count, hours of the oldest."""
    return [
        {"code": code, "name": name, "count": count, "hours": int(seconds // 3600)}
        for code, name, count, seconds in _owed(_OWED_SUMS, court, moment, None, SHOWN)
    ]


def _owed(sql: str, court: Court, moment: datetime, agency: str | None, limit: int) -> list[tuple[Any, ...]]:
    day = court_date(moment)
    with connection.cursor() as cursor:
        cursor.execute(
            sql,
            {
                "lo": court.key,
                "hi": court.key_last,
                "moment": moment,
                "agency": agency,
                "limit": limit,
                "bank_hours": term_days("bank.answer", on=day),
                "hours": book().at(day).value("gateway.answer_hours"),
            },
        )
        return cursor.fetchall()


def messages_of(
    court: Court, *, agency: str, fault: str, start: datetime, end: datetime
) -> list[dict[str, Any]]:
    """Messages behind a figure, newest first: when, how, why set apart, size and digest. No content, nobody's name.

    The court sees its own, and those without a court whose number names it.
    """
    outcomes = FAULTS[fault]
    known = {
        "agency": agency,
        "start": start,
        "end": end,
        "outcomes": [str(outcome) for outcome in outcomes],
        "later": fault == "corrections",
        "limit": SHOWN,
    }
    rows = _message_rows(known | {"lo": court.key, "hi": court.key_last})
    with scope.system("command.messages"):
        stray = _message_rows(known | {"lo": NO_COURT, "hi": NO_COURT})
    rows += [row for row in stray if _names_court(row["request_no"], court)]
    return sorted(rows, key=lambda row: row["received_at"], reverse=True)[:SHOWN]


def _message_rows(known: dict[str, Any]) -> list[dict[str, Any]]:
    names = (
        "id",
        "received_at",
        "operation",
        "outcome",
        "version",
        "problem",
        "size",
        "digest",
        "request_no",
        "repeats",
    )
    with connection.cursor() as cursor:
        cursor.execute(_MESSAGES, known)
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return [row | {"label": str(Outcome(row["outcome"]).label).removesuffix("，待核")} for row in rows]


def _names_court(number: str, court: Court) -> bool:
    """Whether a request number of ours names a division of this court (spec §1.5: eight of the day, six of the division)."""
    return number.isdecimal() and len(number) == 20 and court.key <= int(number[8:14]) <= court.key_last
