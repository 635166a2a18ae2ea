"""Agencies: registering them, and knowing them again by their credentials."""

from __future__ import annotations

import hashlib
import hmac
import os
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db.models import Q

from zhixing.gateway.models import Agency, AgencyHealth, AgencySecret, SecretKind
from zhixing.kernel.clock import now
from zhixing.platform.crypto import keyring

SEEN_EVERY = timedelta(seconds=30)  # a polling agency calls every second; one write per half minute is enough


def agency_register(
    *,
    code: str,
    name: str,
    kind: str,
    profile: str,
    username: str,
    menu: list[str],
    password: str = "",
    statement_secret: str = "",
    **more: Any,
) -> Agency:
    """Create or update an agency with one password; what it had before no longer holds.

    Args:
        password: empty for agencies that sign; `public_key_add` gives them their key.
        statement_secret: signs statement lines of the court's special account; fund bank only.
        more: other columns of the agency, such as dialect, endpoint, networks.
    """
    agency, _ = Agency.objects.update_or_create(
        code=code,
        defaults={"name": name, "kind": kind, "profile": profile, "username": username, "menu": menu, **more},
    )
    AgencyHealth.objects.get_or_create(agency=agency)
    agency.secrets.filter(kind__in=[SecretKind.PASSWORD, SecretKind.STATEMENT]).delete()
    if password:
        password_add(agency, password, moment=now())
    if statement_secret:
        AgencySecret.objects.create(
            agency=agency,
            kind=SecretKind.STATEMENT,
            sealed=keyring().wrap(statement_secret.encode(), code.encode()),
            valid_from=now(),
        )
    return agency


def password_add(
    agency: Agency, password: str, *, moment: datetime, keep_old: timedelta = timedelta(0)
) -> AgencySecret:
    """Let a new password hold from now; the ones before it go on holding for `keep_old`."""
    salt, digest = password_digest(password)
    return password_digest_add(agency, digest, salt, moment=moment, keep_old=keep_old)


def password_digest(password: str) -> tuple[bytes, bytes]:
    """Salt and digest of a password, for who must not keep or pass on the password itself."""
    salt = os.urandom(16)
    return salt, _digest(password, salt)


def password_digest_add(
    agency: Agency,
    digest: bytes,
    salt: bytes,
    *,
    moment: datetime,
    keep_old: timedelta,
    valid_until: datetime | None = None,
) -> AgencySecret:
    """As `password_add`, for a password of which only the digest is at hand. An old one never lasts longer than before."""
    _shorten(agency, SecretKind.PASSWORD, moment=moment, until=moment + keep_old)
    return AgencySecret.objects.create(
        agency=agency,
        kind=SecretKind.PASSWORD,
        salt=salt,
        digest=digest,
        valid_from=moment,
        valid_until=valid_until,
    )


def _shorten(agency: Agency, kind: str, *, moment: datetime, until: datetime, but: str = "") -> None:
    held = secrets_holding(agency, kind, moment=moment).filter(Q(valid_until=None) | Q(valid_until__gt=until))
    (held.exclude(name=but) if but else held).update(valid_until=until)


def public_key_add(
    agency: Agency,
    pem: bytes,
    *,
    name: str,
    moment: datetime,
    keep_old: timedelta = timedelta(0),
    valid_until: datetime | None = None,
) -> AgencySecret:
    """Let signatures of a new Ed25519 key hold from now; keys before it go on holding for `keep_old`.

    Args:
        name: key id, used by no other key of any agency. The same key under the same id just holds again.

    Raises: ValueError: the text is no Ed25519 public key.
    """
    key = serialization.load_pem_public_key(pem)
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("An Ed25519 public key in PEM is needed.")  # noqa: TRY004 — the text is wrong, not its type
    _shorten(agency, SecretKind.PUBLIC_KEY, moment=moment, until=moment + keep_old, but=name)
    row, _ = AgencySecret.objects.update_or_create(
        agency=agency,
        kind=SecretKind.PUBLIC_KEY,
        name=name,
        defaults={"public": pem, "valid_from": moment, "valid_until": valid_until},
    )
    return row


def outgoing_add(
    agency: Agency, secret: str, *, moment: datetime, valid_until: datetime | None = None
) -> AgencySecret:
    """Let a new password or key of the court at this agency hold from now; the ones before it no longer do."""
    _shorten(agency, SecretKind.OUTGOING, moment=moment, until=moment)
    return AgencySecret.objects.create(
        agency=agency,
        kind=SecretKind.OUTGOING,
        sealed=keyring().wrap(secret.encode(), agency.code.encode()),
        valid_from=moment,
        valid_until=valid_until,
    )


def secrets_holding(agency: Agency, kind: str, *, moment: datetime) -> Any:
    """Secrets of this kind that hold at this moment, newest first."""
    return (
        AgencySecret.objects.filter(agency=agency, kind=kind, valid_from__lte=moment)
        .filter(Q(valid_until=None) | Q(valid_until__gt=moment))
        .order_by("-valid_from", "-pk")
    )


def agency_known(*, username: str, password: str, profile: str, moment: datetime) -> Agency | None:
    """The agency with these credentials for this profile, or None. An unknown name costs a digest as well."""
    agency = (
        Agency.objects.filter(username=username, profile=profile, is_active=True)
        .select_related("health")
        .first()
    )
    held = list(secrets_holding(agency, SecretKind.PASSWORD, moment=moment)) if agency else []
    pairs = [(bytes(row.salt or b""), bytes(row.digest or b"")) for row in held] or [(bytes(16), bytes(32))]
    is_right = any(hmac.compare_digest(_digest(password, salt), digest) for salt, digest in pairs)
    if not is_right or agency is None:
        return None
    agency_seen(agency, moment)
    return agency


def agency_seen(agency: Agency, moment: datetime) -> None:
    """The agency called, or left a file: noted at most every half minute."""
    stale = Q(last_seen_at=None) | Q(last_seen_at__lt=moment - SEEN_EVERY)
    AgencyHealth.objects.filter(stale, pk=agency.pk).update(last_seen_at=moment)


def statement_agency(*, code: str, signature: str, body: bytes) -> Agency | None:
    """The fund-remitting agency whose signature over the body holds, or None."""
    agency = Agency.objects.filter(code=code, is_active=True).first()
    if agency is None:
        return None
    for row in secrets_holding(agency, SecretKind.STATEMENT, moment=now()):
        secret = keyring().unwrap(bytes(row.sealed or b""), code.encode())
        if hmac.compare_digest(hmac.new(secret, body, hashlib.sha256).hexdigest(), signature):
            return agency
    return None


def _digest(password: str, salt: bytes) -> bytes:
    # PBKDF2 with few rounds: secrets are 32 random characters, and agencies poll every second.
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 1000)
