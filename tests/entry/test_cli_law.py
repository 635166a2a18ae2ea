"""`zhixing law`: each tool from the shell, for people and for programs, with good and with bad input."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from zhixing.entry.cli import main
from zhixing.entry.lawtools.examples import EXAMPLES

ISSUE = {
    "due": "2025-03-10",
    "parts": [{"id": "p", "kind": "principal", "amount": "500000.00"}],
    "general_interest": [{"on": "p", "rate": "0.05%", "per": "day", "from": "2025-01-01"}],
    "payments": [
        {"date": "2025-06-18", "amount": "200000.00", "by": "transfer"},
        {"date": "2025-12-31", "amount": "all", "by": "voluntary"},
    ],
    "as_of": "2025-12-31",
}


def file(folder: Path, content: object) -> str:
    path = folder / "input.json"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return str(path)


def told(capsys: pytest.CaptureFixture[str]) -> dict:
    return json.loads(capsys.readouterr().out)


def test_interest_of_the_issue(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "interest", file(tmp_path, ISSUE), "--json"]) == 0
    answer = told(capsys)
    # 500 000 × 0.05 % × 69 days; × 100 days + 342 250 × 0.05 % × 196 days; doubled 8 750 + 342 250 × 0.0175 % × 196
    assert answer["general_interest_before_due"] == "17250.00"
    assert answer["general_interest_after_due"] == "58540.50"
    assert answer["extra_interest"] == "20489.18"
    assert answer["outstanding"]["total"] == "0.00"
    assert answer["steps"][0]["law"]


@pytest.mark.parametrize(
    ("name", "key"), [("interest", "interest"), ("distribute", "distribution"), ("auction", "auction")]
)
def test_files_are_printed_for_people(
    name: str, key: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["law", name, file(tmp_path, EXAMPLES[key])]) == 0
    out = capsys.readouterr().out
    assert "算法和依据" in out
    assert "规则库 " in out


def test_a_file_can_come_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(EXAMPLES["distribution"]).encode()))
    )
    assert main(["law", "distribute", "-", "--json"]) == 0
    assert told(capsys)["net"] == "975600.00"


def test_fee(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "fee", "--kind", "execution", "--amount", "300000", "--json"]) == 0
    assert told(capsys)["fee"] == "4400.00"
    assert main(["law", "fee", "--kind", "execution", "--amount", "300000"]) == 0
    assert "4,400.00 元" in capsys.readouterr().out


def test_deadline(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "deadline", "--rule", "notice.issue", "--from", "2026-03-04", "--json"]) == 0
    assert told(capsys)["due"] == "2026-03-16"


def test_identifier(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "id", "13093019800101001X", "--json"]) == 0
    assert told(capsys)["kinds"][0]["kind"] == "resident_id"


def test_rules_lists_every_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "rules", "--json"]) == 0
    codes = {rule["rule"]: rule for rule in told(capsys)["rules"]}
    assert codes["notice.issue"]["length"] == "10日"
    assert main(["law", "rules"]) == 0
    assert "notice.issue" in capsys.readouterr().out
    assert main(["law", "rules", "--on", "soon"]) == 2


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        (["fee", "--kind", "salary", "--amount", "12,x", "--on", "1999-01-01"], {"kind", "amount", "on"}),
        (
            ["deadline", "--rule", "nothing", "--from", "2026-02-30", "--travel-days", "x"],
            {"from", "travel_days"},
        ),
        (["id", " "], {"code"}),
    ],
)
def test_all_problems_at_once_with_their_fields(
    words: list[str], fields: set[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["law", *words, "--json"]) == 2
    problems = told(capsys)["problems"]
    assert fields <= {problem["field"] for problem in problems}
    assert all(problem["code"] and problem["sentence"] and problem["mend"] for problem in problems)
    assert main(["law", *words]) == 2
    assert "处要改" in capsys.readouterr().err


def test_bad_interest_file_tells_everything(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = {
        "due": "2025-03-10",
        "parts": [{"id": "p", "kind": "principal", "amount": 500000.5}],
        "general_interest": [{"on": "p", "rate": "5", "from": "2025-01-01"}],
        "payments": [{"date": "2024-01-01", "amount": "-3"}],
        "as_of": "2025-12-31",
        "colour": "red",
    }
    assert main(["law", "interest", file(tmp_path, bad), "--json"]) == 2
    fields = {problem["field"] for problem in told(capsys)["problems"]}
    assert {
        "parts.0.amount",
        "general_interest.0.rate",
        "general_interest.0.per",
        "payments.0.amount",
        "colour",
    } <= fields


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe\x00", b"[" * 100_000, b"[]", b"null"])
def test_broken_files_are_refused(content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "broken.json"
    path.write_bytes(content)
    for name in ("interest", "distribute", "auction"):
        assert main(["law", name, str(path), "--json"]) == 2
        assert told(capsys)["problems"]
    assert main(["law", "interest", str(tmp_path / "missing.json"), "--json"]) == 2
    assert told(capsys)["problems"][0]["code"] == "file.unreadable"


def test_beyond_the_calendar_is_told_not_raised(capsys: pytest.CaptureFixture[str]) -> None:
    words = [
        "law",
        "deadline",
        "--rule",
        "notice.issue",
        "--from",
        "9999-12-31",
        "--amount",
        "999999999",
        "--json",
    ]
    assert main(words) == 2
    assert told(capsys)["problems"]


def test_needs_no_django() -> None:
    script = (
        "import sys; from zhixing.entry.cli import main; "
        "main(['law', 'fee', '--kind', 'execution', '--amount', '1']); "
        "sys.exit(any(name.partition('.')[0] == 'django' for name in sys.modules))"
    )
    sources = str(Path(__file__).resolve().parents[2] / "src")
    done = subprocess.run(
        [sys.executable, "-c", script], env={"PYTHONPATH": sources}, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


def test_fee_without_its_kind_is_told_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "fee", "--json"]) == 2
    assert [problem["field"] for problem in told(capsys)["problems"]] == ["kind"]


def test_unknown_rule_shows_the_list_and_wrong_day_in_one_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "deadline", "--rule", "nope", "--from", "2025/3/1"]) == 2
    err = capsys.readouterr().err
    assert "2025/3/1" in err
    assert "没有“nope”" in err
    assert "notice.issue" in err.partition("立案与通知")[2]


def test_deadline_list_needs_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "deadline", "--list"]) == 0
    assert "notice.issue" in capsys.readouterr().out


def test_identifier_of_a_given_kind(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["law", "id", "13093019800101001X", "--kind", "uscc", "--json"]) == 0
    kinds = told(capsys)["kinds"]
    assert [(kind["kind"], kind["checksum_ok"]) for kind in kinds] == [("uscc", False)]
    assert main(["law", "id", "13093019800101001X", "--kind", "nix", "--json"]) == 2
    assert told(capsys)["problems"][0]["field"] == "kind"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"13093019800101001X\n")))
    assert main(["law", "id", "-", "--json"]) == 0
    assert told(capsys)["code"] == "13093019800101001X"


@pytest.mark.parametrize(
    "name",
    ["interest", "distribute", "auction", "exempt", "payout", "clocks", "fee", "deadline", "id", "rules"],
)
def test_help_shows_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["law", name, "--help"])
    out = capsys.readouterr().out
    assert f"示例：\n  zhixing law {name} " in out or f"  zhixing law {name}\n" in out
