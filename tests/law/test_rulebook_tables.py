"""The rule books' own tables against ours: the clock table, the nodes, the caps. Numbers are copied from the rule books."""

from __future__ import annotations

from datetime import date
from typing import cast

import pytest

from zhixing.law.book import book
from zhixing.law.schemas import MeasurePeriod, Term

RULES = book().at(date(2026, 3, 4))

# Key of the clock table → what it prints, in our words for units.
CLOCKS = {
    "notice_issue": ["10 days"],
    "notice_after_measure": ["3 days"],
    "bank_feedback": ["24 hours"],
    "bank_objection_reply": ["15 days"],
    "renewal_request_preservation": ["7 days before"],
    "first_seal_idle_priority": ["60 days"],
    "transfer_reply": ["15 days"],
    "preservation_idle": ["1 years"],
    "equity_excess_lift": ["7 days"],
    "equity_self_sale": ["3 months"],
    "third_party_claim_reply": ["15 days"],
    "report_supplement": ["10 days"],
    "report_lookback": ["1 years before"],
    "clue_verify": ["7 days"],
    "clue_verify/urgent": ["3 days"],
    "audit_decide": ["10 days"],
    "reward_decide": ["10 days"],
    "bring_in": ["8 hours", "24 hours"],
    "list_decide": ["15 days"],
    "list_term": ["2 years"],
    "list_extend": ["1 years", "3 years"],
    "list_delete": ["3 working_days"],
    "list_correct": ["3 working_days"],
    "list_review": ["15 days"],
    "appeal": ["10 days"],
    "appeal_decide": ["15 days"],
    "grace": ["1 months", "3 months"],
    "temp_lift": ["1 months"],
    "sanction_review": ["3 days"],
    "sanction_decide": ["5 days"],
    "police_file": ["7 days"],
    "police_file_complex": ["30 days"],
    "police_refuse_letter": ["7 days"],
    "termination_min_age": ["3 months"],
    "termination_requery": ["6 months"],
    "payout": ["30 days"],
    "after_delay_ends": ["10 days"],
    "plan_objection": ["15 days"],
    "plan_oppose": ["15 days"],
    "plan_sue": ["15 days"],
    "pricing_start": ["30 days"],
    "sale_start": ["10 days"],
    "auction_notice_movable": ["15 days before"],
    "auction_notice_immovable": ["30 days before"],
    "second_notice_movable": ["7 days before"],
    "second_notice_immovable": ["15 days before"],
    "second_auction_within": ["30 days"],
    "sale_period": ["60 days"],
    "act_objection_decide": ["15 days"],
    "review_apply": ["10 days"],
    "review_decide": ["30 days", "30 days"],
    "third_party_objection_decide": ["15 days"],
    "third_party_sue": ["15 days"],
    "case_closing": ["6 months"],
    "limitation_to_apply": ["2 years"],
}


@pytest.mark.parametrize("key", CLOCKS)
def test_clock_table(key: str) -> None:
    rows = [row for row in RULES.rows("terms", Term) if f"clock:{key}" in row.rules]
    told = [f"{row.amount} {row.unit}{' before' if row.direction == 'before' else ''}" for row in rows]
    assert told == CLOCKS[key]


def test_caps_of_measures() -> None:
    """freeze_deposit / movable / immovable+right: 1 y / 2 y / 3 y."""
    rows = {row.code: cast("MeasurePeriod", row).years for row in RULES.rows("durations")}
    assert {code: rows[code] for code in ("deposit", "movable", "immovable", "right")} == {
        "deposit": 1, "movable": 2, "immovable": 3, "right": 3,
    }  # fmt: skip


# Node → length, unit, tier, as §3.1 prints them (the first length where several stand in a cell).
NODES = {
    "N01": (7, "days", "T1"),
    "N02": (3, "days", "T1"),
    "N03": (7, "days", "T2"),
    "N04": (1, "working_days", "T4"),
    "N05": (10, "days", "T1"),
    "N06": (10, "days", "T1"),
    "N07": (3, "days", "T2"),
    "N08": (15, "days", "T4"),
    "N10": (5, "days", "T3"),
    "N11": (1, "working_days", "T4"),
    "N12": (48, "hours", "T3"),
    "N13": (7, "days", "T1"),
    "N14": (1, "months", "T2"),
    "N15": (10, "working_days", "T3"),
    "N17": (7, "days", "T1"),
    "N19": (15, "days", "T1"),
    "N20": (8, "hours", "T1"),
    "N24": (30, "days", "T1"),
    "N25": (3, "days", "T1"),
    "N26": (10, "days", "T1"),
    "N27": (30, "days", "T1"),
    "N28": (30, "days", "T1"),
    "N30": (10, "days", "T1"),
    "N31": (15, "days", "T1"),
    "N32": (3, "working_days", "T3"),
    "N33": (10, "days", "T4"),
    "N34": (15, "working_days", "T2"),
    "N36": (3, "months", "T2"),
}


@pytest.mark.parametrize("code", NODES)
def test_nodes_of_the_rule_book(code: str) -> None:
    node = RULES.node(code)
    assert node.term
    term = RULES.term(node.term)
    assert (term.amount, term.unit) == NODES[code][:2]
    assert (node.tier, term.tier) == (NODES[code][2], NODES[code][2])


def test_notice_counts_from_the_application() -> None:
    """N05, N06: within ten days of the application or the transfer, not of docketing."""
    assert {RULES.node(code).origin for code in ("N05", "N06")} == {"APP"}


@pytest.mark.parametrize(
    ("code", "role"),
    [
        ("deterrence.summons", "president"), ("deterrence.search", "president"), ("deterrence.fine", "president"),
        ("deterrence.detention", "president"), ("deterrence.release_detained", "president"), ("deterrence.eviction", "president"),
        ("deterrence.consumption", "president"), ("deterrence.list", "president"), ("sale.terms", "panel"),
        ("review.rule", "panel"), ("review.extend", "president"), ("cases.extend", "vice_president"),
        ("cases.extend_further", "high_court"), ("cases.terminate", "president"), ("entrust.outside", "high_court"),
        ("entrust.return", "high_court"), ("command.take_over", "superior_court"),
    ],
)  # fmt: skip
def test_floor_of_approval(code: str, role: str) -> None:
    """§9: what the law itself reserves."""
    assert getattr(RULES.row("approval.floors", code), "role", "") == role
