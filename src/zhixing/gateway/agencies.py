"""Agencies: registering them, and knowing them again by their credentials."""

from __future__ import annotations

import hashlib
import hmac
import os
from datetime import datetime, timedelta

from zhixing.gateway.models import Agency
from zhixing.platform.crypto import keyring

SEEN_EVERY = timedelta(seconds=30)  # a polling agency calls every second; one write per half minute is enough


def agency_register(
    *,
    code: str,
    name: str,
    kind: str,
    profile: str,
    username: str,
    password: str,
    menu: list[str],
    statement_secret: str = "",
) -> Agency:
    """Create or update an agency; its password is kept as a digest, its statement secret under the keyring."""
    salt = os.urandom(16)
    agency, _ = Agency.objects.update_or_create(
        code=code,
        defaults={
            "name": name,
            "kind": kind,
            "profile": profile,
            "username": username,
            "menu": menu,
            "secret_salt": salt,
            "secret_digest": _digest(password, salt),
            "statement_secret": keyring().wrap(statement_secret.encode(), code.encode())
            if statement_secret
            else None,
        },
    )
    return agency


def agency_known(*, username: str, password: str, profile: str, moment: datetime) -> Agency | None:
    """The agency with these credentials for this profile, or None. Takes the same time either way."""
    agency = Agency.objects.filter(username=username, profile=profile, is_active=True).first()
    salt = bytes(agency.secret_salt) if agency else b"\x00" * 16
    digest = bytes(agency.secret_digest) if agency else b"\x00" * 32
    if not hmac.compare_digest(_digest(password, salt), digest) or agency is None:
        return None
    if agency.last_seen_at is None or moment - agency.last_seen_at > SEEN_EVERY:
        Agency.objects.filter(pk=agency.pk).update(last_seen_at=moment)
    return agency


def statement_agency(*, code: str, signature: str, body: bytes) -> Agency | None:
    """The fund-remitting agency whose signature over the body holds, or None."""
    agency = Agency.objects.filter(code=code, is_active=True).exclude(statement_secret=None).first()
    if agency is None:
        return None
    secret = keyring().unwrap(bytes(agency.statement_secret), code.encode())
    expected = hmac.new(secret, body, hashlib.sha256).hexdigest()
    return agency if hmac.compare_digest(expected, signature) else None


def _digest(password: str, salt: bytes) -> bytes:
    # PBKDF2 with few rounds: secrets are 32 random characters, and agencies poll every second.
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 1000)
