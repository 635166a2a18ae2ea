"""How long anything may wait for its periodic job, measured on the schedule itself, at every second of an hour."""

from __future__ import annotations

import pytest
from procrastinate.contrib.django import app

HOUR_SECONDS = 3600
START = 1_767_225_600  # 2026-01-01 00:00 UTC


@pytest.mark.parametrize(
    ("task", "seconds"), [("gateway.notices_send", 2), ("gateway.jobs_revive", 6), ("gateway.recover", 60)]
)
def test_the_next_run_is_never_further_away_than_it_says(task: str, seconds: int) -> None:
    periodic = next(
        found for (name, _), found in app.periodic_registry.periodic_tasks.items() if name == task
    )
    waits = {
        periodic.croniter.get_next(ret_type=float, start_time=START + second) - START - second
        for second in range(HOUR_SECONDS)
    }
    assert max(waits) == seconds
