"""One embedded PostgreSQL for the whole test session, a database of its own for each test process.

Tests run as the web does: connected as the app role, which owns no table and is held by row-level security. The
migrations run once, as the owner, into the database `zhixing`; each test process works in a copy of it.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

SOURCES = Path(__file__).resolve().parents[1] / "src"


def _ports_free(count: int) -> list[str]:
    """Ports nobody listens on now, all different."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [str(opened.getsockname()[1]) for opened in sockets]
    for opened in sockets:
        opened.close()
    return ports


def _home_prepare() -> None:
    """Point every ZHIXING_ variable at a temporary home. The xdist workers inherit the controller's."""
    if "ZHIXING_TEST_HOME" in os.environ:
        return
    for name in [name for name in os.environ if name.startswith("ZHIXING_")]:
        del os.environ[name]
    home = tempfile.mkdtemp(prefix="zhixing-test-")
    # The server may run as another user and must pass through.
    os.chmod(home, 0o711)
    os.mkdir(os.path.join(home, "static"))
    names = ("ZHIXING_WEB_PORT", "ZHIXING_PG_PORT", "ZHIXING_SERVICES_PORT", "ZHIXING_SMTP_PORT")
    os.environ |= dict(zip(names, _ports_free(len(names)), strict=True))
    os.environ |= {
        "ZHIXING_HOME": home,
        "ZHIXING_TEST_HOME": home,
        "ZHIXING_TEST_CONTROLLER": str(os.getpid()),
    }


# Before pytest-django reads the settings.
_home_prepare()
os.environ["DJANGO_SETTINGS_MODULE"] = "zhixing.config.settings"
if str(SOURCES) not in sys.path:
    sys.path.insert(0, str(SOURCES))

import django

# pytest-django sets Django up for us only where it finds it loaded.
django.setup()

from zhixing.platform.runtime.home import home_remove
from zhixing.platform.runtime.locks import is_locked, locked
from zhixing.platform.runtime.postgres.lease import database
from zhixing.platform.runtime.settings import Runtime


def pytest_unconfigure() -> None:
    """The controller removes the temporary home once the server behind the last user is gone."""
    if os.environ.get("ZHIXING_TEST_CONTROLLER") != str(os.getpid()):
        return
    runtime = Runtime.from_environment()
    deadline = time.monotonic() + 30
    while is_locked(runtime.postgres_dir / "guardian.lock") and time.monotonic() < deadline:
        time.sleep(0.05)
    home_remove(runtime)
    shutil.rmtree(runtime.home, ignore_errors=True)


@pytest.fixture(scope="session")
def runtime() -> Iterator[Runtime]:
    """Settings of the test installation, its server running, its database migrated."""
    with database(Runtime.from_environment()) as settings:
        with locked(settings.home / "migrate.lock"):
            result = settings.home / "migrated"
            if not result.exists():
                _server_hurry(settings)
                result.write_text(_migrate(settings))
            if problem := result.read_text():
                pytest.fail(f"The migrations do not run:\n{problem}", pytrace=False)
        yield settings


def _server_hurry(settings: Runtime) -> None:
    """Tests need no durability: their data is thrown away."""
    with psycopg.connect(**settings.admin_dsn(), autocommit=True) as admin:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            admin.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(name)))
        admin.execute("SELECT pg_reload_conf()")


def _migrate(settings: Runtime) -> str:
    """Run all migrations as the owner; returns the end of what went wrong, or nothing."""
    done = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--no-input", "--skip-checks", "--verbosity", "0"],
        env=os.environ | {"ZHIXING_DATABASE_ROLE": "owner", "PYTHONPATH": str(SOURCES)},
        cwd=settings.home,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr[-4000:] if done.returncode else ""


class TestDatabase:
    """This process's copy of the migrated database."""

    __test__ = False

    def __init__(self, runtime: Runtime, name: str) -> None:
        """Name the copy; nothing is made yet."""
        self.runtime = runtime
        self.name = name
        self._drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        self._create = sql.SQL("CREATE DATABASE {} TEMPLATE zhixing OWNER zhixing_owner").format(
            sql.Identifier(name)
        )

    def renew(self) -> None:
        """Make the copy anew; whoever is connected to the old one is cut off."""
        with psycopg.connect(**self.runtime.admin_dsn(), autocommit=True) as admin:
            admin.execute(self._drop)
            admin.execute(self._create)

    def drop(self) -> None:
        """Throw the copy away."""
        with psycopg.connect(**self.runtime.admin_dsn(), autocommit=True) as admin:
            admin.execute(self._drop)

    def connect(self, role: str, **options: Any) -> psycopg.Connection[Any]:
        """A raw connection as `app` or `owner`; the caller closes it."""
        dsn = self.runtime.app_dsn() if role == "app" else self.runtime.owner_dsn()
        return psycopg.connect(**dsn | {"dbname": self.name}, **options)


@pytest.fixture(scope="session")
def test_database(runtime: Runtime) -> Iterator[TestDatabase]:
    """A fresh copy for this test process."""
    copy = TestDatabase(runtime, f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}")
    # One copy at a time: the template must have no other visitor.
    with locked(runtime.home / "clone.lock"):
        copy.renew()
    yield copy
    copy.drop()


@pytest.fixture(scope="session")
def django_db_setup(test_database: TestDatabase, django_db_blocker: Any) -> Iterator[None]:
    """Let Django work in the copy, as the app role. Replaces pytest-django's own creation of a test database."""
    from django.db import connections
    from django.test import TransactionTestCase

    def renew(_case: object) -> None:
        """After a test with real commits: a new copy, since insert-only tables refuse to be emptied."""
        connections.close_all()
        with locked(test_database.runtime.home / "clone.lock"):
            test_database.renew()

    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", renew)
    with django_db_blocker.unblock():
        connections.close_all()
        connections["default"].settings_dict["NAME"] = test_database.name
    yield
    with django_db_blocker.unblock():
        connections.close_all()
    patch.undo()


@pytest.fixture
def db_app(transactional_db: None, test_database: TestDatabase) -> Iterator[psycopg.Connection[Any]]:
    """A raw connection as the web role, outside Django: for what row-level security must refuse.

    It sees committed rows only; tests that use it run with real commits (`transactional_db` comes with it).
    """
    with test_database.connect("app") as connection:
        yield connection


@pytest.fixture
def db_owner(transactional_db: None, test_database: TestDatabase) -> Iterator[psycopg.Connection[Any]]:
    """A raw connection as the owner of the tables, which row-level security does not hold."""
    with test_database.connect("owner") as connection:
        yield connection


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A running Chromium (playwright's `Browser`): the one `make test` found, else the driver's own.

    It ends with its module: while the driver runs, so does its event loop, and Django refuses its database beside one.
    """
    from playwright.sync_api import sync_playwright

    named = SOURCES.parent / "build" / "browser"
    path = named.read_text().strip() if named.exists() else shutil.which("chromium")
    # Chromium's sandbox does not start as root, where most containers run.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path or None, args=arguments)
        yield browser
        browser.close()
