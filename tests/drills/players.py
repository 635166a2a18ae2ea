"""People of the drill, who act by the services. Run as a program: reads one JSON command a line, answers one line.

They do what no crash point is about; the acts that are killed are done over HTTP by `visitor.py`.
"""

from __future__ import annotations

import base64
import json
import os
import sys
from datetime import timedelta
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "zhixing.config.settings"

import django

django.setup()

from django.conf import settings
from django.db import connections

from zhixing.acts.actors import Actor
from zhixing.acts.errors import ActRefused
from zhixing.acts.models import Draft, DraftState, Step, StepState
from zhixing.acts.services import act_submit, step_decide
from zhixing.cases.models import Case, PartyAccess
from zhixing.control.models import Measure, MeasureState
from zhixing.courts.models import Account, Staff
from zhixing.courts.selectors import credential_on, roles_of, scope_of_staff
from zhixing.courts.services import credential_sign
from zhixing.funds.distributions import standing_of
from zhixing.funds.models import Payout
from zhixing.gateway.inbox import message_body
from zhixing.gateway.models import Agency, Inbound, Outcome
from zhixing.inquiry import packets, release
from zhixing.inquiry.domain.records import records_of
from zhixing.inquiry.menu import menu_lines
from zhixing.inquiry.models import Finding, Packet, Request, RequestState
from zhixing.kernel.clock import now, today
from zhixing.platform import codes, scope
from zhixing.processes.demo import agencies, people
from zhixing.processes.demo.filing import case_file, confirm_all
from zhixing.processes.demo.materials import materials_fetch
from zhixing.processes.plan import plan_of

JUDGE, CLERK, CHIEF, OFFICER, FUNDS, CASHIER = (
    "zhangwenqing", "wangxiaonan", "liuzhenguo", "sunjie", "lvjing", "qinfang",
)  # fmt: skip
HOME_COURT = 130930
nothing_to_freeze: set[int] = set()


def found() -> None:
    """Courts, staff, agencies; no case."""
    people.courts_seed()
    with scope.system("drill.found"):
        people.staff_seed(today=today())
        people.other_courts_seed(today=today())
    agencies.agencies_seed(settings.RUNTIME.world_dir / "config.json", sms_token=settings.RUNTIME.sms_token)
    with scope.system("drill.found"):
        # The road counts what the web hands out and takes; banks with files are visited by the worker and have kills of
        # their own (tests/gateway/test_bank_file_deaths.py).
        Agency.objects.filter(profile="bank-file-zip").update(is_active=False)


def found_all() -> None:
    """The same with every agency that calls or exchanges files, for a storm that counts nothing by hand."""
    found()
    with scope.system("drill.found"):
        Agency.objects.filter(profile="bank-file-zip").update(is_active=True)


def actor_of(username: str) -> Actor:
    """A person with his roles today."""
    staff = Staff.objects.select_related("account", "court").get(account__username=username)
    return Actor.person(staff, roles_of(staff, on=today()))


def submit(username: str, code: str, case: int | None, payload: dict[str, Any], key: str) -> Draft:
    """One act of one person, in his scope."""
    with scope.using(scope_of_staff(Staff.objects.select_related("court").get(account__username=username))):
        return act_submit(
            code=code, actor=actor_of(username), case_id=case, payload=payload, key=key, moment=now()
        )


def decide(draft: str, *usernames: str) -> None:
    """Approve the open step, one person after another."""
    for username in usernames:
        with scope.using(
            scope_of_staff(Staff.objects.select_related("court").get(account__username=username))
        ):
            step_decide(draft_id=draft, actor=actor_of(username), approve=True, opinion="同意", moment=now())


def decide_rest(draft: Draft, *usernames: str) -> None:
    """The steps that are not decided yet, by the persons of these steps; after a death some are."""
    with scope.system("drill.steps"):
        draft = Draft.objects.get(pk=draft.pk)
        done = Step.objects.filter(draft=draft, state=StepState.APPROVED).count()
    if draft.state == DraftState.PENDING:
        decide(str(draft.pk), *usernames[done:])


