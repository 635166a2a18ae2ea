"""The report of property, and the file on refusing to perform (DEC-01 to DEC-08, DET-40 to DET-47)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from zhixing.kernel.errors import InvalidInput
from zhixing.law.approvals import chain_for
from zhixing.law.book import book, load_book
from zhixing.law.declaration import declaration_check
from zhixing.law.declaration_reading import declaration_read
from zhixing.law.deterrence import refusal_check, refusal_read
from zhixing.law.errors import BrokenTables

BASE: dict[str, Any] = {"on": "2026-04-30", "notice_received": "2026-03-04", "report_by": "2026-03-19"}
HOUSE: dict[str, Any] = {"label": "房屋一套", "value": "800000.00", "held_from": "2020-01-01"}
ELEMENTS = ("subject_identified", "effective_title", "ability_shown", "refusal_shown", "serious_circumstance")
GROUPS = ("proof_identity", "proof_duty", "proof_ability", "proof_refusal", "proof_circumstances")


@pytest.mark.parametrize(
    ("more", "findings", "why"),
    [
        ({"reported_on": "2026-03-19"}, ("in_order",), "last day"),
        ({"reported_on": "2026-03-20"}, ("late",), "one day late"),
        ({"reported_on": "2026-03-20", "excused": True}, ("in_order",), "art 9: a good reason"),
        ({"reported_on": "2026-03-25", "extended_to": "2026-03-25"}, ("in_order",), "art 5: extended"),
        ({"reported_on": "2026-03-26", "extended_to": "2026-03-25"}, ("late",), "after the extension"),
        ({"on": "2026-03-19"}, ("open",), "still time"),
        ({"on": "2026-03-20"}, ("late",), "nothing came, not yet reminded"),
        ({"reminded": True}, ("refused",), "nothing came after a reminder"),
        ({"reported_on": "2026-03-19", "unreported": [HOUSE]}, ("false",), "his on the day of the report"),
        (
            {"reported_on": "2026-03-19", "unreported": [HOUSE | {"held_until": "2025-03-04"}]},
            ("false",),
            "first day of the look-back",
        ),
        (
            {"reported_on": "2026-03-19", "unreported": [HOUSE | {"held_until": "2025-03-03"}]},
            ("in_order",),
            "gone the day before the look-back",
        ),
        (
            {"reported_on": "2026-03-19", "unreported": [HOUSE | {"held_from": "2026-03-20"}]},
            ("in_order",),
            "bought after the report",
        ),
        ({"reported_on": "2026-03-19", "unreported": [HOUSE | {"value": "4999.99"}]}, ("in_order",), "below"),
        (
            {"reported_on": "2026-03-19", "unreported": [HOUSE | {"value": "5000.00"}]},
            ("false",),
            "threshold",
        ),
        ({"reported_on": "2026-03-20", "unreported": [HOUSE]}, ("late", "false"), "both"),
    ],
)
def test_report(more: dict[str, Any], findings: tuple[str, ...], why: str) -> None:
    found = declaration_check(declaration_read(BASE | more))
    assert found.findings == findings, why
    assert found.look_back_from == date(2025, 3, 4)
    assert ("survey.10" in found.sheet().sources()) is bool({"late", "refused", "false"} & set(findings))


def test_a_change_is_reported_within_ten_days() -> None:
    """10 days from 16 March is the 26th, a Thursday."""
    found = declaration_check(
        declaration_read(BASE | {"reported_on": "2026-03-10", "changes": [{"on": "2026-03-16"}]})
    )
    assert [c.due for c in found.supplements] == [date(2026, 3, 26)]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"on": "2017-04-30"}, "on"),
        ({"notice_received": "2026-05-01"}, "notice_received"),
        ({"report_by": "2026-03-03"}, "report_by"),
        ({"extended_to": "2026-03-19"}, "extended_to"),
        ({"reported_on": "2026-05-01"}, "reported_on"),
        ({"unreported": [HOUSE | {"value": 1.5}]}, "unreported.0.value"),
        ({"unreported": [HOUSE | {"value": "-1"}]}, "unreported.0.value"),
    ],
)
def test_report_refuses(more: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        declaration_read(BASE | more)
    assert field in [problem.field for problem in raised.value.problems]


@pytest.mark.parametrize("lacking", [*ELEMENTS, *GROUPS])
def test_file_on_refusal_lacks_one_thing(lacking: str) -> None:
    facts = dict.fromkeys((*ELEMENTS, *GROUPS), True)
    assert refusal_check(refusal_read({"on": "2026-03-04", "facts": facts})).ready
    found = refusal_check(refusal_read({"on": "2026-03-04", "facts": facts | {lacking: False}}))
    assert not found.ready
    assert len([line for v in found.verdicts for line in v.missing]) == 1


def test_five_groups_are_asked_since_july_2025() -> None:
    facts = dict.fromkeys(ELEMENTS, True)
    assert refusal_check(refusal_read({"on": "2025-06-30", "facts": facts})).ready
    assert not refusal_check(refusal_read({"on": "2025-07-01", "facts": facts})).ready


def test_a_chain_below_the_floor_is_refused_when_it_is_asked_for(tmp_path: Path) -> None:
    """A court cannot let the bureau chief sign a fine, not even by lowering its own minimum."""
    (tmp_path / "approval").mkdir()
    (tmp_path / "citations.yaml").write_text(
        "acts:\n  cpl: {short: 民诉法, title: 民事诉讼法, tier: T1, articles: 306}\narticles: {}\n",
        encoding="utf-8",
    )
    shared = "kind: records\nmeaning: 审批\nfrom: 2024-01-01\nsource: [cpl.119]\nstatus: verified\nrows:\n"
    (tmp_path / "approval" / "floors.yaml").write_text(
        f"id: approval.floors\nschema: approval_floor\n{shared}  - {{code: fine, title: 罚款, role: president}}\n",
        encoding="utf-8",
    )
    (tmp_path / "approval" / "chains.yaml").write_text(
        f"id: approval.chains\nschema: chain\n{shared}"
        "  - {code: fine, title: 罚款, steps: [{role: president, name: 批准}]}\n"
        "  - {code: fine, court: 130930, title: 罚款, min_legal_role: bureau_chief,"
        " steps: [{role: bureau_chief, name: 批准}]}\n",
        encoding="utf-8",
    )
    with pytest.raises(BrokenTables) as raised:
        chain_for("fine", 130930, law_book=load_book(tmp_path))
    assert len(raised.value.faults) == 1
    assert "“罚款”的审批链只有执行局长，低于法律要求的院长" in raised.value.faults[0]


def test_patterns_of_evasion_are_all_there() -> None:
    assert [row.code for row in book().at(date(2026, 3, 4)).rows("deterrence.evasion")] == [
        f"EVA-{no:02}" for no in range(1, 18)
    ]
