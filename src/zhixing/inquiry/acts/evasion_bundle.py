"""制作规避执行线索材料: chosen leads as a sealed paper with data and digests, for the file or for the applicant."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from zhixing.acts.kinds import Act, ActContext, ActFields, Audience, DocumentSpec
from zhixing.courts.roles import Role
from zhixing.inquiry.acts.evasion_material import handler_problems
from zhixing.inquiry.evasion_bundle import bundle_keep, paper_of, public_lines
from zhixing.inquiry.models import Lead, LeadVerdict
from zhixing.kernel.errors import Problem


class MakeBundle(Act):
    """The applicant gets only what the judge decided to pursue, without accounts, remarks or explanations of others."""

    code = "inquiry.evasion_bundle"
    title = "制作规避执行线索材料"
    summary = "把选定线索制成加盖院印的材料，附数据和校验值；提供申请执行人的只含据以处理的线索和最少的内容。"
    law = ("civil.538", "civil.539", "pipl.6")
    drafters = frozenset({Role.JUDGE})
    audience = Audience.INTERNAL
    offered = False

    class Fields(ActFields):
        """Which leads, for whom."""

        leads: list[int] = Field(title="线索", min_length=1)
        audience: Literal["court", "applicant"] = Field("court", title="用途")

    def check(self, ctx: ActContext) -> list[Problem]:
        """Of this case; for the applicant only those that are pursued."""
        problems, f = handler_problems(ctx), ctx.fields
        if problems:
            return problems
        rows = list(Lead.objects.filter(pk__in=f.leads, case=ctx.case))
        if len(rows) != len(set(f.leads)):
            problems.append(
                Problem(
                    code="bundle.unknown",
                    sentence="选定的线索中有本案没有的。",
                    mend="请刷新页面后重新选择。",
                    field="leads",
                )
            )
        if f.audience == "applicant" and any(row.verdict != LeadVerdict.PURSUE for row in rows):
            problems.append(
                Problem(
                    code="bundle.not_pursued",
                    sentence="选定的线索中有尚未决定据以处理的，不能提供给申请执行人。",
                    mend="请先处理该线索，或者只选据以处理的线索。",
                    law="pipl.6",
                    field="leads",
                )
            )
        return problems

    def documents(self, ctx: ActContext) -> list[DocumentSpec]:
        """The sealed paper."""
        lines = public_lines(ctx.case, ctx.fields.leads, on=ctx.today)
        return [
            DocumentSpec(
                kind="evasion_leads",
                data=paper_of(ctx.case, lines, audience=ctx.fields.audience, on=ctx.today),
                key="evasion_leads",
                recipient="申请执行人" if ctx.fields.audience == "applicant" else "附卷",
            )
        ]

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """Keep the zip."""
        f, paper = ctx.fields, ctx.document("evasion_leads")
        bundle = bundle_keep(
            ctx.case,
            public_lines(ctx.case, f.leads, on=ctx.today),
            audience=f.audience,
            paper=paper.content,
            by=ctx.actor.name,
            moment=ctx.moment,
        )
        return {"bundle": str(bundle.pk), "leads": bundle.leads, "audience": f.audience, "sha256": bundle.sha256}  # fmt: skip
