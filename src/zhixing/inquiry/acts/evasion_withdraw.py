"""撤回材料: a fact entered wrongly is taken back; it stays in the file."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from zhixing.acts.kinds import Act, ActContext, ActFields, Audience, Sensitive
from zhixing.courts.roles import Role
from zhixing.inquiry.acts.evasion_material import handler_problems
from zhixing.inquiry.models import Material
from zhixing.kernel.errors import Problem


class WithdrawMaterial(Act):
    """The next search no longer sees it; leads that rested on it vanish unless decided."""

    code = "inquiry.evasion_withdraw"
    title = "撤回关系与交易材料"
    summary = "撤回登记有误的材料；原记录留存，下次查找不再使用。"
    law = ("pipl.46",)
    drafters = frozenset({Role.JUDGE})
    audience = Audience.INTERNAL
    offered = False

    class Fields(ActFields):
        """Which and why."""

        material: int = Field(title="材料")
        reason: Sensitive = Field(title="理由", min_length=2, max_length=200)

    def check(self, ctx: ActContext) -> list[Problem]:
        """Still there, of this case."""
        problems = handler_problems(ctx)
        rows = Material.objects.filter(pk=ctx.fields.material, case=ctx.case, withdrawn_at=None)
        if not problems and not rows.exists():
            problems.append(
                Problem(
                    code="material.gone",
                    sentence="没有这份材料，或者已经撤回。",
                    mend="请刷新页面。",
                )
            )
        return problems

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """Mark it."""
        Material.objects.filter(pk=ctx.fields.material, case=ctx.case).update(withdrawn_at=ctx.moment)
        return {"material": ctx.fields.material}
