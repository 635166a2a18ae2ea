"""Two clocks per case, worked by hand on the calendar of 2026 (PT-10 to PT-21, SV-17)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhixing.kernel.errors import InvalidInput
from zhixing.law.clocks import (
    ClockInput,
    DeductedSpan,
    Extension,
    TwoClocks,
    clock_read,
    merge,
    two_clocks,
)


def day(text: str) -> date:
    """A day of 2026 from month and day, or of another year when it is named."""
    return date.fromisoformat(text if len(text) == 10 else f"2026-{text}")


def span(ground: str, first: str, last: str | None, **changes: str) -> DeductedSpan:
    """A span with all its papers."""
    papers = {"start_document": "甲", "end_document": "乙", "approver": "丙"} | changes
    entered = papers.pop("entered", None)
    return DeductedSpan(
        ground=ground,
        first=day(first),
        last=day(last) if last else None,
        entered=day(entered) if entered else None,
        **papers,
    )


def clocks(*spans: DeductedSpan, extensions: tuple[Extension, ...] = (), as_of: str = "06-01") -> TwoClocks:
    """A case docketed on 28 January whose application arrived on 26 January."""
    return two_clocks(
        ClockInput(
            docketed=day("01-28"),
            received=day("01-26"),
            as_of=day(as_of),
            spans=spans,
            extensions=extensions,
        )
    )


def codes(found: TwoClocks) -> list[str]:
    """The last part of each problem's code."""
    return [problem.code.removeprefix("clock.") for problem in found.problems]


@pytest.mark.parametrize(
    ("spans", "internal", "creditor"),
    [
        ((), "07-28", "07-27"),  # 26 July is a Sunday
        ((span("announce", "02-10", "03-11"),), "08-27", "08-25"),  # 30 days
        ((span("auction", "02-10", "03-11"),), "08-27", "07-27"),  # the internal term only
        ((span("audit", "02-10", "03-11"),), "08-27", "07-27"),
        ((span("ask_superior", "02-10", "03-11"),), "08-27", "07-27"),
        ((span("appraise", "02-10", "02-10"),), "07-29", "07-27"),
        ((span("stay", "02-10", "02-10"),), "07-29", "07-27"),
        ((span("jurisdiction", "02-10", "02-11"),), "07-30", "07-28"),
        ((span("coordinate", "02-10", "02-11"),), "07-30", "07-28"),
        # announcement 10 Feb to 11 March and auction 5 March to 3 April overlap: 53 days, not 60
        ((span("announce", "02-10", "03-11"), span("auction", "03-05", "04-03")), "09-20", "08-25"),
        (
            (span("announce", "02-10", "02-19"), span("stay", "02-20", "02-24")),
            "08-12",
            "08-10",
        ),  # they touch
        ((span("settlement", "02-10", "03-11"),), "07-28", "07-27"),
    ],
)
def test_due_days(spans: tuple[DeductedSpan, ...], internal: str, creditor: str) -> None:
    found = clocks(*spans)
    assert found.internal.due == day(internal)
    assert found.creditor is not None
    assert found.creditor.due == day(creditor)
    assert found.creditor.right_from == day(creditor) + timedelta(days=1)


@pytest.mark.parametrize(
    ("kind", "due"),
    [("money", "07-28"), ("administrative", "04-28"), ("criminal", "07-28")],
)
def test_term_by_kind(kind: str, due: str) -> None:
    found = two_clocks(ClockInput(docketed=day("01-28"), as_of=day("02-01"), kind=kind))
    assert found.internal.due == day(due)
    assert found.creditor is None


def test_entrusted_case_runs_from_the_letter() -> None:
    found = two_clocks(
        ClockInput(docketed=day("01-28"), received=day("01-20"), entrusted=True, as_of=day("02-01"))
    )
    assert found.creditor is not None
    assert found.creditor.due == day("07-20")


@pytest.mark.parametrize(
    ("spans", "problem"),
    [
        ((span("stay", "02-10", "02-20", start_document=""),), "span.undocumented"),
        ((span("stay", "02-10", "02-20", end_document=""),), "span.undocumented"),
        ((span("stay", "02-10", "02-20", approver=""),), "span.undocumented"),
        ((span("settlement", "02-10", "02-20"),), "span.no_stop"),
        ((span("stay", "07-29", "08-20"),), "span.after_expiry"),
    ],
)
def test_irregular_span_is_told_and_not_deducted(spans: tuple[DeductedSpan, ...], problem: str) -> None:
    found = clocks(*spans)
    assert found.internal.due == day("07-28")
    assert problem in codes(found)
    assert found.internal.left_out


def test_span_that_begins_on_the_last_day_still_counts() -> None:
    assert clocks(span("stay", "07-28", "07-28")).internal.days == 1


def test_running_span_needs_no_end_paper_and_counts_up_to_today() -> None:
    found = clocks(span("stay", "05-23", None, end_document=""), as_of="06-01")
    assert found.internal.days == 10
    assert found.internal.suspended
    assert found.problems == ()


@pytest.mark.parametrize(("entered", "late"), [("02-13", False), ("02-14", True)])
def test_entry_more_than_three_days_later_is_told(entered: str, *, late: bool) -> None:
    found = clocks(span("stay", "02-10", "03-11", entered=entered))
    assert ("span.late_entry" in codes(found)) is late
    assert found.internal.days == 30


def test_overlap_is_told_once_per_later_span() -> None:
    found = clocks(span("announce", "02-10", "03-11"), span("auction", "03-11", "04-03"))
    assert codes(found) == ["span.overlap"]


