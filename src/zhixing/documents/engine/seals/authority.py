"""The courts' own certificate authority: root → high court → seal of one court.

EC P-256 with SHA-256. Keys lie encrypted in one directory (PKCS#8, passphrase from the keyring), certificates beside
them. A real deployment replaces this by the certificates of a licensed authority; the signing side only needs
`SealIdentity`.
"""

from __future__ import annotations

import fcntl
import os
import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from zhixing.documents.domain.problems import DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

_ROOT, _HIGH, _SEAL = "root", "high-", "seal-"
_YEARS = {_ROOT: 30, _HIGH: 20, _SEAL: 10}
_SAFE = re.compile(r"[0-9A-Za-z\u4e00-\u9fff]{1,32}")


class SealMissing(DocumentError):
    """本院还没有电子印章。"""

    def __init__(self, court_code: str) -> None:
        self.court_code = court_code
        super().__init__(f"法院（{court_code}）还没有电子印章，不能用印。请管理员先为该院制作印章。")


class KeysLocked(DocumentError):
    """印章私钥打不开。"""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"印章私钥“{name}”打不开：口令不对或者文件损坏。请核对密钥环中的印章口令，或者恢复密钥备份。"
        )


class BadCourtCode(DocumentError):
    """法院代码不合格。"""

    def __init__(self, code: str) -> None:
        super().__init__(f"法院代码“{code}”不能用作印章名：应为 1 至 32 个汉字、字母或者数字。")


@dataclass(frozen=True, slots=True, kw_only=True)
class SealIdentity:
    """Key and certificates of one court's seal; `chain` runs from the issuer to the root."""

    court_code: str
    court: str
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]


class Authority:
    """Issues and opens seals. Thread-safe; an opened seal stays in memory, as opening costs tens of milliseconds."""

    def __init__(self, *, keys_dir: Path, passphrase: bytes) -> None:
        if not passphrase:
            raise ValueError("印章口令不能为空：私钥必须加密保存。")
        self._dir = keys_dir
        self._passphrase = passphrase
        self._lock = threading.RLock()
        self._opened: dict[str, SealIdentity] = {}
        keys_dir.mkdir(mode=0o700, parents=True, exist_ok=True)

    def root_certificate(self) -> bytes:
        """The root in PEM, for verifiers.

        Raises: SealMissing when nothing was issued yet.
        """
        path = self._path(_ROOT, ".crt")
        if not path.exists():
            raise SealMissing("根证书")
        return path.read_bytes()

    def seal_issue(
        self, *, court_code: str, court: str, high_code: str, high_court: str, moment: datetime
    ) -> SealIdentity:
        """The court's seal, made with root and high court's authority where these do not exist yet.

        Asking again returns the seal that exists. `moment` starts the validity, so it must not lie after the first
        signature.
        """
        for code in (court_code, high_code):
            if not _SAFE.fullmatch(code):
                raise BadCourtCode(code)
        with self._lock, self._alone():
            if not self._path(_SEAL + court_code, ".crt").exists():
                self._make_root(moment)
                self._make(_HIGH, high_code, f"{high_court}电子印章签发", _ROOT, moment, court=high_court)
                self._make(_SEAL, court_code, f"{court}", _HIGH + high_code, moment, court=court)
            return self.seal_open(court_code)

    def seal_open(self, court_code: str) -> SealIdentity:
        """The court's seal, ready to sign.

        Raises: SealMissing, KeysLocked.
        """
        with self._lock:
            if court_code not in self._opened:
                self._opened[court_code] = self._load(court_code)
            return self._opened[court_code]

    def _load(self, court_code: str) -> SealIdentity:
        name = _SEAL + court_code
        if not _SAFE.fullmatch(court_code) or not self._path(name, ".crt").exists():
            raise SealMissing(court_code)
        certificate, *chain = x509.load_pem_x509_certificates(self._path(name, ".crt").read_bytes())
        organisation = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)[0].value
        return SealIdentity(
            court_code=court_code,
            court=str(organisation),
            key=self._key(name),
            certificate=certificate,
            chain=tuple(chain),
        )

    def _make_root(self, moment: datetime) -> None:
        if self._path(_ROOT, ".crt").exists():
            return
        key = ec.generate_private_key(ec.SECP256R1())
        subject = _name("知行电子印章根证书", "知行电子印章根证书（自建，非国家认可机构）")
        certificate = (
            _builder(subject, subject, key.public_key(), _ROOT, moment)
            .add_extension(x509.BasicConstraints(ca=True, path_length=1), critical=True)
            .add_extension(_usage(ca=True), critical=True)
            .sign(key, hashes.SHA256())
        )
        self._store(_ROOT, key, [certificate])

    def _make(self, level: str, code: str, common: str, issuer: str, moment: datetime, *, court: str) -> None:
        name, ca = level + code, level == _HIGH
        if self._path(name, ".crt").exists():
            return
        above = x509.load_pem_x509_certificates(self._path(issuer, ".crt").read_bytes())
        key = ec.generate_private_key(ec.SECP256R1())
        constraints = x509.BasicConstraints(ca=ca, path_length=0 if ca else None)
        certificate = (
            _builder(_name(common, court, code), above[0].subject, key.public_key(), level, moment)
            .add_extension(constraints, critical=True)
            .add_extension(_usage(ca=ca), critical=True)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key(issuer).public_key()),
                critical=False,
            )
            .sign(self._key(issuer), hashes.SHA256())
        )
        self._store(name, key, [certificate, *above])

    def _key(self, name: str) -> ec.EllipticCurvePrivateKey:
        try:
            key = serialization.load_pem_private_key(self._path(name, ".key").read_bytes(), self._passphrase)
        except (ValueError, TypeError, OSError) as error:
            raise KeysLocked(name) from error
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise KeysLocked(name)
        return key

    def _store(self, name: str, key: ec.EllipticCurvePrivateKey, chain: list[x509.Certificate]) -> None:
        """Key first, then certificates: a certificate on disk says that the seal is whole."""
        secret = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(self._passphrase),
        )
        self._write(self._path(name, ".key"), secret, 0o600)
        public = b"".join(c.public_bytes(serialization.Encoding.PEM) for c in chain)
        self._write(self._path(name, ".crt"), public, 0o644)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """No other process makes seals here meanwhile: key and certificate of two makers must never mix."""
        with (self._dir / ".lock").open("a") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield

    def _write(self, path: Path, content: bytes, mode: int) -> None:
        draft = path.with_suffix(path.suffix + ".new")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)

    def _path(self, name: str, suffix: str) -> Path:
        return self._dir / f"{name}{suffix}"


def _name(common: str, organisation: str, code: str = "") -> x509.Name:
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
        x509.NameAttribute(NameOID.COMMON_NAME, common),
    ]
    if code:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, code))
    return x509.Name(parts)


def _builder(
    subject: x509.Name, issuer: x509.Name, public: ec.EllipticCurvePublicKey, level: str, moment: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        # A day back: clocks of signer and verifier may differ.
        .not_valid_before(moment - timedelta(days=1))
        .not_valid_after(moment + timedelta(days=365 * _YEARS[level]))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _usage(*, ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not ca,
        content_commitment=not ca,
        key_cert_sign=ca,
        crl_sign=ca,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
