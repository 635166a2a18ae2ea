"""What the page of one case's funds shows, put together from selectors and the law book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from zhixing.acts.models import Draft, StepState
from zhixing.cases.models import Case, Party, PartyRole
from zhixing.courts.roles import ROLE_NAMES, Role
from zhixing.funds import selectors
from zhixing.funds.distributions import Standing, clock_of, standing_of
from zhixing.funds.domain.clock import TermLine, governing
from zhixing.funds.models import Purpose
from zhixing.funds.payout_checks import pending_drafts
from zhixing.funds.selectors import LedgerRow, payout_state
from zhixing.law.approvals import chain_for
from zhixing.ui.parts import ApprovalStep, WaterfallRow

_CHIPS = {"pending": "wait", "paid": "done", "reversed": "stop", "waiting": "doing"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PayRow:
    """One payment, approved or on its way. payout_id: None while it waits for approval."""

    name: str
    role: str
    account: str
    purpose: str
    amount: Decimal
    state: str
    label: str
    chip: str
    payout_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """Everything on the page; `first` is the governing term; waits: a payout is being approved."""

    standing: Standing
    waterfall: list[WaterfallRow]
    payments: list[PayRow]
    payments_total: Decimal
    ledger: list[LedgerRow]
    terms: list[TermLine]
    first: TermLine | None
    steps: list[ApprovalStep]
    waits: bool


def case_page(case: Case, *, today: date) -> CasePage:
    """The page of a case. Constant number of statements."""
    standing, terms = standing_of(case), clock_of(case.pk)
    waiting = pending_drafts(case.pk)
    payments = _payments(case, waiting)
    return CasePage(
        standing=standing,
        waterfall=_waterfall(standing),
        payments=payments,
        ledger=selectors.ledger_of(case.pk),
        payments_total=sum((p.amount for p in payments if p.state != "reversed"), Decimal(0)),
        terms=terms,
        first=governing(terms),
        steps=_steps(case, waiting[-1] if waiting else None),
        waits=bool(waiting),
    )


def _waterfall(standing: Standing) -> list[WaterfallRow]:
    plan = standing.distribution
    if not plan.received:
        return []
    rows = [
        WaterfallRow(
            title="执行案款", amount=plan.received, kind="w0", note=f"{standing.equation.receipts} 笔到账"
        )
    ]
    if plan.fee:
        rows.append(
            WaterfallRow(title="执行申请费", amount=-plan.fee, kind="w1", note="由被执行人负担，从案款中收取")
        )
    if plan.claim:
        note = f"受偿后尚欠 {plan.owed:,.2f}" if plan.owed else "债权全部受偿"
        rows.append(WaterfallRow(title="清偿申请执行人", amount=-plan.claim, kind="w3", note=note))
    if plan.rest:
        rows.append(
            WaterfallRow(title="退还被执行人", amount=-plan.rest, kind="w2", note="清偿债务和费用后多余")
        )
    return [*rows, WaterfallRow(title="余额", amount=Decimal("0.00"), kind="end")]


def _payments(case: Case, waiting: list[Draft]) -> list[PayRow]:
    rows = []
    for payout in selectors.payouts_of(case.pk):
        state, label = payout_state(payout)
        rows.append(
            PayRow(
                name=payout.party.name,
                role=str(PartyRole(payout.party.role).label),
                amount=payout.amount,
                state=state,
                account=f"{payout.bank} {payout.account_masked}",
                purpose=str(Purpose(payout.purpose).label),
                label=label,
                chip=_CHIPS[state],
                payout_id=str(payout.pk),
            )
        )
    parties = {party.pk: party for party in Party.objects.filter(case=case)}
    for draft in waiting:
        party = parties.get(draft.payload["payee"])
        rows.append(
            PayRow(
                name=party.name if party else "—",
                role=str(PartyRole(party.role).label) if party else "",
                state="waiting",
                account=str(draft.payload["bank"]),
                purpose=str(Purpose(draft.payload["purpose"]).label),
                label="审批中",
                amount=Decimal(str(draft.payload["amount"])),
                chip=_CHIPS["waiting"],
                payout_id=None,
            )
        )
    return rows


def _steps(case: Case, draft: Draft | None) -> list[ApprovalStep]:
    """Steps of the draft that waits, or those that a new one would need; then booking."""
    handler = case.handler.name if case.handler else "承办法官"
    last = ApprovalStep(name="财务付款，通知申请执行人", meta="提出、核账、付款三人不得相同")
    if draft is None:
        chain = chain_for("funds.payout", case.court_key).steps
        return [
            ApprovalStep(name=f"{handler}　提出", state="now"),
            *(ApprovalStep(name=f"{ROLE_NAMES[Role(s.role)]}　{s.name}") for s in chain),
            last,
        ]
    kinds: dict[StepState, Literal["done", "now", "next", "back"]] = {
        StepState.APPROVED: "done",
        StepState.OPEN: "now",
        StepState.WAITING: "next",
        StepState.RETURNED: "back",
    }
    return [
        ApprovalStep(name=f"{draft.drafter['name']}　提出", state="done"),
        *(
            ApprovalStep(
                name=f"{ROLE_NAMES[Role(s.role)]}　{s.name}",
                state=kinds[StepState(s.state)],
                meta=(s.decided_by or {}).get("name", ""),
            )
            for s in draft.steps.all()
        ),
        last,
    ]
