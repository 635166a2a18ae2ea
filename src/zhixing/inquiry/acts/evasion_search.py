"""查找规避执行线索: the rules over everything the case knows."""

from __future__ import annotations

from typing import Any

from zhixing.acts.kinds import Act, ActContext, Audience
from zhixing.courts.roles import Role
from zhixing.inquiry.acts.evasion_material import handler_problems
from zhixing.inquiry.evasion import leads_search
from zhixing.kernel.errors import Problem


class SearchEvasion(Act):
    """Leads are proposed by the machine; nothing follows from them by itself (个人信息保护法第二十四条)."""

    code = "inquiry.evasion_search"
    title = "查找规避执行线索"
    summary = "按规则比对流水、登记、申报，列出线索、依据和应先核实的正当解释；由承办法官逐条决定。"
    law = ("pipl.24", "cpl.114", "civil.538")
    drafters = frozenset({Role.JUDGE})
    audience = Audience.INTERNAL
    offered = False

    def check(self, ctx: ActContext) -> list[Problem]:
        """By the judge of the case."""
        return handler_problems(ctx)

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """Counts only: what was found stays sealed."""
        return leads_search(ctx.case, moment=ctx.moment)
