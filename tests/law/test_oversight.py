"""Passive and selective enforcement, odd operations, clips, command messages (SV-01, SV-03, SV-16, SV-18, SV-21, AV-03, AV-06, CC-06)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from zhixing.law.errors import NoRuleInForce, UnknownRule
from zhixing.law.oversight import (
    Operation,
    Paid,
    clip_kept_until,
    devices_least,
    dispatch_next,
    must_resume,
    near_period_end,
    odd_operations,
    passive_enforcement,
    selective_leads,
)
from zhixing.law.review import disposal_barred_until

DAY = date(2026, 3, 4)
SHANGHAI = ZoneInfo("Asia/Shanghai")
CASE: dict[str, Any] = {
    "creditor_due": DAY,
    "property_available": True,
    "act_obligation": False,
    "measures_taken": False,
}


@pytest.mark.parametrize(
    ("on", "more", "passive"),
    [
        ("2026-03-04", {}, False),  # the last day of the six months
        ("2026-03-05", {}, True),
        ("2026-03-05", {"completed": True}, False),
        ("2026-03-05", {"property_available": False, "enforceable": False}, False),
        ("2026-03-05", {"property_available": False, "enforceable": True}, True),
        ("2026-03-05", {"property_available": False, "act_obligation": True}, True),
        ("2026-03-05", {"property_available": False, "act_obligation": True, "measures_taken": True}, False),
    ],
)
def test_passive_enforcement(on: str, more: dict[str, Any], passive: bool) -> None:
    """SV-01: 民诉法第二百三十七条, 执行程序解释第十条."""
    assert passive_enforcement(on=date.fromisoformat(on), **(CASE | more)).allowed is passive


def test_later_creditor_paid_first_without_reason() -> None:
    """SV-03."""
    first = Paid(name="甲", seized_on=date(2025, 1, 1), paid_on=date(2026, 2, 1))
    later = Paid(name="乙", seized_on=date(2025, 6, 1), paid_on=date(2026, 1, 1))
    assert len(selective_leads([first, later])) == 1
    noted = Paid(name="乙", seized_on=date(2025, 6, 1), paid_on=date(2026, 1, 1), reason="甲的债权未定")
    assert selective_leads([first, noted]) == ()
    assert selective_leads([later, Paid(name="丙", seized_on=date(2025, 7, 1))]) == ()


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, 4, hour, minute, tzinfo=SHANGHAI)


def test_one_account_for_unrelated_cases() -> None:
    """SV-21: two unrelated cases (setting); cases that belong together count once."""
    one = Operation(at=at(10), kind="payment", account="6217", case="甲")
    other = Operation(at=at(11), kind="payment", account="6217", case="乙")
    assert odd_operations([one, other], DAY) == ("同一账户为 2 个无关案件付款",)
    joined = [
        Operation(at=at(10), kind="payment", account="6217", case=name, group="串案") for name in ("甲", "乙")
    ]
    assert odd_operations(joined, DAY) == ()


@pytest.mark.parametrize(
    ("hour", "minute", "odd"), [(21, 59, False), (22, 0, True), (23, 0, True), (0, 0, True), (5, 59, True), (6, 0, False)]
)  # fmt: skip
def test_approval_at_night(hour: int, minute: int, odd: bool) -> None:
    assert bool(odd_operations([Operation(at=at(hour, minute), kind="approval")], DAY)) is odd


@pytest.mark.parametrize(("count", "late", "odd"), [(9, 4, False), (10, 4, True), (10, 3, False)])
def test_entries_made_up_in_bulk(count: int, late: int, odd: bool) -> None:
    """More than three days late (SV-17), ten by one person on one day."""
    entries = [Operation(at=at(10), kind="entry", person="某", late_days=late)] * count
    assert bool(odd_operations(entries, DAY)) is odd


def test_payee_must_be_a_party_and_the_day_before_raises() -> None:
    assert odd_operations([Operation(at=at(10), kind="payment", payee_is_party=False)], DAY)
    with pytest.raises(NoRuleInForce):
        odd_operations([], date(2021, 12, 5))


@pytest.mark.parametrize(
    ("day", "near"),
    [
        ("2026-03-26", False),
        ("2026-03-27", True),
        ("2026-03-31", True),
        ("2026-04-01", False),
        ("2025-12-26", False),
        ("2025-12-27", True),
        ("2024-06-26", True),
    ],
)
def test_last_five_days_of_a_quarter(day: str, near: bool) -> None:
    """SV-16."""
    assert near_period_end(date.fromisoformat(day)) is near


def test_property_worth_resuming_for() -> None:
    """SV-18."""
    assert [must_resume(Decimal(text), DAY) for text in ("999.99", "1000.00")] == [False, True]


def test_clips_and_devices() -> None:
    """AV-03, AV-06: six months unless linked or grave."""
    assert clip_kept_until(date(2025, 8, 31), linked=False, grave=False) == date(2026, 2, 28)
    assert clip_kept_until(date(2025, 8, 31), linked=True, grave=False) is None
    assert clip_kept_until(date(2025, 8, 31), linked=False, grave=True) is None
    assert devices_least(DAY) == 2


def test_states_of_a_command_message() -> None:
    """CC-06: draft → sent → received → in progress → replied → accepted or returned → closed."""
    assert dispatch_next("replied", DAY) == ("accepted", "returned")
    assert dispatch_next("returned", DAY) == ("in_progress",)
    assert dispatch_next("closed", DAY) == ()
    with pytest.raises(UnknownRule):
        dispatch_next("lost", DAY)


def test_no_disposal_after_a_rejected_objection() -> None:
    """PT-33: 民诉法解释第四百六十三条, fifteen days after service; without end while under review."""
    assert disposal_barred_until(None) is None
    assert disposal_barred_until(date(2026, 3, 2)) == date(2026, 3, 17)
