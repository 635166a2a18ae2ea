"""Which court a court code means: by the published tables, and what its digits alone tell (CN-05 to CN-09)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from zhixing.law.book import book
from zhixing.law.case_numbers.parsing import SUPREME
from zhixing.law.schemas import Court, CourtLevel, IdentifierPart

if TYPE_CHECKING:
    from datetime import date

_ZONE = "zone."


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtPlace:
    """What a court code says by itself.

    Attributes:
        level: key of the table of court levels. level_title: 高级人民法院 and so on.
        province: 河北, or empty for the Supreme Court.
        division: digits of the division (GB/T 2260) as far as the code follows it, else empty.
        reserved: what the reserved digits mean (海事法院 …); such codes follow the published list only.
        is_setting: the meaning of the digits is not confirmed (development zones).
    """

    level: str
    level_title: str
    province: str
    division: str = ""
    reserved: str = ""
    is_setting: bool = False


def court_place(code: str) -> CourtPlace:
    """Read a court code such as 冀0930, 沪72 or 最高法; it need not stand in any table."""
    if code == SUPREME:
        return CourtPlace(level="supreme", level_title=_level("supreme").title, province="")
    sign, digits = code[0], code[1:]
    level = next(row for row in _levels() if row.code_digits == len(digits))
    province = _provinces().get(sign, "")
    reserved = _reserved(digits)
    return CourtPlace(
        level=level.code,
        level_title=level.title,
        province=province,
        # 军 and 兵 have digits of their own that follow no division.
        division="" if reserved or not digits or sign in "军兵" else digits,
        reserved=reserved.title if reserved else "",
        is_setting=bool(reserved) and reserved.status == "default",
    )


def court_of(code: str, on: date | None = None) -> Court | None:
    """The court under a code in the court tables, or None.

    Args:
        code: court code.
        on: only courts whose code was in use on that day; the latest row when left out (CN-08).
    """
    rows = [row for row in _courts().get(code, ()) if on is None or _in_use(row, on)]
    return max(rows, key=lambda row: row.since, default=None)


def court_table_has(code: str) -> bool:
    """Whether the courts of the code's province stand in the tables at all."""
    return code[0] in {known[0] for known in _courts()}


def _in_use(row: Court, on: date) -> bool:
    return row.since <= on and (row.until is None or on <= row.until)


def _reserved(digits: str) -> IdentifierPart | None:
    rows = [cast("IdentifierPart", row) for row in book().all_rows("court_levels_reserved")]
    for row in rows:
        if row.code.startswith(_ZONE):
            first, last = row.code.removeprefix(_ZONE), row.last.removeprefix(_ZONE)
            if len(digits) == 4 and first <= digits[2:] <= last:
                return row
        elif digits and row.code <= digits[:2] <= (row.last or row.code):
            return row
    return None


def _level(code: str) -> CourtLevel:
    return next(row for row in _levels() if row.code == code)


@lru_cache(maxsize=1)
def _levels() -> tuple[CourtLevel, ...]:
    return tuple(cast("CourtLevel", row) for row in book().all_rows("court_levels"))


@lru_cache(maxsize=1)
def _provinces() -> dict[str, str]:
    return {row.code: getattr(row, "title", "") for row in book().all_rows("case_signs")}


@lru_cache(maxsize=1)
def _courts() -> dict[str, list[Court]]:
    """Rows of all court tables by code."""
    found: dict[str, list[Court]] = {}
    for table in book().table_ids():
        if table.startswith("courts."):
            for row in book().all_rows(table):
                found.setdefault(row.code, []).append(cast("Court", row))
    return found
