"""Certificates where the court calls: an expired or foreign one of the agency is never talked to; ours is shown."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from zhixing.gateway.adapters.caller import CallFault, caller_open, place_read

# Certificates are judged by the clock of the machine, which no test can freeze.
NOW = datetime.now(UTC)  # noqa: TID251
DAY = timedelta(days=1)


class Authority:
    """Issues certificates into a folder."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.key = folder, ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.file = self._written(
            name, self._signed(self.name, self.key, NOW - 9 * DAY, NOW + 9 * DAY, ca=True)
        )

    def issue(self, name: str, *, until: datetime) -> tuple[str, str]:
        """Files of a certificate for this machine and its key."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        certificate = self._written(name, self._signed(subject, key, NOW - 5 * DAY, until, ca=False))
        path = self.folder / f"{name}.key"
        path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return certificate, str(path)

    def _signed(self, subject: x509.Name, key: Any, start: datetime, until: datetime, *, ca: bool) -> bytes:
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(start)
            .not_valid_after(until)
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(
                x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
            )
        )
        return made.sign(self.key, hashes.SHA256()).public_bytes(Encoding.PEM)

    def _written(self, name: str, pem: bytes) -> str:
        path = self.folder / f"{name}.pem"
        path.write_bytes(pem)
        return str(path)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path, "authority")


@pytest.fixture
def serve() -> Iterator[Callable[..., tuple[str, list[bytes]]]]:
    """Opens a service over TLS: its address, and what came."""
    servers: list[HTTPServer] = []

    def open_(files: tuple[str, str], *, clients: str = "") -> tuple[str, list[bytes]]:
        came: list[bytes] = []

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *args: Any) -> None:
                pass

            def do_POST(self) -> None:
                came.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*files)
        if clients:
            context.load_verify_locations(clients)
            context.verify_mode = ssl.CERT_REQUIRED

        class Quiet(HTTPServer):
            def handle_error(self, request: Any, client_address: Any) -> None:
                """A refused handshake is what the test is about."""

        server = Quiet(("127.0.0.1", 0), Handler)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        servers.append(server)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return f"https://127.0.0.1:{server.server_port}", came

    yield open_
    for server in servers:
        server.shutdown()
        server.server_close()


def asked(url: str, **settings: str) -> tuple[int, bytes]:
    place = place_read(url, {"seconds": "5", **settings}, most=1000)
    with caller_open(place) as caller:
        return caller.call("POST", "/x", {}, b'{"secret":"4711"}')


def test_an_agency_with_a_certificate_that_holds_is_called(authority: Authority, serve: Any) -> None:
    url, came = serve(authority.issue("agency", until=NOW + DAY))
    assert asked(url, ca=authority.file) == (200, b"{}")
    assert came == [b'{"secret":"4711"}']


def test_an_agency_whose_certificate_expired_is_told_nothing(authority: Authority, serve: Any) -> None:
    url, came = serve(authority.issue("agency", until=NOW - DAY))
    with pytest.raises(CallFault) as refused:
        asked(url, ca=authority.file)
    assert came == []
    assert "4711" not in str(refused.value)


def test_an_agency_under_another_authority_is_told_nothing(
    authority: Authority, serve: Any, tmp_path: Path
) -> None:
    url, came = serve(Authority(tmp_path, "stranger").issue("agency", until=NOW + DAY))
    with pytest.raises(CallFault):
        asked(url, ca=authority.file)
    assert came == []


@pytest.mark.parametrize(("days", "is_admitted"), [(1, True), (-1, False)])
def test_the_court_shows_its_own_certificate_and_an_expired_one_is_a_fault(
    authority: Authority, serve: Any, days: int, is_admitted: bool
) -> None:
    url, came = serve(authority.issue("agency", until=NOW + DAY), clients=authority.file)
    certificate, key = authority.issue("court", until=NOW + days * DAY)
    if is_admitted:
        assert asked(url, ca=authority.file, certificate=certificate, certificate_key=key)[0] == 200
        return
    with pytest.raises(CallFault):
        asked(url, ca=authority.file, certificate=certificate, certificate_key=key)
    with pytest.raises(CallFault):
        asked(url, ca=authority.file)
    assert came == []
