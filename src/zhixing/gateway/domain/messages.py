"""Whole messages: what the body of a call or of its answer is, once the wire is gone."""

from __future__ import annotations

from dataclasses import dataclass, field

from zhixing.gateway.domain.assets import Transaction
from zhixing.gateway.domain.canonical import (
    Ack,
    CertificateEntry,
    ControlResult,
    Envelope,
    InquiryResult,
    LegalDocument,
    ReceiptDocument,
    Request,
    RequestKind,
    Rollback,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoBody:
    """A call that carries nothing but credentials."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyQuery:
    """Asks for documents or certificates. ``key`` is a document number or a request number, as the operation has it."""

    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestList:
    """Open requests for one agency; may be empty. ``error_message`` set = the court could not answer."""

    kind: RequestKind = RequestKind.INQUIRY
    requests: tuple[Request, ...] = ()
    error_message: str = ""
    envelope: Envelope = field(default_factory=Envelope)
    ext: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentList:
    """Legal documents for one key."""

    documents: tuple[LegalDocument, ...] = ()
    error_message: str = ""
    envelope: Envelope = field(default_factory=Envelope)
    ext: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateList:
    """Officers' cards for one request."""

    entries: tuple[CertificateEntry, ...] = ()
    error_message: str = ""
    envelope: Envelope = field(default_factory=Envelope)
    ext: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryFeedback:
    """Answers to inquiries, one result per request and outcome, in the order in which they came."""

    results: tuple[InquiryResult, ...] = ()
    envelope: Envelope = field(default_factory=Envelope)
    ext: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountTransactions:
    """Transactions of one account that came apart from the account itself."""

    request_no: str = ""
    asset_seq: str = ""
    account_no: str = ""
    transactions: tuple[Transaction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TransactionFeedback:
    """Transactions fed back in a call of their own; rows of one account that stand together are one entry."""

    entries: tuple[AccountTransactions, ...] = ()
    ext: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlFeedback:
    """What became of control items, with the receipts that came along; either part may be empty, not both."""

    results: tuple[ControlResult, ...] = ()
    receipts: tuple[ReceiptDocument, ...] = ()
    envelope: Envelope = field(default_factory=Envelope)
    ext: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RollbackList:
    """Requests that are refused."""

    rollbacks: tuple[Rollback, ...] = ()
    ext: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AckList:
    """The court's answers to a feedback. ``error_message`` set = nothing of it could be read or taken."""

    acks: tuple[Ack, ...] = ()
    error_message: str = ""
    envelope: Envelope = field(default_factory=Envelope)
    ext: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageMember:
    """One file of a package: its name and what it says."""

    name: str = ""
    body: Body = field(default_factory=NoBody)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePackage:
    """Several messages in one file, as agencies with a front machine exchange them; the names tell bank and batch."""

    name: str = ""
    members: tuple[PackageMember, ...] = ()


Body = (
    NoBody
    | KeyQuery
    | RequestList
    | DocumentList
    | CertificateList
    | InquiryFeedback
    | TransactionFeedback
    | ControlFeedback
    | RollbackList
    | AckList
    | FilePackage
)


def request_numbers(body: Body) -> tuple[str, ...]:
    """Request numbers a body speaks about, each once, in order of first mention."""
    rows: tuple[object, ...] = ()
    match body:
        case RequestList():
            rows = body.requests
        case InquiryFeedback():
            rows = body.results
        case TransactionFeedback():
            rows = body.entries
        case ControlFeedback():
            rows = (*body.results, *body.receipts)
        case RollbackList():
            rows = body.rollbacks
        case AckList():
            rows = body.acks
        case FilePackage():
            told = (number for member in body.members for number in request_numbers(member.body))
            return tuple(dict.fromkeys(told))
        case _:
            return ()
    return tuple(dict.fromkeys(getattr(row, "request_no") for row in rows))  # noqa: B009 — union of row types
