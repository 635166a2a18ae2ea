"""A court with its people and one case, for the tests of the funds room."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from zhixing.acts.actors import Actor
from zhixing.cases import services as case_services
from zhixing.cases.models import Case, Party, PartyKind, PartyRole
from zhixing.courts.models import Court, Staff
from zhixing.courts.roles import Role
from zhixing.courts.services import staff_create
from zhixing.gateway.models import Agency, AgencyKind
from zhixing.platform.crypto import new_subject

KEY = 130930
BANK = "C1030213000018001"
NOON = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)  # 12:00 in court time, a Wednesday
_serials = itertools.count(1)


@dataclass(slots=True, kw_only=True)
class World:
    """People by role, the case, its parties."""

    staff: dict[str, Staff]
    case: Case
    applicant: Party
    obligor: Party

    def actor(self, name: str) -> Actor:
        """The person as an actor; names are keys of PEOPLE."""
        return Actor.person(self.staff[name], frozenset({PEOPLE[name]}))


PEOPLE = {
    "judge": Role.JUDGE,
    "manager": Role.FUNDS_MANAGER,
    "payer": Role.FUNDS_MANAGER,
    "chief": Role.BUREAU_CHIEF,
    "vice": Role.VICE_PRESIDENT,
}


def court_make() -> Court:
    """Mengcun and its superiors, with the bank of its fund account."""
    rows = [
        (0, 999_999, "最高法", "最高人民法院", "supreme", None),
        (130000, 139_999, "冀", "河北省高级人民法院", "high", 0),
        (130900, 130_999, "冀09", "河北省沧州市中级人民法院", "intermediate", 130000),
        (KEY, KEY, "冀0930", "孟村回族自治县人民法院", "basic", 130900),
        (130921, 130_921, "冀0921", "沧县人民法院", "basic", 130900),
    ]
    for key, last, code, name, level, parent in rows:
        Court.objects.get_or_create(
            key=key,
            defaults={
                "key_last": last,
                "code": code,
                "name": name,
                "short": name[:10],
                "level": level,
                "parent_id": parent,
                "fund_bank": "孟村农商行",
            },
        )
    Agency.objects.get_or_create(
        code=BANK,
        defaults={
            "name": "孟村农商行",
            "kind": AgencyKind.FUND_BANK,
            "profile": "statement",
            "username": BANK,
            "region": str(KEY),
        },
    )
    return Court.objects.get(key=KEY)


def people_make() -> dict[str, Staff]:
    """One person per entry of PEOPLE."""
    names = {"judge": "张文清", "manager": "吕静", "payer": "孙蕾", "chief": "刘振国", "vice": "赵建民"}
    return {
        key: staff_create(
            username=f"{key}{next(_serials)}",
            password="x",
            name=names[key],
            title="工作人员",
            court_key=KEY,
            roles={role},
            phone="13800000000",
            email=f"{key}@court.test",
            since=date(2020, 1, 1),
        )
        for key, role in PEOPLE.items()
    }


def case_make(
    court: Court, judge: Staff | None = None, *, applicant: str = "韩玉芬", obligor: str = "田文祥"
) -> Case:
    """100,000 of principal, 2,300 of costs; the period for performance ended on 2025-12-31."""
    serial = next(_serials)
    case = Case.objects.create(
        court=court,
        court_key=court.key,
        number=f"（2026）{court.code}执{serial}号",
        type_code="执",
        year=2026,
        serial=serial,
        cause="买卖合同纠纷",
        subject=new_subject(),
        received_on=date(2026, 1, 5),
        docketed_on=date(2026, 1, 6),
        handler=judge,
        title_number="（2025）冀0930民初871号",
        title_kind="民事判决书",
        title_made_by="本院",
        perform_by=date(2025, 12, 31),
        principal=Decimal("100000.00"),
        costs=Decimal("2300.00"),
        fund_account=case_services.fund_account(court=court, year=2026, type_code="执", serial=serial),
    )
    for role, name in ((PartyRole.APPLICANT, applicant), (PartyRole.OBLIGOR, obligor)):
        Party.objects.create(
            case=case,
            court_key=court.key,
            role=role,
            kind=PartyKind.PERSON,
            name=name,
            subject=new_subject(),
            obligor_from=date(2026, 1, 6) if role == PartyRole.OBLIGOR else None,
        )
    case_services.case_search_refresh(case)
    return case


def world_make() -> World:
    """Court, people, case."""
    court = court_make()
    staff = people_make()
    case = case_make(court, staff["judge"])
    parties = {party.role: party for party in case.parties.all()}
    return World(staff=staff, case=case, applicant=parties["applicant"], obligor=parties["obligor"])


def line(case: Case | None = None, amount: str = "50000.00", **changes: Any) -> dict[str, Any]:
    """A statement line as the bank sends it; for the case's account, or for the court's main account."""
    return {
        "serial": f"S{next(_serials):08d}",
        "account": case.fund_account if case else "6230130930000000",
        "amount": amount,
        "payer": "田文祥",
        "payer_account": "6228480631234567890",
        "memo": "",
        "at": "2026-03-03T10:14:00+08:00",
    } | changes
