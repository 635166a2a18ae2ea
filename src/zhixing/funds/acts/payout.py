"""发放案款: the judge proposes, funds manager, bureau chief and vice-president approve; the money is set apart."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from zhixing.acts.errors import ActRefused
from zhixing.acts.kinds import Act, ActContext, ActFields, Audience, DocumentSpec, Sensitive
from zhixing.cases.models import Party
from zhixing.courts.roles import Role
from zhixing.funds import payout_checks, services
from zhixing.funds.models import Purpose
from zhixing.funds.papers import payout_form
from zhixing.funds.selectors import case_equation
from zhixing.kernel.errors import Problem


class PayOut(Act):
    """Pay-out of case funds (法发〔2017〕6号第十、十二条; FUND-07, FUND-10, FUND-11, FUND-14, N34)."""

    code = "funds.payout"
    title = "发放案款"
    summary = "把案款发放给申请执行人，或将多余部分退还被执行人，或依法提存。"
    law = ("payout", "casefunds.12", "tenmusts.7")
    drafters = frozenset({Role.JUDGE})
    chain = "funds.payout"
    audience = Audience.PARTIES
    plain = "法院已批准发放执行款，财务部门将转账到收款账户。"
    offered = False

    class Fields(ActFields):
        """Who gets how much, and on which account."""

        purpose: Literal["claim", "refund", "deposit"] = Field("claim", title="款项性质")
        payee: int = Field(title="收款人", json_schema_extra={"widget": "select"})
        amount: Decimal = Field(title="金额（元）", gt=0, max_digits=18, decimal_places=2)
        holder: str = Field(
            title="收款户名", min_length=1, max_length=80, description="须与收款人姓名或名称一致"
        )
        bank: str = Field(title="开户银行", min_length=1, max_length=60)
        account: Sensitive = Field(title="收款账号", min_length=6, max_length=40)
        reason: str = Field(
            title="发放理由",
            min_length=2,
            max_length=300,
            json_schema_extra={"widget": "textarea"},
            description="提存的写明无法发放的情形；不写身份证号等个人信息",
        )

    def check(self, ctx: ActContext) -> list[Problem]:
        """Payee, account, balance, fee first, not more than owed, no second payment of the same."""
        return payout_checks.problems_of(ctx)

    def documents(self, ctx: ActContext) -> list[DocumentSpec]:
        """The approval form, with who approved; none when the money is gone meanwhile, which the check then tells."""
        return [payout_form(ctx)] if ctx.fields.amount <= case_equation(ctx.case.pk).releasable else []

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """Case → payable. Never without its form: money that came back between rendering and the lock waits for a new try."""
        f = ctx.fields
        if not ctx.documents:
            raise ActRefused(
                [Problem(code="payout.form", sentence="审批表未能按当时余额生成。", mend="请重新提出发放。")]
            )
        payout = services.payout_approve(
            case=ctx.case,
            party=Party.objects.get(pk=f.payee),
            purpose=Purpose(f.purpose),
            amount=f.amount,
            bank=f.bank,
            account=f.account,
            draft_id=ctx.act_id,
            moment=ctx.moment,
        )
        return {"payout": str(payout.pk), "purpose": f.purpose, "amount": str(f.amount)}
