"""A case and its journal, for the tests of the disclosure room."""

from __future__ import annotations

import itertools
import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from zhixing.acts.actors import Actor
from zhixing.acts.journal import entry_append
from zhixing.acts.models import Entry, EntryKind
from zhixing.acts.registry import act
from zhixing.cases.models import Case, Party, PartyKind, PartyRole
from zhixing.courts.models import Court
from zhixing.disclosure.derive import _event_of, items_write
from zhixing.gateway.models import Agency, AgencyKind, Order, OrderKind
from zhixing.platform.crypto import new_subject

KEY = 130930
NOON = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)  # 12:00 in court time
_serials = itertools.count(1)


@dataclass(slots=True, kw_only=True)
class World:
    """A case with its parties; acts happen one minute after the other."""

    case: Case
    applicant: Party
    obligor: Party
    clock: itertools.count = field(default_factory=lambda: itertools.count())

    def happens(
        self,
        code: str,
        *,
        draft: str = "",
        fields: dict[str, Any] | None = None,
        result: dict[str, Any] | None = None,
    ) -> None:
        """An effective act: the journal entry as the mechanism writes it, then the derivation."""
        seq = entry_append(
            kind=EntryKind.EFFECT,
            code=code,
            case_id=self.case.pk,
            court_key=KEY,
            moment=NOON + timedelta(minutes=next(self.clock)),
            actor=Actor.system("test"),
            audience=act(code).audience,
            body={"draft": draft or str(uuid.uuid4()), "fields": fields or {}, "result": result or {}},
        )
        items_write(_event_of(Entry.objects.get(chain=self.case.pk, seq=seq)))

    def order(self, draft: str) -> str:
        """An order that a control act gave; its id."""
        agency = Agency.objects.get_or_create(
            code="C1030213000018001",
            defaults={
                "name": "孟村农商行",
                "kind": AgencyKind.BANK,
                "profile": "bank",
                "username": "bank",
            },
        )[0]
        return str(
            Order.objects.create(
                request_no=f"2026030413093000{next(_serials):06d}",
                agency=agency,
                kind=OrderKind.CONTROL,
                case_id=self.case.pk,
                court_key=KEY,
                reference=draft,
                document_no="x",
                subject=self.case.subject,
                content_sealed=b"",
                queued_at=NOON,
            ).pk
        )


def court_make() -> Court:
    """Mengcun and its superiors."""
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
                "short": name[:4],
                "level": level,
                "parent_id": parent,
            },
        )
    return Court.objects.get(key=KEY)


def case_make(court: Court, **changes: Any) -> Case:
    """100,000 of principal; the period for performance ended on 2025-12-31. Applicant 韩玉芬, obligor 田文祥."""
    serial = next(_serials)
    case = Case.objects.create(
        **{
            "court": court,
            "court_key": court.key,
            "number": f"（2026）{court.code}执{serial}号",
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
            "fund_account": f"6230{court.key}2026{serial:08d}",
        }
        | changes
    )
    for role, name in ((PartyRole.APPLICANT, "韩玉芬"), (PartyRole.OBLIGOR, "田文祥")):
        Party.objects.create(
            case=case,
            court_key=court.key,
            role=role,
            kind=PartyKind.PERSON,
            name=name,
            subject=new_subject(),
            obligor_from=date(2026, 1, 6) if role == PartyRole.OBLIGOR else None,
        )
    return case


def world_make() -> World:
    """Court, case, parties."""
    case = case_make(court_make())
    parties = {party.role: party for party in case.parties.all()}
    return World(case=case, applicant=parties["applicant"], obligor=parties["obligor"])
