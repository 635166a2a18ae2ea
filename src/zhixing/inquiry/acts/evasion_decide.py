"""处理规避执行线索: the judge decides on one lead, with a reason; any decision can be changed later."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from zhixing.acts.kinds import Act, ActContext, ActFields, Audience, Sensitive
from zhixing.courts.roles import Role
from zhixing.inquiry.acts.evasion_material import handler_problems
from zhixing.inquiry.evasion import lead_decide
from zhixing.inquiry.models import Lead, LeadVerdict
from zhixing.kernel.errors import Problem


class DecideLead(Act):
    """Pursue, explained, dropped, or open again. No measure follows without its own act."""

    code = "inquiry.evasion_decide"
    title = "处理规避执行线索"
    summary = "对一条线索决定据以处理、已有合理解释或者不再追查，写明理由；可以改正，历次决定留痕。"
    law = ("pipl.24", "cpl.114")
    drafters = frozenset({Role.JUDGE})
    audience = Audience.INTERNAL
    offered = False

    class Fields(ActFields):
        """Lead, verdict, reason."""

        lead: int = Field(title="线索")
        verdict: Literal["pursue", "explained", "dropped", ""] = Field("", title="处理")
        reason: Sensitive = Field("", title="理由", max_length=500, json_schema_extra={"widget": "textarea"})

    def check(self, ctx: ActContext) -> list[Problem]:
        """Of this case, changed by it, with a reason."""
        problems, f = handler_problems(ctx), ctx.fields
        if problems:
            return problems
        lead = Lead.objects.filter(pk=f.lead, case=ctx.case).first()
        if lead is None:
            return [Problem(code="lead.unknown", sentence="没有这条线索。", mend="请刷新页面。")]
        if lead.verdict == f.verdict:
            problems.append(
                Problem(
                    code="lead.same",
                    sentence=f"这条线索已经是“{lead.get_verdict_display()}”。",
                    mend="请选择其他处理。",
                    field="verdict",
                )
            )
        if len(f.reason.strip()) < 4:
            problems.append(
                Problem(
                    code="lead.reason",
                    sentence="没有写明理由。",
                    mend="请写明核实了什么、依据哪份材料。",
                    field="reason",
                )
            )
        return problems

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """Write it; the reason stays sealed."""
        f = ctx.fields
        lead = Lead.objects.select_related("case").get(pk=f.lead, case=ctx.case)
        before = lead.verdict
        lead_decide(
            lead,
            verdict=LeadVerdict(f.verdict),
            reason=f.reason,
            by=ctx.actor.name,
            moment=ctx.moment,
        )
        return {"lead": lead.pk, "code": lead.code, "before": before, "verdict": f.verdict}
