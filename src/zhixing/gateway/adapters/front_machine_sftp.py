"""A front machine over SFTP: one connection per visit, the host known by its pinned key alone."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

import asyncssh
from asyncssh.constants import FILEXFER_TYPE_REGULAR

from zhixing.gateway.adapters.front_machine import (
    MOST_LISTED,
    FoundFile,
    FrontMachine,
    FrontMachineFault,
    Place,
)

CONNECT_SECONDS, STEP_SECONDS = 10.0, 60.0
_KEY_BEGINS = "-----BEGIN"


@contextmanager
def sftp_open(place: Place, secret: str) -> Iterator[FrontMachine]:
    """Connect for one visit. ``secret`` is a password, or a private key in PEM. See `machine_open`."""
    with asyncio.Runner() as runner:

        def wait(step: Coroutine[Any, Any, Any], seconds: float) -> Any:
            return runner.run(_within(step, seconds))

        connection = wait(_connected(place, secret), CONNECT_SECONDS)
        try:
            client = wait(connection.start_sftp_client(), CONNECT_SECONDS)
            machine = SftpFolder(place, client, wait)
            machine.prepare()
            yield machine
        finally:
            connection.abort()
            with contextlib.suppress(FrontMachineFault):
                wait(connection.wait_closed(), CONNECT_SECONDS)


async def _within(step: Coroutine[Any, Any, Any], seconds: float) -> Any:
    """The step's result. Words of the other side stay out: they may hold whatever it likes."""
    try:
        return await asyncio.wait_for(step, seconds)
    except asyncssh.HostKeyNotVerifiable as error:
        raise FrontMachineFault("前置机主机公钥与设置的不符，已拒绝连接") from error
    except asyncssh.PermissionDenied as error:
        raise FrontMachineFault("前置机拒绝了用户名、口令或密钥") from error
    except (OSError, asyncssh.Error, TimeoutError) as error:
        raise FrontMachineFault(f"前置机连接：{type(error).__name__}") from error


async def _connected(place: Place, secret: str) -> asyncssh.SSHClientConnection:
    try:
        trusted = asyncssh.import_public_key(place.host_key)
        keys = [asyncssh.import_private_key(secret)] if secret.startswith(_KEY_BEGINS) else None
    except (asyncssh.KeyImportError, ValueError) as error:
        raise FrontMachineFault("前置机的主机公钥或私钥无法解读") from error
    return await asyncssh.connect(
        place.host,
        place.port,
        username=place.username,
        password=None if keys else secret,
        client_keys=keys,
        known_hosts=([trusted], [], []),
        agent_path=None,
        config=None,
    )


class SftpFolder:
    """The folders of a front machine behind SFTP."""

    def __init__(self, place: Place, client: asyncssh.SFTPClient, wait: Any) -> None:
        self._client = client
        self._wait = wait
        self._root = place.path
        self._folders = {name: place.path / held for name, held in place.folders.items()}

    def prepare(self) -> None:
        """Make the folders. The agency's own must be there: an empty mount would look like success."""
        self._do(self._prepared())

    async def _prepared(self) -> None:
        if not await self._client.isdir(str(self._root)):
            raise FrontMachineFault("前置机目录不存在")
        for folder in self._folders.values():
            if not await self._client.isdir(str(folder)):
                await self._client.mkdir(str(folder))

    def _do(self, step: Coroutine[Any, Any, Any]) -> Any:
        return self._wait(step, STEP_SECONDS)

    def _path(self, folder: str, name: str) -> str:
        return str(self._folders[folder] / name)

    def found(self, folder: str) -> list[FoundFile]:
        """See `FrontMachine`."""
        return self._do(self._found(folder))

    async def _found(self, folder: str) -> list[FoundFile]:
        rows = []
        async for entry in self._client.scandir(str(self._folders[folder])):
            about = entry.attrs
            if about.type == FILEXFER_TYPE_REGULAR and isinstance(entry.filename, str):
                rows.append(
                    FoundFile(name=entry.filename, size=about.size or 0, changed=float(about.mtime or 0))
                )
            if len(rows) >= MOST_LISTED:
                break
        return sorted(rows, key=lambda row: row.name)

    def read(self, folder: str, name: str, *, most: int) -> bytes:
        """See `FrontMachine`."""
        return self._do(self._read(self._path(folder, name), most))

    async def _read(self, path: str, most: int) -> bytes:
        async with self._client.open(path, "rb") as source:
            content = await source.read(most)
        return content if isinstance(content, bytes) else content.encode()

    def write(self, folder: str, name: str, content: bytes) -> None:
        """See `FrontMachine`."""
        self._do(self._written(self._path(folder, f".{name}.tmp"), self._path(folder, name), content))

    async def _written(self, draft: str, target: str, content: bytes) -> None:
        async with self._client.open(draft, "wb") as out:
            await out.write(content)
            with contextlib.suppress(asyncssh.SFTPOpUnsupported):
                await out.fsync()
        await self._renamed(draft, target)

    async def _renamed(self, source: str, target: str) -> None:
        try:
            await self._client.posix_rename(source, target)
        except asyncssh.SFTPOpUnsupported:
            # Plain rename of the protocol refuses an existing target.
            with contextlib.suppress(asyncssh.SFTPNoSuchFile):
                await self._client.remove(target)
            await self._client.rename(source, target)

    def move(self, name: str, source: str, target: str) -> None:
        """See `FrontMachine`."""
        self._do(self._renamed(self._path(source, name), self._path(target, name)))

    def remove(self, folder: str, name: str) -> None:
        """See `FrontMachine`."""
        self._do(self._removed(self._path(folder, name)))

    async def _removed(self, path: str) -> None:
        with contextlib.suppress(asyncssh.SFTPNoSuchFile):
            await self._client.remove(path)
