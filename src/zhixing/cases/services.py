"""Writes of the case room, called by its acts."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from zhixing.cases.models import Case, ClueState, Filing, Identifier, Paper, Party
from zhixing.courts.models import Court, Staff
from zhixing.kernel import masking
from zhixing.kernel.text import bigrams, normalise, sort_key
from zhixing.law.case_numbers import CaseNumber
from zhixing.platform import files
from zhixing.platform.crypto import blind, new_subject, seal

_MASKS = {
    "resident_id": masking.mask_id,
    "uscc": lambda v: v,
    "passport": masking.mask_id,
    "mobile": masking.mask_phone,
    "landline": masking.mask_phone,
    "bank_account": masking.mask_account,
    "wechat": masking.mask_handle,
    "qq": masking.mask_handle,
    "alipay": masking.mask_handle,
    "email": masking.mask_handle,
}


def serial_next(*, court_key: int, special: str, type_code: str, year: int) -> int:
    """The next serial of a series, never given twice: one upsert under its row lock (CN-03, CN-10)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_number_series (court_id, special, type_code, year, last) VALUES (%s, %s, %s, %s, 1)"
            " ON CONFLICT (court_id, special, type_code, year)"
            " DO UPDATE SET last = cases_number_series.last + 1 RETURNING last",
            [court_key, special, type_code, year],
        )
        return cursor.fetchone()[0]


def case_number(*, court: Court, type_code: str, year: int, serial: int) -> str:
    """The number in its official form."""
    return CaseNumber(year=year, court=court.code, special="", type_code=type_code, serial=serial).text


def fund_account(*, court: Court, year: int, type_code: str, serial: int) -> str:
    """一案一账号: the virtual account under the court's fund account; digits only, unique per case."""
    kind = f"{sum(ord(char) for char in type_code) % 97:02d}"
    return f"6230{court.key:06d}{year}{kind}{serial:06d}"


@transaction.atomic
def filing_open(*, staff: Staff, moment: datetime) -> Filing:
    """A place for papers that arrive before there is a case."""
    return Filing.objects.create(
        court_key=staff.court_id, subject=new_subject(), created_by=staff, created_at=moment
    )


def paper_store(
    *,
    content: bytes,
    filename: str,
    kind: str,
    text: str,
    found: dict[str, Any],
    uploaded_by: str,
    moment: datetime,
    subject: uuid.UUID,
    court_key: int,
    filing: Filing | None = None,
    case: Case | None = None,
) -> Paper:
    """Keep a paper: bytes as they came, text and findings sealed."""
    return Paper.objects.create(
        filing=filing,
        case=case,
        court_key=court_key,
        subject=subject,
        filename=filename[-120:],
        kind=kind,
        sha256=files.put(content),
        size=len(content),
        text_sealed=seal(subject, text),
        found_sealed=seal(subject, json.dumps(found, ensure_ascii=False)),
        uploaded_by=uploaded_by,
        uploaded_at=moment,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One identifier to write: raw facts before sealing."""

    kind: str
    value: str
    source: str
    check_ok: bool | None = None
    check_note: str = ""
    state: str = ClueState.CONFIRMED
    paper_id: int | None = None
    span: tuple[int, int] | None = None
    decided_by: str = ""


def identifiers_add(*, case: Case, party: Party | None, marks: list[Mark]) -> int:
    """Write identifiers of one party (or of nobody yet); what is known already stays. Returns how many were given."""
    subject = party.subject if party is not None else case.subject
    rows = [
        Identifier(
            case=case,
            court_key=case.court_key,
            party=party,
            kind=mark.kind,
            subject=subject,
            value_sealed=seal(subject, normalise(mark.value)),
            value_index=blind(mark.kind, normalise(mark.value)),
            masked=_MASKS.get(mark.kind, lambda v: v)(normalise(mark.value))[:120],
            check_ok=mark.check_ok,
            check_note=mark.check_note[:200],
            state=mark.state,
            paper_id=mark.paper_id,
            span_from=mark.span[0] if mark.span else None,
            span_to=mark.span[1] if mark.span else None,
            source=mark.source[:60],
            decided_by=mark.decided_by[:60],
        )
        for mark in marks
    ]
    Identifier.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def case_search_refresh(case: Case) -> None:
    """Search array, sort key and the line that lists show, from number and parties."""
    parties = list(case.parties.order_by("id"))
    grams: set[str] = set(bigrams(case.number)) | set(
        bigrams(case.number.replace("（", "").replace("）", ""))
    )
    for party in parties:
        grams |= set(bigrams(party.name))
    applicants = [p.name for p in parties if p.role == "applicant"]
    obligors = [p.name for p in parties if p.role == "obligor"]
    case.search = sorted(grams)
    case.sort_key = sort_key(obligors[0])[:120] if obligors else ""
    left = applicants[0] + ("等" if len(applicants) > 1 else "") if applicants else "—"
    right = obligors[0] + ("等" if len(obligors) > 1 else "") if obligors else "—"
    case.parties_text = f"{left} / {right}"[:120]
    case.save(update_fields=["search", "sort_key", "parties_text"])
