"""收到反馈: an agency's answer is screened, classified, valued and sealed to the judge."""

from __future__ import annotations

import uuid
from typing import Any

from pydantic import Field

from zhixing.acts.kinds import Act, ActContext, ActFields, Audience
from zhixing.inquiry.findings import answer_write
from zhixing.inquiry.slices import order_settle
from zhixing.kernel.errors import Problem


class TakeAnswer(Act):
    """The effect of one accepted answer, exactly once (B5, B6). The content never enters the journal."""

    code = "inquiry.answer"
    title = "收到协助单位反馈"
    summary = "反馈原文留存；自动筛查、归类、估值后密封，只有承办法官能开启。"
    law = ("network.4", "network.7")
    by_agency = True
    audience = Audience.INTERNAL
    offered = False

    class Fields(ActFields):
        """The order answered and the message."""

        order: uuid.UUID = Field(title="请求")
        message: int = Field(title="原文编号")

    def check(self, ctx: ActContext) -> list[Problem]:
        """The gateway accepted it already; nothing more to refuse."""
        return []

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """Decode the kept bytes again, screen, store sealed; note whether the agency must be asked again."""
        done = answer_write(order_id=ctx.fields.order, message_id=ctx.fields.message, moment=ctx.moment)
        order_settle(ctx.fields.order)
        return done