def approved(number: int) -> int:
    """A case of the outside world with one approved inquiry for each debtor. Returns its id. May be asked again."""
    material = materials_fetch(first=number, count=1)[0]
    clerk = Staff.objects.select_related("court").get(account__username=CLERK)
    with scope.system("drill.file"):
        moment = now() - timedelta(days=4)
        case = case_file(
            material,
            clerk=clerk,
            actor=actor_of(CLERK),
            moment=moment,
            key=f"drill:{number}",
            with_papers=True,
        )
        confirm_all(case, actor=actor_of(CLERK), moment=moment, key=f"drill:clues:{number}")
    judge = Staff.objects.get(account__username=JUDGE).pk
    submit(CHIEF, "cases.assign", case.pk, {"judge": judge, "clerk": clerk.pk}, f"drill:assign:{number}")
    served = {"served_on": today().isoformat()}
    submit(CLERK, "cases.notice", case.pk, served, f"drill:notice:{number}")
    unknown = {"whereabouts": "unknown", "evidence": "两次送达的记录附卷"}
    submit(CLERK, "cases.whereabouts", case.pk, unknown, f"drill:whereabouts:{number}")
    with scope.system("drill.menu"):
        lines = [line.item for line in menu_lines(on=today()) if line.is_open]
        items = [item.code for item in lines if item.first_choice and not item.needs_period]
        parties = {
            party.pk: list(party.identifiers.filter(state="confirmed").values_list("pk", flat=True))
            for party in case.parties.filter(role="obligor")
        }
    for party, marks in parties.items():
        payload = {"party": party, "menu": items, "identifiers": marks}
        draft = submit(JUDGE, "inquiry.request", case.pk, payload, f"drill:inquiry:{party}")
        decide_rest(draft, OFFICER, CHIEF)
    return case.pk


def release_all() -> int:
    """Two officers send out every approved inquiry; a batch that waits for the second one is signed first."""
    with scope.system("drill.release"):
        waiting = list(Draft.objects.filter(code="inquiry.release_batch", state=DraftState.PENDING))
        rows = [
            row.request
            for row in release.requests_waiting(court_key=HOME_COURT, on=today())
            if not row.problems
        ]
    if not waiting and rows:
        digest = release.batch_digest(rows)
        payload = {
            "requests": [str(row.pk) for row in rows],
            "digest": digest,
            "signature": signed("dinghongliang", digest),
        }
        waiting = [submit("dinghongliang", "inquiry.release_batch", None, payload, f"drill:batch:{digest}")]
    for draft in waiting:
        with scope.using(
            scope_of_staff(Staff.objects.select_related("court").get(account__username="zhaoyu"))
        ):
            step_decide(
                draft_id=draft.pk, actor=actor_of("zhaoyu"), approve=True, opinion="已核对", moment=now(),
                evidence={"signature": signed("zhaoyu", draft.payload["digest"])},
            )  # fmt: skip
    return len(waiting)


def signed(username: str, digest: str) -> str:
    """An officer's signature, as the page makes it."""
    credential = credential_on(Staff.objects.get(account__username=username).pk, on=today())
    return base64.b64encode(
        credential_sign(credential, pin=people.PIN, digest=bytes.fromhex(digest))
    ).decode()


def freeze_all() -> int:
    """Every case all of whose packets are there is frozen by the proposed plan, if anything is proposed. May be asked again."""
    with scope.system("drill.freeze"):
        unready = Request.objects.filter(state__in=[RequestState.APPROVED, RequestState.RELEASED]).values(
            "case_id"
        )
        done = Draft.objects.filter(code="control.freeze", state=DraftState.EFFECTIVE).values("case_id")
        cases = list(
            Case.objects.exclude(pk__in=unready).exclude(pk__in=done).exclude(pk__in=nothing_to_freeze)
            .filter(inquiries__isnull=False).distinct().values_list("pk", flat=True)
        )  # fmt: skip
    for case in cases:
        try:
            drafted = freeze_plan(case)
        except ActRefused:
            nothing_to_freeze.add(case)
            continue
        with scope.system("drill.freeze"):
            draft = Draft.objects.get(pk=drafted)
        decide_rest(draft, CHIEF)
    return len(cases)


def freeze_plan(case: int) -> str:
    """The judge opens all packets of the case with codes and submits the proposed plan. Returns the draft."""
    staff = Staff.objects.get(account__username=JUDGE)
    with scope.system("drill.packets"):
        waiting = [
            (
                str(pk),
                codes.issue(purpose=packets.PURPOSE, reference=str(pk), staff_id=staff.pk, moment=now()),
            )
            for pk in Packet.objects.filter(case=case, opened_at=None).values_list("pk", flat=True)
        ]
    for packet, code in waiting:
        submit(JUDGE, "inquiry.open_packet", case, {"packet": packet, "code": code}, f"drill:open:{packet}")
    with scope.using(scope_of_staff(Staff.objects.select_related("court").get(pk=staff.pk))):
        lines = [line for line in plan_of(Case.objects.get(pk=case)).lines if line.proposed > 0]
        targets = [{"finding": line.finding.pk, "amount": str(line.proposed)} for line in lines]
    return str(
        submit(
            JUDGE,
            "control.freeze",
            case,
            {"targets": targets, "reason": "按查询结果"},
            f"drill:freeze:{case}",
        ).pk
    )


