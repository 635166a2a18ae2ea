"""认领案款: the funds manager assigns money that nobody could assign automatically."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from zhixing.acts.kinds import Act, ActContext, ActFields, Audience, Sensitive
from zhixing.courts.roles import Role
from zhixing.funds import checks, services
from zhixing.funds.models import Reason, StatementLine
from zhixing.kernel.clock import court_date
from zhixing.kernel.errors import Problem
from zhixing.law.terms import deadline


class Match(Act):
    """Claim of unknown money by a person, with his reason (FUND-06, FUND-13, N32)."""

    code = "funds.match"
    title = "认领不明款"
    summary = "核对付款人、附言和案件后，把不明款认领到本案。"
    law = ("funds_rules",)
    drafters = frozenset({Role.FUNDS_MANAGER})
    audience = Audience.PARTIES
    plain = "法院收到一笔执行款。"
    offered = False

    class Fields(ActFields):
        """Which line, and why it belongs here."""

        line: int = Field(title="流水", json_schema_extra={"widget": "hidden"})
        reason: Sensitive = Field(
            title="认领依据",
            min_length=4,
            max_length=300,
            json_schema_extra={"widget": "textarea"},
            description="如：付款人为被执行人，电话核实系履行本案",
        )

    def check(self, ctx: ActContext) -> list[Problem]:
        """As the automatic claim; late claims say why."""
        problems = checks.line_problems(ctx, ctx.fields.line)
        line = StatementLine.objects.filter(pk=ctx.fields.line).first()
        if line is None:
            return problems
        due = deadline(court_date(line.at), "funds.match").due
        if ctx.today > due:
            problems.append(
                Problem(
                    code="match.late",
                    level="warning",
                    field="line",
                    sentence=f"这笔款 {court_date(line.at)} 到账，应在 {due} 前认领。",
                    mend="请写明逾期认领的理由。",
                )
            )
        return problems

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """Suspense → case."""
        line = StatementLine.objects.get(pk=ctx.fields.line)
        services.line_claim(
            line=line, case=ctx.case, reason=Reason.MATCH, draft_id=ctx.act_id, moment=ctx.moment
        )
        return {"amount": str(line.amount), "line": line.pk}
