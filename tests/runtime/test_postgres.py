"""The embedded server: one for all, as long as somebody holds it, whatever dies."""

from __future__ import annotations

import os
import signal
import socket
from pathlib import Path
from typing import Any

import psycopg
import pytest
from runtime_installation import Installation, eventually, leave

from zhixing.platform.runtime.postgres.lease import database
from zhixing.platform.runtime.postgres.roles import roles_ensure
from zhixing.platform.runtime.postgres.server import Server
from zhixing.platform.runtime.problems import RuntimeProblem

pytestmark = pytest.mark.slow


def ask(installed: Installation, query: str, role: str = "app") -> tuple[Any, ...]:
    dsn = {
        "app": installed.runtime.app_dsn,
        "owner": installed.runtime.owner_dsn,
        "admin": installed.runtime.admin_dsn,
    }
    with psycopg.connect(**dsn[role](), connect_timeout=5) as connection:
        row = connection.execute(query).fetchone()  # type: ignore[call-overload]
    assert row is not None
    return row


def answers(installed: Installation) -> bool:
    try:
        return ask(installed, "SELECT 1") == (1,)
    except psycopg.OperationalError:
        return False


def test_server_runs_while_held_and_stops_behind_the_last_user(installed: Installation):
    first, second = installed.hold(), installed.hold()
    leave(first)
    assert answers(installed)
    leave(second)
    assert eventually(lambda: not installed.is_running)
    assert not answers(installed)


def test_server_is_durable_and_roles_are_apart(installed: Installation):
    with database(installed.runtime):
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            assert ask(installed, f"SELECT current_setting('{name}')") == ("on",)
        roles = "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcanlogin FROM pg_roles WHERE rolname = '{}'"
        for name in ("zhixing_owner", "zhixing_app"):
            assert ask(installed, roles.format(name), "admin") == (False, False, False, True)
        with psycopg.connect(**installed.runtime.owner_dsn()) as owner:
            owner.execute("CREATE TABLE ledger (amount int)")
            owner.execute("REVOKE UPDATE ON ledger FROM zhixing_app")
        roles_ensure(installed.runtime)
        rights = "SELECT has_table_privilege('ledger', 'INSERT'), has_table_privilege('ledger', 'UPDATE')"
        assert ask(installed, rights) == (True, False), "what a migration took away was given back"
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(installed, "CREATE TABLE own (x int)")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(**installed.runtime.app_dsn() | {"password": "wrong"})


def test_server_four_starters_at_once_share_one(installed: Installation):
    starters = [installed.start("-c", f"{HOLD_AND_TELL}") for _ in range(4)]
    pids = set()
    for starter in starters:
        assert starter.stdout is not None
        pids.add(starter.stdout.readline().strip())
    assert len(pids) == 1
    assert pids.pop().isdigit()
    for starter in starters:
        leave(starter)


HOLD_AND_TELL = """
import sys, psycopg
from zhixing.platform.runtime.postgres.lease import database
from zhixing.platform.runtime.postgres.server import Server
from zhixing.platform.runtime.settings import Runtime
with database(Runtime.from_environment()) as runtime:
    print(Server(runtime).postmaster(), flush=True)
    sys.stdin.read()
"""


def test_server_killed_comes_back_with_every_row(installed: Installation):
    with database(installed.runtime):
        with psycopg.connect(**installed.runtime.owner_dsn()) as owner:
            owner.execute("CREATE TABLE rows AS SELECT generate_series(1, 1000) AS n")
        first = Server(installed.runtime).postmaster()
        assert first is not None
        os.kill(first, signal.SIGKILL)
        assert eventually(lambda: Server(installed.runtime).postmaster() not in {None, first})
        assert eventually(lambda: answers(installed))
        assert ask(installed, "SELECT count(*) FROM rows") == (1000,)


def test_server_killed_and_a_user_comes_before_it_is_back(installed: Installation):
    """The new user waits for the guardian that starts it anew; he must not wait for one of his own."""
    with database(installed.runtime):
        for _ in range(3):
            server = Server(installed.runtime)
            master = server.postmaster()
            assert master is not None
            os.kill(master, signal.SIGKILL)
            comer = installed.hold()
            assert answers(installed)
            leave(comer)


def test_server_user_killed_leaves_nothing_running(installed: Installation):
    holder = installed.hold()
    holder.kill()
    assert eventually(lambda: not installed.is_running)
    assert Server(installed.runtime).postmaster() is None


