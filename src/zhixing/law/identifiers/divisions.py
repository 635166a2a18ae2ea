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
    provinces = _names()
    names = [provinces.get(code[:2], ""), provinces.get(code[:4], ""), provinces.get(code[:6], "")]
    lengths = (2, 4, 6)
    return "".join(
        name for name, length in zip(names, lengths, strict=True) if name != "—" and len(code) >= length
    )


def division_known(code: str) -> bool:
    """Whether the whole code stands in the table."""
    return code in _names()


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for raw in book().all_rows("identifiers_divisions"):
        row = cast("DivisionNames", raw)
        names[row.code] = names[f"{row.code}0000"] = row.title
        for digits, line in row.places.items():
            city, _, counties = line.partition(" ")
            names[row.code + digits] = city
            for number, name in _COUNTY.findall(counties):
                names[row.code + digits + number] = name
    return names
