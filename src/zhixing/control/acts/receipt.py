"""收到控制回执: what the agency actually did, item by item."""

from __future__ import annotations

import uuid
from typing import Any

from pydantic import Field

from zhixing.acts.kinds import Act, ActContext, ActFields, Audience
from zhixing.control.receipts import receipt_write


class TakeReceipt(Act):
    """The effect of one accepted control answer, exactly once; a later correction is a new version (wire §1.4)."""

    code = "control.receipt"
    title = "收到控制回执"
    summary = "逐项登记实际控制金额、超额部分、在先冻结和届满日；不成功的写明原因。"
    law = ("network.4",)
    by_agency = True
    audience = Audience.AFTER_MEASURE
    plain = "银行等单位已回复法院的控制要求。"
    offered = False

    class Fields(ActFields):
        """The order answered and the message."""

        order: uuid.UUID = Field(title="请求")
        message: int = Field(title="原文编号")

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """Decode the kept bytes again and settle each measure."""
        return receipt_write(order_id=ctx.fields.order, message_id=ctx.fields.message, moment=ctx.moment)
