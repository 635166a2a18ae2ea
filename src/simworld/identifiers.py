"""Invented but well-formed identifiers: every check digit is right, nobody is meant."""

from __future__ import annotations

from datetime import date

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORG_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def resident_id_check(first17: str) -> str:
    """Check character of a resident identity number (GB 11643-1999, ISO 7064 MOD 11-2)."""
    return _ID_CHECKS[sum(int(d) * w for d, w in zip(first17, _ID_WEIGHTS, strict=True)) % 11]


def resident_id(division: str, birth: date, sequence: int) -> str:
    """18-character number; an odd `sequence` (0–999) means a man, an even one a woman."""
    first17 = f"{division}{birth:%Y%m%d}{sequence:03d}"
    return first17 + resident_id_check(first17)


def is_resident_id(text: str) -> bool:
    """Is this an 18-character number with a real day of birth and a right check character?"""
    if len(text) != 18 or not text[:17].isdigit():
        return False
    try:
        date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    return resident_id_check(text[:17]) == text[17].upper()


def old_resident_id(id18: str) -> str:
    """The 15-digit number the same person carried before 2000: no century, no check character."""
    return id18[:6] + id18[8:17]


def same_resident(left: str, right: str) -> bool:
    """Do two numbers, 15 or 18 characters long, belong to one person?"""
    left, right = left.strip().upper(), right.strip().upper()
    if len(left) == len(right):
        return left == right
    if {len(left), len(right)} != {15, 18}:
        return False
    long, short = (left, right) if len(left) == 18 else (right, left)
    # only people born in the 1900s ever had a 15-digit number
    return long[6:8] == "19" and old_resident_id(long) == short


def organisation_code(first8: str) -> str:
    """Nine-character organisation code (GB 11714-1997), without the hyphen."""
    total = sum(_ORG_ALPHABET.index(c) * w for c, w in zip(first8, _ORG_WEIGHTS, strict=True))
    check = 11 - total % 11
    return first8 + ("X" if check == 10 else "0" if check == 11 else str(check))


def uscc_check(first17: str) -> str:
    """Check character of a unified social credit code (GB 32100-2015)."""
    total = sum(_USCC_ALPHABET.index(c) * w for c, w in zip(first17, _USCC_WEIGHTS, strict=True))
    return _USCC_ALPHABET[(31 - total % 31) % 31]


def uscc(division: str, org_code: str) -> str:
    """18-character credit code of a company: 91, registration division, organisation code, check."""
    first17 = "91" + division + org_code
    return first17 + uscc_check(first17)


def is_uscc(text: str) -> bool:
    """Is this an 18-character credit code with a right check character?"""
    return len(text) == 18 and all(c in _USCC_ALPHABET for c in text) and uscc_check(text[:17]) == text[17]


def luhn_digit(first: str) -> str:
    """The digit that completes a card number (ISO/IEC 7812)."""
    total = 0
    for place, char in enumerate(reversed(first)):
        digit = int(char) * 2 if place % 2 == 0 else int(char)
        total += digit - 9 if digit > 9 else digit
    return str(-total % 10)


def card_number(prefix: str, middle: str) -> str:
    """A card number whose last digit passes the Luhn check."""
    return prefix + middle + luhn_digit(prefix + middle)


def unit_number(division: str, parcel: int, building: int, room: int) -> str:
    """28-character real-estate unit number: division, cadastral zone, GB parcel, F building and room."""
    return f"{division}001002GB{parcel:05d}F{building:04d}{room:04d}"
