"""One stretch of text is one clue: decide between recognisers that claim the same characters."""

from __future__ import annotations

import re
from dataclasses import replace

from zhixing.cases.domain.extraction.model import Found, Kind

PLACES = frozenset({Kind.ADDRESS, Kind.PROPERTY, Kind.EMPLOYER})
TRAILING_LABEL = re.compile(
    r"[ ,、(]*(?:及|和)?(?:联系)?(?:电话|手机|身份证|公民身份|微信|邮编|QQ|账号|卡号)?(?:号码?)?[为是:]{0,2}[ ]*$"
)


def settle(found: list[Found], text: str) -> list[Found]:
    """Clues without overlaps, in the order of the text; places are cut short rather than lost.

    A number said to be two things at once (手机号与微信同号) stays in both lists.
    """
    numbers = [f for f in found if f.kind not in PLACES]
    numbers.sort(key=lambda f: (-f.strength, f.start - f.end, f.start))
    kept: list[Found] = []
    for candidate in numbers:
        if not any(_clash(candidate, other) for other in kept):
            kept.append(candidate)
    for place in (f for f in found if f.kind in PLACES):
        inside = [
            f.start
            for f in kept
            if place.start < f.end and f.start < place.end and f.kind is not Kind.PRINCIPAL
        ]
        cut = _cut(place, min(inside), text) if inside else place
        if cut is not None and not any(cut.kind is f.kind and _overlap(cut, f) for f in kept):
            kept.append(cut)
    return sorted(kept, key=lambda f: (f.start, f.end))


def _overlap(one: Found, other: Found) -> bool:
    return one.start < other.end and other.start < one.end


def _clash(one: Found, other: Found) -> bool:
    if not _overlap(one, other):
        return False
    together = one.detail.get("same_as") or other.detail.get("same_as")
    return not (together and one.kind is not other.kind)


def _cut(place: Found, stop: int, text: str) -> Found | None:
    end = place.start + len(TRAILING_LABEL.sub("", text[place.start : stop]))
    if end - place.start < 4:
        return None
    value = text[place.start : end].replace(" ", "").replace("(", "（").replace(")", "）")
    return replace(place, end=end, value=value)
