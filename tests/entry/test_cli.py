"""The commands around acts: do one, verify and export the journal, rebuild nodes, keep the catalogue fresh."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from acts_world import NOON, World, probe

from zhixing.acts import offline
from zhixing.acts.services import act_submit
from zhixing.cases.models import Node
from zhixing.entry import catalogue as catalogue_room
from zhixing.entry.cli import parser_build
from zhixing.entry.cli.commands import act, catalogue, journal, rebuild

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands work in the test's own transaction."""
    for module in (act, journal, rebuild):
        monkeypatch.setattr(module, "django_ready", nullcontext)


def zhixing(*words: str) -> int:
    args = parser_build().parse_args(words)
    return args.run(args)


def test_act_from_the_shell_is_done_as_the_person(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    name = world.staff["clerk"].account.username
    code = zhixing("act", "cases.whereabouts", "--as", name, "--case", world.case.number.replace("（", "(").replace("）", ")"),
                   "--field", "whereabouts=unknown", "--field", "evidence=两次送达未果，有记录")  # fmt: skip
    told = json.loads(capsys.readouterr().out)
    assert (code, told["state"]) == (0, "effective")


def test_refusal_from_the_shell_prints_problems_and_answers_one(
    world: World, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    name, file = world.staff["officer"].account.username, tmp_path / "fields.json"
    file.write_text(json.dumps({"whereabouts": "unknown", "evidence": "两次送达未果"}), encoding="utf-8")
    assert (
        zhixing("act", "cases.whereabouts", "--as", name, "--case", world.case.number, "--json", str(file))
        == 1
    )
    assert [p["code"] for p in json.loads(capsys.readouterr().out)["problems"]] == ["act.not_allowed"]
    assert (
        zhixing(
            "act",
            "cases.whereabouts",
            "--as",
            name,
            "--case",
            "（2026）冀0930执999999号",
            "--json",
            str(file),
        )
        == 1
    )
    assert [p["code"] for p in json.loads(capsys.readouterr().out)["problems"]] == ["act.no_case"]


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("no.such", "--as", "x"),
        ("cases.close", "--as", "nobody"),
        ("cases.close", "--as", "x", "--field", "bare"),
    ],
)
def test_wrong_usage_answers_two(world: World, words: tuple[str, ...]) -> None:
    assert zhixing("act", *words) == 2


def test_act_list_names_every_act(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert zhixing("act", "--list") == 0
    assert "cases.docket" in capsys.readouterr().out


def test_journal_verified_exported_and_checked_offline(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    probe(world)
    probe(world)
    file = tmp_path / "journal.jsonl"
    assert zhixing("journal", "verify") == 0
    assert zhixing("journal", "verify", "--case", world.case.number) == 0
    assert zhixing("journal", "verify", "--case", "（2026）冀0930执999999号") == 2
    assert zhixing("journal", "export", str(file), "--case", world.case.number) == 0
    assert zhixing("journal", "check", str(file)) == 0
    assert "1 条链，2 条记录，0 处不符" in capsys.readouterr().out
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([lines[0].replace("86300.00", "86300.01"), lines[1]]), encoding="utf-8")
    assert zhixing("journal", "check", str(file)) == 1
    alone = subprocess.run(
        [sys.executable, "-I", str(offline.__file__), str(file)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert (alone.returncode, "被改动" in alone.stdout) == (1, True)
    assert zhixing("journal", "check", str(tmp_path / "nothing")) == 2


def test_nodes_rebuilt_from_the_journal_are_the_same(world: World) -> None:
    def do(code: str, who: str, key: str, payload: dict[str, Any]) -> None:
        act_submit(
            code=code, actor=world.actor(who), case_id=world.case.pk, payload=payload, key=key, moment=NOON
        )

    do("cases.assign", "clerk", "node-0001", {"judge": world.staff["judge"].pk})
    do("cases.whereabouts", "clerk", "node-0002", {"whereabouts": "unknown", "evidence": "两次送达未果"})
    count = Node.objects.filter(case=world.case).count()
    assert count > 0
    assert rebuild.nodes_compare(case_id=world.case.pk, write=True) == (2, 0, 0)
    assert Node.objects.filter(case=world.case).count() == count
    Node.objects.filter(case=world.case).first().delete()  # type: ignore[union-attr]
    assert rebuild.nodes_compare(case_id=world.case.pk, write=False) == (2, 1, 0)
    assert zhixing("rebuild", "--case", world.case.number, "--check") == 1
    assert zhixing("rebuild", "--case", world.case.number) == 0
    assert rebuild.nodes_compare(case_id=world.case.pk, write=False) == (2, 0, 0)


def test_catalogue_of_acts_is_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    """Mend by running `zhixing catalogue`."""
    assert (ROOT / "docs" / "acts.md").read_text(encoding="utf-8") == catalogue_room.catalogue_text()


def test_stale_catalogue_answers_one(tmp_path: Path) -> None:
    file = tmp_path / "acts.md"
    assert zhixing("catalogue", "--check", "--output", str(file)) == 1
    assert zhixing("catalogue", "--output", str(file)) == 0
    assert zhixing("catalogue", "--check", "--output", str(file)) == 0
    assert catalogue.STALE == 1
