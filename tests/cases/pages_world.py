"""A court with its people for the tests of pages, and a case docketed through the real acts. Everybody is invented."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.test import Client

from zhixing.acts.actors import Actor
from zhixing.acts.services import act_submit
from zhixing.cases.intake import filing_clues, paper_receive
from zhixing.cases.models import Case
from zhixing.cases.services import filing_open
from zhixing.courts.models import Court, Staff
from zhixing.courts.roles import Role
from zhixing.courts.services import staff_create
from zhixing.kernel.clock import now, today
from zhixing.platform import scope

KEY = 130930
COURTS = (
    (0, 999_999, "最高法", "最高人民法院", "supreme", None),
    (130000, 139_999, "冀", "河北省高级人民法院", "high", 0),
    (130900, 130_999, "冀09", "河北省沧州市中级人民法院", "intermediate", 130000),
    (KEY, KEY, "冀0930", "孟村回族自治县人民法院", "basic", 130900),
    (130925, 130_925, "冀0925", "盐山县人民法院", "basic", 130900),
)
PEOPLE = {
    "judge": ("张文清", Role.JUDGE, KEY),
    "assistant": ("李想", Role.ASSISTANT, KEY),
    "clerk": ("王晓楠", Role.CLERK, KEY),
    "chief": ("刘振国", Role.BUREAU_CHIEF, KEY),
    "officer": ("丁洪亮", Role.INQUIRY_OFFICER, KEY),
    "stranger": ("周诚", Role.JUDGE, 130925),
}
APPLICANT_ID = "130930198001011230"
OBLIGOR_ID = "130930197403049617"  # check digit computed by hand: 7
PAPER = """强制执行申请书
申请执行人：赵明礼，男，住河北省沧州市孟村回族自治县孟村镇兴华路3号，公民身份号码{applicant}。
被执行人：马立群，男，住河北省沧州市孟村回族自治县孟村镇建设大街9号，公民身份号码{obligor}，手机号码13831790174。
执行依据：孟村回族自治县人民法院（2025）冀0930民初871号民事判决书。
请求事项：一、请求强制执行被执行人给付借款本金80000元；二、案件受理费1800元由被执行人负担。
事实与理由：申请执行人与被执行人民间借贷纠纷一案，判决确定的履行期限至2025年12月31日届满，被执行人至今未履行。
财产线索：被执行人马立群在建设银行开有账户，账号6217004830000023382。
"""
_keys = itertools.count(1)


def checked_id(first17: str) -> str:
    """A resident number with its check digit (GB 11643: weights 2^i mod 11)."""
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(first17))
    return first17 + "10X98765432"[total % 11]


@dataclass(slots=True, kw_only=True)
class World:
    """Staff by name of PEOPLE."""

    staff: dict[str, Staff]

    def actor(self, name: str) -> Actor:
        """The person as an actor."""
        return Actor.person(self.staff[name], frozenset({PEOPLE[name][1]}))

    def client(self, name: str) -> Client:
        """A browser in which this person is logged in."""
        client = Client()
        client.force_login(self.staff[name].account, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def do(self, name: str, code: str, case: Case | None = None, **payload: Any) -> Any:
        """An act by this person, now."""
        with scope.system("test"):
            return act_submit(
                code=code,
                actor=self.actor(name),
                case_id=case.pk if case else None,
                payload=payload,
                moment=now(),
                key=f"test:{next(_keys)}",
            )

    def docketed(self, **more: Any) -> Case:
        """A case with one paper and its proposed clues."""
        with scope.system("test"):
            filing = filing_open(staff=self.staff["clerk"], moment=now())
            paper_receive(
                content=paper_text().encode(),
                filename="申请书.txt",
                uploaded_by="王晓楠",
                moment=now(),
                filing=filing,
            )
        draft = self.do("clerk", "cases.docket", **(docket_payload(str(filing.pk)) | more))
        with scope.system("test"):
            case = Case.objects.get(pk=draft.case_id)
            filing_clues(case)
        return case

    def assigned(self) -> Case:
        """A docketed case with its team."""
        case = self.docketed()
        ids = {role: self.staff[role].pk for role in ("judge", "assistant", "clerk")}
        self.do("chief", "cases.assign", case, **ids)
        return case


def paper_text(*, obligor: str | None = None) -> str:
    """The application; another number of the obligor when given."""
    return PAPER.format(
        applicant=checked_id(APPLICANT_ID[:17]), obligor=obligor or checked_id(OBLIGOR_ID[:17])
    )


def docket_payload(filing: str) -> dict[str, Any]:
    """What the clerk confirms."""
    return {
        "filing": filing,
        "type_code": "执",
        "cause": "民间借贷纠纷",
        "received_on": today().isoformat(),
        "title_kind": "民事判决书",
        "title_number": "（2025）冀0930民初871号",
        "title_made_by": "孟村回族自治县人民法院",
        "perform_by": (today() - timedelta(days=60)).isoformat(),
        "principal": "80000",
        "costs": "1800",
        "parties": [
            {
                "role": "applicant",
                "kind": "person",
                "name": "赵明礼",
                "id_kind": "resident_id",
                "id_number": checked_id(APPLICANT_ID[:17]),
            },
            {
                "role": "obligor",
                "kind": "person",
                "name": "马立群",
                "id_kind": "resident_id",
                "id_number": checked_id(OBLIGOR_ID[:17]),
            },
        ],
    }


def world_make() -> World:
    """Courts and staff; to be called in the scope of the system."""
    for key, last, code, name, level, parent in COURTS:
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
    staff = {
        key: staff_create(
            username=f"t_{key}",
            password="invented-pass",
            name=name,
            title=role.value,
            roles={role},
            court_key=court,
            phone="13800000000",
            email=f"{key}@court.example",
            since=date(2020, 1, 1),
        )
        for key, (name, role, court) in PEOPLE.items()
    }
    return World(staff=staff)
