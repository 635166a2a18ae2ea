"""How one agency stands and when it may be asked again, by hand. Settings: 24 h, errors after 1 h, doubled, week, thrice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from zhixing.gateway.domain.refusals import is_about_papers
from zhixing.inquiry.domain.slices import Asked, Pace, Standing, verdict_of

NOON = datetime(2026, 3, 4, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)
PACE = Pace(hours=24, error_hours=1, growth=2, most_hours=168, most=3)


def asked(listed: float | None = 0, answered: float | None = None, failure: str = "") -> Asked:
    """Hours after noon."""
    return Asked(
        queued_at=NOON,
        listed_at=None if listed is None else NOON + listed * HOUR,
        answered_at=None if answered is None else NOON + answered * HOUR,
        failure=failure,
    )


@pytest.mark.parametrize(
    ("chain", "at", "standing", "next_at"),
    [
        ([asked(None)], 100, Standing.QUEUED, None),
        ([asked()], 24, Standing.WAITING, None),
        ([asked()], 24.01, Standing.SILENT, 24),
        ([asked(answered=2)], 3, Standing.ANSWERED, None),
        ([asked(answered=2, failure="error")], 2, Standing.FAILED, 3),
        ([asked(answered=2, failure="refused")], 9, Standing.FAILED, 3),
        # The first repeat was silent too: two days between; then four.
        ([asked(), asked(30)], 55, Standing.SILENT, 30 + 48),
        ([asked(), asked(30), asked(80)], 200, Standing.SILENT, 80 + 96),
        ([asked(answered=1, failure="error"), asked(3, 4, "error")], 5, Standing.FAILED, 6),
        # The first one was answered late, while the repeat is on its way: nobody is asked again.
        ([asked(answered=40), asked(30)], 100, Standing.ANSWERED, None),
        ([asked(), asked(30)], 40, Standing.WAITING, None),
    ],
)
def test_standing_and_next_time(
    chain: list[Asked], at: float, standing: Standing, next_at: float | None
) -> None:
    found = verdict_of(chain, moment=NOON + at * HOUR, pace=PACE)
    assert found.standing == standing
    assert found.next_at == (None if next_at is None else NOON + next_at * HOUR)


def test_after_the_third_repeat_nothing_is_sent_any_more() -> None:
    found = verdict_of([asked(), asked(30), asked(80), asked(200)], moment=NOON + 999 * HOUR, pace=PACE)
    assert found.is_used_up and found.next_at is None and found.repeats == 3


def test_the_gap_never_exceeds_the_longest_one() -> None:
    pace = Pace(hours=24, error_hours=1, growth=10, most_hours=168, most=9)
    found = verdict_of([asked()] * 4, moment=NOON + 999 * HOUR, pace=pace)
    assert found.next_at == NOON + 168 * HOUR


@pytest.mark.parametrize(
    ("note", "is_papers"),
    [
        ("协助查询通知书缺少印章", True),
        ("未附执行公务证", True),
        ("系统维护", False),
        ("查无此人", False),
        ("", False),
    ],
)
def test_complaints_about_papers_are_known_by_their_words(note: str, is_papers: bool) -> None:
    assert is_about_papers(note) is is_papers
