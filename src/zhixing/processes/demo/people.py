"""Courts, staff and credentials of the demo. Everybody is invented; the passwords are printed at the start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.contrib.auth.hashers import make_password

from zhixing.courts.models import Court, Staff
from zhixing.courts.roles import Role
from zhixing.courts.services import court_tree_load, credential_file, staff_create
from zhixing.law.book import book
from zhixing.law.schemas import Court as CourtRow

HOME_COURT = 130930
PASSWORD = "zhixing-demo"  # noqa: S105  a demo password, printed on the console
PIN = "246810"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One demo account."""

    username: str
    name: str
    title: str
    roles: tuple[Role, ...]
    court_key: int = HOME_COURT


STAFF = (
    Person(username="zhangwenqing", name="张文清", title="执行法官", roles=(Role.JUDGE,)),
    Person(username="haojianxin", name="郝建新", title="执行法官", roles=(Role.JUDGE,)),
    Person(username="lixiang", name="李想", title="法官助理", roles=(Role.ASSISTANT,)),
    Person(username="wangxiaonan", name="王晓楠", title="书记员", roles=(Role.CLERK,)),
    Person(username="dinghongliang", name="丁洪亮", title="查询员", roles=(Role.INQUIRY_OFFICER,)),
    Person(username="zhaoyu", name="赵雨", title="查询员", roles=(Role.INQUIRY_OFFICER,)),
    Person(username="sunjie", name="孙洁", title="查询员", roles=(Role.INQUIRY_OFFICER,)),
    Person(username="liuzhenguo", name="刘振国", title="执行局局长", roles=(Role.BUREAU_CHIEF,)),
    Person(username="chenlimin", name="陈立民", title="分管副院长", roles=(Role.VICE_PRESIDENT,)),
    Person(username="majianping", name="马建平", title="院长", roles=(Role.PRESIDENT,)),
    Person(username="lvjing", name="吕静", title="案款管理员", roles=(Role.FUNDS_MANAGER,)),
    Person(username="qinfang", name="秦芳", title="出纳", roles=(Role.FUNDS_MANAGER,)),
    Person(
        username="gaoyuan",
        name="高原",
        title="沧州中院指挥中心",
        roles=(Role.COMMAND_STAFF,),
        court_key=130900,
    ),
    Person(
        username="lujia", name="陆佳", title="省高院指挥中心", roles=(Role.COMMAND_STAFF,), court_key=130000
    ),
)


@lru_cache(maxsize=1)
def password_hash() -> str:
    """The demo password hashed once: hashing is slow on purpose."""
    return make_password(PASSWORD)


def courts_seed() -> int:
    """The court tree from the law book."""
    rows = book().at(date(2026, 1, 1)).rows("courts.hebei", CourtRow)
    count = court_tree_load(
        [
            {
                "key": row.key,
                "key_last": _last(row),
                "code": row.code,
                "name": row.name,
                "short": row.short,
                "level": row.level,
                "parent_id": row.parent,
            }
            for row in rows
        ]
    )
    Court.objects.filter(pk=HOME_COURT).update(
        phone="0317-6720930", address="河北省沧州市孟村回族自治县孟村镇建设大街", fund_bank="孟村农村商业银行"
    )
    return count


def _last(row: CourtRow) -> int:
    """Last key of the subtree: the digits that the level leaves open."""
    return {"supreme": 999_999, "high": row.key + 9_999, "intermediate": row.key + 99, "basic": row.key}[
        row.level
    ]


def staff_seed(*, today: date) -> dict[str, Staff]:
    """All demo accounts with credentials for the officers. Returns staff by login name."""
    made = {}
    for no, person in enumerate(STAFF, start=1):
        made[person.username] = staff_create(
            username=person.username,
            hashed=password_hash(),
            name=person.name,
            title=person.title,
            roles=set(person.roles),
            court_key=person.court_key,
            phone=f"1380000{no:04d}",
            email=f"{person.username}@mengcun.court.example",
            since=today - timedelta(days=1200),
        )
    for no, username in enumerate(("dinghongliang", "zhaoyu", "sunjie"), start=1):
        _credential(made[username], no, today)
    return made


def other_courts_seed(*, today: date) -> dict[int, dict[str, Staff]]:
    """One judge, clerk and chief in a few other courts, so that the command page has something to drill into."""
    made: dict[int, dict[str, Staff]] = {}
    names = ("周诚", "吴敏", "郑安", "冯雪", "褚平", "卫东", "蒋宁", "沈秋", "韩霜")
    keys = (130925, 130983, 130921, 130102, 130203, 130602, 130402)
    for no, key in enumerate(keys):
        people = {
            "judge": (f"judge{key}", names[no % len(names)], "执行法官", {Role.JUDGE}),
            "clerk": (f"clerk{key}", names[(no + 3) % len(names)], "书记员", {Role.CLERK}),
            "chief": (f"chief{key}", names[(no + 5) % len(names)], "执行局局长", {Role.BUREAU_CHIEF}),
        }
        made[key] = {
            role: staff_create(
                username=login,
                hashed=password_hash(),
                name=name,
                title=title,
                roles=roles,
                court_key=key,
                phone=f"1390{key:06d}{index}",
                email=f"{login}@court.example",
                since=today - timedelta(days=1200),
            )
            for index, (role, (login, name, title, roles)) in enumerate(people.items())
        }
    return made


def _credential(staff: Staff, no: int, today: date) -> None:
    from zhixing.documents.domain.card import CardKind, OfficerCard
    from zhixing.documents.services import press
    from zhixing.kernel.clock import now

    until = today + timedelta(days=700)
    numbers = {CardKind.WORK: f"1309300{no:03d}", CardKind.DUTY: f"冀执公{130930}{no:03d}"}
    images = {
        kind: press().render_card(
            OfficerCard(
                kind=kind,
                court=staff.court.name,
                name=staff.name,
                duty=staff.title,
                number=number,
                valid_until=until,
            ),
            moment=now().replace(microsecond=0),
        )
        for kind, number in numbers.items()
    }
    credential_file(
        staff=staff,
        work_cert_no=numbers[CardKind.WORK],
        official_cert_no=numbers[CardKind.DUTY],
        work_image=images[CardKind.WORK],
        official_image=images[CardKind.DUTY],
        filed_on=today - timedelta(days=400),
        expires_on=until,
        pin=PIN,
    )
