"""A court tree with a few cases, for the tests of the command room."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.test import Client

from zhixing.acts.actors import Actor
from zhixing.acts.journal import entry_append
from zhixing.acts.models import EntryKind
from zhixing.cases.models import Case, Node
from zhixing.courts.models import Court
from zhixing.courts.roles import Role
from zhixing.courts.services import staff_create
from zhixing.platform.crypto import new_subject

HEBEI, CANGZHOU, MENGCUN, CANGXIAN = 130000, 130900, 130930, 130921
_serials = itertools.count(1)


def courts_make() -> None:
    """Hebei with one intermediate and two basic courts, and one intermediate court elsewhere."""
    rows = [
        (0, 999_999, "最高法", "最高人民法院", "最高法", "supreme", None),
        (HEBEI, 139_999, "冀", "河北省高级人民法院", "河北", "high", 0),
        (130200, 130_299, "冀02", "河北省唐山市中级人民法院", "唐山", "intermediate", HEBEI),
        (CANGZHOU, 130_999, "冀09", "河北省沧州市中级人民法院", "沧州", "intermediate", HEBEI),
        (CANGXIAN, CANGXIAN, "冀0921", "沧县人民法院", "沧县", "basic", CANGZHOU),
        (MENGCUN, MENGCUN, "冀0930", "孟村回族自治县人民法院", "孟村", "basic", CANGZHOU),
    ]
    for key, last, code, name, short, level, parent in rows:
        Court.objects.get_or_create(
            key=key,
            defaults={
                "key_last": last,
                "code": code,
                "name": name,
                "short": short,
                "level": level,
                "parent_id": parent,
            },
        )


def viewer(court_key: int, role: Role = Role.COMMAND_STAFF) -> Client:
    """A browser logged in as somebody of this court."""
    staff = staff_create(
        username=f"viewer{next(_serials)}",
        password="x",
        name="陆佳",
        title="指挥中心",
        court_key=court_key,
        roles={role},
        phone="13800000000",
        email="v@court.test",
        since=date(2020, 1, 1),
    )
    client = Client()
    client.force_login(staff.account)
    return client


def case_make(court_key: int, **changes: Any) -> Case:
    """An open case docketed long ago."""
    serial = next(_serials)
    return Case.objects.create(
        **{
            "court_id": court_key,
            "court_key": court_key,
            "number": f"（2026）{court_key}执{serial}号",
            "type_code": "执",
            "year": 2026,
            "serial": serial,
            "cause": "买卖合同纠纷",
            "subject": new_subject(),
            "received_on": date(2026, 1, 5),
            "docketed_on": date(2026, 1, 6),
            "title_number": "（2025）冀0930民初871号",
            "title_kind": "民事判决书",
            "title_made_by": "本院",
            "perform_by": date(2025, 12, 31),
            "principal": Decimal("100000.00"),
            "fund_account": f"6230{court_key}{serial:010d}",
        }
        | changes
    )


def node_make(case: Case, code: str, tier: str, due: date) -> None:
    """An open node."""
    Node.objects.create(
        case=case,
        court_key=case.court_key,
        code=code,
        opened_on=due - timedelta(days=10),
        due_on=due,
        tier=tier,
        opened_seq=next(_serials),
    )


def act_done(case: Case, code: str, moment: datetime) -> None:
    """An act in the journal of a case."""
    entry_append(
        kind=EntryKind.EFFECT,
        code=code,
        case_id=case.pk,
        court_key=case.court_key,
        moment=moment,
        actor=Actor.system("test"),
        audience="internal",
        body={"fields": {}, "result": {}},
    )
