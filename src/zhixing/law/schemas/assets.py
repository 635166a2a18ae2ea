"""Rows about property, measures and money."""

from __future__ import annotations

from decimal import Decimal  # pydantic reads the annotations at run time
from typing import Literal

from pydantic import Field

from zhixing.law.schema_row import Keys, Row


class Exemption(Row):
    """A kind of money or right that may not, or not fully, be enforced against."""

    title: str
    action: Literal["block", "freeze_only", "purpose", "reserve", "warn"]
    words: Keys
    detail: str
    exceptions: Keys = ()
    freezable: bool = False  # money for a purpose that may be frozen so long as the purpose is still served


class MeasurePeriod(Row):
    """How long a control measure may last for one kind of property."""

    title: str
    asset_kinds: Keys
    years: int = Field(ge=1)


class LiftGround(Row):
    """A ground on which a measure is lifted."""

    title: str
    scope: Literal["whole", "excess", "lapse"]  # lapse: the effect is gone by law, no ruling makes it so
    duty: Literal["must", "may"]
    term: str | None = None
    document: str = ""
    detail: str = ""


class ControlDuty(Row):
    """What must be seen to when a certain property is controlled."""

    title: str
    occasion: str
    duty: str
    detail: str = ""


class FeeItem(Row):
    """A fee per case, within a range that a province narrows, and rates on an amount above a free part."""

    title: str
    least: Decimal = Field(ge=0)
    most: Decimal = Field(ge=0)
    amount: Decimal = Field(ge=0)  # what is charged here, within the range
    brackets: tuple[
        dict[str, str | None], ...
    ] = ()  # as in the unit `brackets`; its first row is the free part


class LivingStandard(Row):
    """The local minimum-living standard, yuan per person and month."""

    title: str
    urban: Decimal = Field(gt=0)
    rural: Decimal = Field(gt=0)


class ClaimRank(Row):
    """Where a kind of claim stands when money does not suffice."""

    title: str
    order: int = Field(ge=0)  # smaller is paid first; equal ones share
    basis: Literal["asset", "civil", "livelihood", "criminal"]  # asset: only out of the thing it lies on
    needs_title: bool = True
    detail: str = ""


class BurdenClass(Row):
    """A class of property in the order in which it is taken; divisible: whether a part of it can be controlled."""

    title: str
    order: int
    divisible: bool


class MoneyRule(Row):
    """A rule, ground or way of the money and realisation chapters, shown to the person who decides."""

    title: str
    topic: str
    detail: str
    order: int = Field(default=0, ge=0)
    term: str | None = None  # term code whose clock it starts
    approval: str = ""  # who decides, in Chinese
