"""付款登记: finance books that the bank paid. Whoever proposed or checked the payment does not book it."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from pydantic import Field

from zhixing.acts.kinds import Act, ActContext, ActFields, Audience
from zhixing.acts.models import Draft
from zhixing.courts.roles import Role
from zhixing.funds import services
from zhixing.funds.models import Entry, Payout, Reason
from zhixing.kernel.clock import court_date
from zhixing.kernel.errors import Problem


class Book(Act):
    """Payment made by the bank (FUND-01, FUND-11, FUND-20: maker ≠ checker ≠ payer; N34)."""

    code = "funds.book"
    title = "付款登记"
    summary = "银行转账完成后，由没有参与提出和审批的财务人员登记付款。"
    law = ("payout", "four_eyes")
    drafters = frozenset({Role.FUNDS_MANAGER})
    audience = Audience.PARTIES
    plain = "执行款已经转账到收款账户。"
    offered = False

    class Fields(ActFields):
        """Which payment, and the bank's voucher."""

        payout: uuid.UUID = Field(title="付款", json_schema_extra={"widget": "hidden"})
        voucher: str = Field(title="银行回单号", min_length=4, max_length=60)
        paid_on: date = Field(title="付款日期")

    def check(self, ctx: ActContext) -> list[Problem]:
        """Approved, not paid, by a third person."""
        f = ctx.fields
        payout = Payout.objects.filter(pk=f.payout, case=ctx.case).first()
        if payout is None:
            return [
                Problem(
                    code="book.unknown",
                    sentence="本案没有这笔已批准的付款。",
                    mend="请刷新页面后重选。",
                    field="payout",
                )
            ]
        problems = self._state(payout) + self._third_person(ctx, payout)
        if not court_date(payout.approved_at) <= f.paid_on <= ctx.today:
            problems.append(
                Problem(
                    code="book.day",
                    field="paid_on",
                    sentence=f"付款日期 {f.paid_on} 不在批准之日与今天之间。",
                    mend=f"请填写 {court_date(payout.approved_at)} 至 {ctx.today} 之间的日期。",
                )
            )
        used = Entry.objects.filter(
            court_key=ctx.case.court_key, reason=Reason.BOOK, voucher=f.voucher, reversed_by=None
        )
        if used.exists():
            problems.append(
                Problem(
                    code="book.voucher",
                    field="voucher",
                    sentence="这个回单号已经登记过。",
                    mend="请核对回单。",
                )
            )
        return problems

    @staticmethod
    def _state(payout: Payout) -> list[Problem]:
        live = set(Entry.objects.filter(payout=payout, reversed_by=None).values_list("reason", flat=True))
        if Reason.PAYOUT not in live:
            return [
                Problem(
                    code="book.reversed",
                    sentence="这笔付款已经冲销。",
                    mend="需要付款的，请重新提出发放。",
                    field="payout",
                )
            ]
        if Reason.BOOK in live:
            return [
                Problem(
                    code="book.twice", sentence="这笔付款已经登记过。", mend="不需要再登记。", field="payout"
                )
            ]
        return []

    @staticmethod
    def _third_person(ctx: ActContext, payout: Payout) -> list[Problem]:
        draft = Draft.objects.get(pk=payout.draft_id)
        earlier = {draft.drafter_staff_id, *draft.steps.values_list("decided_staff_id", flat=True)}
        if ctx.actor.staff_id is None or ctx.actor.staff_id in earlier:
            return [
                Problem(
                    code="book.four_eyes",
                    sentence="提出、核账、付款三人不得相同，您已经参与过这笔发放。",
                    mend="请由另一名案款管理员登记付款。",
                    law="four_eyes",
                )
            ]
        return []

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """Payable → bank."""
        f = ctx.fields
        payout = Payout.objects.get(pk=f.payout)
        services.payout_book(
            payout=payout, draft_id=ctx.act_id, voucher=f.voucher, paid_on=f.paid_on, moment=ctx.moment
        )
        return {"payout": str(payout.pk), "purpose": payout.purpose, "amount": str(payout.amount)}
