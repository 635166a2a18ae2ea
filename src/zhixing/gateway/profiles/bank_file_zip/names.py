"""Names of packages and their members: what they are, for which bank, batch and request. Told by the name alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

BANK, BATCH, MOST_REQUEST = 17, 30, 30
FIRST_SEQUENCE = 1


class PackageKind(StrEnum):
    """The six kinds of packages."""

    INQUIRY = "CXQQ"
    CONTROL = "KZQQ"
    INQUIRY_FEEDBACK = "CXFK"
    CONTROL_FEEDBACK = "KZFK"
    INQUIRY_RECEIPT = "CXHZ"
    CONTROL_RECEIPT = "KZHZ"

    @property
    def is_inquiry(self) -> bool:
        """Whether it is about inquiries, not controls."""
        return self.value.startswith("CX")

    @property
    def is_from_bank(self) -> bool:
        """Whether banks send it."""
        return self in (PackageKind.INQUIRY_FEEDBACK, PackageKind.CONTROL_FEEDBACK)


class MemberKind(StrEnum):
    """The kinds of members."""

    REQUESTS = "QA"
    DOCUMENTS = "QI"
    CERTIFICATES = "QC"
    RESULTS = "QR"
    RECEIPTS = "QRI"
    REFUSALS = "QNA"
    FAILURES = "QNR"


MEMBERS_OF = {
    PackageKind.INQUIRY: (MemberKind.REQUESTS, MemberKind.DOCUMENTS, MemberKind.CERTIFICATES),
    PackageKind.CONTROL: (MemberKind.REQUESTS, MemberKind.DOCUMENTS, MemberKind.CERTIFICATES),
    PackageKind.INQUIRY_FEEDBACK: (MemberKind.RESULTS, MemberKind.REFUSALS),
    PackageKind.CONTROL_FEEDBACK: (MemberKind.RESULTS, MemberKind.RECEIPTS, MemberKind.REFUSALS),
    PackageKind.INQUIRY_RECEIPT: (MemberKind.FAILURES,),
    PackageKind.CONTROL_RECEIPT: (MemberKind.FAILURES,),
}
_PACKAGE = re.compile(
    rf"(CXQQ|KZQQ|CXFK|KZFK|CXHZ|KZHZ)([0-9A-Za-z]{{{BANK}}})([0-9A-Za-z]{{{BATCH}}})([0-9A-Za-z]{{0,{MOST_REQUEST}}})"
    r"\.(?:zip|ZIP)",
    re.ASCII,
)
_MEMBER = re.compile(
    rf"(QRI|QNA|QNR|QA|QI|QC|QR)([0-9A-Za-z]{{{BANK}}})([0-9A-Za-z]{{{BATCH}}})([0-9A-Za-z]{{0,{MOST_REQUEST}}})"
    r"\.(?:xml|XML)",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageName:
    """Name of a package; ``request_no`` only on control feedback, which answers one request."""

    kind: PackageKind
    bank: str
    batch: str
    request_no: str = ""

    def __str__(self) -> str:
        return f"{self.kind}{self.bank}{self.batch}{self.request_no}.zip"

    def member(self, kind: MemberKind, sequence: int = 0) -> str:
        """Name of a member; ``sequence`` for the results of an inquiry, from 1."""
        tail = self.request_no
        if self.kind is PackageKind.INQUIRY_FEEDBACK and kind is MemberKind.RESULTS:
            tail = f"{sequence:012d}"
        return f"{kind}{self.bank}{self.batch}{tail}.xml"

    @property
    def receipt(self) -> PackageName:
        """Name of the package that says which of its requests could not be processed."""
        kind = PackageKind.INQUIRY_RECEIPT if self.kind.is_inquiry else PackageKind.CONTROL_RECEIPT
        return PackageName(kind=kind, bank=self.bank, batch=self.batch)


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberName:
    """Name of a member; ``tail`` is a sequence (results of an inquiry), a request number, or nothing."""

    kind: MemberKind
    bank: str
    batch: str
    tail: str = ""


def package_name(text: str) -> PackageName | None:
    """Read the name of a package; None when it is none. Only control feedback names a request, and it must."""
    match = _PACKAGE.fullmatch(text)
    if match is None:
        return None
    kind = PackageKind(match[1])
    if bool(match[4]) != (kind is PackageKind.CONTROL_FEEDBACK):
        return None
    return PackageName(kind=kind, bank=match[2], batch=match[3], request_no=match[4])


def member_name(text: str) -> MemberName | None:
    """Read the name of a member; None when it is none."""
    match = _MEMBER.fullmatch(text)
    if match is None:
        return None
    return MemberName(kind=MemberKind(match[1]), bank=match[2], batch=match[3], tail=match[4])
