"""The shapes of rows in the law tables. A key that is not listed here is refused."""

from __future__ import annotations

from datetime import date  # pydantic reads the annotations at run time
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from zhixing.law.schema_row import Keys, Row

Tier = Literal["T1", "T2", "T3", "T4"]
TermUnit = Literal["days", "working_days", "hours", "months", "years"]


class Term(Row):
    """A period of time: how long, counted how, from what, with which weight."""

    title: str
    amount: int | None = Field(default=None, ge=0)  # None: fixed by the order or decision itself
    unit: TermUnit
    tier: Tier
    direction: Literal["after", "before"] = "after"  # before: at the latest so long before an event
    exact: bool = False  # hours counted from the minute of the event, not from the next full hour
    runs_from: str = ""  # the event in Chinese, for people


class Node(Row):
    """A key node of the case flow: what opens it, what closes it, by when."""

    title: str
    stage: str
    origin: Literal["APP", "DOC", "ASG", "SRV", "FB", "CTL", "REF", "PAY", "EVENT"]
    term: str | None = None
    tier: Tier
    role: str
    opened_by: Keys = ()
    closed_by: Keys = ()
    tags: Keys = ()
    later: bool = False

    @model_validator(mode="after")
    def _acts_or_later(self) -> Node:
        if self.later and (self.opened_by or self.closed_by):
            raise ValueError("a later node names no acts")
        if not self.later and not self.closed_by:
            raise ValueError("a node in use names the acts that close it")
        return self


class Stage(Row):
    """A stop on the stage line of the case page."""

    title: str
    order: int = Field(ge=1)
    entered_by: Keys
    finished_by: Keys


class MenuItem(Row):
    """One thing that a judge can ask for: of whom, what comes back, on which ground."""

    title: str
    group: str
    group_title: str
    order: int
    agencies: str
    agency_kind: str
    returns: str
    control: Literal[
        "freeze_and_transfer",
        "freeze",
        "partly_online",
        "seal_online",
        "file_seal",
        "publicity",
        "offline",
        "query_only",
    ]
    control_text: str
    asset_kinds: Keys = ()
    stage: Literal[1, 2]
    profile: str
    first_choice: bool = False
    needs_period: bool = False
    needs_reason: bool = False


class ChainStep(BaseModel):
    """One signature on the way: who, and what he does."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    role: str
    name: str  # what he does, in Chinese: 初核, 批准, 签发
    law: str | None = None  # citation key


class Chain(Row):
    """Who must approve a measure, in order; never below the role the law names."""

    title: str
    steps: tuple[ChainStep, ...] = Field(min_length=1)
    min_legal_role: str | None = None
    court: int | None = None  # key of the court (and all below it) whose practice this is; None: everywhere
    later: bool = False


class Exemption(Row):
    """A kind of money or right that may not, or not fully, be enforced against."""

    title: str
    action: Literal["block", "freeze_only", "purpose", "reserve", "warn"]
    words: Keys
    detail: str
    exceptions: Keys = ()
    freezable: bool = False  # money for a purpose that may be frozen so long as the purpose is still served


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


class MeasurePeriod(Row):
    """How long a control measure may last for one kind of property."""

    title: str
    asset_kinds: Keys
    years: int = Field(ge=1)


class CloseMode(Row):
    """A way in which a case is closed."""

    title: str
    order: int
    case_types: Keys


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


class DeductionGround(Row):
    """A ground on which days do not count, and for which of the two clocks."""

    title: str
    stops: tuple[Literal["internal", "creditor"], ...]
    start_document: str
    end_document: str
    most: Keys = ()  # term codes whose lengths together are the longest span; empty: no limit of its own


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


class MoneyRule(Row):
    """A rule, ground or way of the money and realisation chapters, shown to the person who decides."""

    title: str
    topic: str
    detail: str
    order: int = Field(default=0, ge=0)
    term: str | None = None  # term code whose clock it starts
    approval: str = ""  # who decides, in Chinese


class Point(Row):
    """A ground, condition, item or duty of deterrence, closing or supervision, on which a person decides."""

    title: str
    topic: str
    order: int = Field(default=0, ge=0)
    effect: Literal["must", "may", "must_not", "note"] = "note"
    detail: str = ""
    term: str | None = None  # term code whose clock it starts
    chain: str | None = None  # code of the approval chain
    ways: tuple[Keys, ...] = ()  # sets of evidence; one whole set is enough
    unless: Keys = ()  # evidence, any of which makes the point needless


class Evidence(Row):
    """A fact that a check asks for, once for the case or for each debtor."""

    title: str
    per: Literal["case", "debtor"] = "case"


class ApprovalFloor(Row):
    """The lowest authority that the law itself lets decide on a measure."""

    title: str
    role: str


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


SCHEMAS: dict[str, type[Row]] = {
    "term": Term,
    "node": Node,
    "stage": Stage,
    "menu_item": MenuItem,
    "chain": Chain,
    "exemption": Exemption,
    "court": Court,
    "case_type": CaseType,
    "sign": Sign,
    "court_level": CourtLevel,
    "identifier": IdentifierFormat,
    "measure_period": MeasurePeriod,
    "close_mode": CloseMode,
    "division_names": DivisionNames,
    "identifier_part": IdentifierPart,
    "deduction_ground": DeductionGround,
    "lift_ground": LiftGround,
    "control_duty": ControlDuty,
    "fee_item": FeeItem,
    "living_standard": LivingStandard,
    "claim_rank": ClaimRank,
    "money_rule": MoneyRule,
    "point": Point,
    "evidence": Evidence,
    "approval_floor": ApprovalFloor,
    "indicator": Indicator,
    "target": Target,
    "supervision_flag": SupervisionFlag,
    "disclosure_kind": DisclosureKind,
    "mask_rule": MaskRule,
}
