"""One-time codes: issued to one person for one thing, sent to his phone alone, usable once."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from datetime import datetime, timedelta

from django.db.models import F

from zhixing.platform.models import OneTimeCode

VALID_MINUTES = 10  # setting of this court, shown on the page
MAX_ATTEMPTS = 5  # after five wrong tries a new code is needed
DIGITS = 6


def issue(*, purpose: str, reference: str, staff_id: int, moment: datetime) -> str:
    """Make a fresh code and cancel older ones for the same thing. The caller sends it; it is not kept."""
    OneTimeCode.objects.filter(purpose=purpose, reference=reference, staff_id=staff_id, used_at=None).delete()
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    salt = os.urandom(16)
    OneTimeCode.objects.create(
        purpose=purpose,
        reference=reference,
        staff_id=staff_id,
        salt=salt,
        digest=_digest(code, salt),
        expires_at=moment + timedelta(minutes=VALID_MINUTES),
    )
    return code


def redeem(*, purpose: str, reference: str, staff_id: int, code: str, moment: datetime) -> str | None:
    """Use a code. Returns None when it opens, else a sentence that says why not. Wrong tries are counted."""
    row = (
        OneTimeCode.objects.select_for_update()
        .filter(purpose=purpose, reference=reference, staff_id=staff_id, used_at=None)
        .first()
    )
    if row is None:
        return "没有可用的开启码，请先点“发送开启码”。"
    if row.expires_at < moment:
        return "开启码已过期，请重新发送。"
    if row.attempts >= MAX_ATTEMPTS:
        return "输错次数过多，请重新发送开启码。"
    if not hmac.compare_digest(bytes(row.digest), _digest(code.strip(), bytes(row.salt))):
        OneTimeCode.objects.filter(pk=row.pk).update(attempts=F("attempts") + 1)
        return f"开启码不对，还可以再试 {MAX_ATTEMPTS - row.attempts - 1} 次。"
    OneTimeCode.objects.filter(pk=row.pk).update(used_at=moment)
    return None


def is_redeemed(*, purpose: str, reference: str, staff_id: int, moment: datetime) -> bool:
    """Whether this person used a code for this thing within the code's own validity."""
    since = moment - timedelta(minutes=VALID_MINUTES)
    return OneTimeCode.objects.filter(
        purpose=purpose, reference=reference, staff_id=staff_id, used_at__gte=since, used_at__lte=moment
    ).exists()


def _digest(code: str, salt: bytes) -> bytes:
    return hashlib.scrypt(code.encode(), salt=salt, n=2**12, r=8, p=1, dklen=32)
