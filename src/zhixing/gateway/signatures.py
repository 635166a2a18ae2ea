"""HTTP Message Signatures (RFC 9421, Ed25519): who signed a call, once; and the court's signature on its answers."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.db import connection
from django.db.models import Q
from http_message_signatures import algorithms
from http_message_signatures.exceptions import HTTPMessageSignaturesException, InvalidSignature
from http_message_signatures.resolvers import HTTPSignatureKeyResolver
from http_message_signatures.signatures import HTTPMessageSigner, HTTPMessageVerifier

from zhixing.gateway.models import Agency, AgencySecret, CourtKey, SecretKind
from zhixing.kernel.clock import court_date
from zhixing.law.book import book
from zhixing.platform.crypto import keyring

ED25519 = algorithms.ED25519  # pyright: ignore[reportPrivateImportUsage]: exported for another type checker only
COVERED = ("@method", "@target-uri")
_NONCE = re.compile(r"[\x21-\x7e]{16,80}")
_USE_NONCE = """
INSERT INTO gateway_nonce (agency_id, value, used_at) SELECT %s, %s, clock_timestamp()
WHERE to_timestamp(%s) >= date_trunc('second', pg_postmaster_start_time()) ON CONFLICT DO NOTHING
"""


@dataclass(slots=True, kw_only=True)
class SignedCall:
    """A request as the signature sees it. url: absolute, with the origin agencies know."""

    method: str
    url: str
    headers: dict[str, str]


@dataclass(slots=True, kw_only=True)
class SignedReply:
    """An answer as the signature sees it."""

    status_code: int
    request: SignedCall
    headers: dict[str, str] = field(default_factory=dict)


class _Keys(HTTPSignatureKeyResolver):
    """Finds the agency of a key id."""

    def __init__(self, profile: str, moment: datetime) -> None:
        self.profile, self.moment = profile, moment
        self.agency: Agency | None = None

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey | None:
        row = (
            AgencySecret.objects.filter(
                Q(valid_until=None) | Q(valid_until__gt=self.moment),
                kind=SecretKind.PUBLIC_KEY,
                name=key_id[:60],
                valid_from__lte=self.moment,
                agency__is_active=True,
                agency__profile=self.profile,
            )
            .select_related("agency__health")
            .first()
        )
        if row is None or len(key_id) > 60:
            return None
        self.agency = row.agency
        return _public(bytes(row.public or b""))

    def resolve_private_key(self, key_id: str) -> Any:
        raise KeyError(key_id)


def call_signer(call: SignedCall, body: bytes, *, profile: str, moment: datetime) -> Agency | None:
    """The agency whose signature over method, target and content holds, used for the first time; else None.

    Every refusal looks alike, so that nobody learns which key ids exist. The freshness of `created` is judged by the
    clock of this machine, the rest at `moment`.
    """
    seconds = book().at(court_date(moment)).value("gateway_door.signature_seconds")
    keys = _Keys(profile, moment)
    verifier = HTTPMessageVerifier(signature_algorithm=ED25519, key_resolver=keys)
    verifier.max_clock_skew = timedelta(seconds=seconds)
    try:
        found = verifier.verify(
            call,
            max_age=timedelta(0),  # the skew allowed both ways is the whole window
            require_components=(*COVERED, "content-digest") if body else COVERED,
            body=body,
        )
    except (InvalidSignature, HTTPMessageSignaturesException, ValueError):
        return None
    nonce, created = found[0].nonce, found[0].parameters["created"]
    if keys.agency is None or len(found) != 1 or nonce is None or not _NONCE.fullmatch(nonce):
        return None
    return keys.agency if _nonce_use(keys.agency, nonce, int(created)) else None


def key_id_of(headers: Mapping[str, str]) -> str:
    """The key id a call names, for counting wrong tries; not verified."""
    found = re.search(r'keyid="([^"]{1,60})"', headers.get("signature-input", ""))
    return found[1] if found else ""


def reply_sign(reply: SignedReply, body: bytes) -> dict[str, str]:
    """Headers that sign an answer with the court's newest key, bound to the signature it answers."""
    reply.headers["content-digest"] = digest_of(body)
    covered = ['"@status"', '"content-digest"']
    if "signature" in reply.request.headers:
        covered.append('"signature";req')
    name, key = court_key()
    signer = HTTPMessageSigner(signature_algorithm=ED25519, key_resolver=_Own(name, key))
    try:
        signer.sign(
            reply, key_id=name, label="court", covered_component_ids=covered, use_existing_digest=True
        )
    except HTTPMessageSignaturesException:
        # The call's own signature header may be beyond reading; the answer is signed without it.
        signer.sign(
            reply, key_id=name, label="court", covered_component_ids=covered[:2], use_existing_digest=True
        )
    return reply.headers


def digest_of(body: bytes) -> str:
    """Content-Digest (RFC 9530) of a body."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


class _Own(HTTPSignatureKeyResolver):
    def __init__(self, name: str, key: Ed25519PrivateKey) -> None:
        self.name, self.key = name, key

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey | None:
        return self.key.public_key() if key_id == self.name else None

    def resolve_private_key(self, key_id: str) -> Ed25519PrivateKey:
        return self.key


def court_key() -> tuple[str, Ed25519PrivateKey]:
    """Name and key by which the court signs now; made when there is none."""
    row = CourtKey.objects.first() or court_key_add()
    return row.name, _private(row.name, bytes(row.sealed))


def court_key_add() -> CourtKey:
    """A new key of the court, which signs from now. Two processes that start at once make one first key."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), clock_timestamp() FROM gateway_court_key")
        count, made_at = cursor.fetchone()
    key, name = Ed25519PrivateKey.generate(), f"court-{count + 1}"
    raw = key.private_bytes(
        serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption()
    )
    CourtKey.objects.bulk_create(
        [
            CourtKey(
                name=name,
                sealed=keyring().wrap(raw, name.encode()),
                public=public_pem(key.public_key()),
                made_at=made_at,
            )
        ],
        ignore_conflicts=True,
    )
    return CourtKey.objects.get(pk=name)


def public_pem(key: Ed25519PublicKey) -> bytes:
    """PEM of a public key."""
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


@lru_cache(maxsize=8)
def _private(name: str, sealed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(keyring().unwrap(sealed, name.encode()))


@lru_cache(maxsize=512)
def _public(pem: bytes) -> Ed25519PublicKey | None:
    key = serialization.load_pem_public_key(pem)
    return key if isinstance(key, Ed25519PublicKey) else None


def _nonce_use(agency: Agency, nonce: str, created: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_USE_NONCE, [agency.pk, nonce, created])
        return cursor.rowcount == 1
