"""Reads about sealed papers."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from zhixing.acts.kinds import Audience
from zhixing.acts.models import Draft
from zhixing.acts.registry import act
from zhixing.courts.models import Court
from zhixing.courts.roles import Role
from zhixing.documents.models import Document
from zhixing.platform import scope

# Officers who release inquiries must not learn results: of all papers they see only those that go out with a request.
OFFICER_KINDS = frozenset(
    {
        "inquiry_approval",
        "inquiry_ruling",
        "deposit_inquiry_notice",
        "realty_inquiry_notice",
        "property_inquiry_notice",
    }
)
PARTY_AUDIENCES = frozenset({Audience.PARTIES, Audience.PUBLIC})


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFacts:
    """What anybody with the code may learn of a paper: nothing that names a person."""

    court: str
    title: str
    number: str
    made_at: datetime
    sha256: str
    code: str
    is_sealed: bool


def document_for_staff(document_id: uuid.UUID, *, roles: frozenset[Role]) -> Document | None:
    """The paper, if the court range holds it and the roles do not shut it out."""
    rows = Document.objects.filter(pk=document_id)
    if roles <= {Role.INQUIRY_OFFICER}:
        rows = rows.filter(kind__in=OFFICER_KINDS)
    return rows.first()


def document_for_party(document_id: uuid.UUID) -> Document | None:
    """The paper, if it is sealed, belongs to the party's own case and comes from an act made known to the parties."""
    document = Document.objects.filter(pk=document_id, is_sealed=True).first()
    if document is None:
        return None
    code = code_of(document)
    return document if code and act(code).audience in PARTY_AUDIENCES else None


def code_of(document: Document) -> str:
    """The act kind that produced it."""
    return Draft.objects.filter(pk=document.draft_id).values_list("code", flat=True).first() or ""


def documents_of_case(case_id: int) -> QuerySet[Document]:
    """All papers of a case, newest first."""
    return Document.objects.filter(case_id=case_id).order_by("-made_at", "-pk")


def public_facts(*, code: str = "", sha256: str = "") -> PublicFacts | None:
    """The register's answer to a code or a digest. The reader has no scope of his own, so a named rule reads for him."""
    with scope.system("documents.verify"):
        rows = Document.objects.only("court_key", "title", "number", "made_at", "sha256", "code", "is_sealed")
        found = rows.filter(code=code).first() if code else rows.filter(sha256=sha256).first()
        if found is None:
            return None
        court = Court.objects.values_list("name", flat=True).get(pk=found.court_key)
        return PublicFacts(
            court=court, title=found.title, number=found.number, made_at=found.made_at, sha256=found.sha256,
            code=found.code, is_sealed=found.is_sealed,
        )  # fmt: skip
