"""Orders into packages of files. A package is built in one transaction with its orders and delivered afterwards."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime

import structlog
from django.db import transaction

from zhixing.courts.models import Credential
from zhixing.gateway.domain.canonical import CertificateEntry, LegalDocument, Request, RequestKind
from zhixing.gateway.domain.messages import (
    CertificateList,
    DocumentList,
    FilePackage,
    PackageMember,
    RequestList,
)
from zhixing.gateway.enclosures import cards_of, paper_of, request_listed
from zhixing.gateway.hooks import SealedPaper, papers_of
from zhixing.gateway.models import Agency, Order, OrderKind, OrderState, Package
from zhixing.gateway.pace import orders_put_off, orders_take
from zhixing.gateway.profiles.bank_file_zip.names import MemberKind, PackageKind, PackageName
from zhixing.gateway.profiles.base import Wire
from zhixing.gateway.profiles.registry import wire_get
from zhixing.kernel.clock import COURT_ZONE
from zhixing.platform import files
from zhixing.platform.crashpoints import crash_after_commit, crash_here

log = structlog.get_logger()
PROFILE = "bank-file-zip"
_Asked = tuple[Order, Request]
# Papers and pictures of one package, before Base64; more orders wait for the next package.
MOST_ENCLOSED = 16 * 1024 * 1024


def packages_build(agency: Agency, *, moment: datetime) -> list[Package]:
    """At most one package of inquiries and one of controls, of the orders that may go now."""
    built = (package_build(agency, kind, moment=moment) for kind in (OrderKind.CONTROL, OrderKind.INQUIRY))
    return [package for package in built if package is not None]


@transaction.atomic
def package_build(agency: Agency, kind: str, *, moment: datetime) -> Package | None:
    """Pack the orders that may go now; None when there are none.

    Packing takes them: they are listed, so no other way out sees them, and the package waits until it is delivered.
    Orders that cannot be written in the format are put off and do not hold up the rest.
    """
    orders = orders_take(agency, kind, moment=moment)
    if not orders:
        return None
    wire = wire_get(agency.profile, agency.dialect)
    enclosed = _Enclosed(orders)
    asked = [(order, request_listed(order, agency)) for order in enclosed.fitting(orders)]
    name = PackageName(
        kind=PackageKind.INQUIRY if kind == OrderKind.INQUIRY else PackageKind.CONTROL,
        bank=agency.code,
        batch=batch_no(moment),
    )
    content = wire.encode(_package(name, kind, asked, enclosed))
    if content.errors:
        asked = _sayable(asked, kind, wire, moment)
        content = wire.encode(_package(name, kind, asked, enclosed))
    if content.errors or not asked:
        log.error("package_unsayable", agency=agency.code, codes=[item.code for item in content.errors][:5])
        return None
    package = Package.objects.create(
        batch_no=name.batch,
        agency=agency,
        kind=kind,
        name=str(name),
        sha256=files.put(content.content),
        built_at=moment,
    )
    Order.objects.filter(pk__in=[order.pk for order, _ in asked]).update(
        state=OrderState.LISTED, listed_at=moment, package=package
    )
    crash_here(f"batches.{kind}.built")
    crash_after_commit(f"batches.{kind}.committed")
    return package


def batch_no(moment: datetime) -> str:
    """A batch number: fourteen digits of court time and sixteen of chance, so that nobody has to count."""
    return f"{moment.astimezone(COURT_ZONE):%Y%m%d%H%M%S}{secrets.randbelow(10**16):016d}"


def _sayable(asked: list[_Asked], kind: str, wire: Wire, moment: datetime) -> list[_Asked]:
    """The orders that the format can say; the others wait, and a person is told by the log."""

    def is_sayable(request: Request) -> bool:
        return not wire.encode(RequestList(kind=RequestKind(kind), requests=(request,))).errors

    bad = [order for order, request in asked if not is_sayable(request)]
    orders_put_off(bad, moment=moment)
    log.error("orders_unsayable", requests=[order.request_no for order in bad])
    return [pair for pair in asked if pair[0] not in bad]


def _package(name: PackageName, kind: str, asked: list[_Asked], enclosed: _Enclosed) -> FilePackage:
    orders = [order for order, _ in asked]
    requests = tuple(request for _, request in asked)
    bodies = (
        (MemberKind.REQUESTS, RequestList(kind=RequestKind(kind), requests=requests)),
        (MemberKind.DOCUMENTS, DocumentList(documents=enclosed.documents(orders))),
        (MemberKind.CERTIFICATES, CertificateList(entries=enclosed.certificates(orders))),
    )
    members = tuple(PackageMember(name=name.member(part), body=body) for part, body in bodies)
    return FilePackage(name=str(name), members=members)


class _Enclosed:
    """Papers and cards of many orders, read in two statements."""

    def __init__(self, orders: list[Order]) -> None:
        ids = list(dict.fromkeys(pk for order in orders for pk in order.documents))
        self.papers: dict[uuid.UUID, SealedPaper] = papers_of(ids) if ids else {}
        staff = {pk for order in orders for pk in order.officers}
        rows = Credential.objects.filter(staff_id__in=staff).select_related("staff").order_by("staff_id")
        self.cards = {row.staff.pk: row for row in rows}

    def fitting(self, orders: list[Order]) -> list[Order]:
        """As many orders, from the first, as a package holds; always at least one."""
        room, seen, taken = MOST_ENCLOSED, set(), []
        for order in orders:
            fresh = {pk for pk in order.documents if pk in self.papers} - seen
            room -= sum(len(self.papers[pk].content) for pk in fresh)
            room -= sum(
                len(self.cards[pk].work_image) + len(self.cards[pk].official_image)
                for pk in order.officers
                if pk in self.cards
            )
            if room < 0 and taken:
                break
            seen |= fresh
            taken.append(order)
        return taken

    def documents(self, orders: list[Order]) -> tuple[LegalDocument, ...]:
        """Papers: of inquiries once per document number, which many requests share; of controls per request."""
        found: dict[str, list[LegalDocument]] = {}
        known: set[tuple[str, uuid.UUID]] = set()
        for order in orders:
            is_inquiry = order.kind == OrderKind.INQUIRY
            key = order.document_no if is_inquiry else order.request_no
            for pk in order.documents:
                if pk in self.papers and (key, pk) not in known:
                    known.add((key, pk))
                    rows = found.setdefault(key, [])
                    rows.append(
                        paper_of(
                            self.papers[pk],
                            len(rows) + 1,
                            document_no=order.document_no,
                            request_no="" if is_inquiry else order.request_no,
                        )
                    )
        return tuple(paper for rows in found.values() for paper in rows)

    def certificates(self, orders: list[Order]) -> tuple[CertificateEntry, ...]:
        """Cards of each request's officers."""
        return tuple(
            cards_of(self.cards[pk], number, order.request_no)
            for order in orders
            for number, pk in enumerate((pk for pk in order.officers if pk in self.cards), start=1)
        )
