"""Where this installation lives, on which ports, and with which database: read from the environment, nowhere else."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from zhixing.platform.runtime.problems import RuntimeProblem
from zhixing.platform.runtime.secret_store import secrets_load

PORTS = {
    "web_port": ("ZHIXING_WEB_PORT", 8000),
    "pg_port": ("ZHIXING_PG_PORT", 8432),
    "services_port": ("ZHIXING_SERVICES_PORT", 8025),
    "smtp_port": ("ZHIXING_SMTP_PORT", 8026),
}
# A socket address holds 107 bytes; the server adds "/.s.PGSQL.<port>" behind the folder.
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.65535")


@dataclass(frozen=True, kw_only=True)
class Runtime:
    """The settings of one installation. Build it with `Runtime.from_environment()`."""

    home: Path
    checkout: Path
    web_host: str = "127.0.0.1"
    web_port: int = 8000
    pg_port: int = 8432
    services_port: int = 8025
    smtp_port: int = 8026
    database_url: str | None = None
    app_database_url: str | None = None
    database_role: str = "app"
    debug: bool = False
    web_workers: int = 2

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Runtime:
        """Read the ZHIXING_… variables; what is absent takes its default.

        Raises: RuntimeProblem: names every variable that cannot be understood, all at once.
        """
        source = os.environ if environment is None else environment
        faults: list[str] = []
        ports = {name: _number(source, key, default, 65535, faults) for name, (key, default) in PORTS.items()}
        workers = _number(source, "ZHIXING_WEB_WORKERS", 2, 256, faults)
        role = source.get("ZHIXING_DATABASE_ROLE") or "app"
        if role not in {"app", "owner"}:
            faults.append(f"ZHIXING_DATABASE_ROLE={role!r} (app | owner)")
        if source.get("ZHIXING_APP_DATABASE_URL") and not source.get("ZHIXING_DATABASE_URL"):
            faults.append("ZHIXING_APP_DATABASE_URL (needs ZHIXING_DATABASE_URL too)")
        if faults:
            listed = ", ".join(faults)
            raise RuntimeProblem(
                f"环境变量的值无法使用：{listed}。请改正后重试。",
                f"These environment variables have unusable values: {listed}. Correct them and try again.",
            )
        checkout = checkout_find()
        home = Path(source.get("ZHIXING_HOME") or checkout / ".zhixing").expanduser().absolute()
        return cls(
            home=home,
            checkout=checkout,
            web_host=source.get("ZHIXING_WEB_HOST") or "127.0.0.1",
            database_url=source.get("ZHIXING_DATABASE_URL") or None,
            app_database_url=source.get("ZHIXING_APP_DATABASE_URL") or None,
            database_role=role,
            debug=(source.get("ZHIXING_DEBUG") or "").lower() in {"1", "true", "yes", "on"},
            web_workers=workers,
            **ports,
        )

    def environment(self) -> dict[str, str]:
        """The variables that make a child process read the same settings (the database role is left to the child)."""
        values = {key: str(getattr(self, name)) for name, (key, _) in PORTS.items()}
        values |= {"ZHIXING_HOME": str(self.home), "ZHIXING_WEB_HOST": self.web_host}
        values |= {"ZHIXING_WEB_WORKERS": str(self.web_workers), "ZHIXING_DEBUG": "1" if self.debug else ""}
        values["ZHIXING_DATABASE_URL"] = self.database_url or ""
        values["ZHIXING_APP_DATABASE_URL"] = self.app_database_url or ""
        return values

    # Folders. None is created here: whoever writes into one makes it.

    @property
    def files_dir(self) -> Path:
        """Stored files: papers, sealed documents, packets."""
        return self.home / "files"

    @property
    def keys_dir(self) -> Path:
        """Key ring: key-encryption keys, seal keys."""
        return self.home / "keys"

    @property
    def log_dir(self) -> Path:
        """One log per process."""
        return self.home / "log"

    @property
    def run_dir(self) -> Path:
        """Locks and the state of the running programs."""
        return self.home / "run"

    @property
    def static_dir(self) -> Path:
        """Where Django collects its static files."""
        return self.home / "static"

    @property
    def world_dir(self) -> Path:
        """The simulated outside world's own folder."""
        return self.home / "world"

    @property
    def postgres_dir(self) -> Path:
        """The embedded server: data, socket, and its programs where a copy is needed."""
        return self.home / "postgres"

    @property
    def socket_dir(self) -> Path:
        """Folder of the embedded server's unix socket."""
        return self.postgres_dir / "run"

    @property
    def assets_dir(self) -> Path:
        """Third-party page assets and fonts, copied by `zhixing assets`; bundled into a built wheel."""
        bundled = Path(__file__).resolve().parents[2] / "ui" / "vendor"
        return bundled if bundled.is_dir() else self.checkout / "build" / "assets"

    @property
    def fonts_dir(self) -> Path:
        """Shipped fonts for documents."""
        return self.assets_dir / "fonts"

    # Addresses

    @property
    def web_url(self) -> str:
        """Address of the web server as seen from this machine, without a slash at the end."""
        host = "127.0.0.1" if self.web_host in {"0.0.0.0", "::", ""} else self.web_host  # noqa: S104  compared only
        return f"http://{host}:{self.web_port}"

    @property
    def services_url(self) -> str:
        """Address of the simulated phone and mailbox."""
        return f"http://127.0.0.1:{self.services_port}"

    # Secrets

    @cached_property
    def secrets(self) -> dict[str, str]:
        """Secrets of this home; made at first use."""
        return secrets_load(self.home)

    @property
    def secret_key(self) -> str:
        """Django's signing key."""
        return self.secrets["django"]

    @property
    def sms_token(self) -> str:
        """What the short-message gateway asks for."""
        return self.secrets["sms_token"]

    # Database

    @property
    def is_embedded(self) -> bool:
        """Whether this installation runs its own PostgreSQL server."""
        return self.database_url is None

    @property
    def app_role(self) -> str:
        """Name of the role the web and the worker connect as: not the owner, and held by row-level security."""
        if self.app_database_url:
            return str(_parsed(self.app_database_url, "ZHIXING_APP_DATABASE_URL").get("user"))
        name = str(self.owner_dsn()["dbname"])
        # Roles belong to the whole server: a name of its own per database lets several live side by side.
        return (
            f"{name}_app"
            if len(name) < 60
            else f"zhixing_{hashlib.sha256(name.encode()).hexdigest()[:12]}_app"
        )

    def owner_dsn(self) -> dict[str, Any]:
        """Connection parameters of the owner of the tables: host, port, dbname, user, password (and TLS options)."""
        if self.database_url:
            return _parsed(self.database_url, "ZHIXING_DATABASE_URL")
        return self._embedded("zhixing_owner", self.secrets["postgres_owner"])

    def app_dsn(self) -> dict[str, Any]:
        """Connection parameters of the web and worker role."""
        if self.app_database_url:
            return _parsed(self.app_database_url, "ZHIXING_APP_DATABASE_URL")
        if self.database_url:
            return self.owner_dsn() | {"user": self.app_role, "password": self.secrets["postgres_app"]}
        return self._embedded("zhixing_app", self.secrets["postgres_app"])

    def dsn(self) -> dict[str, Any]:
        """Connection parameters of the role this process was started for (`ZHIXING_DATABASE_ROLE`)."""
        return self.owner_dsn() if self.database_role == "owner" else self.app_dsn()

    def admin_dsn(self) -> dict[str, Any]:
        """Connection parameters of the embedded server's own administrator, database `postgres`."""
        return self._embedded("zhixing_admin", self.secrets["postgres_admin"]) | {"dbname": "postgres"}

    def _embedded(self, user: str, password: str) -> dict[str, Any]:
        has_socket = len(os.fsencode(self.socket_dir)) <= LONGEST_SOCKET_FOLDER
        host = str(self.socket_dir) if has_socket else "127.0.0.1"
        return {"host": host, "port": self.pg_port, "dbname": "zhixing", "user": user, "password": password}


def checkout_find() -> Path:
    """The checkout this package runs from; an installed package takes the nearest one above the working folder."""
    source, here = Path(__file__).resolve().parents[4], Path.cwd()
    return next(
        (folder for folder in (source, here, *here.parents) if (folder / "pyproject.toml").is_file()), here
    )


def _number(source: Mapping[str, str], key: str, default: int, highest: int, faults: list[str]) -> int:
    text = source.get(key) or str(default)
    if text.isascii() and text.isdigit() and 1 <= int(text) <= highest:
        return int(text)
    faults.append(f"{key}={text!r} (1–{highest})")
    return default


def _parsed(url: str, name: str) -> dict[str, Any]:
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    try:
        given = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        # The parser's own message repeats the text, password and all.
        given = {}
    if not given.get("dbname") or not given.get("user"):
        raise RuntimeProblem(
            f"{name} 无法识别，应形如 postgresql://用户:口令@主机:5432/数据库名。请改正后重试。",
            f"{name} cannot be understood: postgresql://user:password@host:5432/dbname was expected. Correct it.",
        )
    return {"host": "127.0.0.1", "port": 5432, "password": ""} | given