def test_server_guardian_killed_next_user_starts_a_new_one(installed: Installation):
    with database(installed.runtime):
        server = Server(installed.runtime)
        postmaster = server.postmaster()
        assert postmaster is not None
        guardian = int(Path(f"/proc/{postmaster}/stat").read_text().rsplit(")", 1)[1].split()[1])
        os.kill(guardian, signal.SIGKILL)
        assert eventually(lambda: server.postmaster() is None), "the server outlived its guardian"
        with database(installed.runtime):
            assert answers(installed)


def test_server_stale_pid_of_a_living_stranger_does_not_stop_the_start(installed: Installation):
    leave(installed.hold())
    assert eventually(lambda: not installed.is_running)
    server = Server(installed.runtime)
    (server.data / "postmaster.pid").write_text(f"{os.getpid()}\n{server.data}\n")
    with database(installed.runtime):
        assert answers(installed)


def test_server_port_in_use_is_told_with_the_setting(installed: Installation):
    with (
        socket.create_server(("127.0.0.1", installed.runtime.pg_port)),
        pytest.raises(RuntimeProblem, match="ZHIXING_PG_PORT") as caught,
        database(installed.runtime),
    ):
        pass
    assert str(installed.runtime.pg_port) in caught.value.chinese
    with database(installed.runtime):
        assert answers(installed)


@pytest.mark.parametrize("damage", ["no control file", "half the system tables", "another version"])
def test_server_broken_data_folder_is_told_with_what_to_do(installed: Installation, damage: str):
    leave(installed.hold())
    assert eventually(lambda: not installed.is_running)
    data = Server(installed.runtime).data
    if damage == "another version":
        (data / "PG_VERSION").write_text("15\n")
    elif damage == "no control file":
        (data / "global" / "pg_control").unlink()
    else:
        for path in (data / "global").glob("[0-9]*"):
            path.unlink()
    expected = "PostgreSQL 15" if damage == "another version" else "zhixing reset"
    with pytest.raises(RuntimeProblem, match=expected), database(installed.runtime):
        pass
    assert eventually(lambda: Server(installed.runtime).postmaster() is None)


def test_server_lost_secrets_are_told(installed: Installation):
    leave(installed.hold())
    assert eventually(lambda: not installed.is_running)
    (installed.runtime.home / "secrets.json").unlink()
    installed.runtime.__dict__.pop("secrets", None)
    with pytest.raises(RuntimeProblem, match="does not fit"), database(installed.runtime):
        pass


@pytest.mark.skipif(
    os.geteuid() != 0, reason="only root meets a folder that its service account cannot enter"
)
def test_server_root_with_a_closed_home_uses_the_shared_state(installed: Installation):
    installed.runtime.home.chmod(0o700)
    with database(installed.runtime):
        assert answers(installed)
        assert installed.runtime.postgres_dir.is_symlink()
        assert installed.runtime.home.stat().st_mode & 0o777 == 0o700, "no parent's mode may change"


def test_existing_server_gets_its_own_app_role(installed: Installation):
    """Our embedded server plays the existing one; its administrator may create roles."""
    with database(installed.runtime):
        host = installed.runtime.admin_dsn()
        url = "postgresql://zhixing_admin:{password}@127.0.0.1:{port}/zhixing".format(**host)
        values = installed.runtime.environment() | {"ZHIXING_DATABASE_URL": url}
        foreign = type(installed.runtime).from_environment(values)
        with database(foreign), psycopg.connect(**foreign.app_dsn()) as connection:
            assert connection.execute("SELECT current_user").fetchone() == ("zhixing_app",)


def test_existing_server_owner_without_right_asks_for_the_second_url(installed: Installation):
    with database(installed.runtime):
        with psycopg.connect(**installed.runtime.admin_dsn(), autocommit=True) as admin:
            admin.execute("CREATE DATABASE court OWNER zhixing_owner")
        owner = installed.runtime.owner_dsn()
        url = "postgresql://zhixing_owner:{password}@127.0.0.1:{port}/court".format(**owner)
        values = installed.runtime.environment() | {"ZHIXING_DATABASE_URL": url}
        with pytest.raises(RuntimeProblem, match="ZHIXING_APP_DATABASE_URL"):
            roles_ensure(type(installed.runtime).from_environment(values))
        values["ZHIXING_APP_DATABASE_URL"] = url
        with pytest.raises(RuntimeProblem, match="cannot be the working role"):
            roles_ensure(type(installed.runtime).from_environment(values))
