"""月度通报: one institution is told its figures of one month, sealed and signed off."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from zhixing.acts.kinds import Act, ActContext, ActFields, Audience, DocumentSpec
from zhixing.acts.models import Draft, DraftState
from zhixing.command.letters import letter_content
from zhixing.command.post import letter_post
from zhixing.command.scores import Figures, figures_of
from zhixing.courts.models import Court, Staff
from zhixing.courts.roles import Role
from zhixing.gateway.models import Agency
from zhixing.kernel.errors import Problem


class MonthlyLetter(Act):
    """Facts of one month to one institution, with the legal basis; nothing is compared with other institutions."""

    code = "command.letter"
    title = "发出协助执行情况通报函"
    summary = "把一个月的反馈情况函告协助单位；数字由往来报文自动统计，已扣除本院系统故障。"
    law = ("cpl.253", "network.5")
    drafters = frozenset({Role.COMMAND_STAFF})
    chain = "command.letter"
    audience = Audience.INTERNAL
    case_bound = False
    offered = False

    class Fields(ActFields):
        """Institution and month."""

        agency: str = Field(title="协助单位", max_length=17)
        month: date = Field(title="月份", description="该月第一日")

    def check(self, ctx: ActContext) -> list[Problem]:
        """A month that is over, an institution we dealt with, and no letter about it yet."""
        first, problems = ctx.fields.month.replace(day=1), []
        if first >= ctx.today.replace(day=1):
            problems.append(
                Problem(
                    code="letter.month_open",
                    sentence=f"{first:%Y年%m月}还没有结束，数字会继续变化。",
                    mend="请在下月通报。",
                    field="month",
                )
            )
        if figures(ctx) is None:
            problems.append(
                Problem(
                    code="letter.nothing",
                    sentence="该单位这个月与本院没有往来，没有可以通报的数字。",
                    mend="请核对单位和月份。",
                    field="agency",
                )
            )
        if _sent(ctx, first):
            problems.append(
                Problem(
                    code="letter.sent",
                    sentence=f"{first:%Y年%m月}的通报已经发给该单位。",
                    mend="数字需要更正的，请在下月通报中说明。",
                    field="month",
                )
            )
        return problems

    def documents(self, ctx: ActContext) -> list[DocumentSpec]:
        """The sealed letter."""
        row, court = figures(ctx), Court.objects.get(pk=ctx.court_key)
        if row is None:
            return []
        agency = Agency.objects.get(pk=ctx.fields.agency)
        staff = Staff.objects.filter(pk=ctx.actor.staff_id).first()
        content = letter_content(agency, row, court=court, staff=staff, moment=ctx.moment)
        return [DocumentSpec(kind="institution_letter", data=content, recipient=agency.name)]

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """Mail it to the liaison, if one is on file; else it goes on paper."""
        sent = letter_post(ctx, ctx.document("institution_letter"), agency_code=ctx.fields.agency)
        return {"agency": ctx.fields.agency, "month": f"{ctx.fields.month:%Y-%m}", "by_mail": sent}


def figures(ctx: ActContext) -> Figures | None:
    """The month's figures of this court's orders."""
    court = Court.objects.get(pk=ctx.court_key)
    rows = figures_of(court, first=ctx.fields.month.replace(day=1), agency=ctx.fields.agency)
    return rows[0] if rows else None


def _sent(ctx: ActContext, first: date) -> bool:
    return (
        Draft.objects.filter(
            code="command.letter",
            court_key=ctx.court_key,
            state=DraftState.EFFECTIVE,
            result__agency=ctx.fields.agency,
            result__month=f"{first:%Y-%m}",
        )
        .exclude(pk=ctx.draft_id)
        .exists()
    )
