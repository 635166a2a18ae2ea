"""核对报文: a message that was set apart is concluded by a person; its bytes stay as they came."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from zhixing.acts.kinds import Act, ActContext, ActFields, Audience
from zhixing.courts.roles import Role
from zhixing.gateway import reviews
from zhixing.gateway.models import Review
from zhixing.kernel.errors import Problem


class ReviewMessage(Act):
    """Conclusion on a message of an agency that fitted no order, was unreadable, or contradicted an earlier one."""

    code = "gateway.review"
    title = "核对报文"
    summary = (
        "协助执行单位发来、系统没有采用的报文，由查询员与该单位核对后登记结论；报文原文留存，不改动案件。"
    )
    law = ("network.8",)
    drafters = frozenset({Role.INQUIRY_OFFICER})
    audience = Audience.INTERNAL
    case_bound = False
    offered = False

    class Fields(ActFields):
        """Which message, what was concluded, how it was checked."""

        message: int = Field(title="报文", json_schema_extra={"widget": "hidden"})
        conclusion: Literal["corrected", "stands", "offline", "void"] = Field(title="结论")
        note: str = Field(
            title="核对经过",
            min_length=4,
            max_length=300,
            description="与谁、以何种方式核对；不写身份证号、账号等个人信息",
            json_schema_extra={"widget": "textarea"},
        )

    def check(self, ctx: ActContext) -> list[Problem]:
        """A message of this court, set apart, not yet concluded."""
        message = reviews.message_load(ctx.fields.message)
        if message is None:
            return [
                Problem(
                    code="review.unknown",
                    sentence="没有这一待核报文，或者它不属于本院。",
                    mend="请回到待核报文清单重新选择。",
                    field="message",
                )
            ]
        if message.review:
            return [
                Problem(
                    code="review.done",
                    sentence=f"这一报文已有结论：{Review(message.review).label}。",
                    mend="不需要再次登记。",
                )
            ]
        return []

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """The conclusion beside the message; nothing else."""
        reviews.message_conclude(ctx.fields.message, Review(ctx.fields.conclusion), moment=ctx.moment)
        return {"message": ctx.fields.message, "conclusion": ctx.fields.conclusion}
