"""Every period of the rulebooks by article: its length, and the tool around it (PT-01 to PT-39, clock tables)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhixing.kernel.errors import InvalidInput
from zhixing.law.book import book
from zhixing.law.errors import NoRuleInForce
from zhixing.law.schemas import MeasurePeriod, Term
from zhixing.law.terms import (
    announcement_served,
    deadline,
    restoration_asked,
    term_codes,
    term_groups,
    terms_listed,
)
from zhixing.law.terms.forms import DeadlineInput, deadline_answer, deadline_read

TODAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("code", "amount", "unit", "tier"),
    [
        # 民诉法第八十六、九十五、二百八十三、二百五十条
        ("case.restore_period", 10, "days", "T1"),
        ("service.announcement", 30, "days", "T1"),
        ("service.announcement_abroad", 60, "days", "T1"),
        ("case.limitation", 2, "years", "T1"),
        # 法发〔2006〕35号第一条、法释〔2000〕29号第五条
        ("case.money", 6, "months", "T1"),
        ("case.administrative", 3, "months", "T1"),
        ("case.extend_ask", 5, "days", "T2"),
        ("case.extend", 3, "months", "T1"),
        # 法释〔2014〕13号、法释〔2000〕29号第五条 (PT-13)
        ("case.criminal_docket", 7, "days", "T1"),
        ("case.criminal", 6, "months", "T1"),
        ("case.criminal_fine", 3, "months", "T1"),
        ("case.criminal_fine_most", 6, "months", "T1"),
        ("case.criminal_confiscation", 0, "hours", "T1"),
        # 民诉法第二百四十条、委托执行规定 (PT-14)
        ("case.entrusted_start", 15, "days", "T1"),
        ("case.entrusted_report", 30, "days", "T1"),
        ("case.entrusted_creditor", 6, "months", "T1"),
        # the third clock of postponement and the right of the creditor
        ("case.creditor_right", 6, "months", "T1"),
        ("case.postpone_security", 1, "years", "T1"),
        ("case.postpone", 3, "months", "T2"),
        ("case.postpone_extend", 3, "months", "T2"),
        # preservation of property
        ("preservation.rule", 5, "days", "T1"),
        ("preservation.rule_urgent", 48, "hours", "T1"),
        ("preservation.rule_presuit", 48, "hours", "T1"),
        ("preservation.start", 5, "days", "T1"),
        ("preservation.start_urgent", 0, "hours", "T1"),
        ("preservation.lift", 5, "days", "T1"),
        ("preservation.lift_urgent", 48, "hours", "T1"),
        ("preservation.sue", 30, "days", "T1"),
        ("renewal.ask_preservation", 7, "days", "T1"),
        # reviews: PT-31 to PT-39
        ("objection.docket", 3, "days", "T1"),
        ("objection.notify", 3, "days", "T1"),
        ("objection.decide", 15, "days", "T1"),
        ("objection.reconsider", 10, "days", "T1"),
        ("reconsider.send_up", 5, "days", "T1"),
        ("reconsider.decide", 30, "days", "T1"),
        ("reconsider.extend", 30, "days", "T1"),
        ("outsider.decide", 15, "days", "T1"),
        ("outsider.no_disposal", 15, "days", "T1"),
        ("outsider.sue", 15, "days", "T1"),
        ("jurisdiction.object", 10, "days", "T1"),
        ("parties.decide", 60, "days", "T1"),
        ("parties.reconsider", 10, "days", "T1"),
        ("parties.reconsider_decide", 60, "days", "T1"),
        ("parties.sue", 15, "days", "T1"),
        ("award.apply", 15, "days", "T1"),
        ("award.decide", 2, "months", "T1"),
        ("award.extend", 1, "months", "T1"),
        ("notarised.apply", 15, "days", "T1"),
        ("notarised.decide", 60, "days", "T1"),
        ("notarised.extend", 30, "days", "T1"),
        ("plan.objection", 15, "days", "T1"),
        ("plan.oppose", 15, "days", "T1"),
        ("plan.sue", 15, "days", "T1"),
        ("sanction.review", 3, "days", "T1"),
        ("sanction.decide", 5, "days", "T1"),
        ("exitban.review", 10, "days", "T1"),
        ("exitban.decide", 15, "days", "T1"),
        ("list.review", 15, "days", "T1"),
        ("list.correct", 3, "working_days", "T1"),
        ("list.appeal", 10, "days", "T1"),
        ("list.appeal_decide", 15, "days", "T1"),
        # supervision and others
        ("supervise.apply", 6, "months", "T2"),
        ("petition.enter", 5, "working_days", "T2"),
        ("petition.close", 30, "working_days", "T2"),
        ("prosecutor.reply", 3, "months", "T1"),
        ("closed.protect", 6, "months", "T1"),
        ("bankruptcy.answer", 30, "days", "T1"),
        ("police.file_ordered", 15, "days", "T2"),
        ("revocation.sue", 1, "years", "T1"),
        ("revocation.most", 5, "years", "T1"),
        ("auction.deposit_refund", 24, "hours", "T1"),
        ("price.appraise", 30, "days", "T1"),
    ],
)
def test_length(code: str, amount: int, unit: str, tier: str) -> None:
    row = book().at(TODAY).term(code)
    assert (row.amount, row.unit, row.tier) == (amount, unit, tier)


CLOCK_TABLE = [
    ("notice_issue", 10, "days"), ("notice_after_measure", 3, "days"), ("bank_feedback", 24, "hours"),
    ("bank_objection_reply", 15, "days"), ("renewal_request_preservation", 7, "days"),
    ("first_seal_idle_priority", 60, "days"), ("transfer_reply", 15, "days"), ("preservation_idle", 1, "years"),
    ("equity_excess_lift", 7, "days"), ("equity_self_sale", 3, "months"), ("third_party_claim_reply", 15, "days"),
    ("report_supplement", 10, "days"), ("report_lookback", 1, "years"), ("clue_verify", 7, "days"),
    ("clue_verify/urgent", 3, "days"), ("audit_decide", 10, "days"), ("reward_decide", 10, "days"),
    ("list_decide", 15, "days"), ("list_term", 2, "years"), ("list_delete", 3, "working_days"),
    ("list_correct", 3, "working_days"), ("list_review", 15, "days"), ("appeal", 10, "days"),
    ("appeal_decide", 15, "days"), ("temp_lift", 1, "months"), ("sanction_review", 3, "days"),
    ("sanction_decide", 5, "days"), ("police_file", 7, "days"), ("police_file_complex", 30, "days"),
    ("police_refuse_letter", 7, "days"), ("termination_min_age", 3, "months"), ("termination_requery", 6, "months"),
    ("payout", 30, "days"), ("after_delay_ends", 10, "days"), ("plan_objection", 15, "days"),
    ("plan_oppose", 15, "days"), ("plan_sue", 15, "days"), ("pricing_start", 30, "days"), ("sale_start", 10, "days"),
    ("auction_notice_movable", 15, "days"), ("auction_notice_immovable", 30, "days"),
    ("second_auction_within", 30, "days"), ("sale_period", 60, "days"), ("act_objection_decide", 15, "days"),
    ("review_apply", 10, "days"), ("third_party_objection_decide", 15, "days"), ("third_party_sue", 15, "days"),
    ("case_closing", 6, "months"), ("limitation_to_apply", 2, "years"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "amount", "unit"), CLOCK_TABLE)
def test_clock_table_of_the_rulebook(key: str, amount: int, unit: str) -> None:
    (code,) = term_codes(key, TODAY)
    row = book().at(TODAY).term(code)
    assert (row.amount, row.unit) == (amount, unit)


@pytest.mark.parametrize(
    ("key", "lengths"),
    [
        ("bring_in", [(8, "hours"), (24, "hours")]),
        ("list_extend", [(1, "years"), (3, "years")]),
        ("grace", [(1, "months"), (3, "months")]),
        ("review_decide", [(30, "days"), (30, "days")]),
    ],
)
def test_clocks_with_two_values(key: str, lengths: list[tuple[int, str]]) -> None:
    rows = [book().at(TODAY).term(code) for code in term_codes(key, TODAY)]
    assert [(row.amount, row.unit) for row in rows] == lengths


def test_clocks_of_measures_stand_in_the_table_of_durations() -> None:
    years = {
        rule: row.years for row in book().at(TODAY).rows("durations", MeasurePeriod) for rule in row.rules
    }
    found = [years[f"clock:freeze_{kind}"] for kind in ("deposit", "movable", "immovable")]
    assert found == [1, 2, 3]


@pytest.mark.parametrize(
    ("published", "served"),
    [
        ("2026-03-02", "2026-04-01"),
        ("2026-01-17", "2026-02-24"),  # 30 days end on 16 Feb, in 春节
        ("2022-01-01", "2022-02-07"),  # first day of the thirty; 31 Jan to 6 Feb are free
        ("2021-12-31", "2022-03-01"),  # the day before: sixty days
    ],
)
def test_announcement(published: str, served: str) -> None:
    assert announcement_served(date.fromisoformat(published)).due == date.fromisoformat(served)


def test_announcement_abroad() -> None:
    assert announcement_served(date(2026, 3, 2), abroad=True).due == date(
        2026, 5, 6
    )  # 1 May: on behind 劳动节
    assert announcement_served(date(2023, 12, 29), abroad=True).due == date(
        2024, 3, 29
    )  # three months before


def test_restoration_runs_from_the_end_of_the_obstacle() -> None:
    assert restoration_asked(date(2026, 3, 2)).due == date(2026, 3, 12)


@pytest.mark.parametrize(("travel", "due"), [(0, "2026-02-09"), (3, "2026-02-10"), (8, "2026-02-24")])
def test_travel_days_do_not_count(travel: int, due: str) -> None:
    """Ten days from 28 January end on Saturday, 7 February; days on the way are added before a day off moves on."""
    assert deadline(date(2026, 1, 28), "notice.issue", travel_days=travel).due == date.fromisoformat(due)


def test_paper_posted_on_the_last_day_is_in_time() -> None:
    found = deadline(date(2026, 3, 2), "objection.reconsider")
    assert found.due == date(2026, 3, 12)
    assert [found.posted_in_time(date(2026, 3, day)) for day in (11, 12, 13)] == [True, True, False]


def test_confiscation_is_due_at_once() -> None:
    moment = datetime(2026, 3, 4, 10, 20, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert deadline(moment, "case.criminal_confiscation").due_moment == moment


def test_list_for_a_select_has_every_rule_once_under_a_heading() -> None:
    listed = [choice.code for choice in terms_listed(TODAY)]
    grouped = [choice.code for group in term_groups(TODAY) for choice in group.choices]
    assert sorted(listed) == sorted(grouped)
    assert len(set(listed)) == len(listed)
    assert "其他" not in [group.title for group in term_groups(TODAY)]
    assert all(choice.title and choice.law for choice in terms_listed(TODAY))


def test_names_of_a_rule() -> None:
    assert term_codes("notice.issue", TODAY) == term_codes("notice_issue", TODAY) == ("notice.issue",)
    assert len(term_codes("PT-31", TODAY)) == 4
    assert term_codes("nothing", TODAY) == ()


def test_answer_of_the_tool() -> None:
    asked = deadline_read(
        {"rule": "notice_issue", "from": "2026-01-28", "travel_days": 3, "posted": "2026-02-10"}
    )
    answer = deadline_answer(asked)
    assert answer.deadline.due == date(2026, 2, 10)
    assert answer.in_time is True
    assert answer.as_json()["due"] == "2026-02-10"
    assert answer.sheet().results[-1] == ("届满", "2026-02-10")


def test_period_from_an_announced_paper_begins_with_service() -> None:
    """Announced on 2 March, served on 1 April, ten days more: 11 April is a Saturday."""
    answer = deadline_answer(
        deadline_read({"rule": "objection.reconsider", "from": "2026-03-02", "announced": "home"})
    )
    assert answer.served == date(2026, 4, 1)
    assert answer.deadline.due == date(2026, 4, 13)


def test_all_faults_of_an_input_at_once() -> None:
    with pytest.raises(InvalidInput) as refused:
        deadline_read({"rule": "PT-31", "from": "2026-02-30", "amount": 1.5, "announced": "moon", "x": 1})
    assert [problem.field for problem in refused.value.problems] == [
        "from",
        "amount",
        "announced",
        "x",
        "rule",
    ]
    with pytest.raises(InvalidInput) as refused:
        deadline_read({"rule": "PT-31", "from": "2026-02-27"})
    assert refused.value.problems[0].code == "deadline.many"
    with pytest.raises(InvalidInput):
        deadline_read({})


def test_day_before_the_rule_is_told_as_a_fault_of_the_field() -> None:
    with pytest.raises(InvalidInput) as refused:
        deadline_answer(deadline_read({"rule": "equity.lift_excess", "from": "2021-12-31"}))
    assert refused.value.problems[0].field == "from"
    with pytest.raises(NoRuleInForce):
        deadline(date(2021, 12, 31), "equity.lift_excess")


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([row for row in book().at(TODAY).rows("terms", Term) if row.unit != "hours"]),
    st.dates(date(2025, 7, 1), date(2028, 1, 1)),
    st.integers(0, 40),
)
def test_deadlines_are_monotone(row: Term, start: date, later: int) -> None:
    amount = row.amount or 7
    first = deadline(start, row.code, amount=amount).due
    assert first <= deadline(start + timedelta(days=later), row.code, amount=amount).due
    if row.direction == "after":
        assert first <= deadline(start, row.code, amount=amount + 1).due
        assert first >= start


def test_input_without_reading_is_the_same() -> None:
    assert deadline_answer(DeadlineInput(rule="notice.issue", start=date(2026, 1, 28))).deadline.due == date(
        2026, 2, 9
    )
