"""The installation's own secrets: made once, kept in one file that only its owner reads."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from pathlib import Path
from typing import Any, cast

from zhixing.platform.runtime.problems import RuntimeProblem

NAMES = ("django", "sms_token", "postgres_admin", "postgres_owner", "postgres_app")


def secrets_load(home: Path) -> dict[str, str]:
    """The secrets of this home, by name; missing ones are made and written first.

    Args:
        home: the installation's folder; it is created (0711) when absent.
    Returns: one text of 43 URL-safe characters (256 bits) per name in `NAMES`, plus whatever else the file holds.
    Raises: RuntimeProblem: the folder or file cannot be read, written or understood.
    Locks: an exclusive lock on `secrets.lock`, so that two first starts agree on one set.
    """
    path = home / "secrets.json"
    try:
        stored = _read(path)
        if stored is not None and all(name in stored for name in NAMES):
            return stored
        # Passable, not listable: the embedded server may run as another user and must reach its own folder.
        home.mkdir(parents=True, exist_ok=True, mode=0o711)
        with open(home / "secrets.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            stored = _read(path) or {}
            complete = {name: secrets.token_urlsafe(32) for name in NAMES} | stored
            _write(path, complete)
            return complete
    except OSError as error:
        raise RuntimeProblem(
            f"无法读写数据目录 {home}（{error.strerror}）。请改用有权限的用户运行，或用 ZHIXING_HOME 指定另一个目录。",
            f"Cannot read or write the home folder {home} ({error.strerror}). "
            "Run as a user who may, or name another folder with ZHIXING_HOME.",
        ) from error


def _read(path: Path) -> dict[str, str] | None:
    try:
        content: Any = json.loads(path.read_text("utf-8"))
        if isinstance(content, dict):
            return {str(name): str(value) for name, value in cast("dict[Any, Any]", content).items()}
    except FileNotFoundError:
        return None
    except ValueError:
        pass
    raise RuntimeProblem(
        f"密钥文件 {path} 已损坏，应为 JSON 对象。请从备份恢复；若数据可弃，请运行 zhixing reset 重新开始。",
        f"The secrets file {path} is damaged: a JSON object was expected. "
        "Restore it from a backup, or start over with `zhixing reset` if the data may go.",
    )


def _write(path: Path, content: dict[str, str]) -> None:
    draft = path.with_suffix(".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)
