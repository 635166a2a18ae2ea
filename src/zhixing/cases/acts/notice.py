"""发出执行通知书和报告财产令: the debtor is told to perform and to report his property."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import Field

from zhixing.acts.kinds import Act, ActContext, ActFields, Audience, DocumentSpec
from zhixing.cases.documents import notice_specs
from zhixing.cases.models import CaseState
from zhixing.courts.roles import Role
from zhixing.kernel.errors import Problem
from zhixing.law.terms import deadline


class Notice(Act):
    """Enforcement notice with declaration order, to every obligor (CPL 251, 252; DEC-01; N05, N06)."""

    code = "cases.notice"
    title = "发出执行通知书、报告财产令"
    summary = "通知被执行人履行，并责令报告财产；受理案件通知书同时送申请执行人。"
    law = ("cpl.251", "cpl.252")
    drafters = frozenset({Role.JUDGE, Role.ASSISTANT, Role.CLERK})
    audience = Audience.PARTIES
    plain = "法院已通知被执行人履行，并要求其报告财产。"

    class Fields(ActFields):
        """How it is served, and by when the property must be reported."""

        served_on: date = Field(title="送达日期")
        method: Literal["direct", "electronic", "post", "leave", "announcement"] = Field(
            "direct", title="送达方式"
        )
        declare_by: date | None = Field(None, title="报告财产期限", description="不填即按本院设定的天数计算")

    def check(self, ctx: ActContext) -> list[Problem]:
        """A judge must be assigned; the deadline lies after service."""
        problems, f, case = [], ctx.fields, ctx.case
        if case.state != CaseState.OPEN:
            problems.append(
                Problem(code="case.closed", sentence="案件已结。", mend="恢复执行请另立执恢案件。")
            )
        if case.handler_id is None:
            problems.append(
                Problem(
                    code="notice.no_judge",
                    sentence="还没有确定承办法官。",
                    mend="请先分案。",
                    law="execterm.2",
                )
            )
        if f.served_on > ctx.today:
            problems.append(
                Problem(
                    code="notice.future",
                    sentence=f"送达日期 {f.served_on} 晚于今天。",
                    mend="请填写实际送达日期。",
                    field="served_on",
                )
            )
        if f.served_on < case.docketed_on:
            problems.append(
                Problem(
                    code="notice.early",
                    sentence="送达日期早于立案日期。",
                    mend="请核对日期。",
                    field="served_on",
                )
            )
        if f.declare_by is not None and f.declare_by <= f.served_on:
            problems.append(
                Problem(
                    code="notice.declare_by",
                    sentence="报告财产期限必须晚于送达日期。",
                    mend="请改期限。",
                    field="declare_by",
                )
            )
        return problems

    def documents(self, ctx: ActContext) -> list[DocumentSpec]:
        """Notice and order for each obligor; acceptance notice for each applicant."""
        return notice_specs(ctx, declare_by=self._declare_by(ctx))

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """Note service and deadline."""
        case = ctx.case
        case.notice_served_on, case.declare_by = ctx.fields.served_on, self._declare_by(ctx)
        case.save(update_fields=["notice_served_on", "declare_by"])
        return {
            "method": ctx.fields.method,
            "declare_by": case.declare_by.isoformat(),
            "node_due": {"N09": case.declare_by.isoformat()},
        }

    @staticmethod
    def _declare_by(ctx: ActContext) -> date:
        return ctx.fields.declare_by or deadline(ctx.fields.served_on, "declaration.period").due
