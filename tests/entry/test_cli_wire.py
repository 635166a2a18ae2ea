"""`zhixing wire` from the shell: there and back, exit codes, and no Django on the way."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from zhixing.entry.cli import main

LIST = {
    "profile": "bank-soap-gbk", "type": "RequestList",
    "body": {"requests": [{"request_no": "B1", "subject": {"name": "郑小北", "id_no": "130930199001010010"}}]},
}  # fmt: skip


@pytest.fixture
def message(tmp_path: Path) -> Path:
    """A request list of the bank format, written by the command itself."""
    (tmp_path / "list.json").write_text(json.dumps(LIST), encoding="utf-8")
    assert main(["wire", "encode", str(tmp_path / "list.json"), "--out", str(tmp_path / "list.xml")]) == 0
    return tmp_path / "list.xml"


def test_decode_masks_and_clear_shows(message: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["wire", "decode", str(message), "--profile", "bank-soap-gbk"]) == 0
    told = capsys.readouterr().out
    assert "郑小北" not in told
    assert "郑某" in told
    assert main(["wire", "decode", str(message), "--profile", "bank-soap-gbk", "--clear", "--json"]) == 0
    assert (
        json.loads(capsys.readouterr().out)["message"]["body"]["requests"][0]["subject"]["name"] == "郑小北"
    )


def test_a_message_with_errors_gives_code_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.xml").write_bytes(b"<a/>")
    assert main(["wire", "decode", str(tmp_path / "bad.xml"), "--profile", "bank-soap-gbk"]) == 1
    assert "[not_soap]" in capsys.readouterr().out
    assert main(["wire", "decode", str(tmp_path / "bad.xml"), "--profile", "no-such"]) == 1
    assert main(["wire", "decode", str(tmp_path / "none.xml"), "--profile", "bank-soap-gbk"]) == 1
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    assert main(["wire", "encode", str(tmp_path / "bad.json"), "--profile", "bank-soap-gbk"]) == 1
    assert "Traceback" not in capsys.readouterr().err


def test_profiles_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["wire", "profiles", "--json"]) == 0
    told = {item["name"]: item for item in json.loads(capsys.readouterr().out)}
    assert "shfeedXzkzInfo" in told["bank-soap-gbk"]["operations"]
    assert told["realty-soap-utf8"]["dialects"] == ["plain_leaves", "base64_leaves"]


def test_django_is_not_loaded() -> None:
    code = (
        "import sys; from zhixing.entry.cli import main; main(['wire', 'profiles']);"
        "sys.exit('django' in sys.modules or 'psycopg' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env={"PYTHONPATH": "src"}, check=False
    )
    assert done.returncode == 0