@pytest.mark.parametrize(
    ("ground", "last", "days", "long"),
    [
        ("postpone", "08-09", 181, False),  # three months and three more: 10 February to 9 August
        ("postpone", "08-10", 181, True),
        ("postpone_security", "2027-02-09", 365, False),
        ("postpone_security", "2027-02-10", 365, True),
        ("postpone_superior", "2027-02-10", 366, False),
    ],
)
def test_postponement_counts_up_to_its_longest(ground: str, last: str, days: int, *, long: bool) -> None:
    found = clocks(span(ground, "02-10", last), as_of="02-11")
    assert found.internal.days == days
    assert ("span.too_long" in codes(found)) is long


@pytest.mark.parametrize(
    ("applied", "months", "due", "told"),
    [
        ("07-23", 3, "10-28", []),  # five days before
        ("07-24", 3, "10-28", ["extension.late"]),
        ("07-28", 3, "10-28", ["extension.late"]),
        ("07-29", 3, "07-28", ["extension.after_expiry"]),
        ("07-01", 1, "08-28", []),
        ("07-01", 4, "10-28", ["extension.too_long"]),
    ],
)
def test_extension(applied: str, months: int, due: str, told: list[str]) -> None:
    found = clocks(extensions=(Extension(applied=day(applied), months=months, approver="president"),))
    assert found.internal.due == day(due)
    assert codes(found) == told
    assert found.creditor is not None
    assert found.creditor.due == day("07-27"), "an extension does not bind the creditor"


def test_second_extension_is_reported_to_the_high_court() -> None:
    first = Extension(applied=day("07-01"), months=3, approver="vice_president")
    second = Extension(applied=day("10-10"), months=3, approver="president")
    assert codes(clocks(extensions=(first, second))) == [
        "extension.not_reported",
        "calendar.not_published",
    ]


def test_deduction_moves_the_day_before_which_an_extension_is_asked_for() -> None:
    """Ten days of stay move the end from 28 July to 7 August; five days before is 2 August."""
    extension = Extension(applied=day("08-02"), months=3, approver="president")
    found = clocks(span("stay", "02-10", "02-19"), extensions=(extension,))
    assert found.problems == ()
    assert found.internal.due == day("11-09")  # 7 November is a Saturday


@pytest.mark.parametrize(
    ("as_of", "closed", "state"),
    [
        ("07-27", None, "running"),
        ("07-28", None, "due_today"),
        ("07-29", None, "overdue"),
        ("07-29", "07-28", "in_time"),
        ("07-30", "07-29", "late"),
    ],
)
def test_state(as_of: str, closed: str | None, state: str) -> None:
    found = two_clocks(
        ClockInput(docketed=day("01-28"), as_of=day(as_of), closed=day(closed) if closed else None)
    )
    assert found.internal.state == state


def test_days_before_docketing_are_cut_off() -> None:
    assert clocks(span("announce", "01-20", "01-30")).internal.days == 2  # 29 and 30 January
    assert clocks(span("announce", "01-20", "01-28")).internal.left_out[0].reason == "在起算日以前"


def test_json_in_and_out() -> None:
    asked = clock_read(
        {
            "docketed": "2026-01-28",
            "received": "2026-01-26",
            "as_of": "2026-06-01",
            "spans": [
                {"ground": "auction", "from": "2026-02-10", "to": "2026-03-11",
                 "start_document": "裁定", "end_document": "成交确认书", "approver": "局长"},
            ],
            "extensions": [{"applied": "2026-07-01", "months": 3, "approver": "president"}],
        }
    )  # fmt: skip
    printed = two_clocks(asked).as_json()
    assert printed["internal"]["due"] == "2026-11-27"  # type: ignore[index]
    assert printed["creditor"]["due"] == "2026-07-27"  # type: ignore[index]
    sheet = two_clocks(asked).sheet()
    assert ("执行期限：届满", "2026-11-27") in sheet.results
    assert sheet.results[-1] == ("可以向上一级法院申请执行，自", "2026-07-28")


def test_all_faults_at_once() -> None:
    with pytest.raises(InvalidInput) as refused:
        clock_read(
            {
                "docketed": "2000-09-27",
                "as_of": "2026-01-01",
                "kind": "tax",
                "spans": [{"ground": "rest", "from": "2026-02-10", "to": "2026-02-09", "who": "x"}],
                "extensions": [{"applied": "2026-07-01", "months": 0, "approver": "clerk"}],
            }
        )
    assert [problem.field for problem in refused.value.problems] == [
        "kind",
        "spans.0.to",
        "spans.0.ground",
        "spans.0.who",
        "extensions.0.months",
        "extensions.0.approver",
        "docketed",
    ]


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(DAYS, st.integers(0, 60)), max_size=8))
def test_merged_days_are_counted_once(raw: list[tuple[date, int]]) -> None:
    spans = [(first, first + timedelta(days=length), "甲") for first, length in raw]
    every = {first + timedelta(days=n) for first, length in raw for n in range(length + 1)}
    blocks = merge(spans)
    assert sum(block.days for block in blocks) == len(every)
    assert all(a.last < b.first for a, b in pairwise(blocks))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["announce", "auction", "stay", "audit"]), DAYS, st.integers(0, 60)), max_size=5),
    st.tuples(st.sampled_from(["announce", "auction"]), DAYS, st.integers(0, 60)),
)  # fmt: skip
def test_another_deduction_never_brings_an_end_forward(
    raw: list[tuple[str, date, int]], more: tuple[str, date, int]
) -> None:
    def made(item: tuple[str, date, int]) -> DeductedSpan:
        ground, first, length = item
        return span(ground, first.isoformat(), (first + timedelta(days=length)).isoformat())

    before, after = clocks(*map(made, raw)), clocks(*map(made, raw), made(more))
    assert after.internal.due >= before.internal.due
    assert before.creditor is not None
    assert after.creditor is not None
    assert after.creditor.due >= before.creditor.due
