"""Encryption at rest: one data key per subject, wrapped by the key-encryption key; destroying it is erasure.

The keyring is a file readable by the service only. An HSM or KMS takes its place by offering the same three
operations (wrap, unwrap, blind).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import uuid
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import IntegrityError, transaction

NONCE_BYTES = 12
BLIND_BYTES = 16


class KeyDestroyed(Exception):
    """The key of this subject was destroyed: the data is lawfully erased and cannot be read again."""


class Keyring:
    """Two keys in a file: `kek` wraps data keys and files, `blind` indexes identifiers for equality."""

    def __init__(self, path: Path) -> None:
        self._keys = json.loads(path.read_text()) if path.exists() else self._create(path)
        self._kek = AESGCM(bytes.fromhex(self._keys["kek"]))

    @staticmethod
    def _create(path: Path) -> dict[str, str]:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        keys = {"kek": secrets.token_hex(32), "blind": secrets.token_hex(32)}
        draft = path.with_suffix(f".{os.getpid()}.new")
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(keys))
        try:
            os.link(draft, path)  # fails when another process was first: then its keys count
        except FileExistsError:
            keys = json.loads(path.read_text())
        draft.unlink()
        return keys

    def wrap(self, plain: bytes, context: bytes) -> bytes:
        """Encrypt with the key-encryption key; `context` is authenticated."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._kek.encrypt(nonce, plain, context)

    def unwrap(self, sealed: bytes, context: bytes) -> bytes:
        """The opposite of `wrap`. Raises InvalidTag when bytes or context were changed."""
        return self._kek.decrypt(bytes(sealed[:NONCE_BYTES]), bytes(sealed[NONCE_BYTES:]), context)

    def blind(self, kind: str, value: str) -> bytes:
        """Keyed digest for equality search and joins; 16 bytes, useless without the keyring."""
        message = f"{kind}\x00{value}".encode()
        return hmac.new(bytes.fromhex(self._keys["blind"]), message, hashlib.sha256).digest()[:BLIND_BYTES]


@lru_cache(maxsize=1)
def keyring() -> Keyring:
    """The keyring of this installation, created at first use."""
    return Keyring(settings.RUNTIME.keys_dir / "keyring.json")


def blind(kind: str, value: str) -> bytes:
    """Blind index of a normalised identifier."""
    return keyring().blind(kind, value)


def new_subject() -> uuid.UUID:
    """Create the data key of a new subject (person, company, case) and return its id."""
    subject = uuid.uuid4()
    _store_key(subject)
    return subject


def _store_key(subject: uuid.UUID) -> None:
    from zhixing.platform.models import SubjectKey  # models need Django ready

    wrapped = keyring().wrap(os.urandom(32), subject.bytes)
    try:
        with transaction.atomic():
            SubjectKey.objects.create(subject=subject, wrapped=wrapped)
    except IntegrityError:
        return  # somebody else was first; the stored key counts


@lru_cache(maxsize=20_000)
def _data_key(subject: uuid.UUID) -> AESGCM:
    from zhixing.platform.models import SubjectKey

    wrapped = SubjectKey.objects.values_list("wrapped", flat=True).get(subject=subject)
    if wrapped is None:
        raise KeyDestroyed(str(subject))
    return AESGCM(keyring().unwrap(bytes(wrapped), subject.bytes))


def seal(subject: uuid.UUID, plain: str | bytes) -> bytes:
    """Encrypt text or bytes under the subject's key."""
    data = plain.encode() if isinstance(plain, str) else plain
    nonce = os.urandom(NONCE_BYTES)
    return nonce + _data_key(subject).encrypt(nonce, data, None)


def unseal(subject: uuid.UUID, sealed: bytes | memoryview) -> bytes:
    """Decrypt. Raises KeyDestroyed after erasure, InvalidTag for changed bytes."""
    raw = bytes(sealed)
    return _data_key(subject).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], None)


def unseal_text(subject: uuid.UUID, sealed: bytes | memoryview) -> str:
    """Decrypt to text."""
    return unseal(subject, sealed).decode()


def destroy(subject: uuid.UUID) -> None:
    """Lawful erasure: forget the data key. Every process must restart its cache; the row says when."""
    from zhixing.kernel.clock import now
    from zhixing.platform.models import SubjectKey

    SubjectKey.objects.filter(subject=subject).update(wrapped=None, destroyed_at=now())
    _data_key.cache_clear()


__all__ = [
    "InvalidTag",
    "KeyDestroyed",
    "blind",
    "destroy",
    "keyring",
    "new_subject",
    "seal",
    "unseal",
    "unseal_text",
]
