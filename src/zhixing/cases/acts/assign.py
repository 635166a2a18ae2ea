"""分案: the case gets its judge, assistant and clerk."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from zhixing.acts.kinds import Act, ActContext, ActFields, Audience
from zhixing.cases.models import CaseState
from zhixing.courts.roles import Role
from zhixing.courts.selectors import staff_with_role
from zhixing.kernel.errors import Problem


class Assign(Act):
    """Assignment within seven days of docketing (法发〔2006〕35号第二条, N03)."""

    code = "cases.assign"
    title = "分案，确定承办人"
    summary = "确定承办法官、法官助理和书记员。"
    law = ("execterm.2",)
    drafters = frozenset({Role.BUREAU_CHIEF, Role.CLERK})
    audience = Audience.PARTIES
    plain = "案件已交给承办法官。"

    class Fields(ActFields):
        """Staff ids of this court."""

        judge: int = Field(title="承办法官", json_schema_extra={"widget": "staff:judge"})
        assistant: int | None = Field(None, title="法官助理", json_schema_extra={"widget": "staff:assistant"})
        clerk: int | None = Field(None, title="书记员", json_schema_extra={"widget": "staff:clerk"})

    def check(self, ctx: ActContext) -> list[Problem]:
        """Each must hold the role in this court today."""
        problems = []
        if ctx.case.state != CaseState.OPEN:
            problems.append(
                Problem(
                    code="case.closed", sentence="案件已结，不能再分案。", mend="恢复执行请另立执恢案件。"
                )
            )
        wanted = (
            (ctx.fields.judge, Role.JUDGE, "judge"),
            (ctx.fields.assistant, Role.ASSISTANT, "assistant"),
            (ctx.fields.clerk, Role.CLERK, "clerk"),
        )
        for staff_id, role, name in wanted:
            if staff_id is None:
                continue
            if (
                not staff_with_role(court_key=ctx.case.court_key, role=role, on=ctx.today)
                .filter(pk=staff_id)
                .exists()
            ):
                problems.append(
                    Problem(
                        code=f"assign.{name}",
                        sentence="所选人员不是本院该岗位在岗人员。",
                        mend="请重新选择。",
                        field=name,
                    )
                )
        return problems

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """Set the team."""
        case, f = ctx.case, ctx.fields
        case.handler_id, case.assistant_id, case.clerk_id = f.judge, f.assistant, f.clerk
        case.save(update_fields=["handler", "assistant", "clerk"])
        return {"judge": f.judge}
