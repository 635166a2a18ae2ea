"""What an act kind says about itself. One act kind is one file in the room of its subsystem."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict

from zhixing.acts.actors import Actor
from zhixing.courts.roles import Role
from zhixing.kernel.clock import court_date
from zhixing.kernel.errors import Problem
from zhixing.law.book import LawBook, book


class _SensitiveMark:
    """Marks a field whose value is encrypted in drafts and in the journal."""


SENSITIVE = _SensitiveMark()
Sensitive = Annotated[str, SENSITIVE]


class ActFields(BaseModel):
    """Typed input of an act. Gives the web form, the JSON API and the command line.

    Use Field(title=…, description=…, json_schema_extra={"widget": "textarea|money|date|select|hidden|json"}).
    """

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Audience(StrEnum):
    """Who may learn that the act happened, and when (PB-01..PB-12)."""

    INTERNAL = "internal"
    APPLICANT = "applicant"
    PARTIES = "parties"
    AFTER_MEASURE = "after_measure"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSpec:
    """A paper that the act produces when it takes effect.

    kind: template key of the documents room. data: its fields. seal: whether the court's seal is set.
    number: whether it takes a document number （案号）之N. recipient: who it is for, in words.
    key: lets apply() find it among ctx.documents.
    """

    kind: str
    data: dict[str, Any]
    seal: bool = True
    number: bool = False
    recipient: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedDocument:
    """A rendered and sealed paper, not yet stored; stored when the act takes effect."""

    id: uuid.UUID
    kind: str
    title: str
    number: str
    sha256: str
    key: str
    recipient: str
    content: bytes = field(repr=False)
    code: str = ""
    sealed: bool = True


@dataclass(slots=True, kw_only=True)
class ActContext:
    """Everything an act may look at. `case` is the target row (locked and re-read before apply)."""

    actor: Actor
    moment: datetime
    fields: Any
    case: Any = None
    draft_id: uuid.UUID | None = None
    court_key: int = 0
    documents: list[PreparedDocument] = field(default_factory=list)
    steps: list[dict[str, Any]] = field(default_factory=list)

    @property
    def act_id(self) -> uuid.UUID:
        """The draft that takes effect, for what apply writes. Raises LookupError while nothing is drafted."""
        if self.draft_id is None:
            raise LookupError("Nothing takes effect before it is drafted.")
        return self.draft_id

    @property
    def today(self) -> date:
        """The day in court time."""
        return court_date(self.moment)

    @property
    def book(self) -> LawBook:
        """The law book."""
        return book()

    def document(self, key: str) -> PreparedDocument:
        """The prepared paper with this key."""
        return next(item for item in self.documents if item.key == key)


class Act:
    """Base of all act kinds. Subclasses are stateless."""

    code: ClassVar[str]
    title: ClassVar[str]
    summary: ClassVar[str]
    law: ClassVar[tuple[str, ...]] = ()
    drafters: ClassVar[frozenset[Role] | set[Role]] = frozenset()
    by_party: ClassVar[bool] = False
    by_agency: ClassVar[bool] = False
    by_system: ClassVar[bool] = False
    chain: ClassVar[str | None] = None
    audience: ClassVar[Audience] = Audience.INTERNAL
    plain: ClassVar[str] = ""
    case_bound: ClassVar[bool] = True
    version: ClassVar[int] = 1
    retention: ClassVar[str] = "case_file"
    evidence_needed: ClassVar[tuple[str, ...]] = ()
    """What each approval must bring besides the opinion, such as a signature over the act's digest."""
    offered: ClassVar[bool] = True
    """Whether the case page may offer it through the general form; False when it has a page of its own only."""
    Fields: ClassVar[type[ActFields]] = ActFields

    def subject(self, ctx: ActContext) -> uuid.UUID | None:
        """Subject whose key seals the sensitive fields; the case's own by default."""
        return ctx.case.subject if ctx.case is not None else None

    def check(self, ctx: ActContext) -> list[Problem]:
        """May it be done now? All problems at once; warnings may be overridden with a reason."""
        return []

    def check_step(self, ctx: ActContext, *, approve: bool, evidence: dict[str, Any]) -> list[Problem]:
        """May ctx.actor decide the open step with this evidence? For acts whose steps need more than a click."""
        return []

    def documents(self, ctx: ActContext) -> list[DocumentSpec]:
        """Papers to render and seal before it takes effect."""
        return []

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """Write, in one transaction. Returns what the journal records as the result (no personal data in clear)."""
        return {}

    def chain_key(self, ctx: ActContext) -> str | None:
        """Which approval chain it needs; fixed by default, may depend on the fields."""
        return self.chain

    def upgrade(self, payload: dict[str, Any], version: int) -> dict[str, Any]:
        """Bring an older payload forward to this version."""
        return payload

    def sentence(self, ctx: ActContext) -> str:
        """What a party reads about it."""
        return self.plain
