"""One embedded server: its folders, its first set-up, its configuration, and whether it answers."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from zhixing.platform.runtime.ports import port_is_free
from zhixing.platform.runtime.postgres.programs import Account, folder_prepare, programs_find
from zhixing.platform.runtime.problems import RuntimeProblem
from zhixing.platform.runtime.settings import LONGEST_SOCKET_FOLDER, Runtime

# Durable first, small second: the whole idle stack shall stay below 1 GiB.
CONFIGURATION = """\
# Written by zhixing at each start. Own settings belong into ALTER SYSTEM, which is read after this file.
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
fsync = on
synchronous_commit = on
full_page_writes = on
max_connections = 60
shared_buffers = 64MB
work_mem = 8MB
maintenance_work_mem = 64MB
max_wal_size = 512MB
min_wal_size = 64MB
# Shared memory of containers is often 64 MB, too little for parallel workers.
max_parallel_workers_per_gather = 0
max_parallel_maintenance_workers = 0
autovacuum_max_workers = 2
io_method = sync
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
password_encryption = 'scram-sha-256'
log_line_prefix = '%m [%p] '
# Statements and details of errors carry values of rows: personal data does not go into logs.
log_min_error_statement = panic
log_error_verbosity = terse
"""

# What a sound server says while it starts, stops or is full: worth another try.
PASSING = (
    "starting up",
    "shutting down",
    "not yet accepting",
    "recovery",
    "too many clients",
    "remaining connection",
)


@dataclass(frozen=True)
class Server:
    """The embedded server of one installation. All waiting is in seconds."""

    runtime: Runtime

    @cached_property
    def account(self) -> Account:
        """Who runs it."""
        return Account.choose(self.runtime.postgres_dir / "data")

    @cached_property
    def folder(self) -> Path:
        """Its folder, made if absent."""
        return folder_prepare(self.runtime.postgres_dir, self.account)

    @property
    def data(self) -> Path:
        """The data folder (PGDATA)."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """The server's own log."""
        return self.runtime.log_dir / "postgres.log"

    @cached_property
    def programs(self) -> Path:
        """Folder of the PostgreSQL programs."""
        return programs_find(self.folder, self.account)

    def answers(self) -> bool:
        """Whether the server takes connections of our administrator at this moment.

        Raises: RuntimeProblem: a server answers, but does not know our password or cannot read its own data.
        """
        import psycopg

        try:
            with psycopg.connect(**self.runtime.admin_dsn(), connect_timeout=3):
                return True
        except psycopg.OperationalError as error:
            # A failed connect carries no state code, only the server's English sentence.
            refusal = str(error)
            if "password authentication failed" in refusal:
                raise self._stranger() from error
            if "FATAL" not in refusal or any(phrase in refusal for phrase in PASSING):
                return False
            raise self.broken() from error

    def prepare(self, report: Callable[[str], None]) -> None:
        """Make the data folder if there is none, and write the configuration.

        Raises: RuntimeProblem: the folder is damaged, of another version, or not ours; the port is taken.
        """
        try:
            self.runtime.log_dir.mkdir(parents=True, exist_ok=True)
            if not self.data.exists():
                report("初始化数据库")
                self._initialise()
            self._inspect()
            self._configure()
        except PermissionError as error:
            raise RuntimeProblem(
                f"没有权限使用数据库目录 {error.filename or self.folder}。请用当初创建它的用户运行，或用 ZHIXING_HOME 另选目录。",
                f"No right to use the database folder {error.filename or self.folder}. "
                "Run as the user who made it, or choose another folder with ZHIXING_HOME.",
            ) from error
        self.orphan_stop()
        if not port_is_free(self.runtime.pg_port):
            raise RuntimeProblem(
                f"数据库端口 {self.runtime.pg_port} 已被其他程序占用。请停止该程序，或用 ZHIXING_PG_PORT 改用其他端口。",
                f"The database port {self.runtime.pg_port} is in use by another program. "
                "Stop it, or choose another port with ZHIXING_PG_PORT.",
            )

    def spawn(self, before: Callable[[], None]) -> subprocess.Popen[bytes]:
        """Start the postmaster as a child of this process; its output goes to the log. `before` runs in the child."""
        with open(self.log, "ab") as log:
            return subprocess.Popen(
                [str(self.programs / "postgres"), "-D", str(self.data)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=_environment(),
                start_new_session=True,
                user=self.account.uid,
                group=self.account.gid,
                extra_groups=self.account.groups,
                preexec_fn=before,  # noqa: PLW1509  the guardian has one thread
            )

    def postmaster(self) -> int | None:
        """Process id of a living postmaster of this data folder, whoever started it.

        A number alone proves nothing: the system hands old ones to other programs, and a dead child keeps its own.
        """
        try:
            pid = int((self.data / "postmaster.pid").read_text().split()[0])
            process = Path("/proc") / str(pid)
            state = (process / "stat").read_text().rsplit(")", 1)[1].split()[0]
            is_ours = (process / "comm").read_text().strip() == "postgres" and (process / "cwd").samefile(
                self.data
            )
        except (OSError, ValueError, IndexError):
            return None
        return pid if is_ours and state != "Z" else None

    def orphan_stop(self) -> None:
        """End a postmaster that outlived its guardian, and clear the pid file of one that died.

        Raises: RuntimeProblem: it does not end within 60 s.
        """
        for sign, patience in ((None, 2.0), (signal.SIGINT, 30.0), (signal.SIGQUIT, 28.0)):
            pid = self.postmaster()
            if pid is None:
                # PostgreSQL takes a zombie or a re-used number for a living server.
                (self.data / "postmaster.pid").unlink(missing_ok=True)
                return
            if sign is not None:
                os.kill(pid, sign)
            deadline = time.monotonic() + patience
            while self.postmaster() is not None and time.monotonic() < deadline:
                time.sleep(0.05)
        if self.postmaster() is not None:
            raise RuntimeProblem(
                f"旧的数据库进程 {self.postmaster()} 无法结束。请结束该进程后重试。",
                f"The old database process {self.postmaster()} does not end. End it, then try again.",
            )

    def _initialise(self) -> None:
        draft = self.folder / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        self.account.own(draft)
        password = self.folder / f"password.{secrets.token_hex(4)}"
        password.touch(mode=0o600)
        try:
            password.write_text(self.runtime.secrets["postgres_admin"])
            if self.account.uid is not None:
                os.chown(password, self.account.uid, -1)
            choices = [
                "-U",
                "zhixing_admin",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "--auth=scram-sha-256",
                "--data-checksums",
            ]
            done = subprocess.run(
                [str(self.programs / "initdb"), "-D", str(draft), *choices, f"--pwfile={password}"],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                cwd="/",
                env=_environment(),
                user=self.account.uid,
                group=self.account.gid,
                extra_groups=self.account.groups,
                check=False,
            )
        finally:
            password.unlink()
        if done.returncode != 0:
            shutil.rmtree(draft, ignore_errors=True)
            last = (done.stderr.strip().splitlines() or ["?"])[-1]
            raise RuntimeProblem(
                f"数据库初始化失败：{last}。请检查 {self.folder} 所在磁盘的空间和权限后重试。",
                f"The database could not be set up: {last}. Check space and rights of {self.folder}, then try again.",
            )
        with open(draft / "postgresql.conf", "a", encoding="utf-8") as file:
            file.write("\ninclude 'zhixing.conf'\n")
        draft.rename(self.data)

    def _inspect(self) -> None:
        """Name a folder that no start can mend before the server fails on it in its own words."""
        try:
            found = (self.data / "PG_VERSION").read_text().strip()
        except FileNotFoundError:
            found = ""
        expected = "18"
        if found and found != expected:
            raise RuntimeProblem(
                f"数据目录 {self.data} 属于 PostgreSQL {found}，本程序使用 {expected}。请用旧版本导出数据后导入，或另选 ZHIXING_HOME。",
                f"The data folder {self.data} belongs to PostgreSQL {found}; this program brings {expected}. "
                "Dump with the old version and load again, or choose another ZHIXING_HOME.",
            )
        if not found or not (self.data / "global" / "pg_control").exists():
            raise self.broken()

    def _stranger(self) -> RuntimeProblem:
        return RuntimeProblem(
            f"{self.runtime.home}/secrets.json 与端口 {self.runtime.pg_port} 上数据库的口令不符。请从备份恢复该文件，"
            "或用 ZHIXING_PG_PORT 改用其他端口；若数据可弃，请运行 zhixing reset 重新开始。",
            f"{self.runtime.home}/secrets.json does not fit the database at port {self.runtime.pg_port}. "
            "Restore the file, change ZHIXING_PG_PORT, or run `zhixing reset` if the data may go.",
        )

    def broken(self) -> RuntimeProblem:
        """The sentence for a data folder that does not start."""
        return RuntimeProblem(
            f"数据目录 {self.data} 已损坏，数据库无法启动（详见 {self.log}）。请从备份恢复；若数据可弃，请运行 zhixing reset 重新开始。",
            f"The data folder {self.data} is damaged and the server cannot start (see {self.log}). "
            "Restore it from a backup, or run `zhixing reset` if the data may go.",
        )

    def _configure(self) -> None:
        socket = self.folder / "run"
        self.account.own(socket)
        fits = len(os.fsencode(self.runtime.socket_dir)) <= LONGEST_SOCKET_FOLDER
        place = (
            str(socket).replace("'", "''")
            if fits and len(os.fsencode(socket)) <= LONGEST_SOCKET_FOLDER
            else ""
        )
        configuration = self.data / "zhixing.conf"
        configuration.write_text(
            CONFIGURATION.format(port=self.runtime.pg_port, socket=place), encoding="utf-8"
        )
        if self.account.uid is not None:
            os.chown(configuration, self.account.uid, -1)


def _environment() -> dict[str, str]:
    # PG… variables of the caller must not reach the server's own tools.
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    return kept | {"LC_ALL": "C.UTF-8"}
