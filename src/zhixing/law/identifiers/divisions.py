"""Names of divisions behind the six digits that many identifiers carry (GB/T 2260)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from zhixing.law.book import book

if TYPE_CHECKING:
    from zhixing.law.schemas import DivisionNames

_COUNTY = re.compile(r"(\d{2})(\S+)")


def division_name(code: str) -> str:
    """The name of a division as far as the table knows it: province, prefecture, county.

    A county that is not in the table (old numbers keep abolished codes) is left out; so is everything when
    even the province is unknown.

    Args:
        code: two, four or six digits; what follows is not looked at.
    """
    known, spans = _names(), (code[:2], code[2:4], code[4:6])
    cut = (code[:2], code[:4], code[:6])
    named = (known.get(key, "") for key, span in zip(cut, spans, strict=True) if span not in ("", "00"))
    return "".join(name for name in named if name != "—")


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for raw in book().all_rows("identifiers_divisions"):
        row = cast("DivisionNames", raw)
        names[row.code] = row.title
        for digits, line in row.places.items():
            city, _, counties = line.partition(" ")
            names[row.code + digits] = city
            for number, name in _COUNTY.findall(counties):
                names[row.code + digits + number] = name
    return names
