"""Leads on evasion: each pattern at its bounds (EVA-01 to EVA-17; 民法典第五百三十八条、第五百三十九条, 合同编通则解释第四十二条)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from zhixing.kernel.errors import InvalidInput
from zhixing.law.book import book
from zhixing.law.errors import NoRuleInForce
from zhixing.law.evasion import EvasionInput, Event, evasion_leads, evasion_read

# Notice received 2026-01-10: the look-back begins 2025-01-10. Sued 2025-06-01, docketed 2026-01-05.
CASE = {
    "on": "2026-03-04",
    "notice_received": "2026-01-10",
    "sued_on": "2025-06-01",
    "docketed_on": "2026-01-05",
    "sealed_on": "2026-01-20",
    "restricted_on": "2026-02-01",
    "bankruptcy_on": "2026-03-01",
}


def found(kind: str, on: str, **more: Any) -> list[str]:
    given = evasion_read(CASE | {"events": [{"kind": kind, "on": on, "label": "某项行为"} | more]})
    return [lead.code for lead in evasion_leads(given).leads]


@pytest.mark.parametrize(
    ("kind", "on", "more", "codes"),
    [
        # EVA-01, EVA-04: within the look-back of one year before the notice
        ("gift", "2025-01-09", {}, []),
        ("gift", "2025-01-10", {}, ["EVA-01"]),
        ("waiver", "2026-03-04", {}, ["EVA-01"]),
        ("guarantee", "2025-01-09", {}, []),
        ("guarantee", "2025-01-10", {}, ["EVA-04"]),
        # EVA-02: below 70 % of the market; exactly 70 % is not below
        ("sale", "2025-05-01", {"price": "70.00", "market": "100.00"}, []),
        ("sale", "2025-05-01", {"price": "69.99", "market": "100.00"}, ["EVA-02"]),
        ("sale", "2025-05-01", {"price": "70.00", "market": "100.00", "related": True}, ["EVA-02"]),
        ("sale", "2025-05-01", {"price": "100.00", "market": "100.00", "related": True}, []),
        ("sale", "2025-05-01", {"price": "131.00", "market": "100.00"}, []),
        # EVA-03: above 130 %
        ("purchase", "2025-05-01", {"price": "130.00", "market": "100.00"}, []),
        ("purchase", "2025-05-01", {"price": "130.01", "market": "100.00"}, ["EVA-03"]),
        ("purchase", "2025-05-01", {"price": "101.00", "market": "100.00", "related": True}, ["EVA-03"]),
        # EVA-05: both bounds
        ("set_off", "2025-05-01", {"price": "69.00", "market": "100.00"}, ["EVA-05"]),
        ("barter", "2025-05-01", {"price": "131.00", "market": "100.00"}, ["EVA-05"]),
        ("licence", "2025-05-01", {"price": "100.00", "market": "100.00"}, []),
        # EVA-06: after the seal, too long (setting: more than ten years), too cheap, paid without a trace
        ("lease", "2026-01-19", {"years": 10}, []),
        ("lease", "2026-01-20", {"years": 1}, ["EVA-06"]),
        ("lease", "2025-01-20", {"years": 11}, ["EVA-06"]),
        ("lease", "2025-01-20", {"price": "69.00", "market": "100.00"}, ["EVA-06"]),
        ("lease", "2025-01-20", {"no_flow": True}, ["EVA-06"]),
        # EVA-07: related, and no money or at once
        ("title", "2025-06-01", {"related": True}, []),
        ("title", "2025-06-01", {"related": True, "no_flow": True}, ["EVA-07"]),
        ("title", "2025-06-01", {"no_flow": True, "at_once": True}, []),
        # EVA-09: from one year before the suit
        ("partition", "2024-05-31", {}, []),
        ("partition", "2024-06-01", {}, ["EVA-09"]),
        # the indicator itself
        ("related_account", "2025-06-01", {}, ["EVA-08"]),
        ("capital", "2020-06-01", {}, ["EVA-10"]),
        ("mixing", "2025-06-01", {}, ["EVA-11"]),
        ("report", "2026-02-01", {}, ["EVA-15"]),
        # EVA-12, EVA-13: after docketing, without winding up, without price
        ("deregistration", "2026-01-04", {}, []),
        ("deregistration", "2026-01-05", {}, ["EVA-12"]),
        ("deregistration", "2026-01-05", {"liquidated": True}, []),
        ("free_taking", "2026-01-05", {}, ["EVA-13"]),
        ("free_taking", "2026-01-05", {"price": "1.00"}, []),
        # EVA-14, EVA-16: from the measure on
        ("control_drop", "2026-01-19", {}, []),
        ("control_drop", "2026-01-20", {}, ["EVA-14"]),
        ("consumption", "2026-01-31", {}, []),
        ("consumption", "2026-02-01", {}, ["EVA-16"]),
        # EVA-17: six months, one year before bankruptcy was accepted
        ("single_payment", "2025-08-31", {}, []),
        ("single_payment", "2025-09-01", {}, ["EVA-17"]),
        ("voidable", "2025-02-28", {}, []),
        ("voidable", "2025-03-01", {}, ["EVA-17"]),
        ("voidable", "2026-03-02", {}, []),
    ],
)
def test_pattern_at_its_bounds(kind: str, on: str, more: dict[str, Any], codes: list[str]) -> None:
    assert found(kind, on, **more) == codes


def test_without_the_day_that_a_pattern_needs_there_is_no_lead() -> None:
    bare = {"on": "2026-03-04", "notice_received": "2026-01-10"}
    for kind in ("control_drop", "consumption", "single_payment", "deregistration"):
        given = evasion_read(bare | {"events": [{"kind": kind, "on": "2026-02-10", "label": "某项行为"}]})
        assert evasion_leads(given).leads == ()


def test_lead_tells_its_ground_its_clock_and_what_may_explain_it() -> None:
    """Revocation: one year from knowing, five years from the act (民法典第五百四十一条)."""
    event = {"kind": "sale", "on": "2025-05-07", "label": "甲车", "price": "60000.00", "market": "100000.00"}
    view = evasion_leads(evasion_read(CASE | {"known_on": "2026-02-02", "events": [event]}))
    (lead,) = view.leads
    assert lead.why == "价格 60,000.00 元，为市场价 100,000.00 元的 60%，低于 70%"
    assert "contract.42" in lead.law
    assert [(c.term, c.due) for c in lead.clocks] == [
        ("revocation.sue", date(2027, 2, 2)),
        ("revocation.most", date(2030, 5, 7)),
    ]
    assert lead.innocent
    assert "线索不是认定" in view.sheet().notes[0]
    assert view.as_json()["leads"][0]["code"] == "EVA-02"


def test_every_pattern_has_a_hook_and_an_innocent_explanation() -> None:
    rules = book().at(date(2026, 3, 4))
    codes = [row.code for row in rules.rows("deterrence.evasion")]
    assert codes == [f"EVA-{no:02}" for no in range(1, 18)]
    topics = {getattr(row, "topic", "") for row in rules.rows("deterrence.evasion_innocent")}
    assert topics == set(codes)


def test_before_the_law_nothing_is_judged() -> None:
    event = Event(kind="barter", on=date(2023, 1, 1), label="互易")
    given = EvasionInput(on=date(2023, 12, 4), notice_received=date(2023, 6, 1), events=(event,))
    with pytest.raises(NoRuleInForce):
        evasion_leads(given)


def test_bad_input_comes_all_at_once() -> None:
    with pytest.raises(InvalidInput) as refused:
        evasion_read(
            {
                "on": "2026-03-04",
                "notice_received": "2026-04-01",
                "colour": 1,
                "events": [
                    {"kind": "steal", "on": "2026-01-01", "label": "某"},
                    {"kind": "sale", "on": "2027-01-01", "label": "某", "price": 1.5, "market": "0"},
                ],
            }
        )
    assert {problem.field for problem in refused.value.problems} == {
        "colour", "notice_received", "events.0.kind", "events.1.on", "events.1.price", "events.1.market",
    }  # fmt: skip
