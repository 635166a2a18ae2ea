"""提醒反馈: an institution is reminded of the requests that it has not answered in its hours."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from zhixing.acts.kinds import Act, ActContext, ActFields, Audience, DocumentSpec
from zhixing.command.letters import reminder_content
from zhixing.command.post import letter_post
from zhixing.command.scores import owed_of, owed_sums
from zhixing.courts.models import Court, Staff
from zhixing.courts.roles import Role
from zhixing.gateway.models import Agency
from zhixing.kernel.errors import Problem


class Remind(Act):
    """One sealed reminder for all that an institution owes at this moment (NIC-20)."""

    code = "command.remind"
    title = "发出协助执行提醒函"
    summary = "列明超过时限仍未反馈的请求单号，函告协助单位尽快反馈；不写当事人。"
    law = ("bank64", "network.5")
    drafters = frozenset({Role.COMMAND_STAFF, Role.INQUIRY_OFFICER})
    chain = "command.remind"
    audience = Audience.INTERNAL
    case_bound = False
    offered = False

    class Fields(ActFields):
        """The institution."""

        agency: str = Field(title="协助单位", max_length=17)

    def check(self, ctx: ActContext) -> list[Problem]:
        """Something is owed; checked again when it is signed off, for it may have come meanwhile."""
        if owed_of(_court(ctx), moment=ctx.moment, agency=ctx.fields.agency, limit=1):
            return []
        return [
            Problem(
                code="remind.nothing",
                sentence="该单位没有超过时限仍未反馈的请求。",
                mend="不需要提醒；刚刚反馈的，请刷新页面。",
                law="bank64",
                field="agency",
            )
        ]

    def documents(self, ctx: ActContext) -> list[DocumentSpec]:
        """The sealed reminder."""
        court, agency = _court(ctx), Agency.objects.filter(pk=ctx.fields.agency).first()
        rows = owed_of(court, moment=ctx.moment, agency=ctx.fields.agency)
        if agency is None or not rows:
            return []
        count = next(
            (row["count"] for row in owed_sums(court, moment=ctx.moment) if row["code"] == agency.pk),
            len(rows),
        )
        staff = Staff.objects.filter(pk=ctx.actor.staff_id).first()
        content = reminder_content(agency, rows, count=count, court=court, staff=staff, moment=ctx.moment)
        return [DocumentSpec(kind="answer_reminder", data=content, recipient=agency.name)]

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """Mail it to the liaison, if one is on file; else it goes on paper."""
        sent = letter_post(ctx, ctx.document("answer_reminder"), agency_code=ctx.fields.agency)
        return {"agency": ctx.fields.agency, "by_mail": sent}


def _court(ctx: ActContext) -> Court:
    return Court.objects.get(pk=ctx.court_key)
