"""Passports and travel permits, only where a label names them: they carry no check digit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhixing.cases.domain.extraction import checks
from zhixing.cases.domain.extraction.labels import label_text, labelled
from zhixing.cases.domain.extraction.model import Found, Kind
from zhixing.cases.domain.extraction.view import View

LABEL = labelled(
    r"护\s*照(?:\s*号码?)?(?:\s*No\.?)?|passport(?:\s*no\.?)?|(?:港澳|台湾)居民(?:来往)?(?:内地|大陆)通行证|(?:往来)?港澳通行证|"
    r"台胞证|回乡证|通行证|旅行证"
)
NUMBER = re.compile(
    r"(?<![0-9A-Za-z])(?:[A-Za-z]{1,2}[ \-]?[0-9]{6,10}|E[A-HJ-NP-Za-hj-np-z][0-9]{7}|[0-9]{8,9})(?![0-9A-Za-z])"
)


def find(view: View) -> Iterator[Found]:
    """Numbers directly behind the words for a passport or a permit."""
    for match in NUMBER.finditer(view.text):
        label = label_text(view, match.start())
        named = LABEL.search(label)
        if not named:
            continue
        value = re.sub(r"[ \-]", "", match.group()).upper()
        yield Found(
            kind=Kind.PASSPORT, start=match.start(), end=match.end(), value=value,
            check=checks.passport(value, permit="通行证" in named.group() or "证" in named.group()[:3]), strength=3,
        )  # fmt: skip
