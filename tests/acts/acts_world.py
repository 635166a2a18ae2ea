"""A court with people and one case, and an act kind of the tests' own whose check can be made to fail."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from pydantic import Field

from zhixing.acts.actors import Actor
from zhixing.acts.kinds import Act, ActContext, ActFields, Audience, DocumentSpec, Sensitive
from zhixing.acts.models import Draft
from zhixing.acts.services import act_submit
from zhixing.cases.documents import case_paper
from zhixing.cases.models import Case, Party, PartyAccess, PartyKind, PartyRole
from zhixing.cases.services import case_search_refresh
from zhixing.courts.models import Account, Court, Staff
from zhixing.courts.roles import Role
from zhixing.courts.services import staff_create
from zhixing.kernel.errors import Problem
from zhixing.platform.crypto import new_subject

KEY, NEIGHBOUR = 130930, 130921
NOON = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)  # 12:00 in court time
SECRET = "举报人提供的线索"
HASHED = "!"  # tests log in by force_login; hashing would cost a third of a second per person
_serials = itertools.count(1)

PEOPLE = {
    "judge": Role.JUDGE, "manager": Role.FUNDS_MANAGER, "chief": Role.BUREAU_CHIEF, "vice": Role.VICE_PRESIDENT,
    "officer": Role.INQUIRY_OFFICER, "second": Role.INQUIRY_OFFICER, "clerk": Role.CLERK,
}  # fmt: skip


class Probe(Act):
    """An act that needs three approvals in Hebei."""

    code = "test.probe"
    title = "测试行为"
    summary = "只在测试中存在。"
    law = ("cpl.253",)
    drafters = frozenset({Role.JUDGE})
    chain = "funds.payout"
    audience = Audience.PARTIES
    version = 2
    problems: ClassVar[list[Problem]] = []
    applied: ClassVar[list[Any]] = []

    class Fields(ActFields):
        """One open and one sensitive field; papers asks for a document."""

        amount: Decimal = Field(title="金额（元）", gt=0, max_digits=18, decimal_places=2)
        secret: Sensitive = Field("", title="来源")
        papers: bool = Field(False, title="出文书")

    def check(self, ctx: ActContext) -> list[Problem]:
        return list(self.problems)

    def documents(self, ctx: ActContext) -> list[DocumentSpec]:
        if not ctx.fields.papers:
            return []
        data = case_paper(ctx.case) | {
            "addressees": ["韩玉芬", "田文祥"], "docketed_on": "2026-01-06", "closed_on": "2026-03-04", "claimed": "100000.00",
            "paid": "100000.00", "course": "债务已全部清偿",
        }  # fmt: skip
        return [DocumentSpec(kind="closing_notice", key="notice", recipient="当事人", data=data)]

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        self.applied.append(ctx.draft_id)
        return {"amount": str(ctx.fields.amount)}

    def upgrade(self, payload: dict[str, Any], version: int) -> dict[str, Any]:
        """Version 1 called the amount `sum`."""
        return payload if version >= 2 else {"amount": payload["sum"], "secret": payload.get("secret", "")}


@dataclass(slots=True, kw_only=True)
class World:
    """People by key of PEOPLE, the case, its parties."""

    staff: dict[str, Staff]
    case: Case
    parties: dict[str, Party] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        """The person as an actor."""
        return Actor.person(self.staff[name], frozenset({PEOPLE[name]}))


def courts_make() -> None:
    """Mengcun, its neighbour and their superiors."""
    rows = [
        (0, 999_999, "最高法", "最高人民法院", "supreme", None), (130000, 139_999, "冀", "河北省高级人民法院", "high", 0),
        (130900, 130_999, "冀09", "河北省沧州市中级人民法院", "intermediate", 130000),
        (KEY, KEY, "冀0930", "孟村回族自治县人民法院", "basic", 130900), (NEIGHBOUR, NEIGHBOUR, "冀0921", "沧县人民法院", "basic", 130900),
    ]  # fmt: skip
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
            },
        )


def person_make(key: str, *, court_key: int = KEY) -> Staff:
    """A member of staff with the role of PEOPLE."""
    names = {
        "judge": "张文清",
        "manager": "吕静",
        "chief": "刘振国",
        "vice": "陈立民",
        "officer": "丁洪亮",
        "second": "赵雨",
        "clerk": "王晓楠",
    }
    return staff_create(
        username=f"{key}{next(_serials)}", hashed=HASHED, name=names[key], title="", roles={PEOPLE[key]}, court_key=court_key,
        phone="13800000000", email=f"{key}@court.example", since=date(2020, 1, 1),
    )  # fmt: skip


def case_make(judge: Staff | None = None, *, court_key: int = KEY) -> Case:
    """An open case with one party on each side."""
    court, serial = Court.objects.get(pk=court_key), next(_serials) + 5000
    case = Case.objects.create(
        court=court, court_key=court.key, number=f"（2026）{court.code}执{serial}号", type_code="执", year=2026, serial=serial,
        cause="买卖合同纠纷", subject=new_subject(), received_on=date(2026, 1, 5), docketed_on=date(2026, 1, 6), handler=judge,
        title_number="（2025）冀0930民初871号", title_kind="民事判决书", title_made_by="本院", perform_by=date(2025, 12, 31),
        principal=Decimal("100000.00"), costs=Decimal("2300.00"), fund_account=f"6230{court.key}{serial:012d}",
    )  # fmt: skip
    for role, name in ((PartyRole.APPLICANT, "韩玉芬"), (PartyRole.OBLIGOR, "田文祥")):
        Party.objects.create(
            case=case, court_key=court.key, role=role, kind=PartyKind.PERSON, name=name, subject=new_subject(),
            obligor_from=date(2026, 1, 6) if role == PartyRole.OBLIGOR else None,
        )  # fmt: skip
    case_search_refresh(case)
    return case


def party_login(case: Case, role: str = "applicant") -> Account:
    """An account that may see this case."""
    party = case.parties.get(role=role)
    account = Account.objects.create_account(
        username=f"{role}{next(_serials)}", hashed=HASHED, kind=Account.Kind.PARTY, display_name=party.name
    )
    PartyAccess.objects.create(account=account, case=case, party=party)
    return account


def world_make() -> World:
    """Courts, people, case."""
    courts_make()
    staff = {key: person_make(key) for key in PEOPLE}
    case = case_make(staff["judge"])
    return World(staff=staff, case=case, parties={party.role: party for party in case.parties.all()})


def probe(
    world: World, *, key: str = "", who: str = "judge", moment: datetime = NOON, **changes: Any
) -> Draft:
    """Submit the test's own act."""
    return act_submit(
        code="test.probe", actor=world.actor(who), case_id=world.case.pk, key=key or f"probe-{next(_serials)}", moment=moment,
        payload={"amount": "86300.00", "secret": SECRET} | changes,
    )  # fmt: skip
