"""登记下落: known means wait for the declaration period, unknown means inquire at once (B1)."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from zhixing.acts.kinds import Act, ActContext, ActFields, Audience, Sensitive
from zhixing.cases.models import CaseState
from zhixing.cases.models import Whereabouts as State
from zhixing.courts.roles import Role
from zhixing.kernel.errors import Problem


class SetWhereabouts(Act):
    """Whether the debtor can be found, with the evidence for it."""

    code = "cases.whereabouts"
    title = "登记被执行人下落"
    summary = "下落明确的，等报告期限届满；下落不明的，可以立即查询。"
    law = ("procedure.22", "cpl.251")
    drafters = frozenset({Role.JUDGE, Role.ASSISTANT, Role.CLERK})
    audience = Audience.INTERNAL

    class Fields(ActFields):
        """State and evidence."""

        whereabouts: Literal["known", "unknown"] = Field(title="下落")
        evidence: Sensitive = Field(
            title="依据",
            min_length=4,
            max_length=500,
            description="如：两次送达未果，邻居称已外出务工",
            json_schema_extra={"widget": "textarea"},
        )

    def check(self, ctx: ActContext) -> list[Problem]:
        """The case must be open."""
        if ctx.case.state != CaseState.OPEN:
            return [Problem(code="case.closed", sentence="案件已结。", mend="恢复执行请另立执恢案件。")]
        return []

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """Note the state."""
        ctx.case.whereabouts = State(ctx.fields.whereabouts)
        ctx.case.save(update_fields=["whereabouts"])
        return {"whereabouts": ctx.fields.whereabouts}
