"""Signatures of a run (RFC 9421, Ed25519): what an agency's call proves, and the kit's own signature. No Django, no store."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from http_message_signatures import algorithms
from http_message_signatures.exceptions import HTTPMessageSignaturesException, InvalidSignature
from http_message_signatures.resolvers import HTTPSignatureKeyResolver
from http_message_signatures.signatures import HTTPMessageSigner, HTTPMessageVerifier

ED25519 = algorithms.ED25519  # pyright: ignore[reportPrivateImportUsage]: exported for another type checker only
# Freshness is a rule of its own, so that a wrong clock is not told as a wrong signature.
_ANY_AGE = timedelta(days=36500)
_NONCE = re.compile(r"[\x21-\x7e]{16,80}")


@dataclass(slots=True, kw_only=True)
class Call:
    """One call over HTTP as its signature covers it. url: absolute, by the Host header of the call."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes = field(default=b"", repr=False)


@dataclass(slots=True, kw_only=True)
class _Reply:
    status_code: int
    request: Call
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What the signature of one call was worth. problem: "" when it holds; skew_seconds: created against our clock."""

    problem: str = ""
    nonce: str = ""
    skew_seconds: float = 0.0

    @property
    def is_fresh(self) -> bool:
        """Within the window that the interface document names."""
        return abs(self.skew_seconds) <= 300

    @property
    def has_nonce(self) -> bool:
        """Whether the call carries a usable nonce."""
        return _NONCE.fullmatch(self.nonce) is not None


class _Keys(HTTPSignatureKeyResolver):
    def __init__(self, name: str, public: Ed25519PublicKey) -> None:
        self.name, self.public = name, public

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey:
        if key_id != self.name:
            raise InvalidSignature("another key id")
        return self.public

    def resolve_private_key(self, key_id: str) -> Any:
        raise KeyError(key_id)


class CourtKeys(HTTPSignatureKeyResolver):
    """The kit's own keys: it signs by one, changes to the next in the middle of a run, and has one nobody knows."""

    def __init__(self) -> None:
        self._keys = {name: Ed25519PrivateKey.generate() for name in ("kit-1", "kit-2", "kit-stranger")}
        self.current = "kit-1"

    def rotate(self) -> None:
        """Sign by the second key from now."""
        self.current = "kit-2"

    def document(self) -> dict[str, Any]:
        """What ``GET /keys`` says: the newest first; the second key only once it signs."""
        names = [name for name in ("kit-2", "kit-1") if name <= self.current]
        return {
            "keys": [
                {"keyid": name, "alg": "ed25519", "pem": public_pem(self._keys[name].public_key()).decode()}
                for name in names
            ]
        }

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey:
        """The public half of a key of ours."""
        return self._keys[key_id].public_key()

    def resolve_private_key(self, key_id: str) -> Ed25519PrivateKey:
        """A key of ours, to sign by."""
        return self._keys[key_id]

    def reply_headers(
        self, call: Call, status: int, content: bytes, *, forged: bool = False
    ) -> dict[str, str]:
        """Headers that sign an answer; ``forged`` under the current name with the key that nobody knows."""
        reply = _Reply(status_code=status, request=call, headers={"content-digest": digest_of(content)})
        covered = ['"@status"', '"content-digest"']
        if "signature" in call.headers:
            covered.append('"signature";req')
        held = self._keys[self.current]
        if forged:
            self._keys[self.current] = self._keys["kit-stranger"]
        try:
            signer = HTTPMessageSigner(signature_algorithm=ED25519, key_resolver=self)
            for names in (covered, covered[:2]):
                try:
                    signer.sign(
                        reply,
                        key_id=self.current,
                        label="court",
                        covered_component_ids=names,
                        use_existing_digest=True,
                    )
                    break
                except HTTPMessageSignaturesException:
                    # The call's own signature header may be beyond reading; then the answer is signed without it.
                    continue
        finally:
            self._keys[self.current] = held
        return reply.headers


def public_read(pem: bytes) -> Ed25519PublicKey | None:
    """The Ed25519 public key in a PEM text; None when it is none."""
    try:
        key = serialization.load_pem_public_key(pem)
    except (ValueError, TypeError):
        return None
    return key if isinstance(key, Ed25519PublicKey) else None


def public_pem(key: Ed25519PublicKey) -> bytes:
    """PEM of a public key."""
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def signature_judge(call: Call, *, key_id: str, public: Ed25519PublicKey, moment: datetime) -> Signed:
    """What the signature of a call is worth. The problem is a Chinese clause that holds nothing of the call."""
    if "signature" not in call.headers or "signature-input" not in call.headers:
        return Signed(problem="没有 Signature 或者 Signature-Input 头")
    if call.body and call.headers.get("content-digest") != digest_of(call.body):
        return Signed(problem="Content-Digest 与内容的 sha-256 不符，或者没有这个头")
    verifier = HTTPMessageVerifier(signature_algorithm=ED25519, key_resolver=_Keys(key_id, public))
    verifier.max_clock_skew = _ANY_AGE
    needed = ("@method", "@target-uri", *(("content-digest",) if call.body else ()))
    try:
        found = verifier.verify(call, max_age=_ANY_AGE, require_components=needed, body=call.body)
        created = float(found[0].parameters["created"])
    except (HTTPMessageSignaturesException, ValueError, KeyError, TypeError, IndexError):
        return Signed(
            problem=f"签名不成立：应以登记的公钥（keyid {key_id}）对{'、'.join(needed)}签名，并带 created"
        )
    return Signed(nonce=found[0].nonce or "", skew_seconds=created - moment.timestamp())


def digest_of(content: bytes) -> str:
    """Content-Digest (RFC 9530)."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


def headers_lower(headers: Mapping[str, str]) -> dict[str, str]:
    """Header names in lower case."""
    return {name.lower(): value for name, value in headers.items()}
