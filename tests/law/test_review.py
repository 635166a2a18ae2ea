"""Ways of review, limitation, the only home, exempt things, data: by article, at the edges."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhixing.kernel.errors import InvalidInput
from zhixing.law.errors import NoRuleInForce
from zhixing.law.exempt import exempt_things
from zhixing.law.limitation import LimitationInput, Obstacle, limitation, limitation_read
from zhixing.law.privacy import assessment_kept_until, log_kept_until, privacy_duties
from zhixing.law.residence import HomeFacts, home_delivery, rent_left, sole_home_objection
from zhixing.law.review import (
    discussion_enough,
    objection_court,
    panel_faults,
    party_change_remedy,
    supervision_request,
)

DAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("article", "way"),
    [
        ("14.1", "reconsider"), ("14.2", "suit"), ("15", "reconsider"), ("16", "reconsider"), ("17", "suit"), ("18", "suit"),
        ("19", "suit"), ("20", "suit"), ("21", "suit"), ("22", "reconsider"), ("25", "reconsider"),
    ],
)  # fmt: skip
def test_added_party_sues_only_in_the_listed_articles(article: str, way: str) -> None:
    """PT-35: 变更追加规定第三十二条 lists 14(2) and 17 to 21; suit within 15 days, reconsideration within 10."""
    found = party_change_remedy(article, date(2026, 3, 2), asked_on=date(2026, 3, 9))
    assert found.way == way
    dues = [one.due for one in found.clocks]
    # 10 days from Monday 2026-03-02 is Thursday 03-12; 15 days is Tuesday 03-17; 60 days from 03-09 is Friday 05-08
    assert dues == ([date(2026, 3, 17)] if way == "suit" else [date(2026, 3, 12), date(2026, 5, 8)])


def test_remedy_of_the_day_before_the_rule_raises() -> None:
    with pytest.raises(NoRuleInForce):
        party_change_remedy("15", date(2016, 11, 30))


@pytest.mark.parametrize(
    ("start", "on", "supervised", "allowed"),
    [
        ({"reconsidered_on": date(2025, 9, 4)}, date(2026, 3, 4), False, True),  # last day of six months
        ({"reconsidered_on": date(2025, 9, 4)}, date(2026, 3, 5), False, False),
        ({"missed_on": date(2025, 9, 4)}, date(2026, 3, 4), False, True),
        ({"missed_on": date(2025, 9, 4)}, date(2026, 3, 5), False, False),
        ({"reconsidered_on": date(2026, 1, 4)}, date(2026, 3, 4), True, False),
    ],
)
def test_supervision_within_six_months_and_once(
    start: dict[str, Any], on: date, supervised: bool, allowed: bool
) -> None:
    """SV-22."""
    assert supervision_request(on=on, supervised=supervised, **start).allowed is allowed


def test_supervision_needs_one_start() -> None:
    for start in ({}, {"reconsidered_on": DAY, "missed_on": DAY}):
        with pytest.raises(ValueError, match="exactly one"):
            supervision_request(on=DAY, **start)


def test_objection_goes_to_the_court_in_charge_unless_it_is_below() -> None:
    """CC-14."""
    assert objection_court(130930, 130900, present_is_below=False) == 130900
    assert objection_court(130900, 130930, present_is_below=True) == 130900


def test_panel_without_those_who_enforced() -> None:
    assert panel_faults(["甲", "乙", "丙"], ["丁"], DAY) == ()
    assert len(panel_faults(["甲", "乙"], [], DAY)) == 1
    assert panel_faults(["甲", "乙", "丙"], ["丙"], DAY) == ("丙 办理过本案的执行实施，不得参与审查",)
    assert [discussion_enough(["甲", "乙", "丙"][:n], DAY) for n in (2, 3)] == [False, True]


@pytest.mark.parametrize(
    ("case", "due"),
    [
        ({"last_day": date(2024, 3, 4)}, date(2026, 3, 4)),
        ({"effective_on": date(2024, 3, 4)}, date(2026, 3, 4)),
        ({"last_day": date(2024, 2, 29)}, date(2026, 2, 28)),  # leap day; that Saturday is a working day
        ({"last_day": date(2024, 3, 4), "interrupted": (date(2025, 3, 4),)}, date(2027, 3, 4)),
        ({"last_day": date(2024, 3, 4), "interrupted": (date(2026, 3, 5),)}, date(2026, 3, 4)),  # too late
        (
            {
                "last_day": date(2024, 3, 4),
                "obstacles": (Obstacle(first=date(2024, 5, 1), last=date(2024, 8, 1)),),
            },
            date(2026, 3, 4),  # over before the last six months
        ),
        (
            {
                "last_day": date(2024, 3, 4),
                "obstacles": (Obstacle(first=date(2026, 1, 5), last=date(2026, 2, 5)),),
            },
            date(2026, 8, 5),  # six months after the obstacle
        ),
    ],
)
def test_limitation(case: dict[str, Any], due: date) -> None:
    """PT-07: two years; interruption begins anew; an obstacle in the last six months adds six months."""
    assert limitation(LimitationInput(**case)).due == due


def test_late_application_is_docketed_all_the_same() -> None:
    case = {"last_day": date(2024, 3, 4)}
    assert limitation(LimitationInput(**case, applied_on=date(2026, 3, 4))).in_time
    late = limitation(LimitationInput(**case, applied_on=date(2026, 3, 5)))
    assert late.in_time is False
    assert late.outcome.startswith("已超过时效：应当立案")
    with pytest.raises(NoRuleInForce):
        limitation(LimitationInput(last_day=date(2008, 3, 31)))


def test_limitation_names_every_fault() -> None:
    with pytest.raises(InvalidInput) as refused:
        limitation(
            LimitationInput(
                last_day=DAY,
                effective_on=DAY,
                interrupted=(date(2020, 1, 1),),
                obstacles=(Obstacle(first=DAY, last=date(2026, 3, 3)),),
            )
        )
    assert [p.field for p in refused.value.problems] == ["effective_on", "interrupted.0", "obstacles.0.last"]


def test_limitation_from_json_as_sheet_and_json() -> None:
    asked = limitation_read(
        {"last_day": "2024-03-04", "interrupted": [{"on": "2025-03-04"}], "applied_on": "2027-03-05"}
    )
    found = limitation(asked)
    assert found.as_json()["due"] == "2027-03-04"
    assert found.as_json()["in_time"] is False
    assert ("时效届满日", "2027-03-04") in found.sheet().results
    with pytest.raises(InvalidInput) as refused:
        limitation_read({"last_day": "2008-03-31", "colour": 1, "obstacles": [{"first": "yesterday"}]})
    assert {p.field for p in refused.value.problems} == {
        "colour", "last_day", "obstacles.0.first", "obstacles.0.last",
    }  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.dates(date(2010, 1, 1), date(2025, 1, 1)), st.integers(0, 900))
def test_a_later_start_never_ends_earlier(start: date, more: int) -> None:
    later = date.fromordinal(start.toordinal() + more)
    assert limitation(LimitationInput(last_day=start)).due <= limitation(LimitationInput(last_day=later)).due


@pytest.mark.parametrize(
    ("facts", "fails"),
    [
        ({}, False),
        ({"supporter_has_home": True}, True),
        ({"moved_others": True}, True),
        ({"low_rent_offered": True}, True),
        ({"rent_years": 4}, False),
        ({"rent_years": 5}, True),
        ({"rent_years": 8}, True),
        ({"rent_years": 9}, False),
    ],
)
def test_only_home(facts: dict[str, Any], fails: bool) -> None:
    """DUR-13: 异议复议规定第二十条, five to eight years of rent."""
    assert sole_home_objection(HomeFacts(on=DAY, **facts)).allowed is fails


def test_rent_left_and_grace_of_three_months() -> None:
    """2,000 a month × 12 × 5 = 120,000; × 8 = 192,000. Notice served 2026-01-12: until 2026-04-13 (04-12 is a Sunday)."""
    assert rent_left(monthly_rent=Decimal(2000), years=5, on=DAY).amount == Decimal("120000.00")
    assert rent_left(monthly_rent=Decimal(2000), years=8, on=DAY).amount == Decimal("192000.00")
    for years in (4, 9):
        with pytest.raises(ValueError, match="years"):
            rent_left(monthly_rent=Decimal(2000), years=years, on=DAY)
    assert home_delivery(date(2026, 1, 12)).due == date(2026, 4, 13)
    with pytest.raises(NoRuleInForce):
        sole_home_objection(HomeFacts(on=date(2015, 5, 4)))


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("旧家具一套", "household"),
        ("子女课本和书桌", "education"),
        ("未发表的小说手稿", "unpublished"),
        ("电动轮椅", "disability"),
        ("一等功奖章", "honours"),
        ("驻华使馆车辆", "treaty"),
    ],
)
def test_exempt_things(label: str, code: str) -> None:
    """DUR-12: eight heads of 查扣冻规定第三条."""
    assert [match.code for match in exempt_things(label, DAY)] == [code]
    assert exempt_things("数控机床", DAY) == ()


def test_data_is_kept_as_long_as_the_law_asks() -> None:
    """PRIV-10: six months; PRIV-07: three years."""
    assert log_kept_until(date(2025, 8, 31)) == date(2026, 2, 28)
    assert assessment_kept_until(date(2024, 2, 29)) == date(2027, 2, 28)
    assert [row.effect for row in privacy_duties("decision", DAY)] == ["must_not"]
    with pytest.raises(NoRuleInForce):
        log_kept_until(date(2017, 5, 31))
    with pytest.raises(NoRuleInForce):
        assessment_kept_until(date(2021, 10, 31))
