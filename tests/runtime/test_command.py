"""The `zhixing` command finds its sub-commands and says what must be mended in one sentence."""

from __future__ import annotations

import os
import socket
import subprocess
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from runtime_installation import Installation

from zhixing.entry.cli import commands, main, parser_build
from zhixing.platform.runtime.ports import port_is_free, ports_require
from zhixing.platform.runtime.preflight import preflight
from zhixing.platform.runtime.problems import RuntimeProblem

CHECKOUT = Path(__file__).resolve().parents[2]
NAMES = [found.name for found in iter_modules(commands.__path__)]


@pytest.mark.parametrize("name", NAMES)
def test_command_module_keeps_the_contract(name: str):
    module = import_module(f"{commands.__name__}.{name}")
    assert module.NAME
    assert module.HELP
    assert callable(module.arguments)
    assert callable(module.run)


def test_command_names_are_different():
    names = [import_module(f"{commands.__name__}.{name}").NAME for name in NAMES]
    assert len(set(names)) == len(names)


def test_command_help_needs_no_django(installed: Installation):
    code = "import sys; from zhixing.entry.cli import parser_build; parser_build(); sys.exit('django.apps' in sys.modules)"
    process = installed.start("-c", code)
    assert process.wait(20) == 0


def test_command_problem_is_two_sentences_and_code_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("ZHIXING_WEB_PORT", "zero")
    assert main(["status"]) == 1
    told = capsys.readouterr().err
    assert "ZHIXING_WEB_PORT='zero'" in told
    assert "请改正后重试" in told
    assert "Traceback" not in told


def test_command_unknown_is_wrong_usage():
    with pytest.raises(SystemExit) as caught:
        parser_build().parse_args(["fly"])
    assert caught.value.code == 2


def test_command_reset_without_terminal_asks_for_yes(installed: Installation):
    installed.runtime.secrets  # noqa: B018  makes the home
    told = installed.command("reset")
    assert told.returncode == 1
    assert "--yes" in told.stderr
    assert (installed.runtime.home / "secrets.json").exists()
    (installed.runtime.home / "notes.txt").write_text("somebody's own")
    assert installed.command("reset", "--yes").returncode == 0
    assert [path.name for path in installed.runtime.home.iterdir()] == ["notes.txt"]


def test_ports_all_taken_ones_are_named_with_their_settings():
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        ports = [opened.getsockname()[1] for opened in (one, other)]
        assert not port_is_free(ports[0])
        wanted = [
            ("网页", "127.0.0.1", ports[0], "ZHIXING_WEB_PORT"),
            ("数据库", "127.0.0.1", ports[1], "ZHIXING_PG_PORT"),
        ]
        with pytest.raises(RuntimeProblem) as caught:
            ports_require(wanted)
    for port, setting in zip(ports, ("ZHIXING_WEB_PORT", "ZHIXING_PG_PORT"), strict=True):
        assert f"{port}（" in caught.value.chinese
        assert setting in caught.value.english


def test_preflight_missing_assets_point_to_make_setup(installed: Installation):
    with pytest.raises(RuntimeProblem, match="make setup"):
        preflight(installed.runtime, assets=["vendor/nowhere.js"], with_world=True)


@pytest.mark.parametrize("target", ["setup", "demo", "test", "check", "bench", "help", "reset", "lock"])
def test_make_knows_the_target(target: str):
    environment = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    planned = subprocess.run(
        ["make", "-n", target], cwd=CHECKOUT, capture_output=True, text=True, env=environment, check=False
    )
    assert planned.returncode == 0, planned.stderr
    assert planned.stdout.strip()


def test_locks_hold_no_registry_host():
    lock = (CHECKOUT / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert "--index-url" not in (CHECKOUT / "requirements.lock").read_text()
