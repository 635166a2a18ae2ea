"""Seed the demo: courts, people, agencies, cases at all stages. Everything goes through acts; nothing is written by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.conf import settings

from zhixing.acts.actors import Actor
from zhixing.acts.errors import ActRefused
from zhixing.acts.models import Draft
from zhixing.acts.services import act_submit, step_decide
from zhixing.cases.models import Case, PartyAccess
from zhixing.courts.models import Account, Court, Staff
from zhixing.courts.selectors import roles_of
from zhixing.gateway.models import Agency
from zhixing.inquiry.menu import menu_lines
from zhixing.kernel.clock import court_date, now, today
from zhixing.platform import scope
from zhixing.processes.demo import agencies, leads, people
from zhixing.processes.demo.director import Director
from zhixing.processes.demo.filing import case_file, confirm_all
from zhixing.processes.demo.materials import Material, materials_fetch

CASES = 200
BACKGROUND_STEP = 22
FIRST_PART = 24  # seeded before the first page; the rest follows in the background
Report = Callable[[str], None]


@dataclass(slots=True)
class Cast:
    """The people of one court who act in the seeding."""

    judge: Staff
    clerk: Staff
    chief: Staff

    def actor(self, staff: Staff) -> Actor:
        """A person with his roles today."""
        return Actor.person(staff, roles_of(staff, on=today()))


def seed(report: Report = print) -> None:
    """First part: everything the first page needs. Takes up where an earlier start broke off; what is there stays."""
    with scope.system("demo.seed"):
        done = Case.objects.count()
        has_staff, has_agencies = Staff.objects.exists(), Agency.objects.exists()
    if done >= FIRST_PART:
        report("演示数据已在，保留不动")
        return
    report(f"法院 {people.courts_seed()} 个")
    if not has_staff:
        with scope.system("demo.seed"):
            people.staff_seed(today=today())
            people.other_courts_seed(today=today())
    if not has_agencies:
        agencies.agencies_seed(
            settings.RUNTIME.world_dir / "config.json", sms_token=settings.RUNTIME.sms_token
        )
    report("人员、证件、协助单位已登记")
    cases_seed(first=done, count=FIRST_PART - done, report=report)


def seed_rest(report: Report = print) -> None:
    """Second part, in the background: the remaining cases of the home court and other courts."""
    with scope.system("demo.seed"):
        done = Case.objects.count()
    # A few at a time, so that agencies answer and people act while the rest is still being filed.
    for first in range(done, CASES, BACKGROUND_STEP):
        cases_seed(first=first, count=min(BACKGROUND_STEP, CASES - first), report=report)
        Director(report=report).run(quiet_rounds=1)
    Director(report=report).run()


def cases_seed(*, first: int, count: int, report: Report) -> None:
    """Cases first..first+count-1, each in a transaction of its own, so that a crash loses one at most."""
    materials = materials_fetch(first=first, count=count)
    for index, material in enumerate(materials, start=first):
        with scope.system("demo.seed"):
            _one(index, material)
        if (index + 1) % 20 == 0:
            report(f"案件 {index + 1} / {CASES}")


def _one(index: int, material: Material) -> None:
    """How far a case goes follows from its number; how old it is, from its seeded chance."""
    rng = Random(index)
    cast = _cast(index)
    stage = 1 if index == 0 else rng.choice((0, 1, 2, 3, 4, 5, 6, 6, 6, 6, 6, 6))
    # Young cases stand at the beginning; one in twelve lies about, so that lateness can be seen.
    low, high = (1, 6) if stage <= 2 else (6, 14) if stage <= 4 else (12, 150)
    age = 3 if index == 0 else rng.randint(low, high) + (40 if index % 12 == 7 else 0)
    moment = now() - timedelta(days=age, minutes=rng.randint(0, 300))
    case = case_file(
        material,
        clerk=cast.clerk,
        actor=cast.actor(cast.clerk),
        moment=moment,
        key=f"demo:docket:{index}",
        with_papers=index < FIRST_PART,
    )
    _advance(index, case, material, cast, moment, stage)
    if index == leads.INDEX:
        case.refresh_from_db()
        judge, day = cast.actor(cast.judge), now() - timedelta(minutes=5)
        leads.leads_seed(case, day, lambda code, no, told: _do(f"{index}{no}", code, case, judge, told, day))
    if index in (0, 1):
        _party_logins(index, case)


def _advance(index: int, case: Case, material: Material, cast: Cast, moment: datetime, stage: int) -> None:
    steps = (_assign, _clues, _notice, _whereabouts, _declare, _request)
    for no, step in enumerate(steps[:stage]):
        moment = min(moment + timedelta(days=1, hours=no), now() - timedelta(minutes=10))
        step(index, case, material, cast, moment)


def _assign(index: int, case: Case, material: Material, cast: Cast, moment: datetime) -> None:
    payload = {"judge": cast.judge.pk, "clerk": cast.clerk.pk}
    if case.court_key == people.HOME_COURT:
        payload["assistant"] = Staff.objects.get(account__username="lixiang").pk
    _do(index, "cases.assign", case, cast.actor(cast.chief), payload, moment)


def _clues(index: int, case: Case, material: Material, cast: Cast, moment: datetime) -> None:
    confirm_all(case, actor=cast.actor(cast.clerk), moment=moment, key=f"demo:clues:{index}")


def _notice(index: int, case: Case, material: Material, cast: Cast, moment: datetime) -> None:
    _do(
        index,
        "cases.notice",
        case,
        cast.actor(cast.clerk),
        {"served_on": court_date(moment).isoformat()},
        moment,
    )


def _whereabouts(index: int, case: Case, material: Material, cast: Cast, moment: datetime) -> None:
    payload = {"whereabouts": "unknown" if index % 3 == 0 else "known", "evidence": "两次送达的记录附卷"}
    _do(index, "cases.whereabouts", case, cast.actor(cast.clerk), payload, moment)


KINDS = {"deposit": "cash", "wealth": "wealth", "realty": "realty"}


def _declare(index: int, case: Case, material: Material, cast: Cast, moment: datetime) -> None:
    for party, told in zip(
        case.parties.filter(role="obligor").order_by("id"), material.facts["declarations"], strict=False
    ):
        items = [
            {
                "category": KINDS.get(item["kind"], "other"),
                "place": item["label"][:80],
                "number": item["reference"][:60],
                "text": item["note"] or item["label"],
                **({"amount": item["amount"]} if item["amount"] else {}),
            }
            for item in told["items"]
        ]
        payload = {
            "party": party.pk,
            "received_on": court_date(moment).isoformat(),
            "items": items,
            "nothing": not items,
        }
        _do(f"{index}:{party.pk}", "inquiry.declare", case, cast.actor(cast.clerk), payload, moment)


def _request(index: int, case: Case, material: Material, cast: Cast, moment: datetime) -> None:
    """Only the home court asks: the others have no officers on file in the demo."""
    if case.court_key != people.HOME_COURT:
        return
    items = [line.item.code for line in menu_lines(on=today()) if line.is_open and not line.item.needs_period]
    for party in case.parties.filter(role="obligor"):
        marks = list(party.identifiers.filter(state="confirmed").values_list("pk", flat=True))
        payload = {"party": party.pk, "menu": items, "identifiers": marks}
        if index == leads.INDEX:  # statements of a year, with the reason that the law asks for
            day = court_date(moment)
            payload |= {"menu": [*items, "transactions"], "period_from": str(day - timedelta(days=365)), "period_to": str(day),
                        "reason": "核对起诉以后的资金去向"}  # fmt: skip
        draft = _do(f"{index}:{party.pk}", "inquiry.request", case, cast.actor(cast.judge), payload, moment)
        if draft is None or index % 9 == 4:
            continue
        officer = Staff.objects.get(account__username="dinghongliang")
        step_decide(
            draft_id=draft.pk,
            actor=cast.actor(officer),
            approve=True,
            opinion="主体、标识、证件已核对",
            moment=moment,
        )
        if index % 9 == 7:
            continue
        step_decide(
            draft_id=draft.pk, actor=cast.actor(cast.chief), approve=True, opinion="同意", moment=moment
        )


def _do(index: object, code: str, case: Case, actor: Actor, payload: dict, moment: datetime) -> Draft | None:
    """Submit; a refusal by law is part of a realistic world and leaves the case where it is."""
    try:
        return act_submit(
            code=code,
            actor=actor,
            case_id=case.pk,
            payload=payload,
            key=f"demo:{code}:{index}",
            moment=moment,
        )
    except ActRefused:
        return None


def _cast(index: int) -> Cast:
    """Home court for most; every third or so of the later ones in another court."""
    others = (
        Court.objects.filter(staff__held_roles__role="judge")
        .exclude(pk=people.HOME_COURT)
        .distinct()
        .order_by("pk")
    )
    if index >= FIRST_PART and index % 3 == 0 and others:
        court = list(others)[index // 3 % len(others)]
        team = {
            role: Staff.objects.select_related("court").get(account__username=f"{role}{court.pk}")
            for role in ("judge", "clerk", "chief")
        }
        return Cast(judge=team["judge"], clerk=team["clerk"], chief=team["chief"])
    judge = "zhangwenqing" if index % 2 == 0 else "haojianxin"
    by_name = {
        s.account.username: s
        for s in Staff.objects.select_related("account", "court").filter(court_id=people.HOME_COURT)
    }
    return Cast(judge=by_name[judge], clerk=by_name["wangxiaonan"], chief=by_name["liuzhenguo"])


def _party_logins(index: int, case: Case) -> None:
    """Applicant and debtor of the first cases can log in to the portal."""
    for role, login in (("applicant", f"applicant{index}"), ("obligor", f"debtor{index}")):
        party = case.parties.filter(role=role).order_by("id").first()
        account = Account.objects.create_account(
            username=login, hashed=people.password_hash(), kind=Account.Kind.PARTY, display_name=party.name
        )
        PartyAccess.objects.create(account=account, case=case, party=party)
