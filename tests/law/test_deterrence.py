"""Deterrence by article: who is listed, restricted, fined or detained, from when to when (DET-01 to DET-10, DET-20 to DET-34)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given as property_of
from hypothesis import settings
from hypothesis import strategies as st

from zhixing.kernel.errors import InvalidInput
from zhixing.law.book import book
from zhixing.law.deterrence import (
    consumption_read,
    consumption_restriction,
    dishonest_listing,
    dishonest_removal,
    exit_ban,
    exit_ban_read,
    lift_read,
    listing_read,
    reentry_from,
    remedy_clocks,
    removal_read,
    restriction_lift,
    sanction,
    sanction_read,
    temporary_lift,
    temporary_read,
)
from zhixing.law.errors import NoRuleInForce

LISTING: dict[str, Any] = {"on": "2026-03-04", "kind": "person", "born": "1980-01-01"}
SANCTION: dict[str, Any] = {"on": "2026-03-04", "kind": "person", "act": "able_refuses", "act_id": "甲"}


@pytest.mark.parametrize(
    ("more", "answer", "since", "until", "why"),
    [
        ({"grounds": ["able_refuses"]}, "must", "2026-03-04", None, "art 1(1): no fixed term"),
        ({"grounds": ["breaks_report"]}, "must", "2026-03-04", "2028-03-04", "art 2: two years"),
        ({"grounds": ["able_refuses", "evades"]}, "must", "2026-03-04", "2028-03-04", "one of 2 to 6: fixed"),
        (
            {"grounds": ["obstructs"], "grave": True, "extra_years": 1},
            "must",
            "2026-03-04",
            "2029-03-04",
            "+1",
        ),
        (
            {"grounds": ["obstructs"], "grave": True, "extra_years": 3},
            "must",
            "2026-03-04",
            "2031-03-04",
            "five at most",
        ),
        (
            {"grounds": ["evades", "breaks_report"], "extra_years": 2},
            "must",
            "2026-03-04",
            "2030-03-04",
            "several",
        ),
        ({"on": "2024-02-29", "grounds": ["evades"]}, "must", "2024-02-29", "2026-02-28", "leap day"),
        (
            {"grounds": ["evades"], "grace_months": 1, "grace_reason": "筹款"},
            "must",
            "2026-04-05",
            "2028-04-05",
            "grace",
        ),
        (
            {"grounds": ["evades"], "grace_months": 3, "grace_reason": "筹款"},
            "must",
            "2026-06-05",
            "2028-06-05",
            "grace",
        ),
        ({"grounds": []}, "must_not", None, None, "no ground"),
        ({"grounds": ["evades"], "performed": True}, "must_not", None, None, "performed"),
        ({"grounds": ["able_refuses"], "exclusions": ["security_given"]}, "must_not", None, None, "art 3"),
        ({"grounds": ["able_refuses"], "exclusions": ["assets_suffice"]}, "must_not", None, None, "art 3"),
        (
            {"grounds": ["evades"], "exclusions": ["security_given"]},
            "must",
            "2026-03-04",
            "2028-03-04",
            "art 3 is for (1)",
        ),
        ({"grounds": ["evades"], "born": "2008-03-04"}, "must", "2026-03-04", "2028-03-04", "18 today"),
        ({"grounds": ["evades"], "born": "2008-03-05"}, "must_not", None, None, "art 4: 18 tomorrow"),
        (
            {"grounds": ["evades"], "bars": ["campus_loan_student"]},
            "must_not",
            None,
            None,
            "法发〔2019〕35号",
        ),
    ],
)
def test_listing(more: dict[str, Any], answer: str, since: str | None, until: str | None, why: str) -> None:
    found = dishonest_listing(listing_read(LISTING | more))
    told = found.as_json()
    assert (told["answer"], told["since"], told["until"]) == (answer, since, until), why
    assert found.reasons
    assert found.book_hash == book().hash
    if since:
        assert found.approvers == ("执行局长审核", "院长签发")


def test_decision_on_an_application_and_deletion_after_the_term_have_their_clocks() -> None:
    """15 days from 2 March is the 17th; the term ends on 4 March 2028, a Saturday; three working days on: the 8th."""
    found = dishonest_listing(listing_read(LISTING | {"grounds": ["evades"], "applied_on": "2026-03-02"}))
    assert [(c.term, c.due) for c in found.clocks] == [
        ("list.decide", date(2026, 3, 17)),
        ("list.delete", date(2028, 3, 8)),
    ]


def test_entity_needs_no_birthday() -> None:
    assert (
        dishonest_listing(listing_read({"on": "2017-05-01", "kind": "entity", "grounds": ["evades"]})).answer
        == "must"
    )


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"grounds": ["able_refuses"], "extra_years": 1}, "extra_years"),
        ({"grounds": ["evades"], "extra_years": 1}, "extra_years"),
        ({"grounds": ["obstructs"], "grave": True, "extra_years": 4}, "extra_years"),
        ({"grounds": ["evades"], "grace_months": 4, "grace_reason": "筹款"}, "grace_months"),
        ({"grounds": ["evades"], "grace_months": 1}, "grace_reason"),
        (
            {"grounds": ["evades"], "grace_months": 1, "grace_reason": "筹款", "on": "2019-12-15"},
            "grace_months",
        ),
        ({"grounds": ["nonsense"]}, "grounds.0"),
        ({"grounds": ["evades"], "on": "2017-04-30"}, "on"),
        ({"grounds": ["evades"], "born": None}, "born"),
        ({"grounds": ["evades"], "born": "2027-01-01"}, "born"),
        ({"grounds": ["evades"], "colour": 1}, "colour"),
    ],
)
def test_listing_refuses(more: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        listing_read(LISTING | more)
    assert field in [problem.field for problem in raised.value.problems]


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(InvalidInput) as raised:
        listing_read({"on": "2026-03-04", "kind": "ship", "grounds": ["x"], "extra_years": 2.5, "z": 1})
    assert {p.field for p in raised.value.problems} >= {"kind", "grounds.0", "extra_years", "z"}


@pytest.mark.parametrize(
    ("given", "answer", "due"),
    [
        ({"ground": "performed", "happened_on": "2026-03-03"}, "must", "2026-03-06"),
        ({"ground": "settlement_performed", "happened_on": "2026-02-13"}, "must", "2026-02-25"),
        ({"ground": "empty_queries", "happened_on": "2026-03-03", "queries": 1}, "must_not", None),
        ({"ground": "empty_queries", "happened_on": "2026-03-03", "queries": 2}, "must", "2026-03-06"),
        (
            {"ground": "empty_queries", "happened_on": "2026-03-03", "queries": 2, "clue": True},
            "must_not",
            None,
        ),
        ({}, "must_not", None),
        ({"until": "2026-03-04"}, "must_not", None),
        ({"until": "2026-03-03"}, "must", "2026-03-06"),
        ({"until": "2027-03-03", "ground": "performed", "happened_on": "2026-03-03"}, "must_not", None),
        ({"until": "2027-03-03", "ground": "early", "happened_on": "2026-03-03"}, "may", None),
        ({"until": "2027-03-03", "ground": "wrong_entry", "happened_on": "2026-03-03"}, "must", "2026-03-06"),
        ({"ground": "wrong_data", "happened_on": "2026-03-03"}, "must", "2026-03-06"),
    ],
)
def test_removal(given: dict[str, Any], answer: str, due: str | None) -> None:
    found = dishonest_removal(removal_read({"on": "2026-03-04", "entered_on": "2025-03-03"} | given))
    assert found.answer == answer
    assert [c.due.isoformat() for c in found.clocks] == ([due] if due else [])


def test_reentry_waits_six_months() -> None:
    assert reentry_from(date(2026, 3, 4)) == date(2026, 9, 5)


@pytest.mark.parametrize(
    ("measure", "days", "dues"),
    [
        ("listing", {"received_on": "2026-03-02", "upheld_on": "2026-03-02"}, ["2026-03-17", "2026-03-05"]),
        ("listing", {"served_on": "2026-03-02", "appealed_on": "2026-03-02"}, ["2026-03-12", "2026-03-17"]),
        ("sanction", {"served_on": "2026-03-02", "appealed_on": "2026-03-04"}, ["2026-03-05", "2026-03-09"]),
        ("exit_ban", {"served_on": "2026-03-02", "appealed_on": "2026-03-02"}, ["2026-03-12", "2026-03-17"]),
    ],
)
def test_remedies(measure: str, days: dict[str, str], dues: list[str]) -> None:
    found = remedy_clocks(measure, **{name: date.fromisoformat(day) for name, day in days.items()})
    assert [c.due.isoformat() for c in found] == dues


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        ({"perform_by": "2026-03-04"}, "must_not"),
        ({"perform_by": "2026-03-03"}, "may"),
        ({"perform_by": "2026-03-04", "listed": True}, "must"),
        ({"perform_by": "2026-03-03", "listed": True, "performed": True}, "must_not"),
    ],
)
def test_consumption(given: dict[str, Any], answer: str) -> None:
    found = consumption_restriction(consumption_read({"on": "2026-03-04", "kind": "entity"} | given))
    assert found.answer == answer
    assert len(found.items) == (0 if answer == "must_not" else 9)
    assert ("实际控制人" in str(found.steps)) is (answer != "must_not")


@pytest.mark.parametrize(
    ("measure", "grounds", "answer"),
    [
        ("consumption", ["performed"], "must"),
        ("consumption", ["consent"], "may"),
        ("consumption", ["former_representative"], "may"),
        ("consumption", [], "must_not"),
        ("exit_ban", ["exit_performed"], "must"),
        ("exit_ban", ["exit_security"], "may"),
    ],
)
def test_lift(measure: str, grounds: list[str], answer: str) -> None:
    assert (
        restriction_lift(lift_read({"on": "2026-03-04", "measure": measure, "grounds": grounds})).answer
        == answer
    )


@pytest.mark.parametrize(
    ("on", "until", "answer"),
    [
        ("2026-03-04", "2026-03-04", "may"),
        ("2026-03-04", "2026-04-04", "may"),
        ("2026-03-04", "2026-04-05", "must_not"),
        ("2026-03-04", "2026-03-03", "must_not"),
        ("2026-01-31", "2026-02-28", "may"),
        ("2026-01-31", "2026-03-01", "must_not"),
    ],
)
def test_temporary_lift_is_one_month_at_most(on: str, until: str, answer: str) -> None:
    found = temporary_lift(temporary_read({"on": on, "ground": "illness", "until": until}))
    assert found.answer == answer
    assert found.approvers == (("执行局长审核", "院长批准") if answer == "may" else ())


def test_temporary_lift_before_its_rule() -> None:
    with pytest.raises(InvalidInput):
        temporary_read({"on": "2019-12-15", "ground": "illness", "until": "2019-12-20"})


@pytest.mark.parametrize(
    ("given", "answer", "persons"),
    [
        ({"kind": "person", "applied": True}, "may", ("被执行人本人",)),
        (
            {"kind": "person", "applied": True, "capable": False},
            "may",
            ("无民事行为能力人、限制民事行为能力人的法定代理人",),
        ),
        (
            {"kind": "entity", "necessary": True},
            "may",
            ("单位的法定代表人", "单位的主要负责人", "影响债务履行的直接责任人员"),
        ),
        ({"kind": "person"}, "must_not", ()),
        ({"kind": "person", "applied": True, "performed": True}, "must_not", ()),
    ],
)
def test_exit_ban(given: dict[str, Any], answer: str, persons: tuple[str, ...]) -> None:
    found = exit_ban(exit_ban_read({"on": "2026-03-04"} | given))
    assert (found.answer, found.items) == (answer, persons)


@pytest.mark.parametrize(
    ("more", "answer", "why"),
    [
        ({"fine": "0.00"}, "must_not", "no fine"),
        ({"fine": "0.01"}, "may", "a person has no least fine"),
        ({"fine": "100000.00"}, "may", "art 118: most for a person"),
        ({"fine": "100000.01"}, "must_not", "one fen above"),
        ({"kind": "entity", "fine": "49999.99"}, "must_not", "below the least"),
        ({"kind": "entity", "fine": "50000"}, "may", "the least"),
        ({"kind": "entity", "fine": "1000000"}, "may", "the most"),
        ({"kind": "entity", "fine": "1000000.01"}, "must_not", "above the most"),
        ({"detention_days": 0}, "must_not", "no day"),
        ({"detention_days": 1}, "may", "one day"),
        ({"detention_days": 15}, "may", "the most"),
        ({"detention_days": 16}, "must_not", "one day above"),
        ({"kind": "entity", "detention_days": 5}, "must_not", "a company is not detained"),
        ({"detention_days": 15, "fine": "100000"}, "may", "INT 183: both together"),
        (
            {"fine": "1", "earlier": [{"act_id": "甲", "on": "2026-02-01", "kind": "detention"}]},
            "must_not",
            "INT 184: the same act",
        ),
        (
            {"fine": "1", "earlier": [{"act_id": "乙", "on": "2026-02-01", "kind": "fine"}]},
            "may",
            "a new act",
        ),
    ],
)
def test_sanction(more: dict[str, Any], answer: str, why: str) -> None:
    found = sanction(sanction_read(SANCTION | more))
    assert found.answer == answer, why
    assert bool(found.approvers) is (answer == "may")


def test_fifteen_days_of_detention_count_the_first() -> None:
    found = sanction(sanction_read(SANCTION | {"detention_days": 15, "served_on": "2026-03-04"}))
    assert (found.since, found.until) == (date(2026, 3, 4), date(2026, 3, 18))
    assert [c.due for c in found.clocks] == [date(2026, 3, 9)]  # three days: the 7th, a Saturday, moved on


@pytest.mark.parametrize("bad", [{"fine": 0.5}, {"fine": "-1"}, {"act": "none"}, {}, {"detention_days": 1.5}])
def test_sanction_refuses(bad: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        sanction_read(SANCTION | bad)


def test_limits_changed_in_2013() -> None:
    key = "deterrence.limits.fine_person_most"
    assert book().at(date(2012, 12, 31)).value(key) == Decimal(10000)
    assert book().at(date(2013, 1, 1)).value(key) == Decimal(100000)
    with pytest.raises(NoRuleInForce):
        book().at(date(2008, 3, 31)).value(key)


def test_sheet_names_its_sources() -> None:
    sheet = dishonest_listing(listing_read(LISTING | {"grounds": ["evades"]})).sheet()
    assert sheet.results[-1] == ("结论", "应当")
    assert sheet.sources() == ("dishonest.1", "dishonest.2")


@property_of(on=st.dates(date(2017, 5, 1), date(2040, 12, 31)), extra=st.integers(0, 3))
@settings(max_examples=40, deadline=None)
def test_no_entry_with_a_term_outlives_five_years(on: date, extra: int) -> None:
    read = {
        "on": on.isoformat(),
        "kind": "entity",
        "grounds": ["evades", "breaks_report"],
        "extra_years": extra,
    }
    until = dishonest_listing(listing_read(read)).until
    assert until is not None
    assert until.year - on.year == 2 + extra
    assert (until.month, until.day) in {(on.month, on.day), (2, 28)}
