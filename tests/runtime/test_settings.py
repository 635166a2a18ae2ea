"""Settings come from the environment, and every fault is told at once."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from zhixing.platform.runtime.problems import RuntimeProblem
from zhixing.platform.runtime.secret_store import secrets_load
from zhixing.platform.runtime.settings import Runtime


def test_settings_defaults_are_the_documented_ones():
    runtime = Runtime.from_environment({})
    assert (runtime.web_port, runtime.pg_port, runtime.services_port, runtime.smtp_port) == (
        8000,
        8432,
        8025,
        8026,
    )
    assert runtime.home == runtime.checkout / ".zhixing"
    assert (runtime.checkout / "pyproject.toml").is_file()
    assert runtime.is_embedded


def test_settings_every_fault_is_told_at_once():
    with pytest.raises(RuntimeProblem) as caught:
        Runtime.from_environment({"ZHIXING_WEB_PORT": "eighty", "ZHIXING_PG_PORT": "70000"})
    for sentence in (caught.value.chinese, caught.value.english):
        assert "ZHIXING_WEB_PORT='eighty'" in sentence
        assert "ZHIXING_PG_PORT='70000'" in sentence


def test_settings_app_url_without_owner_url_is_refused():
    with pytest.raises(RuntimeProblem, match="needs ZHIXING_DATABASE_URL"):
        Runtime.from_environment({"ZHIXING_APP_DATABASE_URL": "postgresql://a:b@h/x"})


def test_settings_environment_makes_a_child_read_the_same(tmp_path: Path):
    runtime = Runtime.from_environment(
        {"ZHIXING_HOME": str(tmp_path), "ZHIXING_WEB_PORT": "8123", "ZHIXING_DEBUG": "1"}
    )
    assert Runtime.from_environment(runtime.environment()) == runtime


def test_dsn_roles_differ_and_use_the_socket(tmp_path: Path):
    runtime = Runtime.from_environment({"ZHIXING_HOME": str(tmp_path / "h")})
    owner, app = runtime.owner_dsn(), runtime.app_dsn()
    assert (owner["user"], app["user"]) == ("zhixing_owner", "zhixing_app")
    assert owner["password"] != app["password"]
    assert owner["host"] == str(tmp_path / "h" / "postgres" / "run")
    assert owner["dbname"] == app["dbname"] == "zhixing"


def test_dsn_folder_too_long_for_a_socket_uses_tcp(tmp_path: Path):
    home = tmp_path / ("x" * 100)
    assert Runtime.from_environment({"ZHIXING_HOME": str(home)}).app_dsn()["host"] == "127.0.0.1"


def test_dsn_existing_server_keeps_tls_and_names_its_own_app_role(tmp_path: Path):
    url = "postgresql://boss:secret@db.example:5433/court?sslmode=verify-full"
    runtime = Runtime.from_environment({"ZHIXING_HOME": str(tmp_path), "ZHIXING_DATABASE_URL": url})
    app = runtime.app_dsn()
    assert (app["host"], int(app["port"]), app["dbname"], app["user"]) == (
        "db.example",
        5433,
        "court",
        "court_app",
    )
    assert app["sslmode"] == "verify-full"
    assert app["password"] == runtime.secrets["postgres_app"] != "secret"


def test_dsn_unreadable_url_is_told_without_its_password(tmp_path: Path):
    given = {"ZHIXING_HOME": str(tmp_path), "ZHIXING_DATABASE_URL": "mysql//boss:hunter2@h"}
    with pytest.raises(RuntimeProblem, match="ZHIXING_DATABASE_URL") as caught:
        Runtime.from_environment(given).owner_dsn()
    assert "hunter2" not in caught.value.english + caught.value.chinese
    assert caught.value.__suppress_context__ or caught.value.__cause__ is None


def test_secrets_are_made_once_and_private(tmp_path: Path):
    first = secrets_load(tmp_path / "home")
    file = tmp_path / "home" / "secrets.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert secrets_load(tmp_path / "home") == first
    assert len(set(first.values())) == len(first)


def test_secrets_damaged_file_is_refused_not_replaced(tmp_path: Path):
    (tmp_path / "secrets.json").write_text("{")
    with pytest.raises(RuntimeProblem, match="damaged"):
        secrets_load(tmp_path)
    assert (tmp_path / "secrets.json").read_text() == "{"
