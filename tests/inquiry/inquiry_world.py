"""Mengcun with judge, officers, chief, three agencies and one case; everybody is invented."""

from __future__ import annotations

import base64
import itertools
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from zhixing.acts.actors import Actor
from zhixing.acts.models import Draft
from zhixing.acts.services import act_submit, step_decide
from zhixing.cases import services as case_services
from zhixing.cases.models import Case, Party, PartyKind, PartyRole, Whereabouts
from zhixing.courts.models import Court, Staff
from zhixing.courts.roles import Role
from zhixing.courts.selectors import credential_on, scope_of_staff
from zhixing.courts.services import credential_file, credential_sign, staff_create
from zhixing.gateway.agencies import agency_register
from zhixing.gateway.domain.assets import Asset, AssetKind, Deposit, Measure, RealRight
from zhixing.gateway.domain.canonical import InquiryResult, Outcome
from zhixing.gateway.domain.values import Amount, When
from zhixing.gateway.models import Inbound, Order
from zhixing.inquiry.models import Request
from zhixing.inquiry.release import batch_digest
from zhixing.kernel.clock import now, today
from zhixing.platform.crypto import new_subject
from zhixing.platform.scope import Scope

KEY = 130930
PIN = "246810"
ABC, CCB, REALTY = "C1010313000093001", "C1010513000093001", "R1130900000000001"
ROLES = {
    "judge": Role.JUDGE,
    "other": Role.JUDGE,
    "clerk": Role.CLERK,
    "first": Role.INQUIRY_OFFICER,
    "second": Role.INQUIRY_OFFICER,
    "chief": Role.BUREAU_CHIEF,
}
NAMES = {
    "judge": "张文清",
    "other": "郝建新",
    "clerk": "王晓楠",
    "first": "丁洪亮",
    "second": "赵雨",
    "chief": "刘振国",
}
RESIDENT_ID = "130930197403070010"  # check sign by hand: the weighted sum is 232, 232 mod 11 = 1
NAMESAKE_ID = "130922196511120033"
_serial = itertools.count(1)


@dataclass(slots=True, kw_only=True)
class World:
    """People by key, the case and its parties."""

    staff: dict[str, Staff]
    case: Case
    obligor: Party
    applicant: Party

    def actor(self, who: str) -> Actor:
        """A person as an actor."""
        return Actor.person(self.staff[who], frozenset({ROLES[who]}))

    def scope(self, who: str) -> Scope:
        """What this person may see."""
        return scope_of_staff(self.staff[who])

    def payload(self, **changes: Any) -> dict[str, Any]:
        """A request that may be made."""
        return {"party": self.obligor.pk, "menu": ["deposit", "realty_local"], "identifiers": []} | changes

    def submit(self, who: str, code: str, payload: dict[str, Any], **more: Any) -> Draft:
        """Do an act of the case."""
        return act_submit(
            code=code,
            actor=self.actor(who),
            case_id=more.pop("case_id", self.case.pk),
            payload=payload,
            key=f"test:{next(_serial)}",
            moment=now(),
            **more,
        )

    def decide(self, who: str, draft: Draft, **more: Any) -> Draft:
        """Decide the open step."""
        told = {"approve": True, "opinion": "同意"} | more
        return step_decide(draft_id=draft.pk, actor=self.actor(who), moment=now(), **told)

    def approved(self) -> Request:
        """A request with both approvals and its papers."""
        draft = self.submit("judge", "inquiry.request", self.payload())
        self.decide("first", draft)
        self.decide("chief", draft)
        return Request.objects.get(draft_id=draft.pk)

    def signature(self, who: str, digest: str, pin: str = PIN) -> str:
        """An officer's signature over a digest, as the page makes it."""
        credential = credential_on(self.staff[who].pk, on=today())
        return base64.b64encode(credential_sign(credential, pin=pin, digest=bytes.fromhex(digest))).decode()

    def batch(self, request: Request, who: str = "first") -> Draft:
        """A batch of one request with the first signature."""
        digest = batch_digest([request])
        payload = {"requests": [str(request.pk)], "digest": digest, "signature": self.signature(who, digest)}
        return self.submit(who, "inquiry.release_batch", payload, case_id=None)

    def released(self) -> Request:
        """A request whose orders are out."""
        request = self.approved()
        draft = self.batch(request)
        self.decide(
            "second", draft, evidence={"signature": self.signature("second", draft.payload["digest"])}
        )
        request.refresh_from_db()
        return request


def world_make() -> World:
    """Everything committed or rolled back by the test's own transaction."""
    court = _court()
    staff = {key: _staff(key, role) for key, role in ROLES.items()}
    for no, key in enumerate(("first", "second"), start=1):
        credential_file(
            staff=staff[key],
            work_cert_no=f"W{no}",
            official_cert_no=f"G{no}",
            work_image=b"png",
            official_image=b"png",
            filed_on=today() - timedelta(days=30),
            expires_on=today() + timedelta(days=300),
            pin=PIN,
        )
    _agencies()
    case = case_make(court, staff["judge"])
    parties = {party.role: party for party in case.parties.all()}
    return World(staff=staff, case=case, obligor=parties["obligor"], applicant=parties["applicant"])


