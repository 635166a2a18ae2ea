"""Tools that read a file and have no page of their own: exempt money, the pay-out clock, the two clocks of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhixing.law.clocks import clock_read, two_clocks
from zhixing.law.exempt_accounts import exempt_view
from zhixing.law.exempt_input import exempt_read
from zhixing.law.funds_input import payout_json, payout_read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from zhixing.law.sheets import Sheet

    Answered = tuple[Sheet, Mapping[str, Any]]


def _exempt(given: Mapping[str, Any], today: date) -> Answered:
    found = exempt_view(exempt_read(given, today=today))
    return found.sheet(), found.as_json()


def _payout(given: Mapping[str, Any], today: date) -> Answered:
    clock = payout_read(given).clock()
    return clock.sheet(), payout_json(clock)


def _clocks(given: Mapping[str, Any], today: date) -> Answered:
    found = two_clocks(clock_read(given))
    return found.sheet(), found.as_json()


FILE_TOOLS: dict[str, Callable[[Mapping[str, Any], date], Answered]] = {
    "exempt": _exempt,
    "payout": _payout,
    "clocks": _clocks,
}
"""Sub-command → sheet and plain values of a file and today's court date."""
