"""线索确认: what was read from the papers becomes an identifier by a person's click, or is set aside."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from zhixing.acts.kinds import Act, ActContext, ActFields, Audience
from zhixing.cases.models import ClueState, Identifier
from zhixing.courts.roles import Role
from zhixing.kernel.errors import Problem


class ConfirmClues(Act):
    """Machine proposes, a named person decides (D1, ID-15)."""

    code = "cases.confirm_clues"
    title = "确认线索"
    summary = "逐项确认或不采用从案卷中读出的身份与财产线索。"
    law = ("survey.2",)
    drafters = frozenset({Role.JUDGE, Role.ASSISTANT, Role.CLERK})
    audience = Audience.INTERNAL
    offered = False

    class Fields(ActFields):
        """Ids of identifiers of this case; reasons for accepting one whose check failed."""

        confirm: list[int] = Field(default_factory=list, title="确认")
        reject: list[int] = Field(default_factory=list, title="不采用")

    def check(self, ctx: ActContext) -> list[Problem]:
        """Only proposed clues of this case; a failed check needs a reason."""
        f = ctx.fields
        problems = []
        if not f.confirm and not f.reject:
            problems.append(
                Problem(code="clues.none", sentence="没有选择任何线索。", mend="请勾选要确认或不采用的线索。")
            )
        rows = {
            row.pk: row
            for row in Identifier.objects.filter(case_id=ctx.case.pk, pk__in=[*f.confirm, *f.reject])
        }
        unknown = set(f.confirm) | set(f.reject) - set(rows)
        if unknown - set(rows):
            problems.append(
                Problem(code="clues.foreign", sentence="所选线索不全属于本案。", mend="请刷新页面后重选。")
            )
        if set(f.confirm) & set(f.reject):
            problems.append(
                Problem(code="clues.both", sentence="同一条线索不能既确认又不采用。", mend="请只选一种。")
            )
        for row in rows.values():
            if row.pk in f.confirm and row.check_ok is False:
                problems.append(
                    Problem(
                        code=f"clue.{row.pk}",
                        sentence=f"{row.masked}：{row.check_note or '校验未通过。'}",
                        level="warning",
                        mend="确属原件如此的，请写明理由后确认。",
                        law=None,
                    )
                )
        return problems

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """Two set-based updates."""
        mine = Identifier.objects.filter(case_id=ctx.case.pk, state=ClueState.PROPOSED)
        confirmed = mine.filter(pk__in=ctx.fields.confirm).update(
            state=ClueState.CONFIRMED, decided_by=ctx.actor.name
        )
        rejected = mine.filter(pk__in=ctx.fields.reject).update(
            state=ClueState.REJECTED, decided_by=ctx.actor.name
        )
        return {"confirmed": confirmed, "rejected": rejected}
