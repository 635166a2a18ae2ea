"""查封: registered property, through the registry."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from zhixing.acts.kinds import Act, ActContext, ActFields, Audience, DocumentSpec, Sensitive
from zhixing.control import papers
from zhixing.control.measures import TargetFields, chosen_of, measures_write, period_of, target_problems
from zhixing.courts.roles import Role
from zhixing.kernel.errors import Problem


class Seal(Act):
    """Seizure of real estate by registration (CPL 253, 255; 查扣冻规定 arts 1, 7)."""

    code = "control.seal"
    title = "查封不动产"
    summary = "通过不动产登记机构办理查封登记。"
    law = ("cpl.255", "seizure.19", "cpli.485")
    drafters = frozenset({Role.JUDGE})
    chain = "control.freeze"
    audience = Audience.AFTER_MEASURE
    plain = "法院查封了被执行人的不动产。"
    offered = False

    class Fields(ActFields):
        """Targets from opened packets."""

        targets: list[TargetFields] = Field(title="财产", min_length=1)
        reason: Sensitive = Field("", title="理由", max_length=500, json_schema_extra={"widget": "textarea"})

    def check(self, ctx: ActContext) -> list[Problem]:
        """Right person, screened; an indivisible thing may exceed the claim only with a reason (DUR-10)."""
        return target_problems(ctx, categories={"realty"})

    def documents(self, ctx: ActContext) -> list[DocumentSpec]:
        """One ruling; one notice per registry and person."""
        chosen = chosen_of(ctx)
        start, end, months = period_of("realty", ctx.today)
        names = papers.debtor_names(chosen)
        things = [papers.realty_line(facts) for facts, _ in chosen]
        specs = [papers.ruling(ctx, "seal_ruling", names, things=things, term_months=months)]
        assistance = papers.Assistance(ctx, {facts.party_id for facts, _ in chosen})
        for (code, agency, party_id), group in papers.by_agency(chosen).items():
            data = assistance.notice(agency, party_id) | {
                "things": [papers.realty_line(facts) for facts, _ in group],
                "term_months": months,
                "starts_on": start,
                "ends_on": end,
            }
            specs.append(DocumentSpec(kind="seal_notice", key=f"notice:{code}", data=data, recipient=agency))
        return specs

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """Measures and orders in one transaction."""
        return measures_write(ctx, action="seize")
