"""结案: performed in full; every check must hold."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from zhixing.acts.kinds import Act, ActContext, ActFields, Audience, DocumentSpec
from zhixing.acts.models import Draft, DraftState
from zhixing.cases.claims import outstanding_of
from zhixing.cases.documents import case_paper
from zhixing.cases.models import CaseState
from zhixing.control.models import Measure, MeasureState
from zhixing.courts.roles import Role
from zhixing.funds.selectors import case_equation
from zhixing.kernel.errors import Problem

LIVE = (
    MeasureState.ORDERED,
    MeasureState.ACTIVE,
    MeasureState.WAITING,
    MeasureState.DEDUCTING,
    MeasureState.RELEASING,
)


class Close(Act):
    """Closing as 执行完毕 (法发〔2014〕26号 arts 14–15; CL-02, CL-03). Other modes need their own checks and acts."""

    code = "cases.close"
    title = "结案（执行完毕）"
    summary = "核对案款、措施、审批均已了结后结案，发出结案通知书。"
    law = ("closing26",)
    drafters = frozenset({Role.JUDGE})
    chain = "cases.close"
    audience = Audience.PARTIES
    plain = "案件已经执行完毕并结案。"

    class Fields(ActFields):
        """Mode, and how the debt was performed in one sentence."""

        mode: Literal["performed"] = Field("performed", title="结案方式")
        course: str = Field(
            title="执行经过",
            min_length=4,
            max_length=300,
            json_schema_extra={"widget": "textarea"},
            description="写成一句，如：本院扣划被执行人存款并发放给申请执行人，债务已全部清偿",
        )

    def check(self, ctx: ActContext) -> list[Problem]:
        """Nothing owed, nothing held, nothing under way."""
        problems = []
        if ctx.case.state != CaseState.OPEN:
            return [Problem(code="case.closed", sentence="案件已经结案。", mend="不需要再办。")]
        equation = case_equation(ctx.case.pk)
        if equation.balance != 0:
            problems.append(
                Problem(
                    code="close.balance",
                    sentence=f"案款账户还有 {equation.balance:,.2f} 元没有发放。",
                    mend="请先发放或退还。",
                    law="casefunds.10",
                )
            )
        owed = outstanding_of(ctx.case, ctx.today).total
        if owed > 0:
            problems.append(
                Problem(
                    code="close.owed",
                    sentence=f"还有 {owed:,.2f} 元没有执行到位。",
                    level="warning",
                    mend="申请执行人书面放弃或和解履行完毕的，请写明理由。",
                    law="closing26",
                )
            )
        live = Measure.objects.filter(case=ctx.case, state__in=LIVE).count()
        if live:
            problems.append(
                Problem(
                    code="close.measures",
                    sentence=f"还有 {live} 项控制措施没有解除。",
                    mend="请先解除冻结、查封。",
                    law="seizure.28",
                )
            )
        pending = Draft.objects.filter(case_id=ctx.case.pk, state=DraftState.PENDING).exclude(pk=ctx.draft_id)
        if pending.exists():
            problems.append(
                Problem(
                    code="close.pending",
                    sentence=f"还有 {pending.count()} 件在审批。",
                    mend="请先办结或撤回。",
                )
            )
        return problems

    def documents(self, ctx: ActContext) -> list[DocumentSpec]:
        """The closing notice."""
        case, equation = ctx.case, case_equation(ctx.case.pk)
        data = case_paper(case) | {
            "addressees": [party.name for party in case.parties.order_by("role", "id")],
            "docketed_on": case.docketed_on,
            "closed_on": ctx.today,
            "claimed": case.principal + case.interest_fixed + case.costs,
            "paid": equation.paid,
            "fee_paid": equation.fees or None,
            "course": ctx.fields.course.rstrip("。"),
        }
        return [DocumentSpec(kind="closing_notice", key="closing_notice", data=data, recipient="当事人")]

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """The case is closed."""
        case = ctx.case
        case.state, case.close_mode, case.closed_on = CaseState.CLOSED, ctx.fields.mode, ctx.today
        case.save(update_fields=["state", "close_mode", "closed_on"])
        paid: Decimal = case_equation(case.pk).paid
        return {"mode": ctx.fields.mode, "paid": str(paid)}
