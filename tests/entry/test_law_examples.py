"""The example files of docs/examples/law run from the shell as they stand, and give what was worked by hand."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from zhixing.entry.cli import main
from zhixing.entry.lawtools.examples import EXAMPLES

DOCS = Path(__file__).resolve().parents[2] / "docs"
FOLDER = DOCS / "examples" / "law"
# Each by hand, from the statute:
WORKED = [
    # 500 000 × 0.05 % × 69 = 17 250; × 100 = 25 000. 200 000 on 18 June: costs 8 800, interest 42 250, principal 148 950;
    # 351 050 × 0.05 % × 196 = 34 402.90. Doubled 508 800 × 0.0175 % × 100 + 351 050 × 0.0175 % × (12 + 153 days).
    (
        "interest",
        "interest",
        {
            "general_interest_before_due": "17250.00",
            "general_interest_after_due": "59402.90",
            "extra_interest": "19040.57",
            "outstanding.total": "404493.47",
        },
    ),
    # 500 000 × 0.0175 % × 100 = 8 750; 342 250 × 0.0175 % × 196 = 11 739.175
    (
        "interest",
        "interest-issue",
        {
            "general_interest_before_due": "17250.00",
            "general_interest_after_due": "58540.50",
            "extra_interest": "20489.18",
            "outstanding.total": "0.00",
        },
    ),
    # Old law: 100 000 × 6.15 % ÷ 360 × 2 × 396 days = 13 530; new law from 2014-08-01: × 0.0175 % × 153 = 2 677.50
    ("interest", "interest-old-law", {"extra_interest": "16207.50"}),
    # 1 000 000 − 12 000 − 12 400 (fee); mortgage 630 000; 345 600 on 668 000 ordinary claims
    (
        "distribute",
        "distribution",
        {
            "costs": "12000.00",
            "enforcement_fee": "12400.00",
            "net": "975600.00",
            "shares.0.share": "24833.53",
            "shares.1.share": "103473.06",
            "shares.2.share": "217293.41",
            "shares.3.share": "630000.00",
        },
    ),
    # 860 000 × 70 %; × 80 % of it
    ("auction", "auction", {"rounds.0.floor": "602000.00", "rounds.1.floor": "481600.00"}),
    # 800 × 2 persons = 1 600: 1 000 of the wages, 600 of the savings
    (
        "exempt",
        "exempt",
        {"reserve": "1600.00", "accounts.0.may_deduct": "0.00", "accounts.1.may_deduct": "4400.00"},
    ),
    # ten days after the end of the delay on 20 April
    ("payout", "payout", {"due": "2026-04-30"}),
    # six months from 28 January = 28 July, 30 days of auction; the creditor's from 26 January: 26 July is a Sunday
    (
        "clocks",
        "clocks",
        {"internal.due": "2026-08-27", "internal.deducted_days": 30, "creditor.due": "2026-07-27"},
    ),
]


def at(value: Any, path: str) -> Any:
    for name in path.split("."):
        value = value[int(name)] if isinstance(value, list) else value[name]
    return value


@pytest.mark.parametrize(("tool", "name", "expected"), WORKED, ids=[name for _, name, _ in WORKED])
def test_example_file(
    tool: str, name: str, expected: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["law", tool, str(FOLDER / f"{name}.json"), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert {path: at(answer, path) for path in expected} == expected


def test_every_file_is_tested_and_documented() -> None:
    files = {path.stem for path in FOLDER.glob("*.json")}
    assert files == {name for _, name, _ in WORKED}
    page = (DOCS / "law-tools.md").read_text(encoding="utf-8")
    assert {name for name in files if f"examples/law/{name}.json" not in page} == set()


@pytest.mark.parametrize("key", ["interest", "distribution", "auction"])
def test_files_are_the_examples_of_the_pages(key: str) -> None:
    assert json.loads((FOLDER / f"{key}.json").read_text(encoding="utf-8")) == EXAMPLES[key]


def test_commands_of_the_page_run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(DOCS.parent)
    page = (DOCS / "law-tools.md").read_text(encoding="utf-8")
    commands = re.findall(r"^zhixing (law .+)$", page, re.MULTILINE)
    assert len(commands) > 8
    for command in commands:
        assert main(command.split()) == 0, command
        assert capsys.readouterr().out
