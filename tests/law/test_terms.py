"""Deadlines by article, worked by hand on the published calendars of 2023 to 2026 (PT-01 to PT-06)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from zhixing.law.book import book
from zhixing.law.durations import measure_period
from zhixing.law.errors import NoRuleInForce, UnknownRule
from zhixing.law.terms import add_months, deadline, term_days

COURT = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("start", "term", "due", "why"),
    [
        ("2026-03-02", "docket.decide", "2026-03-09", "7 days, the first is 3 March, Monday"),
        ("2026-01-28", "notice.issue", "2026-02-09", "7 Feb is a free Saturday: on to Monday"),
        ("2026-02-10", "docket.decide", "2026-02-24", "17 Feb lies in 春节, which ends on the 23rd"),
        ("2026-02-07", "docket.decide", "2026-02-14", "a Saturday that is worked does not move"),
        ("2026-09-28", "clue.verify_urgent", "2026-10-08", "1 Oct: on behind 国庆节"),
        ("2026-01-28", "case.money", "2026-07-28", "six months, same day number"),
        ("2025-08-31", "case.money", "2026-02-28", "no 31 Feb; the 28th is a worked Saturday"),
        ("2023-08-31", "case.money", "2024-02-29", "leap day"),
        ("2024-02-29", "case.limitation", "2026-02-28", "two years on there is no 29 Feb; worked Saturday"),
        ("2026-03-03", "funds.payout", "2026-03-24", "15 working days"),
        ("2026-03-03", "funds.after_delay", "2026-03-13", "10 days, a Friday"),
        ("2026-02-09", "funds.payout_outer", "2026-03-11", "30 days over the end of February"),
        ("2026-02-13", "list.delete", "2026-02-25", "3 working days: 14 Feb (worked), 24, 25"),
        ("2026-07-28", "case.extend_ask", "2026-07-23", "five days before"),
        ("2026-02-04", "declaration.look_back", "2025-02-04", "one year before"),
    ],
)
def test_deadline(start: str, term: str, due: str, why: str) -> None:
    found = deadline(date.fromisoformat(start), term)
    assert found.due == date.fromisoformat(due), why
    assert found.steps[-1].value == due
    assert found.law
    assert found.book_hash == book().hash


def test_working_days_over_a_worked_weekend_count_it() -> None:
    """2026-02-13 Friday; 14 Feb is worked; 15 to 23 Feb are free."""
    assert book().calendar.add_working_days(date(2026, 2, 13), 2) == date(2026, 2, 24)
    assert book().calendar.working_days_between(date(2026, 2, 13), date(2026, 2, 24)) == 2


@pytest.mark.parametrize("year", [2025, 2026])
def test_working_days_of_a_year(year: int) -> None:
    """The State Council's plans for 2025 and 2026 leave 248 working days each."""
    assert book().calendar.working_days_between(date(year - 1, 12, 31), date(year, 12, 31)) == 248


def test_day_before_the_rule_raises_and_its_first_day_does_not() -> None:
    assert deadline(date(2021, 11, 18), "funds.payout").tier == "T2"
    with pytest.raises(NoRuleInForce):
        deadline(date(2021, 11, 17), "funds.payout")
    with pytest.raises(UnknownRule):
        deadline(date(2026, 1, 1), "no.such.term")


def test_year_without_published_holidays_is_said() -> None:
    found = deadline(date(2026, 12, 28), "notice.issue")
    assert found.due == date(2027, 1, 7)
    assert [problem.code for problem in found.problems] == ["calendar.not_published"]
    assert deadline(date(2026, 3, 2), "notice.issue").problems == ()
    # A Saturday of an unpublished year is still a day off.
    assert deadline(date(2026, 12, 30), "notice.issue").due == date(2027, 1, 11)


def test_hours_start_at_the_next_full_hour_unless_counted_exactly() -> None:
    moment = datetime(2026, 3, 4, 10, 20, tzinfo=COURT)
    assert deadline(moment, "preservation.rule_urgent").due_moment == datetime(
        2026, 3, 6, 11, 0, tzinfo=COURT
    )
    exact = deadline(moment, "bank.answer")
    assert exact.due_moment == datetime(2026, 3, 5, 10, 20, tzinfo=COURT)
    assert exact.due == date(2026, 3, 5)
    assert deadline(date(2026, 3, 4), "bank.answer").due_moment == datetime(2026, 3, 6, 0, 0, tzinfo=COURT)


def test_order_may_fix_the_length() -> None:
    assert deadline(date(2026, 3, 2), "declaration.period", amount=15).due == date(2026, 3, 17)
    assert term_days("declaration.supplement", on=date(2026, 3, 2)) == 10


def test_only_statute_and_court_documents_make_lateness() -> None:
    statutory = deadline(date(2026, 3, 2), "docket.decide")
    target = deadline(date(2026, 3, 2), "inquiry.launch")
    assert [statutory.state(statutory.due + timedelta(days=n)) for n in (-1, 0, 1)] == [
        "open",
        "today",
        "late",
    ]
    assert target.state(target.due + timedelta(days=1)) == "warning"


def test_deadlines_never_run_backwards() -> None:
    for term in ("docket.decide", "case.money", "funds.payout"):
        dues = [deadline(date(2025, 12, 1) + timedelta(days=n), term).due for n in range(120)]
        assert dues == sorted(dues)


@pytest.mark.parametrize(
    ("kind", "start", "end"),
    [
        ("movable", "2026-01-12", "2028-01-11"),
        ("vehicle", "2022-03-01", "2024-02-29"),
        ("deposit", "2025-09-12", "2026-09-11"),
        ("real_estate", "2026-03-04", "2029-03-03"),
        ("equity", "2026-03-04", "2029-03-03"),
        ("payment", "2026-03-04", "2027-03-03"),
        ("deposit", "2015-02-04", "2016-02-03"),
    ],
)
def test_measure_ends_the_day_before_its_anniversary(kind: str, start: str, end: str) -> None:
    span = measure_period(kind, date.fromisoformat(start))
    assert span.end == date.fromisoformat(end)
    assert span.alerts == tuple(span.end - timedelta(days=n) for n in (60, 30, 15, 7, 3, 1))


def test_leap_rule_of_registries_before_the_present_table() -> None:
    """DUR-05: 2006-03-01 + 2 years → 2008-02-29."""
    assert add_months(date(2006, 3, 1), 24) - timedelta(days=1) == date(2008, 2, 29)


def test_measure_before_the_rule_or_of_an_unknown_kind_raises() -> None:
    with pytest.raises(NoRuleInForce):
        measure_period("deposit", date(2015, 2, 3))
    with pytest.raises(UnknownRule):
        measure_period("dreams", date(2026, 3, 4))


def test_payment_accounts_are_marked_as_a_setting() -> None:
    assert measure_period("payment", date(2026, 3, 4)).status == "default"
    assert measure_period("deposit", date(2026, 3, 4)).status == "verified"
