"""Moves the seeded cases along while the agencies answer, as the demo's people would. Stops when every case stands where it should.

It knows no shortcut: it signs with PINs, opens packets with codes, submits acts and decides steps.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction

from zhixing.acts.actors import Actor
from zhixing.acts.errors import ActRefused
from zhixing.acts.models import Draft, DraftState, Step, StepState
from zhixing.acts.services import act_submit, step_decide
from zhixing.cases.models import Case, CaseState
from zhixing.control.models import Measure, MeasureState
from zhixing.courts.models import Staff
from zhixing.courts.selectors import credential_on, roles_of, scope_of_staff
from zhixing.courts.services import credential_sign
from zhixing.funds.distributions import standing_of
from zhixing.funds.models import Payout, Reason
from zhixing.inquiry import packets, release
from zhixing.inquiry.models import Material, Packet
from zhixing.kernel.clock import now, today
from zhixing.platform import codes, scope
from zhixing.processes.demo import leads
from zhixing.processes.demo.people import HOME_COURT, PIN
from zhixing.processes.plan import plan_of

# How far a case goes, by its id modulo the number of targets: every page has something on it.
TARGETS = (
    "sealed",
    "opened",
    "freeze_pending",
    "frozen",
    "told",
    "transferred",
    "payout_pending",
    "paid",
    "paid",
    "closed",
)
ORDER = tuple(dict.fromkeys(TARGETS))
PAUSE_SECONDS = 2.0
QUIET_ROUNDS = 8  # rounds without anything to do after which the director goes home


@dataclass(slots=True)
class Director:
    """The demo's people, each acting under his own scope."""

    report: Callable[[str], None] = print
    staff: dict[str, Staff] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)

    def run(self, quiet_rounds: int = QUIET_ROUNDS) -> None:
        """Rounds until nothing was left to do for so many rounds."""
        with transaction.atomic():
            rows = Staff.objects.select_related("account", "court").filter(court_id=HOME_COURT)
            self.staff = {row.account.username: row for row in rows}
        quiet = 0
        while quiet < quiet_rounds:
            done = sum(
                step()
                for step in (
                    self._release,
                    self._open,
                    self._freeze,
                    self._tell,
                    self._transfer,
                    self._pay,
                    self._book,
                    self._close,
                )
            )
            quiet = 0 if done else quiet + 1
            time.sleep(PAUSE_SECONDS)
        self.report("演示案件已走到各自的阶段")

    def _actor(self, username: str) -> Actor:
        staff = self.staff[username]
        return Actor.person(staff, roles_of(staff, on=today()))

    def _as(self, username: str, work: Callable[[Actor], int]) -> int:
        """Do one piece of work as one person; what the law refuses is not tried again."""
        try:
            with scope.using(scope_of_staff(self.staff[username])):
                return work(self._actor(username))
        except ActRefused as refused:
            self.report("；".join(problem.code for problem in refused.problems))
            return 0

    def _submit(
        self, actor: Actor, code: str, case_id: int | None, payload: dict, key: str, **more: object
    ) -> Draft | None:
        if key in self.refused:
            return None
        try:
            return act_submit(
                code=code, actor=actor, case_id=case_id, payload=payload, key=key, moment=now(), **more
            )
        except ActRefused as refused:
            self.refused.add(key)
            self.report(f"{code} {case_id}: " + "；".join(p.code for p in refused.problems))
            return None

    def _decide(self, draft: Draft, *usernames: str) -> None:
        for username in usernames:
            open_step = Step.objects.filter(draft=draft, state=StepState.OPEN).first()
            if open_step is None:
                return
            step_decide(
                draft_id=draft.pk, actor=self._actor(username), approve=True, opinion="同意", moment=now()
            )

    # ── the road ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _release(self) -> int:
        """Two officers release what is approved; the newest two stay for the visitor to release."""

        def first(actor: Actor) -> int:
            rows = [
                item.request
                for item in release.requests_waiting(court_key=HOME_COURT, on=today())
                if not item.problems
            ]
            rows = rows[:-2]
            if not rows:
                return 0
            digest = release.batch_digest(rows)

            def sign(who: str) -> str:
                credential = credential_on(self.staff[who].pk, on=today())
                return base64.b64encode(
                    credential_sign(credential, pin=PIN, digest=bytes.fromhex(digest))
                ).decode()

            draft = self._submit(
                actor,
                "inquiry.release_batch",
                None,
                key=f"demo:batch:{digest}",
                payload={
                    "requests": [str(r.pk) for r in rows],
                    "digest": digest,
                    "signature": sign("dinghongliang"),
                },
            )
            if draft is None or draft.state != DraftState.PENDING:
                return 0
            step_decide(
                draft_id=draft.pk,
                actor=self._actor("zhaoyu"),
                approve=True,
                opinion="已核对",
                moment=now(),
                evidence={"signature": sign("zhaoyu")},
            )
            return len(rows)

        return self._as("dinghongliang", first)

    def _wants(self, case_id: int, stage: str) -> bool:
        return ORDER.index(TARGETS[case_id % len(TARGETS)]) >= ORDER.index(stage)

    def _open(self) -> int:
        done = 0
        with scope.system("demo.director"):
            waiting = list(Packet.objects.filter(opened_at=None).select_related("judge__account", "case"))
        for packet in waiting:
            if self._wants(packet.case_id, "opened"):
                done += self._as(
                    packet.judge.account.username, lambda actor, packet=packet: self._open_one(actor, packet)
                )
        return done

    def _open_one(self, actor: Actor, packet: Packet) -> int:
        code = codes.issue(
            purpose=packets.PURPOSE, reference=str(packet.pk), staff_id=packet.judge_id, moment=now()
        )
        payload = {"packet": str(packet.pk), "code": code}
        done = self._submit(actor, "inquiry.open_packet", packet.case_id, payload, f"demo:open:{packet.pk}")
        if done is not None and Material.objects.filter(case_id=packet.case_id).exists():
            self._submit(actor, leads.SEARCH, packet.case_id, {}, f"demo:leads:{packet.pk}")
        return int(done is not None)

    def _freeze(self) -> int:
        done = 0
        for case, judge in self._cases("freeze_pending"):
            done += self._as(judge, lambda actor, case=case: self._freeze_one(actor, case))
        return done

    def _freeze_one(self, actor: Actor, case: Case) -> int:
        key = f"demo:freeze:{case.pk}"
        if (
            key in self.refused
            or Draft.objects.filter(key=key).exists()
            or not Packet.objects.filter(case=case).exclude(opened_at=None).exists()
        ):
            return 0
        plan = plan_of(case)
        targets = [
            {"finding": line.finding.pk, "amount": str(line.proposed)}
            for line in plan.lines
            if line.proposed > 0
        ]
        if not targets:
            self.refused.add(key)
            return 0
        draft = self._submit(
            actor, "control.freeze", case.pk, {"targets": targets, "reason": "按查询结果"}, key
        )
        if draft is not None and self._wants(case.pk, "frozen"):
            self._decide(draft, "liuzhenguo")
        return int(draft is not None)

    def _tell(self) -> int:
        done = 0
        for case, _ in self._cases("told"):
            with scope.system("demo.director"):
                untold = (
                    Measure.objects.filter(
                        case=case, state__in=[MeasureState.ACTIVE, MeasureState.WAITING], debtor_told_at=None
                    )
                    .order_by("pk")
                    .first()
                )
            if untold is not None:
                done += self._as(
                    "wangxiaonan",
                    lambda actor, case=case, untold=untold: int(
                        self._submit(actor, "control.notify_debtor", case.pk, {}, f"demo:tell:{untold.pk}")
                        is not None
                    ),
                )
        return done

    def _transfer(self) -> int:
        done = 0
        for case, judge in self._cases("transferred"):
            done += self._as(judge, lambda actor, case=case: self._transfer_one(actor, case))
        return done

    def _transfer_one(self, actor: Actor, case: Case) -> int:
        key = f"demo:transfer:{case.pk}"
        rows = Measure.objects.filter(
            case=case, state=MeasureState.ACTIVE, category="cash", controlled__gt=0
        ).exclude(debtor_told_at=None)
        if key in self.refused or not rows or Draft.objects.filter(key=key).exists():
            return 0
        items = [{"measure": str(row.pk), "amount": str(row.controlled)} for row in rows]
        draft = self._submit(actor, "control.transfer", case.pk, {"items": items}, key)
        if draft is not None:
            self._decide(draft, "liuzhenguo")
        return int(draft is not None)

    def _pay(self) -> int:
        done = 0
        for case, judge in self._cases("payout_pending"):
            done += self._as(judge, lambda actor, case=case: self._pay_one(actor, case))
        return done

    def _pay_one(self, actor: Actor, case: Case) -> int:
        standing = standing_of(case)
        key = f"demo:payout:{case.pk}:{standing.equation.received}"
        if key in self.refused or standing.equation.balance <= 0 or Draft.objects.filter(key=key).exists():
            return 0
        if standing.fee_due > 0:
            funds = self._actor("lvjing")
            self._submit(
                funds,
                "funds.fee",
                case.pk,
                {"amount": str(standing.fee_due), "voucher": f"JK{case.pk:06d}"},
                f"demo:fee:{case.pk}:{standing.equation.received}",
            )
            standing = standing_of(case)
        if standing.claim_due <= 0:
            return 0
        payee = case.parties.filter(role="applicant").order_by("id").first()
        draft = self._submit(
            actor,
            "funds.payout",
            case.pk,
            key=key,
            payload={
                "purpose": "claim",
                "payee": payee.pk,
                "amount": str(standing.claim_due),
                "holder": payee.name,
                "bank": "孟村农村商业银行",
                "account": f"62300000{case.pk:010d}",
                "reason": "执行到位款发放申请执行人",
            },
        )
        if draft is not None and self._wants(case.pk, "paid"):
            self._decide(draft, "lvjing", "liuzhenguo", "chenlimin")
        return int(draft is not None)

    def _book(self) -> int:
        done = 0
        with scope.system("demo.director"):
            rows = list(Payout.objects.exclude(entries__reason=Reason.BOOK).values_list("pk", "case_id"))
        for payout, case_id in rows:
            done += self._as(
                "qinfang",
                lambda actor, payout=payout, case_id=case_id: int(
                    self._submit(
                        actor,
                        "funds.book",
                        case_id,
                        {
                            "payout": str(payout),
                            "voucher": f"HD{case_id:08d}",
                            "paid_on": today().isoformat(),
                        },
                        f"demo:book:{payout}",
                    )
                    is not None
                ),
            )
        return done

    def _close(self) -> int:
        done = 0
        for case, judge in self._cases("closed"):
            if standing_of_safe(case) > 0:
                continue
            done += self._as(judge, lambda actor, case=case: self._close_one(actor, case))
        return done

    def _close_one(self, actor: Actor, case: Case) -> int:
        key = f"demo:close:{case.pk}"
        if key in self.refused or Draft.objects.filter(key=key).exists():
            return 0
        draft = self._submit(
            actor,
            "cases.close",
            case.pk,
            {"course": "本院扣划被执行人存款并发放给申请执行人，债务已全部清偿"},
            key,
        )
        if draft is None:
            return 0
        self._decide(draft, "liuzhenguo")
        self._submit(self._actor("wangxiaonan"), "cases.archive", case.pk, {}, f"demo:archive:{case.pk}")
        return 1

    def _cases(self, stage: str) -> list[tuple[Case, str]]:
        with scope.system("demo.director"):
            rows = (
                Case.objects.filter(court_id=HOME_COURT, state=CaseState.OPEN)
                .exclude(handler=None)
                .select_related("handler__account", "court", "clerk", "assistant")
            )
            return [(row, row.handler.account.username) for row in rows if self._wants(row.pk, stage)]


def standing_of_safe(case: Case) -> Decimal:
    """Balance still on the case's account, plus one when nothing ever came in (then closing is not tried)."""
    with scope.system("demo.director"):
        equation = standing_of(case).equation
    return equation.balance if equation.received else Decimal(1)


def main() -> None:
    """Run as a process of its own."""
    Director().run()
