"""May this be paid out? Every reason against it, at once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from zhixing.acts.kinds import ActContext
from zhixing.acts.models import Draft, DraftState
from zhixing.cases.models import Case, CaseState, Identifier, Party, PartyRole
from zhixing.funds.checks import balance_problems, open_problems
from zhixing.funds.distributions import Standing, standing_of
from zhixing.funds.models import Purpose
from zhixing.kernel.errors import Problem
from zhixing.kernel.money import ZERO
from zhixing.kernel.text import normalise

ROLE_OF = {
    Purpose.CLAIM: PartyRole.APPLICANT,
    Purpose.REFUND: PartyRole.OBLIGOR,
    Purpose.DEPOSIT: PartyRole.APPLICANT,
}
STRONG = ("resident_id", "uscc", "passport")


def problems_of(ctx: ActContext) -> list[Problem]:
    """All problems of a payment, for the act funds.payout."""
    f, purpose = ctx.fields, Purpose(ctx.fields.purpose)
    payee = Party.objects.filter(pk=f.payee, case=ctx.case).first()
    waiting = pending_drafts(ctx.case.pk, except_id=ctx.draft_id)
    standing = standing_of(ctx.case)
    problems = open_problems(ctx) + _payee(payee, purpose, f.holder)
    # Others that wait only count when drafting: later, each is held against what is really there.
    promised = sum((_amount(d) for d in waiting), ZERO) if ctx.draft_id is None else ZERO
    problems += balance_problems(standing.equation.releasable - promised, f.amount)
    if purpose == Purpose.REFUND:
        problems += _refund(ctx.case, payee, f.amount, standing)
    else:
        problems += _to_creditor(f.amount, purpose, standing, waiting)
    if any(_same(draft, f) for draft in waiting) and ctx.draft_id is None:
        problems.append(
            Problem(
                code="payout.again",
                level="warning",
                sentence="同一收款人、同一金额的发放已在审批。",
                mend="确属两笔的，请写明理由。",
            )
        )
    return problems


def pending_drafts(case_id: int, *, except_id: object = None) -> list[Draft]:
    """Payments of the case that wait for approval, oldest first."""
    rows = Draft.objects.filter(case_id=case_id, code="funds.payout", state=DraftState.PENDING)
    return list(rows.exclude(pk=except_id).order_by("created_at"))


def _payee(payee: Party | None, purpose: Purpose, holder: str) -> list[Problem]:
    wanted = ROLE_OF[purpose]
    if payee is None or payee.role != wanted:
        return [
            Problem(
                code="payout.payee",
                field="payee",
                law="funds_rules",
                sentence=f"{purpose.label}的收款人应是本案{wanted.label}。",
                mend="付给他人须经合议庭合议，请另行办理。",
            )
        ]
    if purpose != Purpose.DEPOSIT and normalise(holder) != normalise(payee.name):
        return [
            Problem(
                code="payout.holder",
                field="holder",
                law="funds_rules",
                sentence="收款户名与收款人姓名或名称不一致。",
                mend="请改用收款人本人账户；代领的须有特别授权并付至本人账户。",
            )
        ]
    return []


def _to_creditor(
    amount: Decimal, purpose: Purpose, standing: Standing, waiting: list[Draft]
) -> list[Problem]:
    problems = []
    if amount > standing.claim_open:
        problems.append(
            Problem(
                code="payout.over_claim",
                field="amount",
                law="delayed_interest",
                sentence=f"申请执行人尚可受偿 {standing.claim_open:,.2f} 元，填写的是 {amount:,.2f} 元。",
                mend="请改小金额；多余的应退还被执行人。",
            )
        )
    left = standing.equation.releasable - standing.fee_due
    if standing.fee_due and amount > left:
        problems.append(
            Problem(
                code="payout.fee_first",
                level="warning",
                field="amount",
                law="execution_fee",
                sentence=f"应先收执行申请费 {standing.fee_due:,.2f} 元，扣除后可发放 {max(ZERO, left):,.2f} 元。",
                mend="请先收费；免交、缓交或协商负担的，请写明理由。",
            )
        )
    refunds = any(draft.payload.get("purpose") == Purpose.REFUND for draft in waiting)
    if purpose == Purpose.CLAIM and standing.rest_due and not refunds:
        problems.append(
            Problem(
                code="payout.excess",
                level="warning",
                law="funds_rules",
                sentence=f"案款超出应执行总额，多余的 {standing.rest_due:,.2f} 元应退还被执行人。",
                mend="请同时办理退款；暂不退还的，请写明理由。",
            )
        )
    return problems


def _refund(case: Case, payee: Party | None, amount: Decimal, standing: Standing) -> list[Problem]:
    problems = []
    if amount > standing.rest_due:
        problems.append(
            Problem(
                code="payout.over_rest",
                field="amount",
                law="funds_rules",
                sentence=f"清偿债务和费用后多余 {standing.rest_due:,.2f} 元，不能退还 {amount:,.2f} 元。",
                mend="请改小金额。",
            )
        )
    others = _other_cases(case, payee) if payee is not None else []
    if others:
        problems.append(
            Problem(
                code="payout.other_cases",
                level="warning",
                sentence=f"该被执行人在本院还有未结执行案件：{'、'.join(others)}。",
                mend="请先核对是否应予冻结；仍退还的，请写明理由。",
            )
        )
    return problems


def _other_cases(case: Case, payee: Party) -> list[str]:
    """Numbers of open cases in sight where the same person, by his strong identifiers, is an obligor. Five at most."""
    marks = Identifier.objects.filter(party=payee, kind__in=STRONG).values("value_index")
    rows = Case.objects.filter(
        state=CaseState.OPEN,
        court_key=case.court_key,
        identifiers__party__role=PartyRole.OBLIGOR,
        identifiers__value_index__in=marks,
    )
    return list(rows.exclude(pk=case.pk).order_by("number").values_list("number", flat=True).distinct()[:5])


def _same(draft: Draft, fields: Any) -> bool:
    return draft.payload.get("payee") == fields.payee and _amount(draft) == fields.amount


def _amount(draft: Draft) -> Decimal:
    return Decimal(str(draft.payload.get("amount", "0")))
