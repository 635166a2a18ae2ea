"""Chinese text made comparable, searchable and sortable."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from zhixing.kernel.masking import (
    mask_account,
    mask_handle,
    mask_id,
    mask_name,
    mask_phone,
    surname_of,
)
from zhixing.kernel.surnames import SURNAME_READINGS

__all__ = [
    "bigrams",
    "chinese_numeral",
    "full_to_half",
    "mask_account",
    "mask_handle",
    "mask_id",
    "mask_name",
    "mask_phone",
    "normalise",
    "sort_key",
    "surname_of",
]

_SPACE = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_WORD = re.compile(r"[0-9a-z\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")


def normalise(text: str) -> str:
    """NFKC (so full-width signs become half-width), without invisible signs, single spaces, trimmed."""
    folded = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    return _SPACE.sub(" ", folded).strip()


def full_to_half(text: str) -> str:
    """Turn full-width letters, digits and signs into half-width ones, one for one.

    Unlike `normalise` the length never changes, so spans found in the result hold in the original.
    """
    return "".join(
        chr(ord(char) - 0xFEE0) if "！" <= char <= "～" else " " if char == "\u3000" else char
        for char in text
    )


def bigrams(text: str) -> list[str]:
    """The pairs of neighbouring signs of a text, for search arrays: sorted, each once.

    Case and width do not matter; pairs never reach over spaces or punctuation; a lone sign stands by itself.
    The same function makes the array at writing and at searching.
    """
    found: set[str] = set()
    for word in _WORD.findall(normalise(text).lower()):
        found.update(word[i : i + 2] for i in range(max(1, len(word) - 1)))
    return sorted(found)


@lru_cache(maxsize=4096)
def sort_key(name: str) -> str:
    """A key that sorts names by pinyin, family name first read as a family name (单 shan, 曾 zeng)."""
    text = normalise(name)
    surname = surname_of(text)
    reading = SURNAME_READINGS.get(surname)
    if reading is None:
        return _pinyin(text)
    return f"{reading} {_pinyin(text[len(surname) :])}".strip()


def chinese_numeral(number: int) -> str:
    """Write 1 to 9999 in Chinese as articles are counted: 253 → 二百五十三, 14 → 十四.

    Raises:
        ValueError: outside 1..9999.
    """
    if not 0 < number < 10_000:
        raise ValueError(f"chinese_numeral() takes 1 to 9999, not {number}")
    written, pending_zero = "", False
    for power in range(3, -1, -1):
        digit = number // 10**power % 10
        if digit:
            written += ("零" if pending_zero else "") + _DIGITS[digit] + _UNITS[power]
            pending_zero = False
        elif written:
            pending_zero = True
    return written[1:] if written.startswith("一十") else written


def _pinyin(text: str) -> str:
    from pypinyin import Style, lazy_pinyin  # its dictionary takes half a second; most programs never sort

    return " ".join(lazy_pinyin(text, style=Style.NORMAL)).lower()
