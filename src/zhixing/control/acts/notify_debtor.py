"""冻结后告知被执行人: what it means, how to end it, what rights there are."""

from __future__ import annotations

from typing import Any

from zhixing.acts.kinds import Act, ActContext, Audience, DocumentSpec
from zhixing.cases.claims import outstanding_of
from zhixing.cases.documents import case_paper, fund_account_data
from zhixing.cases.models import Party
from zhixing.cases.selectors import confirmed_of_party
from zhixing.control.models import Measure, MeasureState
from zhixing.control.papers import WHAT
from zhixing.courts.roles import Role
from zhixing.gateway.domain.storage import from_json
from zhixing.kernel.errors import Problem
from zhixing.law.terms import term_days
from zhixing.platform import notices
from zhixing.platform.crypto import unseal_text


class NotifyDebtor(Act):
    """Notice to the debtor after the freeze (B14; 法〔2018〕64号; 查扣冻规定 art. 1)."""

    code = "control.notify_debtor"
    title = "冻结后告知被执行人"
    summary = "向被执行人送达冻结告知书和裁定书，请其履行，并告知异议权利。"
    law = ("seizure.1", "cpl.236")
    drafters = frozenset({Role.JUDGE, Role.ASSISTANT, Role.CLERK})
    audience = Audience.PARTIES
    plain = "法院已把控制措施告知被执行人，并请其履行。"

    def check(self, ctx: ActContext) -> list[Problem]:
        """There must be a settled measure that nobody was told of."""
        if not self._untold(ctx).exists():
            return [
                Problem(code="notify.nothing", sentence="没有需要告知的控制措施。", mend="收到回执后再办理。")
            ]
        return []

    @staticmethod
    def _untold(ctx: ActContext) -> Any:
        states = [MeasureState.ACTIVE, MeasureState.WAITING, MeasureState.DEDUCTED, MeasureState.DEDUCTING]
        return Measure.objects.filter(case=ctx.case, state__in=states, debtor_told_at=None).order_by(
            "party_id", "ordered_at"
        )

    def documents(self, ctx: ActContext) -> list[DocumentSpec]:
        """One paper per debtor."""
        shared = case_paper(ctx.case) | {
            "outstanding": outstanding_of(ctx.case, ctx.today).total,
            "account": fund_account_data(ctx.case),
            "review_days": term_days("objection.decide", on=ctx.today),
            "reconsider_days": term_days("objection.reconsider", on=ctx.today),
        }
        specs = []
        for party in Party.objects.filter(pk__in=self._untold(ctx).values("party_id")):
            rows = [m for m in self._untold(ctx) if m.party_id == party.pk]
            data = shared | {
                "addressee": party.name,
                "addressee_is_person": party.kind == "person",
                "ruling_number": rows[0].ruling_no,
                "number": rows[0].ruling_no,
                "frozen": [_frozen(m) for m in rows],
            }
            specs.append(
                DocumentSpec(kind="freeze_advice", key=f"advice:{party.pk}", data=data, recipient=party.name)
            )
        return specs

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """Note the moment; a short message to each phone on file, without amounts."""
        parties = list(Party.objects.filter(pk__in=self._untold(ctx).values("party_id")))
        count = self._untold(ctx).update(debtor_told_at=ctx.moment)
        for party in parties:
            for mark in confirmed_of_party(party):
                if mark.kind == "mobile":
                    notices.sms(
                        to=mark.value,
                        reason=self.code,
                        court_key=ctx.court_key,
                        case_id=ctx.case.pk,
                        moment=ctx.moment,
                        text=f"【{ctx.case.court.name}】您在 {ctx.case.number} 案中的部分财产已被控制，请查阅冻结告知书。请向本案专用账号履行；对措施有异议的可以书面提出。咨询 12368。",
                    )
        return {"measures": count, "debtors": len(parties)}


def _frozen(measure: Measure) -> dict[str, Any]:
    target = from_json(unseal_text(measure.subject, measure.target_sealed))
    return {
        "institution": measure.agency_name,
        "what": WHAT[measure.category],
        "amount": measure.limit,
        "account": target.account_no or target.product_no or target.unit_no or target.certificate_no,
        "actual": measure.controlled or 0,
        "ends_on": measure.ends_on,
    }
