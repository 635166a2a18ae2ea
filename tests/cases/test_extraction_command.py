"""`zhixing extract` from the shell."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from zhixing.cases.domain.extraction import Kind
from zhixing.entry.cli.commands import extract as command

PAPER = Path(__file__).parent / "papers" / "01_application_loan.txt"


def _run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    command.arguments(parser)
    return command.run(parser.parse_args(words))


def test_json_has_every_kind_and_the_digest_of_the_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(str(PAPER), "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert {"parties", "text_length", "text_sha256", *(kind.value for kind in Kind)} <= set(answer)
    assert set(answer["mobile"][0]) >= {"raw", "value", "span", "check", "party", "context"}
    assert answer["paper"] == {"kind": "txt", "pages": 1, "blank_pages": []}


def test_table_is_chinese_and_names_the_owner(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(str(PAPER)) == 0
    shown = capsys.readouterr().out
    assert "当事人（5）" in shown
    assert "手机号" in shown
    assert "马国栋" in shown


def test_missing_file_is_refused_in_both_forms(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(str(tmp_path / "无.txt"), "--json") == 1
    told = capsys.readouterr()
    assert json.loads(told.out)["problems"][0]["code"] == "paper.unreadable"
    assert "文件不存在" in told.err


def test_folder_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(str(tmp_path)) == 1
    assert "无法读取" in capsys.readouterr().err


def test_too_large_file_is_refused_by_the_given_limit(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(str(PAPER), "--limit-mb", "0.001") == 1
    assert "超过上限" in capsys.readouterr().err
