"""The list of all rule ids, and what cannot be found in tables or code: reasons, and who confirms a setting."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from zhixing.law.errors import BrokenTables

FOLDER = Path(__file__).parent
MARKS = frozenset("VPSCKULD")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A rule of a rule book.

    Attributes:
        title: in our own words. marks: letters of certainty, empty where the book gives none.
        example: a worked example; its place is the test that computes it.
    """

    id: str
    title: str
    marks: str
    book: str
    section: str
    example: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """What people decided: not_software says why, per id; confirmed_by says who, per table (longest prefix wins)."""

    not_software: dict[str, str]
    confirmed_by: dict[str, str]

    def who_confirms(self, table: str) -> str:
        """Who confirms a setting of a table."""
        fitting = [name for name in self.confirmed_by if table == name or table.startswith(name + ".")]
        return self.confirmed_by[max(fitting, key=len)] if fitting else self.confirmed_by["else"]


def listed(folder: Path = FOLDER) -> tuple[Listed, ...]:
    """All rules, in the order of the books.

    Raises:
        BrokenTables: an id stands twice, lacks a title, or has an unknown mark or key.
    """
    faults: list[str] = []
    found: list[Listed] = []
    for name in ("process", "money"):
        book = _parsed(folder / f"{name}.yaml")
        for section in book["sections"]:
            label = f"{section['number']} {section['title']}"
            for raw in section["rules"]:
                faults += _row_faults(raw)
                found.append(
                    Listed(
                        id=str(raw.get("id")),
                        title=raw.get("title", ""),
                        marks=raw.get("marks", ""),
                        book=book["book"],
                        section=label,
                        example=raw.get("example", False),
                    )
                )
    faults += [f"{id_} stands twice" for id_, times in Counter(one.id for one in found).items() if times > 1]
    if faults:
        raise BrokenTables(faults)
    return tuple(found)


def reasons(folder: Path = FOLDER) -> Reasons:
    """What people decided."""
    parsed = _parsed(folder / "reasons.yaml")
    return Reasons(not_software=parsed["not_software"], confirmed_by=parsed["confirmed_by"])


def _row_faults(raw: dict[str, Any]) -> list[str]:
    name = raw.get("id", "?")
    faults = [
        f"{name}: unknown key {key}" for key in sorted(raw.keys() - {"id", "title", "marks", "example"})
    ]
    if not raw.get("title"):
        faults.append(f"{name}: title is missing")
    if set(raw.get("marks", "")) - MARKS:
        faults.append(f"{name}: unknown mark in {raw['marks']}")
    return faults


def _parsed(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))
