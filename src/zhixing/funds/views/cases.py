"""The funds of one case, and the acts offered there."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zhixing.acts.models import DraftState
from zhixing.acts.registry import act
from zhixing.acts.selectors import steps_waiting_for
from zhixing.acts.web import Submission, act_form_of, act_post, actor_of
from zhixing.cases.models import Case, PartyRole
from zhixing.cases.selectors import case_load, parties_of
from zhixing.courts.access import staff_only
from zhixing.courts.roles import Role
from zhixing.documents.engine.tables.xlsx import Column, Kind, xlsx_table
from zhixing.funds import selectors
from zhixing.funds.distributions import standing_of
from zhixing.funds.models import Entry, Payout, Purpose
from zhixing.funds.pages import case_page
from zhixing.funds.selectors import account_equation
from zhixing.funds.views.lists import download
from zhixing.kernel.clock import today
from zhixing.ui.forms import Choice

LEDGER_COLUMNS = [
    Column(title="记账时间", kind=Kind.MOMENT, width=18),
    Column(title="款项日期", kind=Kind.DAY),
    Column(title="摘要", width=20),
    Column(title="对方", width=30),
    Column(title="凭证号", width=20),
    Column(title="收入（元）", kind=Kind.MONEY),
    Column(title="支出（元）", kind=Kind.MONEY),
    Column(title="结存（元）", kind=Kind.MONEY),
]


@staff_only()
def case_funds(request: HttpRequest, case_id: int) -> HttpResponse:
    """Balance equation, where the money goes, payments, ledger, terms, approval."""
    case = _case(case_id)
    return render(
        request,
        "funds/case.html",
        {
            "case": case,
            "case_href": f"/cases/{case.pk}/",
            "page": case_page(case, today=today()),
            "today": today(),
            "is_judge": Role.JUDGE in request.roles,
            "is_manager": Role.FUNDS_MANAGER in request.roles,
            "account": account_equation(case.court_key),
            "to_decide": steps_waiting_for(actor_of(request))
            .filter(case_id=case.pk, draft__code="funds.payout")
            .first(),
        },
    )


@staff_only()
def ledger_xlsx(request: HttpRequest, case_id: int) -> HttpResponse:
    """台账 of the case."""
    case = _case(case_id)
    rows = (
        (r.at, r.value_on, r.title, r.party, r.voucher, r.income, r.outgo, r.balance)
        for r in selectors.ledger_of(case.pk)
    )
    note = f"{case.number}　{request.staff.name} {today()} 导出"
    return download(
        xlsx_table(title="案款台账", columns=LEDGER_COLUMNS, rows=rows, note=note),
        f"案款台账_{case.fund_account}.xlsx",
    )


@staff_only(Role.JUDGE)
def payout(request: HttpRequest, case_id: int) -> HttpResponse:
    """Propose a payment."""
    case, standing = _case(case_id), standing_of(_case(case_id))
    payees = [p for p in parties_of(case.pk) if p.role in (PartyRole.APPLICANT, PartyRole.OBLIGOR)]
    refund = not standing.claim_due and standing.rest_due
    first = next(
        (p for p in payees if p.role == (PartyRole.OBLIGOR if refund else PartyRole.APPLICANT)), None
    )
    values = {
        "purpose": Purpose.REFUND if refund else Purpose.CLAIM,
        "payee": first.pk if first else "",
        "amount": standing.rest_due if refund else min(standing.claim_due, standing.equation.releasable),
        "holder": first.name if first else "",
    }
    choices = {
        "purpose": [Choice(value=p.value, label=p.label) for p in Purpose],
        "payee": [Choice(value=str(p.pk), label=p.name, group=PartyRole(p.role).label) for p in payees],
    }
    return _act_page(request, "funds.payout", case, values=values, choices=choices, standing=standing)


@staff_only(Role.FUNDS_MANAGER)
def fee(request: HttpRequest, case_id: int) -> HttpResponse:
    """Take the execution fee."""
    case = _case(case_id)
    standing = standing_of(case)
    values = {"amount": min(standing.fee_due, standing.equation.releasable)}
    return _act_page(request, "funds.fee", case, values=values, standing=standing)


@staff_only(Role.FUNDS_MANAGER)
def book(request: HttpRequest, case_id: int, payout_id: uuid.UUID) -> HttpResponse:
    """Book that the bank paid."""
    case = _case(case_id)
    found = Payout.objects.select_related("party").filter(pk=payout_id, case=case).first()
    if found is None:
        raise Http404
    values = {"payout": found.pk, "paid_on": today()}
    return _act_page(request, "funds.book", case, values=values, payment=found)


@staff_only(Role.FUNDS_MANAGER)
def reverse(request: HttpRequest, case_id: int, entry_id: int) -> HttpResponse:
    """Undo a wrong entry."""
    case = _case(case_id)
    found = Entry.objects.filter(pk=entry_id, case=case).first()
    if found is None:
        raise Http404
    return _act_page(request, "funds.reverse", case, values={"entry": found.pk}, entry=found)


def _act_page(
    request: HttpRequest, code: str, case: Case, *, values: dict[str, Any], choices: Any = None, **shown: Any
) -> HttpResponse:
    """Show the form of an act, or do it and go back to the case's funds."""
    done: Submission | None = act_post(request, code, case_id=case.pk) if request.method == "POST" else None
    if done is not None and done.draft is not None:
        told = "已提交审批" if done.draft.state == DraftState.PENDING else "已办理"
        messages.success(request, f"{act(code).title}：{told}。")
        return redirect("funds:case", case_id=case.pk)
    form = act_form_of(
        request,
        code,
        done=done,
        values=values,
        choices=choices,
        submit_label="提交审批" if act(code).chain else "",
        cancel_href=f"/funds/case/{case.pk}/",
    )
    standing = shown.get("standing")
    if done is None and standing is not None and not standing.equation.releasable:
        form = replace(form, blocked="本案账上没有可动用的款项。")
    return render(
        request,
        "funds/act.html",
        {"case": case, "case_href": f"/funds/case/{case.pk}/", "form": form, "act": act(code), **shown},
        status=422 if done else 200,
    )


def _case(case_id: int) -> Case:
    case = case_load(case_id, False)
    if case is None:
        raise Http404
    return case
