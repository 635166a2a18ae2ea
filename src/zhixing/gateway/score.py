"""Figures of institutions by day, counted from orders and messages; and the stretches in which we ourselves were up.

Time that an institution could not answer because this system was down never counts against it. Everything here runs as
the system; the figures name no case and no person.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import connection, transaction

from zhixing.gateway.models import Uptime
from zhixing.kernel.clock import COURT_ZONE, court_date
from zhixing.law.book import book
from zhixing.law.terms import term_days

DAY = timedelta(days=1)
# A sign of life each minute; what stays away longer was a failure of ours and not a slow job.
DEAD_AFTER = timedelta(minutes=3)
# Answers take effect some time after they came; what came this long before the last count is looked at again.
LOOK_BACK = timedelta(hours=1)

# Our own failures: from the last sign of life of one stretch to the first of the next.
_GAPS = """
gaps AS (SELECT g.lo, g.hi FROM (SELECT last_at AS lo, lead(started_at) OVER (ORDER BY started_at) AS hi
         FROM gateway_uptime) g WHERE g.hi IS NOT NULL AND g.hi > %(start)s)
"""

# One row per order handed over. seconds: to the answer, or until now, without our own failures.
_ORDERS = """
orders AS (
    SELECT (o.listed_at AT TIME ZONE 'Asia/Shanghai')::date AS day, o.agency_id, o.court_key, o.failure,
           o.answered_at IS NOT NULL AS is_answered,
           EXISTS (SELECT 1 FROM gateway_order r WHERE r.repeat_of_id = o.id) AS is_repeated,
           extract(epoch FROM coalesce(o.answered_at, %(moment)s) - o.listed_at) - coalesce(down.seconds, 0) AS seconds,
           3600 * CASE WHEN a.kind IN ('bank', 'fund_bank') THEN %(bank_hours)s ELSE %(hours)s END AS allowed
    FROM gateway_agency a
    JOIN gateway_order o ON o.agency_id = a.code AND o.listed_at >= %(start)s AND o.listed_at < %(end)s
     AND o.state <> 'cancelled'
    LEFT JOIN LATERAL (
        SELECT sum(extract(epoch FROM least(coalesce(o.answered_at, %(moment)s), g.hi) - greatest(o.listed_at, g.lo)))
               AS seconds
        FROM gaps g WHERE g.hi > o.listed_at AND g.lo < coalesce(o.answered_at, %(moment)s)) down ON true
)
"""

_HISTOGRAM = """
histogram AS (
    SELECT t.day, t.agency_id, t.court_key, array_agg(t.minutes ORDER BY t.minutes) AS minutes,
           array_agg(t.number ORDER BY t.minutes) AS counts
    FROM (SELECT day, agency_id, court_key, ceil(greatest(seconds, 0) / 60)::int AS minutes, count(*)::int AS number
          FROM orders WHERE is_answered GROUP BY 1, 2, 3, 4) t GROUP BY 1, 2, 3
)
"""

# A message of no known order belongs to the court that its number names, if it names one. What failed in our own hands
# (outcome failed) is no fault of the sender.
_MESSAGES = """
messages AS (
    SELECT (i.received_at AT TIME ZONE 'Asia/Shanghai')::date AS day, i.agency_id, coalesce(c.key, 0) AS court_key,
           count(*) FILTER (WHERE i.outcome = 'malformed') AS schema_faults,
           count(*) FILTER (WHERE i.outcome = 'conflict') AS conflicts,
           count(*) FILTER (WHERE i.outcome = 'unknown') AS unknown,
           count(*) FILTER (WHERE i.version > 1) AS corrections,
           coalesce(sum(i.repeats), 0) AS duplicates
    FROM gateway_agency a
    JOIN gateway_inbound i ON i.agency_id = a.code AND i.received_at >= %(start)s AND i.received_at < %(end)s
    LEFT JOIN courts_court c ON c.key = CASE WHEN i.court_key <> 0 THEN i.court_key
        WHEN i.request_no ~ '^[0-9]{20}$' THEN substring(i.request_no FROM 9 FOR 6)::int END
    GROUP BY 1, 2, 3
)
"""

_COUNT = f"""
WITH {_GAPS}, {_ORDERS}, {_HISTOGRAM}, {_MESSAGES},
sums AS (
    SELECT day, agency_id, court_key, count(*) AS handed, count(*) FILTER (WHERE is_answered) AS answered,
           count(*) FILTER (WHERE seconds > allowed) AS late,
           count(*) FILTER (WHERE seconds > allowed AND NOT is_answered) AS silent,
           count(*) FILTER (WHERE failure IN ('papers', 'refused')) AS refused,
           count(*) FILTER (WHERE failure = 'error') AS failed,
           count(*) FILTER (WHERE failure = 'partial') AS partial,
           count(*) FILTER (WHERE is_repeated) AS repeats
    FROM orders GROUP BY 1, 2, 3
)
INSERT INTO gateway_score_day (day, agency_id, court_key, handed, answered, late, silent, refused, failed, partial,
    repeats, minutes, counts, schema_faults, conflicts, unknown, corrections, duplicates, computed_at)
