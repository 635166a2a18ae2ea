"""Front machines: folders through which files pass between court and agency, on a local disk or over SFTP.

Four folders below the agency's own: ``download`` (court to agency), ``upload`` (agency to court), ``taken`` (claimed by
the court, not settled yet), ``aside`` (what the court could not make use of, each with a reason beside it).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path, PurePosixPath
from typing import ParamSpec, Protocol, TypeVar
from urllib.parse import unquote, urlsplit

DOWNLOAD, UPLOAD, TAKEN, ASIDE = "download", "upload", "taken", "aside"
FOLDERS = (DOWNLOAD, UPLOAD, TAKEN, ASIDE)
_P = ParamSpec("_P")
_R = TypeVar("_R")
# Nobody lists a folder of a million files in one visit.
MOST_LISTED = 2000


class FrontMachineFault(Exception):
    """前置机目录无法访问。原因不含口令，可以写入日志。"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFile:
    """One file of a folder; ``changed`` is its time stamp in seconds, of the machine it lies on."""

    name: str
    size: int
    changed: float


class FrontMachine(Protocol):
    """What a visit needs. Every method may raise FrontMachineFault."""

    def found(self, folder: str) -> list[FoundFile]:
        """Plain files of a folder by name; links and folders are left out."""
        ...

    def read(self, folder: str, name: str, *, most: int) -> bytes:
        """The bytes of a file, at most so many."""
        ...

    def write(self, folder: str, name: str, content: bytes) -> None:
        """Put a file there whole or not at all, over an older one of this name; durable before it returns."""
        ...

    def move(self, name: str, source: str, target: str) -> None:
        """Move a file to another folder, over an older one of this name."""
        ...

    def remove(self, folder: str, name: str) -> None:
        """Remove a file; nothing happens when it is gone."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a front machine is. ``path`` is the agency's own folder; ``folders`` may have names of their own."""

    scheme: str
    path: PurePosixPath
    host: str = ""
    port: int = 22
    username: str = ""
    host_key: str = ""
    folders: dict[str, str]


def place_of(endpoint: str, settings: dict[str, object], *, code: str) -> Place:
    """Read where an agency's front machine is.

    Args:
        endpoint: ``file:///folder`` or ``sftp://user@host:port/folder``.
        settings: ``folder`` below it (default: the agency's code; "" for none), names of ``download`` and so on,
            ``host_key`` (a public key line) for SFTP.

    Raises: FrontMachineFault: the address is none of these, or a host key is missing.
    """
    try:
        url = urlsplit(endpoint)
        port = url.port or 22
    except ValueError as error:
        raise FrontMachineFault("前置机地址无法解读") from error
    if url.scheme not in ("file", "sftp") or not url.path:
        raise FrontMachineFault("前置机地址应为 file:///目录 或 sftp://用户@主机:端口/目录")
    host_key = str(settings.get("host_key", ""))
    if url.scheme == "sftp" and not (host_key and url.hostname and url.username):
        raise FrontMachineFault("SFTP 前置机须设置主机、用户名和主机公钥（host_key）")
    own = str(settings.get("folder", code))
    if ".." in PurePosixPath(own).parts or own.startswith("/"):
        raise FrontMachineFault("前置机目录设置不能指向目录之外")
    return Place(
        scheme=url.scheme,
        path=PurePosixPath(unquote(url.path)) / own,
        host=url.hostname or "",
        port=port,
        username=unquote(url.username or ""),
        host_key=host_key,
        folders={name: str(settings.get(name) or name) for name in FOLDERS},
    )


def machine_open(place: Place, secret: str) -> AbstractContextManager[FrontMachine]:
    """Open a front machine for one visit. Raises FrontMachineFault when it cannot be reached or is not who it should be."""
    if place.scheme == "file":
        return _local(place)
    from zhixing.gateway.adapters.front_machine_sftp import sftp_open  # costs time and is rarely needed

    return sftp_open(place, secret)


@contextmanager
def _local(place: Place) -> Iterator[FrontMachine]:
    yield LocalFolder(place)


def _told(step: Callable[_P, _R]) -> Callable[_P, _R]:
    """Errors of the file system as faults of the front machine."""

    @wraps(step)
    def tried(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return step(*args, **kwargs)
        except OSError as error:
            raise FrontMachineFault(f"前置机目录：{type(error).__name__}") from error

    return tried


class LocalFolder:
    """A front machine whose folders are mounted here."""

    @_told
    def __init__(self, place: Place) -> None:
        root = Path(place.path)
        # The agency's folder must exist: writing into an empty mount point would look like success.
        if not root.is_dir():
            raise FrontMachineFault("前置机目录不存在或未挂载")
        self._folders = {name: root / held for name, held in place.folders.items()}
        for folder in self._folders.values():
            folder.mkdir(exist_ok=True)

    @_told
    def found(self, folder: str) -> list[FoundFile]:
        """See `FrontMachine`."""
        rows = []
        with os.scandir(self._folders[folder]) as entries:
            for entry in entries:
                if entry.is_file(follow_symlinks=False):
                    about = entry.stat(follow_symlinks=False)
                    rows.append(FoundFile(name=entry.name, size=about.st_size, changed=about.st_mtime))
                if len(rows) >= MOST_LISTED:
                    break
        return sorted(rows, key=lambda row: row.name)

    @_told
    def read(self, folder: str, name: str, *, most: int) -> bytes:
        """See `FrontMachine`."""
        # A link put in the place of a file must not lead to another file of this machine.
        opened = os.open(self._folders[folder] / name, os.O_RDONLY | os.O_NOFOLLOW)
        with os.fdopen(opened, "rb") as source:
            return source.read(most)

    @_told
    def write(self, folder: str, name: str, content: bytes) -> None:
        """See `FrontMachine`."""
        target = self._folders[folder] / name
        draft = target.with_name(f".{name}.tmp")
        with draft.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(target)
        _keep_names(target.parent)

    @_told
    def move(self, name: str, source: str, target: str) -> None:
        """See `FrontMachine`."""
        (self._folders[source] / name).replace(self._folders[target] / name)
        _keep_names(self._folders[target])

    @_told
    def remove(self, folder: str, name: str) -> None:
        """See `FrontMachine`."""
        (self._folders[folder] / name).unlink(missing_ok=True)


def _keep_names(folder: Path) -> None:
    """Names must survive a power cut as well as bytes."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
