"""收取执行申请费: taken out of what was realised, before the creditor is paid."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pydantic import Field

from zhixing.acts.kinds import Act, ActContext, ActFields, Audience
from zhixing.courts.roles import Role
from zhixing.funds import checks, services
from zhixing.funds.distributions import standing_of
from zhixing.kernel.errors import Problem


class TakeFee(Act):
    """Execution fee from the proceeds, borne by the debtor (诉讼费用交纳办法第二十、三十八条; FEE-02, FEE-03)."""

    code = "funds.fee"
    title = "收取执行申请费"
    summary = "按实际执行的金额计算执行申请费，从案款中扣收。"
    law = ("execution_fee", "fees.20", "fees.38")
    drafters = frozenset({Role.FUNDS_MANAGER})
    audience = Audience.PARTIES
    plain = "法院从执行款中收取了执行申请费，由被执行人负担。"
    offered = False

    class Fields(ActFields):
        """How much, and the payment slip."""

        amount: Decimal = Field(title="金额（元）", gt=0, max_digits=18, decimal_places=2)
        voucher: str = Field(title="缴款书号", min_length=1, max_length=60)

    def check(self, ctx: ActContext) -> list[Problem]:
        """Not more than the scale gives, not more than there is."""
        problems, standing = checks.open_problems(ctx), standing_of(ctx.case)
        amount, due = ctx.fields.amount, standing.fee_due
        if amount > due:
            problems.append(
                Problem(
                    code="fee.over",
                    field="amount",
                    law="execution_fee",
                    sentence=f"按已执行金额应再收执行申请费 {due:,.2f} 元，填写的是 {amount:,.2f} 元。",
                    mend="请改为不超过应收数。",
                )
            )
        return problems + checks.balance_problems(standing.equation.releasable, amount)

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """Case → fee."""
        f = ctx.fields
        services.fee_take(
            case=ctx.case, amount=f.amount, draft_id=ctx.act_id, voucher=f.voucher, moment=ctx.moment
        )
        return {"amount": str(f.amount)}
