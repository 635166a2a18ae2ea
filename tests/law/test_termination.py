"""终本 and the other modes of closing, item by item (TB-01 to TB-11, TB-20, CL-02 to CL-12)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from zhixing.kernel.errors import InvalidInput
from zhixing.law.closing import (
    closing_check,
    closing_modes,
    closing_read,
    reopening_grounds,
    suspension_grounds,
)
from zhixing.law.errors import NoRuleInForce
from zhixing.law.termination import next_requery, requery_days, termination_check, termination_read

CASE = (
    "no_leads", "network_reaches", "no_audit_asked", "other_searches", "no_property", "no_obstruction", "creditor_told",
    "opinion_recorded", "creditor_signed", "ruling_complete", "ruling_served", "funds_paid_out", "no_undisposed",
    "nothing_pending",
)  # fmt: skip
DEBTOR = (
    "notice_sent", "report_order_sent", "report_verified", "report_true", "consumption_issued", "listing_not_due",
    "query_deposits", "query_vehicles", "query_realty", "query_securities", "nothing_hidden", "debtor_found",
)  # fmt: skip


def file_of(without: tuple[str, ...] = (), plus: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    """A sound case with two debtors; the second lacks what `without` names of the debtors' evidence."""
    case = {code: True for code in (*CASE, *plus) if code not in without}
    second = {code: True for code in DEBTOR if code not in without}
    return {
        "docketed_on": "2026-01-05",
        "on": "2026-04-06",
        "facts": case,
        "debtors": [
            {"name": "甲公司", "facts": dict.fromkeys(DEBTOR, True)},
            {"name": "乙", "facts": second},
        ],
    } | more


