"""Invented papers, cards and persons that the kit sends."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

from zhixing.gateway.domain.canonical import (
    Card,
    CertificateEntry,
    Court,
    LegalDocument,
    Officer,
    Subject,
)
from zhixing.gateway.domain.values import Coded

COURT = Court(name="符合性检验法院", code="000000")
OFFICER = Officer(
    name="检验员",
    phone="0000-0000000",
    work_card=Card(number="检验00001"),
    official_card=Card(number="检验00002"),
)
CASE_NO = "（2026）检0000执1号"
RULING = "（2026）检0000执1号之一"
# A whole one-page file and picture: some clients open what they fetch.
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\nxref\n0 4\n0000000000 65535 f \n"
    b"0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n164\n%%EOF\n"
)
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody asked about: of the agency's own test data, or invented. Id type: resident_id or uscc."""

    name: str
    id_no: str

    @property
    def subject(self) -> Subject:
        """For a request."""
        word = "resident_id" if len(self.id_no) in (15, 18) and self.id_no[:17].isdigit() else "uscc"
        return Subject(name=self.name, id_no=self.id_no, id_type=Coded.of(word))


# Numbers of a region that does not exist; the check digits are right, because clients may check them.
STRANGER = Person(name="检验无此人", id_no="000000199001010017")
RARE = Person(name="㐂检验·某", id_no="000000199001010025")


def documents(key: str, request_no: str, mode: str) -> tuple[LegalDocument, ...]:
    """Papers of a request. ``mode``: sound, none, empty (without content), damaged (MD5 does not fit)."""
    if mode == "none":
        return ()
    content = b"" if mode == "empty" else PDF
    digest = hashlib.md5(content if mode != "damaged" else content + b" ", usedforsecurity=False).hexdigest()
    paper = LegalDocument(
        document_no=key,
        request_no=request_no,
        seq="1",
        name="协助执行通知书",
        file_type="pdf",
        category="协助执行通知书",
        content=content,
        md5=digest if content else "",
    )
    return (paper,)


def certificates(request_no: str, mode: str) -> tuple[CertificateEntry, ...]:
    """Officers' cards of a request. ``mode``: sound, none, no_image."""
    if mode == "none":
        return ()
    image = b"" if mode == "no_image" else PNG
    card = Officer(
        name=OFFICER.name,
        work_card=Card(number=OFFICER.work_card.number, file_format="png", image=image),
        official_card=Card(number=OFFICER.official_card.number, file_format="png", image=image),
    )
    return (CertificateEntry(request_no=request_no, seq="1", name="工作证、执行公务证", officer=card),)
