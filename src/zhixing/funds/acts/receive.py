"""收到执行款: a statement line that names its case is claimed for it by the system."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from zhixing.acts.kinds import Act, ActContext, ActFields, Audience
from zhixing.funds import checks, services
from zhixing.funds.models import Reason, StatementLine
from zhixing.kernel.errors import Problem


class Receive(Act):
    """Automatic claim by fund account, case number or request number (FUND-02, FUND-06, N32)."""

    code = "funds.receive"
    title = "案款到账认领"
    summary = "银行流水写明本案账号、案号或请求单号的，由系统自动认领到本案。"
    law = ("funds_rules", "payout")
    by_system = True
    audience = Audience.PARTIES
    plain = "法院收到一笔执行款。"
    offered = False

    class Fields(ActFields):
        """Which line."""

        line: int = Field(title="流水")

    def check(self, ctx: ActContext) -> list[Problem]:
        """The line is there and nobody claimed it; the case is open."""
        return checks.line_problems(ctx, ctx.fields.line)

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """Suspense → case."""
        line = StatementLine.objects.get(pk=ctx.fields.line)
        services.line_claim(
            line=line, case=ctx.case, reason=Reason.RECEIVE, draft_id=ctx.act_id, moment=ctx.moment
        )
        return {"amount": str(line.amount), "line": line.pk}