def missing_of(given: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """The items that are not met."""
    found = termination_check(termination_read(given))
    return {v.code: v.missing for v in found.verdicts if v.state == "missing"}


def test_a_sound_case_may_be_put_to_approval() -> None:
    found = termination_check(termination_read(file_of()))
    assert found.allowed
    assert found.approvers == ()  # the creditor signed (INT 517)
    assert {v.code for v in found.verdicts if v.state == "not_needed"} == {
        "TB-02b", "TB-04a", "TB-04c", "TB-04e", "TB-04d", "TB-07a", "TB-07b",
    }  # fmt: skip
    assert len(found.sheet().tables[0].rows) == 18


@pytest.mark.parametrize(
    ("without", "code", "missing"),
    [
        (("notice_sent",), "TB-01", ("执行通知书及送达凭证（乙）",)),
        (("report_verified",), "TB-02a", ("财产报告（或者拒绝报告）的核实记录（乙）",)),
        (("report_true",), "TB-02b", ("对逾期、拒绝、虚假报告的处罚审查记录（乙）",)),
        (("consumption_issued",), "TB-03", ("限制消费令（乙）",)),
        (("no_leads",), "TB-04a", ("全部财产线索的核实记录",)),
        (("query_realty",), "TB-04b", ("不动产查询反馈（乙）",)),
        (("network_reaches",), "TB-04c", ("现场调查笔录",)),
        (("nothing_hidden",), "TB-04d", ("搜查令和搜查笔录（乙）",)),
        (("no_audit_asked",), "TB-04e", ("审计、悬赏的决定和结果",)),
        (("no_property",), "TB-05", ("未发现可供执行财产的查询结果",)),
        (("debtor_found",), "TB-07a", ("查找下落不明的被执行人的记录（乙）",)),
        (("no_obstruction",), "TB-07b", ("罚款、拘留决定书或者移送材料",)),
        (("opinion_recorded",), "TB-08", ("约谈笔录（申请执行人意见）",)),
        (("creditor_signed",), "TB-09", ("申请执行人签字的确认书",)),
        (("ruling_served",), "TB-10", ("终本裁定书送达申请执行人的凭证",)),
        (("funds_paid_out",), "TB-11", ("案款已全部发放的账户余额",)),
    ],
)
def test_each_item_says_what_is_missing(
    without: tuple[str, ...], code: str, missing: tuple[str, ...]
) -> None:
    assert missing_of(file_of(without)) == {code: missing}


@pytest.mark.parametrize(
    ("on", "allowed", "why"),
    [
        ("2026-04-05", False, "three months to the day is not more than three months"),
        ("2026-04-06", True, "one day more"),
    ],
)
def test_more_than_three_months(on: str, allowed: bool, why: str) -> None:
    assert termination_check(termination_read(file_of(on=on))).allowed is allowed, why


@pytest.mark.parametrize(
    ("plus", "allowed"),
    [
        (("auction_failed", "setoff_declined", "no_management"), True),
        (("auction_failed", "setoff_declined"), False),
        (("vehicle_sealed", "vehicle_not_held"), True),
        (("vehicle_sealed",), False),
    ],
)
def test_property_that_cannot_be_disposed_of(plus: tuple[str, ...], allowed: bool) -> None:
    assert termination_check(termination_read(file_of(("no_property",), plus))).allowed is allowed


def test_without_the_creditors_signature_panel_and_president() -> None:
    given = file_of(("creditor_signed",), ("panel_reviewed", "president_approved"))
    found = termination_check(termination_read(given))
    assert found.allowed
    assert found.approvers[-1] == "院长批准"
    assert missing_of(file_of(("creditor_signed",), ("panel_reviewed",))) == {
        "TB-09": ("申请执行人签字的确认书",)
    }


def test_a_bar_stops_it() -> None:
    found = termination_check(termination_read(file_of(bars={"bar_unsealed": True})))
    assert not found.allowed
    assert found.bars == ("可供执行的财产未查封",)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"on": "2016-11-30"}, "on"),
        ({"docketed_on": "2026-04-07"}, "docketed_on"),
        ({"debtors": []}, "debtors"),
        ({"facts": {"notice_sent": True}}, "facts.notice_sent"),
        ({"facts": {"no_leads": "yes"}}, "facts.no_leads"),
        ({"bars": {"x": True}}, "bars.x"),
    ],
)
def test_termination_refuses(more: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        termination_read(file_of(**more))
    assert field in [problem.field for problem in raised.value.problems]


@pytest.mark.parametrize(
    ("ruled", "first", "last"),
    [
        ("2026-03-04", "2026-09-04", "2031-03-04"),
        ("2024-08-31", "2025-02-28", "2029-08-31"),
        ("2024-02-29", "2024-08-29", "2029-02-28"),
    ],
)
def test_ten_queries_in_five_years(ruled: str, first: str, last: str) -> None:
    days = requery_days(date.fromisoformat(ruled))
    assert (len(days), days[0].isoformat(), days[-1].isoformat()) == (10, first, last)


def test_next_query_counts_from_the_last_and_ends_after_five_years() -> None:
    ruled = date(2026, 3, 4)
    assert next_requery(ruled) == date(2026, 9, 4)
    assert next_requery(ruled, date(2030, 9, 4)) == date(2031, 3, 4)
    assert next_requery(ruled, date(2030, 9, 5)) is None
    with pytest.raises(NoRuleInForce):
        requery_days(date(2016, 11, 30))


@pytest.mark.parametrize(
    ("case_type", "modes"),
    [
        ("执", ["performed", "terminated_round", "terminated", "cancelled", "not_enforced", "dismissed"]),
        ("执恢", ["performed", "terminated_round", "terminated"]),
        ("执保", ["preserved", "preserved_partly", "nothing_to_preserve"]),
    ],
)
def test_modes_by_case_type(case_type: str, modes: list[str]) -> None:
    assert [row.code for row in closing_modes(case_type, date(2026, 3, 4))] == modes


@pytest.mark.parametrize(
    ("given", "allowed"),
    [
        ({"case_type": "执", "mode": "performed", "ground": "all_performed"}, True),
        ({"case_type": "执", "mode": "performed", "ground": "settlement_performed"}, True),
        ({"case_type": "执", "mode": "performed", "ground": "settlement_open"}, False),
        ({"case_type": "执", "mode": "terminated", "ground": "suspended"}, False),
        ({"case_type": "执恢", "mode": "cancelled", "ground": "jurisdiction_upheld"}, False),
        ({"case_type": "执", "mode": "terminated_round", "ground": "round_checked"}, False),
        ({"case_type": "执", "mode": "terminated_round", "ground": "round_checked", "checklist": True}, True),
        ({"case_type": "执", "mode": "terminated", "ground": "died_nothing"}, True),
        ({"case_type": "执保", "mode": "preserved", "ground": "preserved_all"}, True),
    ],
)
def test_closing(given: dict[str, Any], allowed: bool) -> None:
    found = closing_check(closing_read({"on": "2026-03-04"} | given))
    assert found.allowed is allowed
    assert found.reasons


def test_notice_of_closing_unless_both_confirmed() -> None:
    given = {"on": "2026-03-04", "case_type": "执", "mode": "performed", "ground": "all_performed"}
    assert closing_check(closing_read(given)).duties == ("发送结案通知书",)
    assert "不再发" in closing_check(closing_read(given | {"confirmed": True})).duties[0]


def test_grounds_of_suspension_and_reopening() -> None:
    assert [row.code for row in suspension_grounds(date(2026, 3, 4))] == ["A1", "A2", "A3", "A4", "A5"]
    assert len(reopening_grounds(date(2026, 3, 4))) == 4


def test_closing_refuses_a_ground_of_another_mode_and_a_day_before_the_rule() -> None:
    with pytest.raises(InvalidInput) as raised:
        closing_read({"on": "2014-12-31", "case_type": "执", "mode": "performed", "ground": "destitute"})
    assert [problem.field for problem in raised.value.problems] == ["on", "ground"]
