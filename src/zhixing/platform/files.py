"""Files kept under their sha256, encrypted. The same bytes are stored once; an orphan after a rollback is harmless."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from django.conf import settings

from zhixing.platform.crypto import keyring


def put(content: bytes) -> str:
    """Store bytes and return their sha256 (hex). Durable before it returns."""
    digest = hashlib.sha256(content).hexdigest()
    path = _path(digest)
    if path.exists():
        return digest
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{digest}.{os.getpid()}.{os.urandom(4).hex()}")
    with draft.open("wb") as out:
        out.write(keyring().wrap(content, digest.encode()))
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)
    _keep_name(path.parent)
    return digest


def get(digest: str) -> bytes:
    """Read bytes back; what was changed on disk raises InvalidTag. FileNotFoundError when it is not here."""
    return keyring().unwrap(_path(digest).read_bytes(), digest.encode())


def _keep_name(folder: Path) -> None:
    """The name must survive a power cut as well as the bytes."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _path(digest: str) -> Path:
    return settings.RUNTIME.files_dir / digest[:2] / digest[2:4] / digest
