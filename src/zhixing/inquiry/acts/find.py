"""认定比对结论: the machine proposed, the judge finds under his own name."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from zhixing.acts.kinds import Act, ActContext, ActFields, Audience, Sensitive
from zhixing.courts.roles import Role
from zhixing.inquiry.comparisons import finding_join
from zhixing.inquiry.models import Comparison, Finding, Screen, Verdict
from zhixing.kernel.errors import Problem


class Find(Act):
    """The judge's verdict on declared items, and on records the sieve left to him (DEC-06, DEC-08, PRIV-06)."""

    code = "inquiry.find"
    title = "认定比对结论"
    summary = "逐项认定财产报告是否属实；对存疑的查询记录认定是否属于被执行人。"
    law = ("survey.8", "survey.9", "pipl.24")
    drafters = frozenset({Role.JUDGE})
    audience = Audience.INTERNAL
    offered = False

    class Fields(ActFields):
        """One line and the verdict; or one unclear record and whose it is."""

        comparison: int | None = Field(None, title="比对项")
        verdict: Literal["match", "omitted", "understated", "overstated", "not_found", "doubt", ""] = Field(
            "", title="认定"
        )
        finding: int | None = Field(None, title="存疑记录")
        whose: Literal["own", "other", ""] = Field("", title="属于")
        reason: Sensitive = Field("", title="理由", max_length=500, json_schema_extra={"widget": "textarea"})

    def check(self, ctx: ActContext) -> list[Problem]:
        """Opened, his own, and with a reason where he departs from the proposal."""
        f, problems = ctx.fields, []
        if f.comparison is not None:
            row = Comparison.objects.filter(pk=f.comparison, case_id=ctx.case.pk).first()
            if row is None:
                problems.append(
                    Problem(
                        code="find.unseen",
                        sentence="没有这一比对项，或者反馈包尚未开启。",
                        mend="请先开启反馈包。",
                    )
                )
            elif not f.verdict:
                problems.append(
                    Problem(
                        code="find.no_verdict",
                        sentence="没有选择认定结论。",
                        mend="请选择一项。",
                        field="verdict",
                    )
                )
            elif f.verdict != row.proposed and not f.reason.strip():
                problems.append(
                    Problem(
                        code="find.reason",
                        sentence="认定与建议结论不同，须写明理由。",
                        mend="请填写理由。",
                        field="reason",
                    )
                )
        elif f.finding is not None:
            row = Finding.objects.filter(pk=f.finding, case_id=ctx.case.pk, screen=Screen.UNCLEAR).first()
            if row is None:
                problems.append(
                    Problem(
                        code="find.not_unclear",
                        sentence="这条记录不需要认定，或者反馈包尚未开启。",
                        mend="请刷新页面。",
                    )
                )
            elif not f.whose or not f.reason.strip():
                problems.append(
                    Problem(
                        code="find.whose",
                        sentence="请选择属于谁并写明依据。",
                        mend="如：与本人核对、银行补充说明。",
                        field="reason",
                    )
                )
        else:
            problems.append(
                Problem(code="find.nothing", sentence="没有选择要认定的项目。", mend="请在表中点“认定”。")
            )
        return problems

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """Write the verdict."""
        f = ctx.fields
        if f.comparison is not None:
            Comparison.objects.filter(pk=f.comparison).update(
                decided=Verdict(f.verdict), decided_by=ctx.actor.name, decided_at=ctx.moment
            )
            return {"comparison": f.comparison, "verdict": f.verdict}
        row = Finding.objects.select_related("packet__case").get(pk=f.finding)
        row.screen = Screen(f.whose)
        row.reasons = [*row.reasons, f"{ctx.actor.name}认定"]
        row.save(update_fields=["screen", "reasons"])
        if row.screen == Screen.OWN:
            finding_join(row, on=ctx.today)
        return {"finding": f.finding, "whose": f.whose}
