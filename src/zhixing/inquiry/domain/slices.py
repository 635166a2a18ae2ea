"""How one agency stands in one inquiry, and when it may be asked again. Pure; the caller brings orders and settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Standing(StrEnum):
    """Where one agency stands."""

    ANSWERED = "answered"
    FAILED = "failed"
    SILENT = "silent"
    WAITING = "waiting"
    QUEUED = "queued"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One order of a chain of repeats. failure: of its last answer, empty when it settles the order."""

    queued_at: datetime
    listed_at: datetime | None
    answered_at: datetime | None
    failure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Settings of the day. hours: the agency's hours to answer."""

    hours: int
    error_hours: int
    growth: int
    most_hours: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Standing, the failure if any, how often it was asked again, and from when it may be asked once more.

    next_at: None when there is nothing to ask again, or when it was asked as often as the setting allows.
    """

    standing: Standing
    failure: str
    repeats: int
    next_at: datetime | None
    is_used_up: bool


def verdict_of(chain: Sequence[Asked], *, moment: datetime, pace: Pace) -> Verdict:
    """Judge the orders to one agency, the first one first. An agency that settled any of them has answered."""
    repeats, last = len(chain) - 1, chain[-1]
    standing, since = _standing(chain, moment, pace)
    if since is None:
        return Verdict(
            standing=standing, failure=last.failure, repeats=repeats, next_at=None, is_used_up=False
        )
    first = pace.hours if standing == Standing.SILENT else pace.error_hours
    gap = min(first * pace.growth**repeats, max(pace.most_hours, first))
    is_used_up = repeats >= pace.most
    return Verdict(
        standing=standing,
        failure=last.failure,
        repeats=repeats,
        next_at=None if is_used_up else since + timedelta(hours=gap),
        is_used_up=is_used_up,
    )


def _standing(chain: Sequence[Asked], moment: datetime, pace: Pace) -> tuple[Standing, datetime | None]:
    """Standing, and the moment from which the gap before a repeat counts."""
    last = chain[-1]
    if any(asked.answered_at is not None and not asked.failure for asked in chain):
        return Standing.ANSWERED, None
    if last.answered_at is not None:
        return Standing.FAILED, last.answered_at
    if last.listed_at is None:
        return Standing.QUEUED, None
    if moment - last.listed_at > timedelta(hours=pace.hours):
        return Standing.SILENT, last.listed_at
    return Standing.WAITING, None
