"""冲销: a wrong entry is undone by its contra entry; both stay in the book."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from zhixing.acts.kinds import Act, ActContext, ActFields, Audience, Sensitive
from zhixing.acts.models import Draft
from zhixing.courts.roles import Role
from zhixing.funds import checks, services
from zhixing.funds.models import Entry, Reason
from zhixing.funds.selectors import case_equation
from zhixing.kernel.errors import Problem

# Entries that give money to a case: undone only while the case still has it.
GIVES = {Reason.RECEIVE, Reason.MATCH}


class Reverse(Act):
    """Correction of an entry of this case by another person than the one who made it (FUND-20)."""

    code = "funds.reverse"
    title = "冲销账目"
    summary = "记错的账目以反向分录冲销，原分录保留。"
    law = ("funds_rules", "four_eyes")
    drafters = frozenset({Role.FUNDS_MANAGER})
    audience = Audience.INTERNAL
    offered = False

    class Fields(ActFields):
        """Which entry, and why."""

        entry: int = Field(title="分录", json_schema_extra={"widget": "hidden"})
        reason: Sensitive = Field(
            title="冲销理由", min_length=4, max_length=300, json_schema_extra={"widget": "textarea"}
        )

    def check(self, ctx: ActContext) -> list[Problem]:
        """Of this case, not undone yet, nothing built upon it, not by its maker."""
        entry = Entry.objects.filter(pk=ctx.fields.entry, case=ctx.case).first()
        if entry is None:
            return [
                Problem(
                    code="reverse.unknown",
                    sentence="本案没有这笔分录。",
                    mend="请刷新页面后重选。",
                    field="entry",
                )
            ]
        problems = checks.open_problems(ctx)
        if entry.reason == Reason.REVERSE:
            problems.append(
                Problem(
                    code="reverse.contra",
                    sentence="冲销分录不能再冲销。",
                    mend="请重新办理原来的事项。",
                    field="entry",
                )
            )
        if Entry.objects.filter(reverses=entry).exists():
            problems.append(
                Problem(
                    code="reverse.twice", sentence="这笔分录已经冲销。", mend="不需要再办。", field="entry"
                )
            )
        if (
            entry.reason == Reason.PAYOUT
            and Entry.objects.filter(payout=entry.payout_id, reason=Reason.BOOK, reversed_by=None).exists()
        ):
            problems.append(
                Problem(
                    code="reverse.paid",
                    sentence="这笔发放已经付款。",
                    mend="款项退回后，请先冲销付款登记。",
                    field="entry",
                )
            )
        if entry.reason in GIVES:
            amount = max(posting.amount for posting in entry.postings.all())
            problems += checks.balance_problems(case_equation(ctx.case.pk).releasable, amount)
        maker = Draft.objects.filter(pk=entry.draft_id).values_list("drafter_staff_id", flat=True).first()
        if maker is not None and maker == ctx.actor.staff_id:
            problems.append(
                Problem(
                    code="reverse.four_eyes",
                    sentence="这笔分录是您本人办理的，不能由本人冲销。",
                    mend="请由另一名案款管理员冲销。",
                    law="four_eyes",
                )
            )
        return problems

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """The contra entry."""
        entry = Entry.objects.get(pk=ctx.fields.entry)
        contra = services.entry_reverse(entry=entry, draft_id=ctx.act_id, moment=ctx.moment)
        return {"entry": entry.pk, "contra": contra.pk, "reason": entry.reason}
