"""Digits as papers print them: with gaps, grouped by spaces or hyphens, misread by a scanner."""

from __future__ import annotations

import re

NEW_LINE = r"\n(?![ \t]{0,4}[0-9]{1,2}[.、,)])"  # never into the number of the next item of a list
GAP = rf"(?:[ \t]{{0,2}}(?:{NEW_LINE})?[ \t]{{0,2}}|[ \t]?-[ \t]?|\n-)"
"""What may stand between two digits of one number: blanks, one hyphen, one line break."""

LOOKALIKE = str.maketrans({"O": "0", "o": "0", "Q": "0", "D": "0", "I": "1", "l": "1", "|": "1", "!": "1",
                           "i": "1", "Z": "2", "z": "2", "S": "5", "s": "5", "B": "8", "b": "6", "〇": "0"})  # fmt: skip
MISREAD = "0-9OoQDIl|!iZzSsBb〇"

_GAPS = re.compile(r"[\s\-]+")


def compact(raw: str) -> str:
    """The characters without the gaps."""
    return _GAPS.sub("", raw)


def mended(raw: str) -> str:
    """The digits a scanner's letters stand for; only a check digit may prove it right."""
    return compact(raw).translate(LOOKALIKE)


def groups(raw: str) -> tuple[int, ...]:
    """Lengths of the groups between gaps, a line break not counting as a gap."""
    return tuple(len(part) for part in re.split(r"[ \t\-]+", raw.replace("\n", "")) if part)


def is_even_print(raw: str) -> bool:
    """Whether the gaps look like typesetting of one number: none, letter by letter, or groups of at least two."""
    lengths = groups(raw)
    return len(lengths) == 1 or all(length == 1 for length in lengths) or min(lengths) >= 2
