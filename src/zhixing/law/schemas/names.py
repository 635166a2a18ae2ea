"""Rows about names and numbers: courts, case numbers, identifiers."""

from __future__ import annotations

from datetime import date  # pydantic reads the annotations at run time
from typing import Literal

from pydantic import Field

from zhixing.law.schema_row import Row


class Court(Row):
    """A court: its name, its code in case numbers, its numeric key."""

    key: int = Field(ge=0, le=999999)
    level: Literal["supreme", "high", "intermediate", "basic"]
    parent: int | None
    name: str
    short: str
    heading: str
    until: date | None = (
        None  # last day of this code; the old code stays until the court is adjusted (案号规定第十三条)
    )


class CaseType(Row):
    """A type code (类型代字) in case numbers."""

    title: str
    family: Literal["implementation", "review", "related"]
    case_term: str | None = None


class Sign(Row):
    """A sign that may stand in a case number: a province or a special-trial code."""

    title: str
    role: Literal["province", "special"]


class CourtLevel(Row):
    """One of the four levels of courts."""

    title: str
    rank: int
    code_digits: int | None


class IdentifierFormat(Row):
    """The form of an identifier and, where there is one, the numbers of its check digit."""

    title: str
    pattern: str
    expected: str
    weights: tuple[int, ...] = ()
    alphabet: str = ""
    check_signs: str = ""
    generic: bool = False  # so loose a form that fitting it says little


class DivisionNames(Row):
    """The published names of one province's divisions.

    Attributes:
        places: digits 3 and 4 → the prefecture's name (— where there is none), then its counties as 02新华区.
    """

    title: str
    places: dict[str, str] = Field(default_factory=dict)


class IdentifierPart(Row):
    """What a sign, or a span of signs, within an identifier means."""

    title: str
    of: str  # which part of which identifier, e.g. uscc.head
    last: str = ""  # last sign of a span that begins with the code
    detail: str = ""


class ArticleShift(Row):
    """A stretch of articles and what is added to their numbers in the next text."""

    act: str
    old: str
    new: str
    first: int = Field(ge=1)  # numbers of the older text
    last: int = Field(ge=1)
    shift: int
