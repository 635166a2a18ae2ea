"""Case funds by rule: claim days, pay-out clocks with stricter settings, delays and deposits (FUND, CF)."""

from __future__ import annotations

from datetime import date

import pytest

from zhixing.kernel.errors import InvalidInput
from zhixing.law.book import book
from zhixing.law.errors import NoRuleInForce
from zhixing.law.funds import Delay, claim_due, grounds, payout_clock
from zhixing.law.funds_input import payout_json, payout_read
from zhixing.law.sheets import sheet_printed

DAY = date(2026, 3, 4)


def test_claim_in_three_working_days() -> None:
    assert claim_due(date(2026, 3, 5))[0] == date(2026, 3, 10)  # Friday, Monday, Tuesday
    assert book().at(DAY).entry("funds.claim_days").status == "default"


def test_payout_thirty_days_after_the_notice_fifteen_working_days_once_ready() -> None:
    clock = payout_clock(told_on=date(2026, 3, 4))
    days = {line.code: line.due for line in clock.lines}
    # 30 days from 5 March: 3 April. 15 working days: Wednesday 25 March.
    assert days == {"funds.payout_outer": date(2026, 4, 3), "funds.payout": date(2026, 3, 25)}
    assert clock.due == date(2026, 3, 25)
    assert clock.target == date(2026, 3, 18)  # ten working days
    assert [day.isoformat() for day in clock.alerts] == [
        "2026-03-10",
        "2026-03-18",
        "2026-03-22",
        "2026-03-24",
    ]


def test_ready_later_moves_only_the_fifteen_working_days_never_beyond_thirty() -> None:
    clock = payout_clock(told_on=date(2026, 3, 4), releasable_on=date(2026, 3, 30))
    assert clock.due == date(2026, 4, 3)
    assert clock.target == date(2026, 4, 3)  # the target never lies behind the term


def test_before_the_ten_musts_only_the_thirty_days() -> None:
    clock = payout_clock(told_on=date(2021, 11, 17))
    assert [line.code for line in clock.lines] == ["funds.payout_outer"]
    assert {line.code for line in payout_clock(told_on=date(2021, 11, 18)).lines} == {
        "funds.payout_outer", "funds.payout",
    }  # fmt: skip
    with pytest.raises(NoRuleInForce):
        payout_clock(told_on=date(2017, 4, 30))


def test_approved_delay_stops_the_clock_and_ten_days_follow() -> None:
    lasting = Delay(ground="delay.distribution", since=date(2026, 3, 10), approved=True)
    clock = payout_clock(told_on=DAY, delays=[lasting])
    assert (clock.due, clock.target, clock.alerts) == (None, None, ())
    ended = Delay(ground="delay.stayed", since=date(2026, 3, 10), until=date(2026, 4, 20), approved=True)
    assert payout_clock(told_on=DAY, delays=[ended]).due == date(2026, 4, 30)
    early = Delay(ground="delay.stayed", since=date(2026, 3, 5), until=date(2026, 3, 6), approved=True)
    assert payout_clock(told_on=DAY, delays=[early]).due == date(2026, 3, 25)  # never shortens the term


def test_delay_without_approval_changes_nothing_but_is_told() -> None:
    clock = payout_clock(told_on=DAY, delays=[Delay(ground="delay.other", since=date(2026, 3, 10))])
    assert clock.due == date(2026, 3, 25)
    assert [p.code for p in clock.problems] == ["funds.unapproved"]


def test_unknown_ground_and_turned_days_are_told_together() -> None:
    with pytest.raises(InvalidInput) as refused:
        payout_clock(told_on=DAY, delays=[Delay(ground="holiday", since=DAY, until=date(2026, 3, 1))])
    assert [p.field for p in refused.value.problems] == ["delays.0.ground", "delays.0.until"]


def test_grounds_of_delay_and_deposit_in_order() -> None:
    assert [row.code for row in grounds("delay", DAY)] == [
        "delay.distribution", "delay.frozen", "delay.not_collected", "delay.stayed", "delay.other",
    ]  # fmt: skip
    assert len(grounds("deposit", DAY)) == 6
    assert all(row.approval for row in grounds("delay", DAY))


def test_every_rule_of_the_fund_chapter_is_in_a_table() -> None:
    law = book()
    tables = ("funds_rules", "funds_grounds", "terms")
    named = {rule for table in tables for row in law.all_rows(table) for rule in row.rules}
    named |= {
        rule
        for code in law.series_ids()
        if code.startswith("funds.")
        for e in law.history(code)
        for rule in e.rules
    }
    assert {f"FUND-{no:02d}" for no in range(1, 21)} <= named
    assert {f"CF-{no:02d}" for no in range(1, 5)} <= named


def test_every_rule_of_the_distribution_realisation_and_fee_chapters_is_in_a_table() -> None:
    law = book()
    named = {rule for table in law.table_ids() for row in law.all_rows(table) for rule in row.rules}
    named |= {rule for code in law.series_ids() for entry in law.history(code) for rule in entry.rules}
    wanted = {f"DIST-{no:02d}" for no in range(1, 11)} | {f"EXM-{no:02d}" for no in range(1, 25)}
    wanted |= {f"DISP-{no:02d}" for no in (*range(1, 7), *range(10, 22))}
    wanted |= {"FEE-01", "FEE-02", "FEE-03", "FEE-10", "FEE-20", "FEE-30"}
    assert wanted - named == set()


def test_sheet_of_the_clock() -> None:
    printed = sheet_printed(payout_clock(told_on=DAY).sheet(), book())
    assert printed["results"][-1] == {"label": "至迟发放", "text": "2026-03-25"}


def test_payout_read_and_json() -> None:
    asked = payout_read(
        {
            "told_on": "2026-03-04",
            "delays": [{"ground": "delay.frozen", "since": "2026-03-10", "approved": True}],
        }
    )
    assert payout_json(asked.clock())["due"] is None
    with pytest.raises(InvalidInput) as refused:
        payout_read(
            {
                "told_on": "2017-04-30",
                "delays": [{"ground": "x", "since": "2026-03-02", "until": "2026-03-01"}],
                "q": 1,
            }
        )
    assert sorted(p.field or "" for p in refused.value.problems) == [
        "delays.0.ground", "delays.0.until", "q", "told_on",
    ]  # fmt: skip
