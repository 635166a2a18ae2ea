"""Identifiers that sort by time, and codes that people read aloud."""

from __future__ import annotations

import os
import secrets
import time
import uuid

# No I, L, O, U, 0, 1: nothing that looks or sounds like another sign on paper or over the phone.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUPS, _GROUP_LENGTH = 3, 4


def uuid7(milliseconds: int | None = None) -> uuid.UUID:
    """A new id whose text and bytes sort by the time of making (RFC 9562, version 7).

    Args:
        milliseconds: Unix time; the wall clock when left out. Equal times sort at random.
    """
    stamp = time.time_ns() // 1_000_000 if milliseconds is None else milliseconds
    noise = int.from_bytes(os.urandom(10), "big")
    value = (stamp & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76 | ((noise >> 68) & 0xFFF) << 64
    value |= 0b10 << 62 | (noise & ((1 << 62) - 1))
    return uuid.UUID(int=value)


def verification_code() -> str:
    """A new random code such as ``7F3K-9QX2-M4TD`` for checking a document (about 58 bits)."""
    return "-".join(
        "".join(secrets.choice(CODE_ALPHABET) for _ in range(_GROUP_LENGTH)) for _ in range(_GROUPS)
    )


def read_verification_code(text: str) -> str | None:
    """Bring a typed code to its printed form, or None when it cannot be one.

    Case, spaces, kinds of dash and full-width letters do not matter.
    """
    folded = "".join(_half_width(char) for char in text).upper()
    signs = [char for char in folded if char not in " -—–_\u3000"]
    if len(signs) != _GROUPS * _GROUP_LENGTH or any(char not in CODE_ALPHABET for char in signs):
        return None
    joined = "".join(signs)
    return "-".join(joined[i : i + _GROUP_LENGTH] for i in range(0, len(joined), _GROUP_LENGTH))


def _half_width(char: str) -> str:
    return chr(ord(char) - 0xFEE0) if "！" <= char <= "～" else char
