"""The only place that reads the wall clock; everything else is told the moment.

``ZHIXING_NOW`` (ISO 8601, with offset; a bare date or local time is court time) freezes the clock for
tests, screenshots and demonstrations.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

COURT_ZONE = ZoneInfo("Asia/Shanghai")
FREEZE_VARIABLE = "ZHIXING_NOW"


def now() -> datetime:
    """The present moment, aware, in UTC; the frozen moment when ``ZHIXING_NOW`` is set.

    Raises:
        ValueError: ``ZHIXING_NOW`` is set to something that is no ISO date or moment.
    """
    frozen = os.environ.get(FREEZE_VARIABLE, "").strip()
    return parse_moment(frozen) if frozen else datetime.now(UTC)


def today() -> date:
    """Today's date on the court's calendar (Asia/Shanghai)."""
    return court_date(now())


def court_date(moment: datetime) -> date:
    """The court's calendar day on which an aware moment falls."""
    if moment.tzinfo is None:
        raise ValueError("a moment must carry its time zone")
    return moment.astimezone(COURT_ZONE).date()


def parse_moment(text: str) -> datetime:
    """Read an ISO date or moment as aware UTC; without an offset it is court time."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=COURT_ZONE)
    return moment.astimezone(UTC)