SELECT day, agency_id, court_key, coalesce(s.handed, 0), coalesce(s.answered, 0), coalesce(s.late, 0),
    coalesce(s.silent, 0), coalesce(s.refused, 0), coalesce(s.failed, 0), coalesce(s.partial, 0),
    coalesce(s.repeats, 0), coalesce(h.minutes, '{{}}'), coalesce(h.counts, '{{}}'), coalesce(m.schema_faults, 0),
    coalesce(m.conflicts, 0), coalesce(m.unknown, 0), coalesce(m.corrections, 0), coalesce(m.duplicates, 0), %(moment)s
FROM sums s FULL JOIN messages m USING (day, agency_id, court_key)
LEFT JOIN histogram h USING (day, agency_id, court_key)
"""  # noqa: S608  constant text, values are bound

# Days on which an order was handed over that was answered since; today, yesterday, and the day whose hours ran out.
_CHANGED = """
SELECT DISTINCT (o.listed_at AT TIME ZONE 'Asia/Shanghai')::date
FROM gateway_agency a JOIN gateway_inbound i ON i.agency_id = a.code AND i.received_at >= %(since)s
JOIN gateway_order o ON o.id = i.order_id AND o.listed_at IS NOT NULL
"""


def uptime_beat(*, moment: datetime) -> None:
    """A sign of life: lengthen the present stretch, or begin a new one after a failure."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE gateway_uptime SET last_at = %s WHERE id = (SELECT id FROM gateway_uptime ORDER BY last_at DESC"
            " LIMIT 1) AND last_at BETWEEN %s AND %s",
            [moment, moment - DEAD_AFTER, moment],
        )
        if cursor.rowcount == 0 and not Uptime.objects.filter(last_at__gte=moment).exists():
            Uptime.objects.create(started_at=moment, last_at=moment)


@transaction.atomic
def score_count(*, first: date, last: date, moment: datetime) -> None:
    """Count these days anew, both ends included. Locks: one count at a time. Set-based: two statements."""
    day = court_date(moment)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('gateway.score'))")
        cursor.execute("DELETE FROM gateway_score_day WHERE day BETWEEN %s AND %s", [first, last])
        cursor.execute(
            _COUNT,
            {
                "start": datetime.combine(first, time.min, tzinfo=COURT_ZONE),
                "end": datetime.combine(last + DAY, time.min, tzinfo=COURT_ZONE),
                "moment": moment,
                "bank_hours": term_days("bank.answer", on=day),
                "hours": book().at(day).value("gateway.answer_hours"),
            },
        )


def score_refresh(*, moment: datetime) -> list[date]:
    """Count the days on which something may have changed since the last count. Returns them, ascending."""
    today = court_date(moment)
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(computed_at) FROM gateway_score_day WHERE day >= %s", [today - 7 * DAY])
        since = cursor.fetchone()[0] or moment - 7 * DAY
        cursor.execute(_CHANGED, {"since": since - LOOK_BACK})
        changed = {row[0] for row in cursor.fetchall()}
    days = sorted(changed | {today, today - DAY, today - 2 * DAY})
    for first, last in _stretches(days):
        score_count(first=first, last=last, moment=moment)
    return days


def score_rebuild(*, moment: datetime, days: int) -> None:
    """Count the last so many days anew, a month at a time so that no statement runs long."""
    last = court_date(moment)
    first = last - (days - 1) * DAY
    while first <= last:
        until = min(first + 30 * DAY, last)
        score_count(first=first, last=until, moment=moment)
        first = until + DAY


def _stretches(days: Iterable[date]) -> list[tuple[date, date]]:
    """Days joined to unbroken stretches."""
    found: list[tuple[date, date]] = []
    for day in days:
        if found and day - found[-1][1] == DAY:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found
