"""The front machine over SFTP: the same visits, the host known by its pinned key alone."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import asyncssh
import pytest

from zhixing.gateway.adapters.front_machine import FrontMachineFault, machine_open, place_of

PASSWORD = "test-only"


@dataclass(frozen=True, slots=True)
class Host:
    """A running SFTP server: its port, its public key, what lies behind it."""

    port: int
    key: str
    root: Path


class _Server(asyncssh.SSHServer):
    trusted: asyncssh.SSHKey

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == ("court", PASSWORD)

    def public_key_auth_supported(self) -> bool:
        return True

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        return key == self.trusted


@pytest.fixture(scope="module")
def client_key() -> asyncssh.SSHKey:
    return asyncssh.generate_private_key("ssh-ed25519")


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory, client_key: asyncssh.SSHKey) -> Iterator[Host]:
    root = tmp_path_factory.mktemp("sftp")
    key = asyncssh.generate_private_key("ssh-ed25519")
    _Server.trusted = client_key.convert_to_public()
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def start() -> asyncssh.SSHAcceptor:
        return await asyncssh.listen(
            "127.0.0.1",
            0,
            server_factory=_Server,
            server_host_keys=[key],
            sftp_factory=lambda channel: asyncssh.SFTPServer(channel, chroot=str(root).encode()),
        )

    server = asyncio.run_coroutine_threadsafe(start(), loop).result(10)
    yield Host(server.get_port(), key.export_public_key().decode().strip(), root)
    loop.call_soon_threadsafe(server.close)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)


def place(host: Host, **settings: object):
    given = {"host_key": host.key} | settings
    return place_of(f"sftp://court@127.0.0.1:{host.port}/banks", given, code="C1040313000093001")


def test_files_go_there_and_back(host: Host) -> None:
    own = host.root / "banks" / "C1040313000093001"
    own.mkdir(parents=True)
    with machine_open(place(host), PASSWORD) as machine:
        machine.write("download", "a.zip", b"1")
        machine.write("download", "a.zip", b"22")
        assert (own / "download" / "a.zip").read_bytes() == b"22"
        assert [path.name for path in (own / "download").iterdir()] == ["a.zip"], "no draft is left"
        (own / "upload" / "b.zip").write_bytes(b"x" * 200_000)
        (own / "upload" / "folder").mkdir()
        (own / "upload" / "link.zip").symlink_to("b.zip")
        assert [(row.name, row.size) for row in machine.found("upload")] == [("b.zip", 200_000)]
        assert len(machine.read("upload", "b.zip", most=10**6)) == 200_000
        assert len(machine.read("upload", "b.zip", most=10)) == 10
        machine.move("b.zip", "upload", "taken")
        machine.write("upload", "b.zip", b"new")
        machine.move("b.zip", "upload", "taken")
        assert (own / "taken" / "b.zip").read_bytes() == b"new"
        machine.remove("taken", "b.zip")
        machine.remove("taken", "b.zip")
        assert machine.found("taken") == []
        with pytest.raises(FrontMachineFault):
            machine.read("upload", "gone.zip", most=1)


def test_a_key_opens_as_well_as_a_password(host: Host, client_key: asyncssh.SSHKey) -> None:
    (host.root / "banks" / "C1040313000093001").mkdir(parents=True, exist_ok=True)
    with machine_open(place(host), client_key.export_private_key().decode()) as machine:
        assert machine.found("download") is not None


def test_another_host_key_is_refused(host: Host) -> None:
    other = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode().strip()
    with (
        pytest.raises(FrontMachineFault, match="主机公钥"),
        machine_open(place(host, host_key=other), PASSWORD),
    ):
        pass


@pytest.mark.parametrize("secret", ["wrong", "", "-----BEGIN x"])
def test_a_wrong_secret_is_told_without_the_secret(host: Host, secret: str) -> None:
    with pytest.raises(FrontMachineFault) as told, machine_open(place(host), secret):
        pass
    assert secret == "" or secret not in str(told.value)


def test_a_front_machine_that_is_away_or_has_no_folder(host: Host) -> None:
    with pytest.raises(FrontMachineFault), machine_open(place(host, folder="nobody"), PASSWORD):
        pass
    away = place_of("sftp://court@127.0.0.1:1/banks", {"host_key": host.key}, code="C1")
    with pytest.raises(FrontMachineFault), machine_open(away, PASSWORD):
        pass


@pytest.mark.parametrize(
    ("endpoint", "settings"),
    [
        ("ftp://a/b", {}),
        ("sftp://court@host/b", {}),
        ("sftp://host/b", {"host_key": "x"}),
        ("file:///a", {"folder": "../b"}),
        ("file:///a", {"folder": "/etc"}),
        ("sftp://court@host:port/b", {"host_key": "x"}),
        ("", {}),
    ],
)
def test_addresses_that_are_none(endpoint: str, settings: dict[str, object]) -> None:
    with pytest.raises(FrontMachineFault):
        place_of(endpoint, settings, code="C1")


def test_folders_may_have_names_of_their_own(tmp_path: Path) -> None:
    at = place_of(tmp_path.as_uri(), {"folder": "", "download": "to_bank", "upload": "from_bank"}, code="C1")
    with machine_open(at, "") as machine:
        machine.write("download", "a", b"1")
    assert (tmp_path / "to_bank" / "a").exists()
    assert (tmp_path / "from_bank").is_dir()
