"""Rules without a formula reach the page of the person who decides; none of their tables lies unread."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from zhixing.law.book import book
from zhixing.law.coverage.places import readers_of
from zhixing.law.errors import UnknownRule
from zhixing.law.guidance import SUBJECTS, guidance

DAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("subject", "topic", "codes"),
    [
        ("realisation", "stop", ["stop.paid", "stop.enough"]),  # DISP-18: 拍卖变卖规定第十四条、第十九条
        ("distribution", "bankruptcy", ["transfer", "transfer_answer", "accepted"]),  # DIST-07, DIST-08
        ("network", "subject", ["debtor", "added", "guarantor", "preserved", "other"]),  # NIC-08
        ("approval", "major", ["major"]),  # 执行规定第五条
        ("disclosure", "duty", ["open", "push", "identity", "correct"]),  # PB-01, PB-03, PB-05, PB-06
    ],
)
def test_rules_by_heading(subject: str, topic: str, codes: list[str]) -> None:
    assert [one.code for one in guidance(subject, DAY, topic=topic)] == codes


def test_after_round_in_the_order_of_the_rule_book() -> None:
    found = guidance("after_round", DAY)
    assert [one.code for one in found] == [f"TB-{no}" for no in range(20, 30)]
    assert {one.code: one.term for one in found}["TB-23"] == "termination.upload"


@pytest.mark.parametrize("subject", sorted(SUBJECTS))
def test_every_rule_says_its_ground(subject: str) -> None:
    for one in guidance(subject, DAY):
        assert one.title
        assert one.law
        assert one.is_setting or "setting" not in one.law[:1]


def test_unknown_subject_and_day_before_the_first_rule() -> None:
    with pytest.raises(UnknownRule):
        guidance("weather", DAY)
    assert guidance("privacy", date(2017, 4, 30)) == ()


def test_no_table_lies_unread() -> None:
    source = Path(__file__).parents[2] / "src" / "zhixing"
    assert [table for table, readers in readers_of(book(), source).items() if not readers] == []
