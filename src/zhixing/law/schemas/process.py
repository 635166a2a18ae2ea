"""Rows about the course of a case: periods, nodes, approval, grounds, checklists."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from zhixing.law.schema_row import Keys, Row, TermUnit, Tier


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


class ApprovalFloor(Row):
    """The lowest authority that the law itself lets decide on a measure."""

    title: str
    role: str


class CloseMode(Row):
    """A way in which a case is closed."""

    title: str
    order: int
    case_types: Keys


class DeductionGround(Row):
    """A ground on which days do not count, and for which of the two clocks."""

    title: str
    stops: tuple[Literal["internal", "creditor"], ...]
    start_document: str
    end_document: str
    most: Keys = ()  # term codes whose lengths together are the longest span; empty: no limit of its own


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
