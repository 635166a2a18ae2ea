"""Resident identity numbers of 18 characters, and of 15 where a label names them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhixing.cases.domain.extraction import checks
from zhixing.cases.domain.extraction.digits import GAP, MISREAD, compact, is_even_print, mended
from zhixing.cases.domain.extraction.labels import is_no_clue, label_text, labelled
from zhixing.cases.domain.extraction.model import Found, Kind
from zhixing.cases.domain.extraction.view import View

LABEL = labelled(
    r"(?:居\s*民)?身\s*份\s*证(?:\s*件)?|公\s*民\s*身\s*份(?:证)?|身份号|证\s*件(?:类型[:]?居?民?身?份?证?)?|身份证\s*号\s*码|证号|ID\s*CARD|身份信息"
)
LONG = re.compile(
    rf"(?<![0-9A-Za-z*])(?=[1-9Il|!ZSB])[{MISREAD}](?:{GAP}[{MISREAD}]){{16}}{GAP}[{MISREAD}Xx×✕*]?(?<=[{MISREAD}Xx×✕])(?![0-9A-Za-z*])"
)
SHORT = re.compile(r"(?<![0-9A-Za-z*])[1-9][0-9]{14}(?![0-9A-Za-z*])")
TRUE_CHARS = re.compile(r"[0-9]{17}[0-9X]")


def find(view: View) -> Iterator[Found]:
    """All identity numbers; an unlabelled one counts only when its check digit proves it."""
    for match in LONG.finditer(view.text):
        raw = match.group()
        label = label_text(view, match.start())
        named = bool(LABEL.search(label))
        value = compact(raw).upper().replace("×", "X").replace("✕", "X")
        misread = not TRUE_CHARS.fullmatch(value)
        if misread:
            if len(value) != 18:
                continue
            value = mended(raw[:-1]) + ("X" if raw[-1] in "Xx×✕" else mended(raw[-1]))
        value, check = checks.resident_id(value)
        if check.ok is not True and (misread or not named):
            continue
        if not named and (is_no_clue(label) or not is_even_print(raw)):
            continue
        yield Found(
            kind=Kind.RESIDENT_ID, start=match.start(), end=match.end(), value=value, check=check,
            strength=(3 if named else 0) + (2 if check.ok else 0),
        )  # fmt: skip
    for match in SHORT.finditer(view.text):
        if LABEL.search(label_text(view, match.start())):
            value, check = checks.resident_id(match.group())
            yield Found(
                kind=Kind.RESIDENT_ID, start=match.start(), end=match.end(), value=value,
                check=check, strength=3,
            )  # fmt: skip
