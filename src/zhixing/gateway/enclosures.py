"""What goes to an agency with an order: the request as it may see it, the sealed papers, the officers' cards."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from zhixing.courts.models import Credential
from zhixing.gateway.domain.canonical import Card, CertificateEntry, LegalDocument, Officer, Request
from zhixing.gateway.domain.values import Coded
from zhixing.gateway.hooks import SealedPaper
from zhixing.gateway.models import Agency, AgencyKind, Order
from zhixing.gateway.outbox import order_content


def request_listed(order: Order, agency: Agency) -> Request:
    """The request as the agency sees it: what is ours alone stays here; only banks have a category (LB)."""
    content = order_content(order)
    return replace(
        content,
        category=Coded.of("commercial_bank") if agency.kind == AgencyKind.BANK else None,
        document_no=content.document_no or order.document_no,
        ext={key: value for key, value in content.ext.items() if not key.startswith("zx.")},
    )


def paper_of(document: SealedPaper, number: int, *, document_no: str, request_no: str) -> LegalDocument:
    """One sealed paper; ``number`` counts from 1 within its key."""
    return LegalDocument(
        document_no=document_no,
        request_no=request_no,
        seq=str(number),
        name=document.title,
        file_type="pdf",
        category=document.title,
        content=document.content,
        md5=hashlib.md5(document.content, usedforsecurity=False).hexdigest(),
    )


def cards_of(row: Credential, number: int, request_no: str) -> CertificateEntry:
    """The cards of one officer for one request; ``number`` counts from 1."""
    officer = Officer(
        name=row.staff.name,
        work_card=Card(number=row.work_cert_no, file_format=row.image_type, image=bytes(row.work_image)),
        official_card=Card(
            number=row.official_cert_no, file_format=row.image_type, image=bytes(row.official_image)
        ),
    )
    return CertificateEntry(
        request_no=request_no, seq=str(number), name="工作证、执行公务证", officer=officer
    )
