"""Unified social credit codes of 18 characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhixing.cases.domain.extraction import checks
from zhixing.cases.domain.extraction.digits import GAP, LOOKALIKE, compact
from zhixing.cases.domain.extraction.labels import is_no_clue, label_text, labelled
from zhixing.cases.domain.extraction.model import Found, Kind
from zhixing.cases.domain.extraction.view import View

LABEL = labelled(
    r"统\s*一\s*社\s*会\s*信\s*用\s*代\s*码(?:证号?)?|社会信用代码|信用代码|信用代码证|营业执照(?:注册)?|注册号|税号|纳税人识别号?"
)
CODE = re.compile(
    rf"(?<![0-9A-Za-z])[159NnIlS][0-9OoIl](?:{GAP}[0-9OoIlSsBZz]){{6}}(?:{GAP}[0-9A-Za-z|]){{10}}(?![0-9A-Za-z])"
)
ALPHABET = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")


def find(view: View) -> Iterator[Found]:
    """All codes; letters that the alphabet lacks (I, O, S, Z) are read as digits where the check digit proves it."""
    for match in CODE.finditer(view.text):
        raw = match.group()
        label = label_text(view, match.start())
        named = bool(LABEL.search(label))
        value = compact(raw).upper()
        check = checks.uscc(value)
        if check.ok is not True:
            repaired = _repair(compact(raw))
            if repaired and checks.uscc(repaired).ok:
                value, check = repaired, checks.uscc(repaired)
        if check.ok is not True and (not named or not ALPHABET.fullmatch(value)):
            continue
        if not named and is_no_clue(label):
            continue
        yield Found(
            kind=Kind.USCC, start=match.start(), end=match.end(), value=value, check=check,
            strength=(3 if named else 0) + (2 if check.ok else 0),
        )  # fmt: skip


def _repair(code: str) -> str | None:
    """Digits in place of letters no code contains; the division part holds digits only."""
    head = code[:8].translate(LOOKALIKE)
    tail = code[8:].replace("l", "1").replace("|", "1").upper()
    value = head + tail.translate(str.maketrans("IOSZ", "1052"))
    return value if ALPHABET.fullmatch(value) else None
