"""Network measures (网络查询冻结规定; NIC-01, NIC-03, NIC-04, NIC-05, NIC-08, NIC-10, NIC-21, NIC-22, NIC-23, NIC-27, NIC-36)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from zhixing.law.errors import NoRuleInForce, UnknownRule
from zhixing.law.network import (
    NetworkRequest,
    OfficerOnFile,
    national_banks,
    network_request_check,
    online_function,
    papers_for,
    release_liability,
)

DAY = date(2026, 3, 4)
OFFICER = OfficerOnFile(name="甲", filed_on=date(2026, 1, 1), valid_until=date(2026, 12, 31))
FREEZE = NetworkRequest(
    action="freeze",
    on=DAY,
    subject="debtor",
    papers=frozenset({"电子裁定书", "电子协助冻结存款通知书"}),
    officers=(OFFICER,),
    amount=Decimal("100.00"),
    ceiling=Decimal("100.00"),
)
DEDUCT = replace(
    FREEZE,
    action="deduct",
    papers=frozenset({"电子裁定书", "电子协助扣划存款通知书"}),
    frozen=Decimal("100.00"),
    agreed=True,
    to_court_account=True,
)


@pytest.mark.parametrize(
    ("change", "allowed"),
    [
        ({}, True),
        ({"subject": "added"}, True),
        ({"subject": "guarantor"}, True),
        ({"subject": "other"}, False),  # NIC-08: nobody without a duty
        ({"subject": "preserved"}, False),
        ({"subject": "preserved", "applied": True}, False),
        ({"subject": "preserved", "applied": True, "on_clues": True}, True),
        ({"papers": frozenset({"电子裁定书"})}, False),  # NIC-05
        ({"sealed": False}, False),  # NIC-03
        ({"channel": False}, False),
        ({"secure": False}, False),
        ({"officers": ()}, False),
        ({"on": date(2025, 12, 31)}, False),  # NIC-04: the day before filing
        ({"on": date(2026, 1, 1)}, True),
        ({"on": date(2026, 12, 31)}, True),
        ({"on": date(2027, 1, 1)}, False),
        ({"amount": None}, False),  # NIC-30: a freeze names its amount
        ({"amount": Decimal("0.00")}, False),
        ({"amount": Decimal("100.01")}, False),  # NIC-01: not above the obligation
    ],
)
def test_freeze(change: dict[str, Any], allowed: bool) -> None:
    verdict = network_request_check(replace(FREEZE, **change))
    assert verdict.allowed is allowed
    assert all(one.law for one in verdict.conditions)


@pytest.mark.parametrize(
    ("change", "allowed"),
    [
        ({}, True),
        ({"amount": Decimal("40.00")}, True),  # NIC-22: in part
        ({"frozen": Decimal(0)}, False),  # NIC-22: freeze first
        ({"frozen": Decimal("99.99")}, False),  # NIC-36
        ({"agreed": False}, False),  # NIC-10
        ({"to_court_account": False}, False),  # NIC-23
    ],
)
def test_deduction(change: dict[str, Any], allowed: bool) -> None:
    assert network_request_check(replace(DEDUCT, **change)).allowed is allowed


def test_query_names_no_amount_and_may_list_many_cases() -> None:
    asked = replace(FREEZE, action="query", papers=frozenset({"电子协助查询存款通知书"}), amount=None)
    assert network_request_check(asked).allowed
    assert papers_for("query", DAY).shared
    assert not papers_for("freeze", DAY).shared


def test_securities_need_two_officers() -> None:
    """NIC-37: scans of two officers' certificates."""
    asked = replace(FREEZE, action="securities_query", papers=frozenset({"电子协助查询通知书"}), amount=None)
    assert not network_request_check(asked).allowed
    assert network_request_check(replace(asked, officers=(OFFICER, replace(OFFICER, name="乙")))).allowed


@pytest.mark.parametrize(
    ("asset", "does", "where", "first"),
    [
        ("deposit", "freeze", "national", "2018-03-31"),
        ("deposit", "deduct", "national", "2018-03-31"),
        ("deposit", "freeze", "local", "2018-04-30"),
        ("deposit", "deduct", "local", "2018-04-30"),
        ("wealth", "query", "national", "2018-03-31"),
        ("wealth", "freeze", "national", "2018-03-31"),
        ("wealth", "query", "local", "2018-05-31"),
        ("wealth", "freeze", "local", "2018-06-30"),
    ],
)
def test_functions_from_their_first_day(asset: str, does: str, where: str, first: str) -> None:
    """NIC-21; the day before raises."""
    day = date.fromisoformat(first)
    assert online_function(asset, does, where, on=day).since == day
    with pytest.raises(NoRuleInForce):
        online_function(asset, does, where, on=date.fromordinal(day.toordinal() - 1))


def test_what_is_not_foreseen_is_unknown_and_the_banks_are_twenty_one() -> None:
    with pytest.raises(UnknownRule):
        online_function("wealth", "deduct", "local", on=DAY)
    assert len(national_banks(DAY)) == 21
    assert len(set(national_banks(DAY))) == 21
    with pytest.raises(UnknownRule):
        network_request_check(replace(FREEZE, subject="secrecy"))
    with pytest.raises(NoRuleInForce):
        network_request_check(replace(FREEZE, on=date(2013, 9, 1)))


@pytest.mark.parametrize(
    ("moved", "recovered", "over", "amount"),
    [
        ("500.00", "0.00", False, "0.00"),  # ordered to bring it back first
        ("500.00", "0.00", True, "500.00"),
        ("500.00", "120.00", True, "380.00"),
        ("500.00", "500.00", True, "0.00"),
    ],
)
def test_unit_answers_within_what_was_moved(moved: str, recovered: str, over: bool, amount: str) -> None:
    """执行规定第二十六条; NIC-27."""
    found = release_liability(moved=Decimal(moved), recovered=Decimal(recovered), term_over=over, on=DAY)
    assert found.amount == Decimal(amount)
    assert found.steps[-1].law == ("work.26",)


def test_more_recovered_than_moved_is_refused() -> None:
    with pytest.raises(ValueError, match="recovered"):
        release_liability(moved=Decimal(1), recovered=Decimal(2), term_over=True, on=DAY)
