"""The list of cases with money, its filters and counts, in two statements whatever the number of cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db import connection

from zhixing.funds.distributions import terms_from
from zhixing.funds.domain.clock import TermLine, governing
from zhixing.kernel.text import bigrams, normalise

STATES = {
    "": "全部",
    "releasable": "可发放",
    "pending": "待付款",
    "overdue": "超期未发放",
    "done": "已发放完",
}
_WHERE = {
    "": "TRUE",
    "releasable": "s.releasable > 0",
    "pending": "s.pending > 0",
    "overdue": "t.day <= %(late)s",
    "done": "s.releasable + s.pending = 0",
}
_BASE = """
WITH sums AS (
    SELECT p.case_id,
        coalesce(-sum(p.amount) FILTER (WHERE a.kind = 'case'), 0) AS releasable,
        coalesce(-sum(p.amount) FILTER (WHERE a.kind = 'payable'), 0) AS pending,
        coalesce(-sum(p.amount) FILTER (WHERE a.kind = 'case' AND coalesce(o.reason, e.reason) IN ('receive', 'match')), 0)
            AS received
    FROM funds_posting p JOIN funds_account a ON a.id = p.account_id JOIN funds_entry e ON e.id = p.entry_id
    LEFT JOIN funds_entry o ON o.id = e.reverses_id WHERE p.case_id IS NOT NULL GROUP BY 1
), claims AS (
    SELECT e.case_id, (e.at AT TIME ZONE 'Asia/Shanghai')::date AS day,
        sum(l.amount) OVER (PARTITION BY e.case_id ORDER BY e.at, e.id) AS reached
    FROM funds_entry e JOIN funds_statement_line l ON l.id = e.line_id
    WHERE e.reason IN ('receive', 'match') AND NOT EXISTS (SELECT 1 FROM funds_entry r WHERE r.reverses_id = e.id)
), starts AS (
    -- The oldest money that still lies here; older money is spent first.
    SELECT c.case_id, min(c.day) AS day FROM claims c JOIN sums s USING (case_id)
    WHERE c.reached > s.received - s.releasable - s.pending GROUP BY 1
)
"""
_FROM = """
FROM sums s JOIN cases_case k ON k.id = s.case_id LEFT JOIN courts_staff h ON h.id = k.handler_id
LEFT JOIN starts t ON t.case_id = s.case_id WHERE (%(grams)s::text[] IS NULL OR k.search::text[] @> %(grams)s)
    AND (%(handler)s::bigint IS NULL OR k.handler_id = %(handler)s)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FundRow:
    """One case of the list. due: the governing term, None when no money lies here."""

    case_id: int
    number: str
    parties: str
    handler: str
    received: Decimal
    releasable: Decimal
    pending: Decimal
    start: date | None
    due: TermLine | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FundCounts:
    """Cases per filter, and the sums of all that the text filter leaves."""

    by_state: dict[str, int]
    received: Decimal
    releasable: Decimal
    pending: Decimal


def fund_counts(*, today: date, text: str = "", handler_id: int | None = None) -> FundCounts:
    """Counts of each filter and sums. One statement."""
    tests = ", ".join(f"count(*) FILTER (WHERE {where})" for where in _WHERE.values())
    sums = "coalesce(sum(s.received), 0), coalesce(sum(s.releasable), 0), coalesce(sum(s.pending), 0)"
    with connection.cursor() as cursor:
        cursor.execute(f"{_BASE} SELECT {tests}, {sums} {_FROM}", _params(today, text, handler_id))
        row = cursor.fetchone()
    return FundCounts(
        by_state=dict(zip(_WHERE, row, strict=False)), received=row[-3], releasable=row[-2], pending=row[-1]
    )


def fund_rows(
    *,
    today: date,
    text: str = "",
    state: str = "",
    handler_id: int | None = None,
    offset: int = 0,
    limit: int = 25,
) -> list[FundRow]:
    """A page of the list: what waits longest first, spent cases last. One statement."""
    params = _params(today, text, handler_id) | {"offset": offset, "limit": limit}
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_BASE} SELECT k.id, k.number, k.parties_text, coalesce(h.name, ''), s.received, s.releasable, s.pending,"
            f" t.day {_FROM} AND {_WHERE.get(state, 'TRUE')} ORDER BY t.day NULLS LAST, k.id DESC"
            " LIMIT %(limit)s OFFSET %(offset)s",
            params,
        )
        rows = cursor.fetchall()
    return [
        FundRow(
            case_id=r[0],
            number=r[1],
            parties=r[2],
            handler=r[3],
            received=r[4],
            releasable=r[5],
            pending=r[6],
            start=r[7],
            due=governing(list(_terms(r[7]))) if r[7] else None,
        )
        for r in rows
    ]


@lru_cache(maxsize=400)
def _terms(start: date) -> tuple[TermLine, ...]:
    return tuple(terms_from(start))


def latest_overdue_start(today: date) -> date:
    """The last day of arrival whose money is overdue today: terms grow with their start, so one day divides the list."""
    day = today
    while (due := governing(list(_terms(day)))) is not None and due.due >= today:
        day -= timedelta(days=1)
    return day


def _params(today: date, text: str, handler_id: int | None) -> dict[str, Any]:
    grams = bigrams(text) if len(normalise(text)) >= 2 else None
    return {"late": latest_overdue_start(today), "grams": grams, "handler": handler_id}
