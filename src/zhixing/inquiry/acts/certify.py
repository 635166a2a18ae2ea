"""出具网络财产查询清单: what was asked, what came, what is missing; sealed, with its data inside the PDF."""

from __future__ import annotations

from typing import Any

from zhixing.acts.kinds import Act, ActContext, Audience, DocumentSpec
from zhixing.courts.roles import Role
from zhixing.inquiry.exhaustion import exhaustion_of
from zhixing.inquiry.exhaustion_paper import paper_of
from zhixing.kernel.errors import Problem

KIND = "exhaustion_list"


class Certify(Act):
    """The proof of the network inquiry behind 终本 (法〔2016〕373号 arts 1, 3; TB-03): it states gaps and hides none."""

    code = "inquiry.certify"
    title = "出具网络财产查询清单"
    summary = (
        "列明向哪些单位查询过、何时、结果类别，以及没有查询和没有反馈的缺口，盖章后可以作为终本核对的依据。"
    )
    law = ("termination.1", "survey.1")
    drafters = frozenset({Role.JUDGE})
    audience = Audience.INTERNAL
    offered = False

    def check(self, ctx: ActContext) -> list[Problem]:
        """The handler's own; something must have been asked."""
        if ctx.case.handler_id != ctx.actor.staff_id:
            return [
                Problem(
                    code="certify.not_handler",
                    sentence="查询清单由承办法官出具。",
                    mend="请由承办法官办理。",
                    law="network.7",
                )
            ]
        if all(line["answer"].startswith("not_") and not line["messages"] for line in told(ctx)["lines"]):
            return [
                Problem(
                    code="certify.nothing",
                    sentence="本案还没有向任何单位发出财产查询，没有可以列明的内容。",
                    mend="请先提出网络查询。",
                    law="survey.1",
                )
            ]
        return []

    def documents(self, ctx: ActContext) -> list[DocumentSpec]:
        """The sealed list."""
        return [DocumentSpec(kind=KIND, key=KIND, data=paper_of(told(ctx)), recipient="执行卷宗")]

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """Nothing is written besides the paper; the journal keeps the counts and the digest inside the paper."""
        found, paper = told(ctx), ctx.document(KIND)
        return {
            "document": str(paper.id),
            "sha256": paper.sha256,
            "complete": found["complete"],
            "lines": len(found["lines"]),
            "gaps": len(found["gaps"]),
        }


def told(ctx: ActContext) -> dict[str, Any]:
    """The list as of the act's moment."""
    return exhaustion_of(ctx.case, moment=ctx.moment)
