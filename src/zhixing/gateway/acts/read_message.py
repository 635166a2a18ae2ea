"""查看报文原文: the bytes of one message, read by an administrator for a stated reason; the reading is journalled."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from zhixing.acts.kinds import Act, ActContext, ActFields, Audience
from zhixing.courts.roles import Role
from zhixing.gateway import exchange
from zhixing.kernel.errors import Problem


class ReadMessage(Act):
    """Raw bytes hold what agencies say about persons: only for finding a technical fault, never silently."""

    code = "gateway.read_message"
    title = "查看报文原文"
    summary = "管理员为排查技术故障查看一份报文的原文；何人、何时、为何查看，记入日志。"
    law = ("pipl.6",)
    drafters = frozenset({Role.ADMIN})
    audience = Audience.INTERNAL
    case_bound = False
    offered = False

    class Fields(ActFields):
        """Which message, and why."""

        way: Literal["in", "out"] = Field(title="方向")
        message: int = Field(title="报文", ge=1)
        reason: str = Field(title="查看原因", min_length=4, max_length=200)

    def check(self, ctx: ActContext) -> list[Problem]:
        """A message that this person's courts may know of."""
        if exchange.message_bytes(ctx.fields.way, ctx.fields.message) is None:
            return [Problem(code="message.unknown", sentence="没有这一报文。", mend="请刷新清单后重选。")]
        return []

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """Nothing changes; the journal entry is the effect."""
        return {"way": ctx.fields.way, "message": ctx.fields.message}
