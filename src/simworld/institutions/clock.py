"""The one place where the simulated world reads the clock; court time is Asia/Shanghai."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Court time, aware, whole seconds."""
    return datetime.now(_ZONE).replace(microsecond=0)


def stamp(moment: datetime) -> str:
    """19 characters: 2026-03-04 08:46:00."""
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def ticks() -> float:
    """Seconds since the epoch, for due times."""
    return time.time()


def read_day(text: str) -> datetime | None:
    """A day or moment in any of the usual forms (-, / or none; 8, 10 or 19 characters); None when it is none."""
    cleaned = text.strip().replace("/", "-").replace("T", " ")[:19]
    for form in ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d", "%Y%m%d"):
        try:
            return datetime.strptime(cleaned, form)
        except ValueError:
            continue
    return None


def end_of(text: str) -> str:
    """Last second of a measure: a bare day counts to its end."""
    moment = read_day(text)
    if moment is None:
        return ""
    if len(text.strip()) <= 10:
        moment += timedelta(hours=23, minutes=59, seconds=59)
    return stamp(moment)


def start_of(text: str, default: datetime) -> str:
    """First second of a measure, `default` when the order names none."""
    moment = read_day(text)
    return stamp(moment) if moment else stamp(default)


def days_between(start: str, until: str) -> int:
    """Length of a measure in days, for waiting orders whose time starts when they become effective."""
    first, last = read_day(start), read_day(until)
    return max(0, (last - first).days) if first and last else 0


def plus_days(start: str, days: int) -> str:
    """Last second of the day `days` after `start`."""
    first = read_day(start)
    return end_of(stamp(first + timedelta(days=days))[:10]) if first else ""
