"""The clock can be frozen, ids sort by time, codes can be read aloud."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from zhixing.kernel import clock, ids
from zhixing.kernel.errors import Problem, has_errors


def test_frozen_clock_without_offset_is_court_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIXING_NOW", "2026-03-04T00:30")
    assert clock.now() == datetime(2026, 3, 3, 16, 30, tzinfo=UTC)
    assert clock.today() == date(2026, 3, 4)


def test_frozen_clock_with_offset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIXING_NOW", "2026-03-03T23:30+00:00")
    assert clock.today() == date(2026, 3, 4)


def test_running_clock_is_aware_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ZHIXING_NOW", raising=False)
    assert clock.now().utcoffset() is not None


def test_court_date_refuses_a_moment_without_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        clock.court_date(datetime(2026, 3, 4))  # the point of the test


def test_ids_sort_by_time_and_are_version_7() -> None:
    earlier, later = ids.uuid7(1_000), ids.uuid7(1_001)
    assert earlier.version == 7
    assert str(earlier) < str(later)
    assert len({ids.uuid7(5) for _ in range(200)}) == 200


def test_verification_code_has_no_look_alikes_and_is_read_back() -> None:
    code = ids.verification_code()
    assert len(code) == 14
    assert not set(code) & set("01ILOU")
    assert ids.read_verification_code(code.lower().replace("-", " ")) == code
    assert ids.read_verification_code("7f3k－9qx2—m4td") == "7F3K-9QX2-M4TD"
    assert ids.read_verification_code("7F3K-9QX2-M4TO") is None


def test_warning_does_not_stop_and_may_be_overridden() -> None:
    warning = Problem(code="x", sentence="甲", level="warning")
    assert warning.override
    assert not has_errors([warning])
    assert has_errors([warning, Problem(code="y", sentence="乙")])
