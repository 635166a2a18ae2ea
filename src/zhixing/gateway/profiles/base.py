"""What every profile offers, and the results it hands over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from zhixing.gateway.domain.canonical import RequestKind
from zhixing.gateway.domain.messages import (
    AckList,
    Body,
    CertificateList,
    ControlFeedback,
    DocumentList,
    InquiryFeedback,
    KeyQuery,
    NoBody,
    RequestList,
    RollbackList,
    TransactionFeedback,
)
from zhixing.gateway.domain.problems import WireProblem, errors_only
from zhixing.gateway.profiles.context import Dialect
from zhixing.gateway.profiles.safe_xml import DEFAULT_LIMITS, Limits
from zhixing.gateway.profiles.soap import SOAP_11


class OperationKind(StrEnum):
    """What a call wants, whatever the format calls it."""

    LIST_INQUIRIES = "list_inquiries"
    LIST_CONTROLS = "list_controls"
    INQUIRY_DOCUMENTS = "inquiry_documents"
    """``KeyQuery.key`` is a document number."""
    CONTROL_DOCUMENTS = "control_documents"
    """``KeyQuery.key`` is the number of a control request."""
    DOCUMENTS = "documents"
    """``KeyQuery.key`` is the number of a request of either kind."""
    CERTIFICATES = "certificates"
    """``KeyQuery.key`` is the number of a request of either kind."""
    FEED_INQUIRY = "feed_inquiry"
    FEED_TRANSACTIONS = "feed_transactions"
    FEED_CONTROL = "feed_control"
    FEED_RECEIPT = "feed_receipt"
    ROLLBACK = "rollback"

    @property
    def is_feedback(self) -> bool:
        """Whether the call brings an answer (and is answered by acks)."""
        return self in _FEEDBACK

    @property
    def has_key(self) -> bool:
        """Whether the call asks by a document or request number."""
        return self in _KEYED


_FEEDBACK = {
    OperationKind.FEED_INQUIRY,
    OperationKind.FEED_TRANSACTIONS,
    OperationKind.FEED_CONTROL,
    OperationKind.FEED_RECEIPT,
    OperationKind.ROLLBACK,
}
_KEYED = {
    OperationKind.INQUIRY_DOCUMENTS,
    OperationKind.CONTROL_DOCUMENTS,
    OperationKind.DOCUMENTS,
    OperationKind.CERTIFICATES,
}


_DOCUMENTS = {OperationKind.DOCUMENTS, OperationKind.INQUIRY_DOCUMENTS, OperationKind.CONTROL_DOCUMENTS}


_CARRIERS: Mapping[type, set[OperationKind]] = {
    NoBody: {OperationKind.LIST_INQUIRIES, OperationKind.LIST_CONTROLS},
    KeyQuery: _KEYED,
    DocumentList: _DOCUMENTS,
    CertificateList: {OperationKind.CERTIFICATES},
    InquiryFeedback: {OperationKind.FEED_INQUIRY},
    TransactionFeedback: {OperationKind.FEED_TRANSACTIONS},
    RollbackList: {OperationKind.ROLLBACK},
    AckList: _FEEDBACK,
}


def kinds_of(body: Body) -> set[OperationKind]:
    """The operations that carry this body, in the call or in its answer."""
    match body:
        case RequestList(kind=RequestKind.INQUIRY):
            return {OperationKind.LIST_INQUIRIES}
        case RequestList():
            return {OperationKind.LIST_CONTROLS}
        case ControlFeedback(results=()):
            return {OperationKind.FEED_RECEIPT, OperationKind.FEED_CONTROL}
        case ControlFeedback():
            return {OperationKind.FEED_CONTROL}
    # Packages of files are no operation's body.
    return _CARRIERS.get(type(body), set())


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation of a format: its wire name, its meaning, the names of its string parameters."""

    name: str
    kind: OperationKind
    parameters: tuple[str, ...]
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """User name and password as they came; the password never shows in a repr."""

    username: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedCall:
    """An incoming call.

    Attributes:
        operation: None when the call could not be understood that far.
        credentials: None when they could not be read; they are not checked here.
        body: None when any problem is an error: then nothing of the call may take effect.
        problems: errors and warnings, at most about fifty.
        request_numbers: request numbers the call speaks about, as far as readable, each once, even beside errors.
        raw: the bytes as they came.
        soap_version: to answer in the same one.
    """

    profile: str
    operation: Operation | None
    credentials: Credentials | None
    body: Body | None
    problems: tuple[WireProblem, ...] = ()
    request_numbers: tuple[str, ...] = ()
    raw: bytes = field(default=b"", repr=False)
    soap_version: str = SOAP_11

    @property
    def errors(self) -> tuple[WireProblem, ...]:
        """The problems because of which nothing may take effect."""
        return errors_only(self.problems)

    @property
    def is_usable(self) -> bool:
        """Whether operation, credentials and body are all there."""
        return self.operation is not None and self.credentials is not None and self.body is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedReply:
    """What the court answered, seen by the agency; ``body`` is None when unreadable or a fault."""

    body: Body | None
    problems: tuple[WireProblem, ...] = ()
    raw: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """Bytes to send. ``content`` is empty when a problem is an error: a mangled message is never sent."""

    content: bytes
    problems: tuple[WireProblem, ...] = ()
    is_fault: bool = False
    """Whether this is a SOAP fault, which goes out with HTTP status 500."""

    @property
    def errors(self) -> tuple[WireProblem, ...]:
        """The problems because of which there is nothing to send."""
        return errors_only(self.problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Any message of a format, whoever sent it.

    Attributes:
        operation: wire name of what it is (operation, package member, record kind); "" when not understood that far.
        is_reply: whether it answers a call of the other side.
        body: None when any problem is an error.
        problems: errors and warnings, at most about fifty.
        request_numbers: request numbers it speaks about, as far as readable, each once, even beside errors.
    """

    operation: str
    is_reply: bool = False
    body: Body | None
    problems: tuple[WireProblem, ...] = ()
    request_numbers: tuple[str, ...] = ()
    raw: bytes = field(default=b"", repr=False)

    @property
    def errors(self) -> tuple[WireProblem, ...]:
        """The problems because of which nothing may take effect."""
        return errors_only(self.problems)


class Wire(Protocol):
    """What every format offers, whatever carries it: bytes to canonical bodies and back.

    Pure: no network, no clock, no settings. One instance per dialect.
    """

    @property
    def name(self) -> str:
        """Name in settings, such as ``bank-soap-gbk``."""
        ...

    @property
    def charset(self) -> str:
        """Charset of the values."""
        ...

    @property
    def dialect(self) -> Dialect:
        """The version this instance speaks."""
        ...

    def decode(self, raw: bytes, *, operation: str = "", limits: Limits = DEFAULT_LIMITS) -> Decoded:
        """Read any message of the format; what it is shows in it, or ``operation`` tells. Never raises for what came."""
        ...

    def encode(self, body: Body, *, operation: str = "") -> Encoded:
        """Write a body; ``operation`` chooses where several fit. What cannot be said is a problem, never left out."""
        ...


class Profile(Wire, Protocol):
    """A format by which agencies call the court, in both directions."""

    @property
    def operations(self) -> Mapping[str, Operation]:
        """Operations by wire name."""
        ...

    def wsdl(self, location: str) -> str:
        """Service description for clients, with this address."""
        ...

    def parse_call(self, raw: bytes, *, limits: Limits = DEFAULT_LIMITS) -> ParsedCall:
        """Read what an agency posted. Never raises for anything that came."""
        ...

    def build_response(self, operation: Operation, body: Body, *, soap_version: str = SOAP_11) -> Encoded:
        """Answer of the court: a list, or acks."""
        ...

    def refuse(self, call: ParsedCall, sentence: str = "") -> Encoded:
        """Answer to a call that cannot be served, in the format's own error form; says the call's errors by default."""
        ...

    def build_call(self, operation: Operation, credentials: Credentials, body: Body) -> Encoded:
        """What an agency posts."""
        ...

    def parse_reply(
        self, operation: Operation, raw: bytes, *, limits: Limits = DEFAULT_LIMITS
    ) -> ParsedReply:
        """Read what the court answered. Never raises for anything that came."""
        ...