def _court() -> Court:
    Court.objects.get_or_create(
        key=0,
        defaults={
            "key_last": 999_999,
            "code": "最高法",
            "name": "最高人民法院",
            "short": "最高",
            "level": "supreme",
        },
    )
    Court.objects.get_or_create(
        key=130000,
        defaults={
            "key_last": 139_999,
            "code": "冀",
            "name": "河北省高级人民法院",
            "short": "河北高院",
            "level": "high",
            "parent_id": 0,
        },
    )
    return Court.objects.get_or_create(
        key=KEY,
        defaults={
            "key_last": KEY,
            "code": "冀0930",
            "name": "孟村回族自治县人民法院",
            "short": "孟村法院",
            "level": "basic",
            "parent_id": 130000,
            "phone": "0317-6720930",
            "address": "孟村镇建设大街",
            "fund_bank": "孟村农商行",
        },
    )[0]


def _staff(key: str, role: Role) -> Staff:
    return staff_create(
        username=f"{key}{next(_serial)}",
        password="test-only",
        name=NAMES[key],
        title="工作人员",
        court_key=KEY,
        roles={role},
        phone="13800000000",
        email=f"{key}@court.test",
        since=date(2020, 1, 1),
    )


def _agencies() -> None:
    for no, (code, name, kind, profile, menu) in enumerate(
        (
            (ABC, "模拟农业银行", "bank", "bank-soap-gbk", ["deposit", "wealth", "transactions"]),
            (CCB, "模拟建设银行", "bank", "bank-soap-gbk", ["deposit", "wealth"]),
            (REALTY, "模拟不动产登记中心", "realty", "realty-soap-utf8", ["realty_local"]),
        )
    ):
        agency_register(
            code=code,
            name=name,
            kind=kind,
            profile=profile,
            username=f"A{no}",
            password="test-only",
            menu=menu,
            statement_secret=None,
        )


def case_make(court: Court, judge: Staff, *, obligor: str = "马立群") -> Case:
    """100,000 of principal, whereabouts unknown, the obligor's resident ID and phone confirmed."""
    serial = next(_serial)
    day = today()
    case = Case.objects.create(
        court=court,
        court_key=court.key,
        number=f"（{day.year}）{court.code}执{serial}号",
        type_code="执",
        year=day.year,
        serial=serial,
        cause="买卖合同纠纷",
        subject=new_subject(),
        received_on=day - timedelta(days=20),
        docketed_on=day - timedelta(days=18),
        handler=judge,
        title_number="（2025）冀0930民初871号",
        title_kind="民事判决书",
        title_made_by="本院",
        perform_by=day - timedelta(days=40),
        principal=Decimal("100000.00"),
        whereabouts=Whereabouts.UNKNOWN,
        fund_account=case_services.fund_account(court=court, year=day.year, type_code="执", serial=serial),
    )
    for role, name in ((PartyRole.APPLICANT, "韩宝成"), (PartyRole.OBLIGOR, obligor)):
        party = Party.objects.create(
            case=case,
            court_key=court.key,
            role=role,
            kind=PartyKind.PERSON,
            name=name,
            subject=new_subject(),
            obligor_from=case.docketed_on if role == PartyRole.OBLIGOR else None,
        )
        if role == PartyRole.OBLIGOR:
            marks = [("resident_id", RESIDENT_ID), ("mobile", "13812340174"), ("address", "孟村镇幸福路1号")]
            case_services.identifiers_add(
                case=case,
                party=party,
                marks=[
                    case_services.Mark(
                        kind=kind, value=value, source="立案登记", check_ok=True, decided_by="王晓楠"
                    )
                    for kind, value in marks
                ],
            )
    case_services.case_search_refresh(case)
    return case


def account(
    number: str,
    balance: str,
    *,
    available: str = "",
    remark: str = "",
    phone: str = "",
    address: str = "",
    prior: tuple[Measure, ...] = (),
) -> Asset:
    """One account as a bank tells it."""
    detail = Deposit(
        account_no=number,
        category="一般存款账户",
        status="正常",
        branch="孟村支行",
        balance=Amount.parse(balance),
        available=Amount.parse(available or balance),
        phone=phone,
        address=address,
    )
    return Asset(kind=AssetKind.DEPOSIT, seq="1", detail=detail, remark=remark, measures=prior)


def result(*assets: Asset, at: datetime | None = None) -> InquiryResult:
    """One agency's answer."""
    moment = at or now().astimezone(UTC)
    return InquiryResult(
        outcome=Outcome.FOUND if assets else Outcome.NOT_FOUND, responded_at=When.of(moment), assets=assets
    )


def house(unit: str, holder_id: str = RESIDENT_ID) -> Asset:
    """One house as a registry tells it."""
    from zhixing.gateway.domain.assets import RightHolder

    right = RealRight(
        right_class="FDCQ",
        unit_no=unit,
        location="孟村镇锦绣苑3-2-501",
        certificate_no="冀2020第0001号",
        registry="模拟不动产登记中心",
        holders=(RightHolder(name="马立群", id_no=holder_id),),
    )
    return Asset(kind=AssetKind.REAL_ESTATE, seq="1", detail=right)


def message_of(order: Order) -> Inbound:
    """A message row for an order; its content is put in place by the test."""
    no = next(_serial)
    return Inbound.objects.create(
        profile=order.agency.profile,
        operation="feedback",
        agency=order.agency,
        request_no=order.request_no,
        order=order,
        case_id=order.case_id,
        court_key=order.court_key,
        sha256=f"{no:064d}",
        fingerprint=f"{no:064d}",
        size=1,
        outcome="accepted",
        received_at=now(),
    )