def transfer(case: int) -> int:
    """Debtor told, everything frozen in cash ordered to the case's account. Returns how many measures."""
    submit(CLERK, "control.notify_debtor", case, {}, f"drill:tell:{case}")
    with scope.system("drill.transfer"):
        rows = list(
            Measure.objects.filter(case=case, state=MeasureState.ACTIVE, category="cash", controlled__gt=0)
        )
    items = [{"measure": str(row.pk), "amount": str(row.controlled)} for row in rows]
    draft = submit(JUDGE, "control.transfer", case, {"items": items}, f"drill:transfer:{case}")
    decide(str(draft.pk), CHIEF)
    return len(items)


def payout(case: int) -> dict[str, str]:
    """Fee, then a payout to the applicant with its three approvals. Returns its id, its amount and the day."""
    with scope.system("drill.pay"):
        row = Case.objects.get(pk=case)
        standing = standing_of(row)
    if standing.fee_due > 0:
        submit(
            FUNDS,
            "funds.fee",
            case,
            {"amount": str(standing.fee_due), "voucher": f"JK{case:06d}"},
            f"drill:fee:{case}",
        )
    with scope.system("drill.pay"):
        due = standing_of(row).claim_due
        payee = row.parties.filter(role="applicant").order_by("id").first()
    payload = {
        "purpose": "claim", "payee": payee.pk, "amount": str(due), "holder": payee.name, "bank": "孟村农村商业银行",
        "account": f"62300000{case:010d}", "reason": "执行到位款发放申请执行人",
    }  # fmt: skip
    draft = submit(JUDGE, "funds.payout", case, payload, f"drill:payout:{case}")
    decide(str(draft.pk), FUNDS, CHIEF, "chenlimin")
    with scope.system("drill.pay"):
        approved_payout = Payout.objects.get(draft_id=draft.pk)
    return {"payout": str(approved_payout.pk), "amount": str(due), "day": today().isoformat()}


def book(case: int, payout: str) -> None:
    """The cashier books that the bank paid, and presses twice."""
    booking = {"payout": payout, "voucher": f"HD{case:08d}", "paid_on": today().isoformat()}
    for _ in range(2):
        submit(CASHIER, "funds.book", case, booking, f"drill:book:{case}")


def portal_open(case: int, role: str = "applicant", username: str = "applicant") -> None:
    """A login to the portal for one party, as the demo gives them."""
    with scope.system("drill.portal"):
        party = Case.objects.get(pk=case).parties.filter(role=role).order_by("id").first()
        account = Account.objects.create_account(
            username=username, hashed=people.password_hash(), kind=Account.Kind.PARTY, display_name=party.name
        )
        PartyAccess.objects.create(account=account, case_id=case, party=party)


def counted() -> dict[str, Any]:
    """What only the inside can tell: records told against findings kept, per order."""
    with scope.system("drill.verify"):
        told, kept = {}, {}
        for message in Inbound.objects.filter(
            outcome=Outcome.PROCESSED, order__kind="inquiry"
        ).select_related("order"):
            told[message.order.request_no] = len(list(records_of(message_body(message, message.order))))
            kept[message.order.request_no] = Finding.objects.filter(order_id=message.order_id).count()
    return {"told": told, "kept": kept}


ACTIONS = {
    action.__name__: action
    for action in (
        found, found_all, approved, decide, freeze_plan, transfer, payout, book, portal_open, counted, release_all, freeze_all,
    )
}  # fmt: skip


def main() -> None:
    """Serve until the other end closes."""
    talk = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever a library prints must not be taken for an answer
    for line in sys.stdin:
        command = json.loads(line)
        action = ACTIONS[command.pop("do")]
        try:
            answer = {"done": action(*command.pop("args", ()), **command)}
        except Exception as error:
            connections.close_all()  # the database may have died under us
            answer = {
                "error": f"{type(error).__name__}: {error} {[p.sentence for p in getattr(error, 'problems', ())]}"
            }
        talk.write(json.dumps(answer) + "\n")
        talk.flush()


if __name__ == "__main__":
    main()
