"""归档: the closed case becomes a file with an index."""

from __future__ import annotations

from typing import Any

from zhixing.acts.kinds import Act, ActContext, Audience, DocumentSpec
from zhixing.cases.documents import archive_specs
from zhixing.cases.models import CaseState
from zhixing.courts.roles import Role
from zhixing.kernel.errors import Problem


class Archive(Act):
    """Archiving after closing (N37)."""

    code = "cases.archive"
    title = "归档"
    summary = "生成案卷目录，案件转为只读。"
    law = ("closing26",)
    drafters = frozenset({Role.CLERK, Role.ASSISTANT})
    audience = Audience.INTERNAL

    def check(self, ctx: ActContext) -> list[Problem]:
        """Closed first, once only."""
        if ctx.case.state == CaseState.OPEN:
            return [Problem(code="archive.open", sentence="案件尚未结案，不能归档。", mend="请先办理结案。")]
        if ctx.case.state == CaseState.ARCHIVED:
            return [Problem(code="archive.twice", sentence="案件已经归档。", mend="不需要再办。")]
        return []

    def documents(self, ctx: ActContext) -> list[DocumentSpec]:
        """The index of the file."""
        return archive_specs(ctx)

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """Read-only from here on."""
        ctx.case.state, ctx.case.archived_on = CaseState.ARCHIVED, ctx.today
        ctx.case.save(update_fields=["state", "archived_on"])
        return {}
