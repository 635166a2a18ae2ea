"""A case with two parties who can log in, measures, a report and papers, for the portal's tests."""

from __future__ import annotations

import itertools
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.test import Client

from zhixing.cases.models import Case, Node, Party, PartyAccess, PartyKind, PartyRole
from zhixing.control.models import Measure, MeasureState
from zhixing.courts.models import Account, Court
from zhixing.disclosure.models import DisclosureItem
from zhixing.documents.models import Document
from zhixing.funds.services import statement_receive
from zhixing.gateway.models import Agency, AgencyKind
from zhixing.inquiry.models import Declaration, DeclaredItem
from zhixing.platform import files
from zhixing.platform.crypto import new_subject, seal

KEY = 130930
NOON = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)  # 12:00 in court time
_serials = itertools.count(1)


@dataclass(slots=True, kw_only=True)
class Portal:
    """A case, its parties and their logins."""

    case: Case
    applicant: Party
    obligor: Party
    accounts: dict[str, Account]

    def client(self, role: str) -> Client:
        """A browser logged in as one side."""
        client = Client()
        client.force_login(self.accounts[role])
        return client

    def path(self, tail: str = "") -> str:
        """Address of a page of this case."""
        return f"/party/{self.case.pk}/{tail}"


def portal_make(applicant: str = "韩玉芬", obligor: str = "田文祥") -> Portal:
    """100,000 of principal, due on 2025-12-31; declaration due far ahead."""
    court = Court.objects.get_or_create(
        key=KEY,
        defaults={
            "key_last": KEY,
            "code": "冀0930",
            "name": "孟村回族自治县人民法院",
            "short": "孟村",
            "level": "basic",
            "fund_bank": "孟村农商行",
        },
    )[0]
    serial = next(_serials)
    case = Case.objects.create(
        court=court,
        court_key=KEY,
        number=f"（2026）冀0930执{serial}号",
        type_code="执",
        year=2026,
        serial=serial,
        cause="买卖合同纠纷",
        subject=new_subject(),
        received_on=date(2026, 1, 5),
        docketed_on=date(2026, 1, 6),
        title_number="（2025）冀0930民初871号",
        title_kind="民事判决书",
        title_made_by="本院",
        perform_by=date(2025, 12, 31),
        principal=Decimal("100000.00"),
        fund_account=f"6230130930202600{serial:06d}",
    )
    parties, accounts = {}, {}
    for role, name in ((PartyRole.APPLICANT, applicant), (PartyRole.OBLIGOR, obligor)):
        parties[role] = Party.objects.create(
            case=case,
            court_key=KEY,
            role=role,
            kind=PartyKind.PERSON,
            name=name,
            subject=new_subject(),
            obligor_from=date(2026, 1, 6) if role == PartyRole.OBLIGOR else None,
        )
        accounts[str(role)] = Account.objects.create_account(
            username=f"{role}{serial}", password="x", kind=Account.Kind.PARTY, display_name=name
        )
        PartyAccess.objects.create(account=accounts[str(role)], case=case, party=parties[role])
    return Portal(case=case, applicant=parties["applicant"], obligor=parties["obligor"], accounts=accounts)


def node_add(portal: Portal, code: str, due: date | None) -> None:
    """An open node."""
    Node.objects.create(
        case=portal.case,
        court_key=KEY,
        code=code,
        opened_on=date(2026, 3, 1),
        due_on=due,
        tier="T1",
        opened_seq=next(_serials),
    )


def item_add(portal: Portal, code: str, audience: str, text: str, *, visible: bool = True) -> None:
    """A disclosure item."""
    DisclosureItem.objects.create(
        case=portal.case,
        court_key=KEY,
        seq=next(_serials),
        code=code,
        audience=audience,
        text=text,
        happened_at=NOON,
        release="at_once",
        visible_at=NOON if visible else None,
    )


def measure_add(portal: Portal, **changes: Any) -> Measure:
    """12,000 held at a bank, settled."""
    return Measure.objects.create(
        **{
            "case": portal.case,
            "court_key": KEY,
            "party": portal.obligor,
            "finding_id": next(_serials),
            "agency_code": "C1",
            "agency_name": "中国农业银行",
            "category": "cash",
            "subject": portal.case.subject,
            "target_sealed": b"",
            "label_sealed": b"",
            "limit": Decimal("12000.00"),
            "controlled": Decimal("12000.00"),
            "ruling_no": "x",
            "item_seq": "1",
            "state": MeasureState.ACTIVE,
            "starts_on": date(2026, 3, 4),
            "ends_on": date(2027, 3, 3),
            "ordered_at": NOON,
            "settled_at": NOON,
        }
        | changes
    )


def report_add(portal: Portal) -> None:
    """A report of one deposit."""
    subject = portal.case.subject
    report = Declaration.objects.create(
        case=portal.case,
        court_key=KEY,
        party=portal.obligor,
        received_on=date(2026, 2, 20),
        is_late=False,
        entered_by="田文祥",
        draft_id=uuid.uuid4(),
    )
    DeclaredItem.objects.create(
        declaration=report,
        case_id=portal.case.pk,
        court_key=KEY,
        category="cash",
        text_sealed=seal(subject, "活期存款一笔"),
        place_sealed=seal(subject, "河北农信"),
        number_tail="3316",
        amount=Decimal("3200.00"),
    )


def paper_add(portal: Portal, recipient: str) -> Document:
    """A paper to somebody."""
    content = f"%PDF-1.7 {next(_serials)}".encode()
    return Document.objects.create(
        case_id=portal.case.pk,
        court_key=KEY,
        draft_id=uuid.uuid4(),
        kind="enforcement_notice",
        title="执行通知书",
        number="x",
        recipient=recipient,
        code=f"CODE{next(_serials):06d}",
        sha256=files.put(content),
        size=len(content),
        is_sealed=True,
        made_at=NOON,
    )


def money_add(portal: Portal, amount: str) -> None:
    """Money for the case's account reaches the court."""
    bank = "C1030213000018001"
    Agency.objects.get_or_create(
        code=bank,
        defaults={
            "name": "孟村农商行",
            "kind": AgencyKind.FUND_BANK,
            "profile": "statement",
            "username": bank,
            "region": str(KEY),
        },
    )
    line = {
        "serial": f"S{next(_serials):08d}",
        "account": portal.case.fund_account,
        "amount": amount,
        "payer": "田文祥",
        "payer_account": "6228480631234567890",
        "memo": "",
        "at": "2026-03-03T10:14:00+08:00",
    }
    statement_receive(agency_code=bank, lines=[line], moment=NOON)
