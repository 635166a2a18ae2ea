"""The pay-out form: from whom the money came, to whom it goes, who approved."""

from __future__ import annotations

from zhixing.acts.kinds import ActContext, DocumentSpec
from zhixing.acts.models import Draft
from zhixing.cases.models import Party, PartyRole
from zhixing.courts.roles import ROLE_NAMES, Role
from zhixing.funds import selectors
from zhixing.funds.models import Purpose
from zhixing.funds.statements import payer_of
from zhixing.kernel.clock import court_date
from zhixing.kernel.text import normalise


def payout_form(ctx: ActContext) -> DocumentSpec:
    """执行案款发放审批表 (FUND-11). Stays in the file and carries no seal; the account stands in it in full."""
    case, f = ctx.case, ctx.fields
    receipts = selectors.receipts_live(case.pk)
    equation = selectors.case_equation(case.pk)
    parties = list(Party.objects.filter(case=case).order_by("id"))
    names = {role: "、".join(p.name for p in parties if p.role == role) or "—" for role in PartyRole.values}
    payers = dict.fromkeys(payer_of(entry.line)["name"] or "付款人不明" for entry in receipts)
    payee = next((p for p in parties if p.pk == f.payee), None)
    data = {
        "case_number": case.number,
        "cause": case.cause,
        "applicant_names": names[PartyRole.APPLICANT],
        "debtor_names": names[PartyRole.OBLIGOR],
        "payer": "、".join(payers) or "—",
        "received": equation.received,
        "received_on": receipts[-1].value_on if receipts else ctx.today,
        "received_way": "银行转账",
        "balance_before": equation.releasable,
        "balance_after": equation.releasable - f.amount,
        "payees": [
            {
                "name": payee.name if payee else f.holder,
                "bank": f.bank,
                "account": normalise(f.account).replace(" ", ""),
                "amount": f.amount,
                "purpose": Purpose(f.purpose).label,
            }
        ],
        "total": f.amount,
        "reason": f.reason,
        "steps": _steps(ctx),
    }
    return DocumentSpec(kind="payout_form", key="payout_form", data=data, seal=False, recipient="案卷")


def _steps(ctx: ActContext) -> list[dict[str, object]]:
    """Who proposed and who approved, in order."""
    draft = Draft.objects.get(pk=ctx.draft_id) if ctx.draft_id else None
    first = {
        "role": "承办人提出",
        "name": draft.drafter["name"] if draft else ctx.actor.name,
        "opinion": "提请发放",
        "day": court_date(draft.created_at) if draft else ctx.today,
    }
    decided = draft.steps.exclude(decided_at=None) if draft else []
    return [
        first,
        *(
            {
                "role": ROLE_NAMES[Role(step.role)],
                "name": step.decided_by["name"],
                "opinion": step.opinion or "同意",
                "day": court_date(step.decided_at),
            }
            for step in decided
        ),
    ]
