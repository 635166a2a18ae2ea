"""Rows about figures, flags and disclosure."""

from __future__ import annotations

from decimal import Decimal  # pydantic reads the annotations at run time
from typing import Literal

from pydantic import BaseModel, ConfigDict

from zhixing.law.schema_row import Keys, Row, TermUnit, Tier


class Indicator(Row):
    """A figure of management: what is divided by what, over which cases."""

    title: str
    numerator: Keys  # names of counts; a leading minus subtracts
    denominator: Keys
    unit: Literal["ratio", "days", "count"]
    scope: str
    cut_off: str
    version: str
    detail: str = ""


class Target(Row):
    """A figure that a document once set for an indicator."""

    title: str
    indicator: str = ""  # code of the indicator; empty where the system has none
    least: Decimal | None = None
    detail: str = ""


class FlagLevel(BaseModel):
    """From which count of units on a flag shows a colour."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    level: Literal["yellow", "orange", "red"]
    at: int
    unit: TermUnit


class SupervisionFlag(Row):
    """A sign of delay or misuse that the command centre sees by itself."""

    title: str
    trigger: str
    tier: Tier
    counts: Literal["after", "before"] = "after"  # before: units left until the event
    levels: tuple[FlagLevel, ...] = ()  # from the mildest to the gravest
    lawful: int = 0  # last count that is still within the term that the law sets; later ones are 超期


class DisclosureKind(Row):
    """A kind of information: who learns it and when."""

    title: str
    audiences: tuple[Literal["party", "applicant", "public"], ...] = ()  # empty: stays inside
    request: Literal["", "must", "may"] = ""  # whether a request of the audience must or may be granted
    timing: Literal["at_once", "after_measure", "on_request", "published", "never"]
    term: str | None = None
    fields: Keys = ()
    detail: str = ""


class MaskRule(Row):
    """How one kind of data is shown to one audience."""

    title: str
    data: str
    audience: Literal["court", "party", "public", "document"]
    method: Literal["plain", "surname", "id_court", "id_public", "account", "phone", "removed"]
