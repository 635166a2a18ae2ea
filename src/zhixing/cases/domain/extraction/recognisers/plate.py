"""Number plates of vehicles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhixing.cases.domain.extraction import checks
from zhixing.cases.domain.extraction.model import Found, Kind
from zhixing.cases.domain.extraction.view import View

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
PLATE = re.compile(
    rf"[{PROVINCES}][ ]?[A-Za-z][ ]?[·.\-]?[ ]?(?:[DFdf][ ]?[0-9A-HJ-NP-Za-hj-np-z](?:[ ]?[0-9]){{4}}|[0-9](?:[ ]?[0-9]){{4}}[ ]?[DFdf]|"
    r"(?:[0-9A-HJ-NP-Za-hj-np-z][ ]?){4}(?:[0-9A-HJ-NP-Za-hj-np-z]|[挂学警港澳]))(?![0-9A-Za-z])"
)


def find(view: View) -> Iterator[Found]:
    """All plates, written as on the plate without the dot."""
    for match in PLATE.finditer(view.text):
        value = re.sub(r"[ ·.\-]", "", match.group()).upper()
        if sum(char.isdigit() for char in value) == 0:
            continue
        yield Found(
            kind=Kind.PLATE,
            start=match.start(),
            end=match.end(),
            value=value,
            check=checks.plate(value),
            strength=2,
        )
