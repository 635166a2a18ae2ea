"""冻结: money and products at banks, up to an amount, on a ruling and a notice of assistance."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from zhixing.acts.kinds import Act, ActContext, ActFields, Audience, DocumentSpec, Sensitive
from zhixing.control import papers
from zhixing.control.measures import TargetFields, chosen_of, measures_write, period_of, target_problems
from zhixing.courts.roles import Role
from zhixing.kernel.errors import Problem


class Freeze(Act):
    """Online freeze (CPL 253; CPLI 485; 法释〔2013〕20号 arts 3–5). The claim is reserved before an order leaves."""

    code = "control.freeze"
    title = "冻结存款、理财产品"
    summary = "按查询结果冻结，以应执行总额为限；批准后自动生成裁定书和协助冻结通知书并发出。"
    law = ("cpl.253", "seizure.19", "cpli.485")
    drafters = frozenset({Role.JUDGE})
    chain = "control.freeze"
    audience = Audience.AFTER_MEASURE
    plain = "法院冻结了被执行人的存款等财产。"
    offered = False

    class Fields(ActFields):
        """Targets from opened packets."""

        targets: list[TargetFields] = Field(title="财产", min_length=1)
        reason: Sensitive = Field("", title="理由", max_length=500, json_schema_extra={"widget": "textarea"})

    def check(self, ctx: ActContext) -> list[Problem]:
        """Right person, screened, not exempt, not more than the claim."""
        return target_problems(ctx, categories={"cash", "wealth"})

    def documents(self, ctx: ActContext) -> list[DocumentSpec]:
        """One ruling; one notice per bank and person."""
        chosen = chosen_of(ctx)
        start, end, months = period_of(chosen[0][0].category, ctx.today)
        lines = [papers.account_line(facts, amount) for facts, amount in chosen]
        names = papers.debtor_names(chosen)
        specs = [
            papers.ruling(
                ctx,
                "freeze_ruling",
                names,
                limit=sum(amount for _, amount in chosen),
                accounts=lines,
                term_months=months,
            )
        ]
        assistance = papers.Assistance(ctx, {facts.party_id for facts, _ in chosen})
        for (code, agency, party_id), group in papers.by_agency(chosen).items():
            data = assistance.notice(agency, party_id) | {
                "accounts": [papers.account_line(facts, amount) for facts, amount in group],
                "term_months": months,
                "starts_on": start,
                "ends_on": end,
            }
            specs.append(
                DocumentSpec(kind="freeze_notice", key=f"notice:{code}", data=data, recipient=agency)
            )
        return specs

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """Measures and orders in one transaction."""
        return measures_write(ctx, action="freeze")
