"""How a case stands: money in, what is due to whom, by when. One calculation behind checks, papers and pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from zhixing.cases.claims import Claim, claim_of
from zhixing.cases.models import Case
from zhixing.funds import selectors
from zhixing.funds.domain.balances import CaseEquation
from zhixing.funds.domain.clock import TermLine, first_unpaid, governing
from zhixing.funds.domain.distribution import Distribution, Paid, distribute
from zhixing.funds.models import Purpose
from zhixing.kernel.money import ZERO
from zhixing.law.book import book
from zhixing.law.errors import NoRuleInForce
from zhixing.law.fees import execution_fee
from zhixing.law.terms import deadline

# Terms that run on money of a case, in the order shown. The earliest binding one governs.
TERMS = ("funds.payout", "funds.payout_outer", "funds.payout_target")
BINDING = ("T1", "T2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Money of a case and what is due from it. fee_due, claim_due, rest_due ≥ 0, yuan.

    fee_due: execution fee still to take. claim_due: still to pay to the applicants out of what came in.
    rest_due: still to return to the debtor. claim_open: what the applicants are owed in all, as of the last receipt.
    """

    equation: CaseEquation
    distribution: Distribution
    fee_due: Decimal
    claim_due: Decimal
    rest_due: Decimal
    claim_open: Decimal


def standing_of(case: Case) -> Standing:
    """How the case stands now. Two statements."""
    return _standing(case, selectors.case_equation(case.pk), selectors.receipts_of(case.pk))


def distribution_of(case: Case) -> Distribution:
    """Where the money that came in goes."""
    return _distribute(case, selectors.receipts_of(case.pk))


def credited_of(case: Case) -> tuple[Paid, ...]:
    """What counts as paid to the applicants, by the bank's day (INT-05): for claim calculations of rooms above."""
    return distribution_of(case).credited


def claim_after(case: Case, on: date) -> Claim:
    """What is still owed on a day after the money that came in and the fee that was taken. Two statements."""
    fee_paid = selectors.case_equation(case.pk).fees
    return claim_of(case, on, credited_of(case), fee_paid=fee_paid)


def _distribute(case: Case, receipts: Sequence) -> Distribution:
    def owed(day: date, paid: Sequence[Paid]) -> Decimal:
        return claim_of(case, day, paid).creditor

    return distribute(receipts, owed=owed, fee_of=lambda base, day: execution_fee(base, day).amount)


def _standing(case: Case, equation: CaseEquation, receipts: Sequence) -> Standing:
    plan = _distribute(case, receipts)
    to_creditor = equation.approved[Purpose.CLAIM] + equation.approved[Purpose.DEPOSIT]
    return Standing(
        equation=equation,
        distribution=plan,
        fee_due=max(ZERO, plan.fee - equation.fees),
        claim_due=max(ZERO, plan.claim - to_creditor),
        rest_due=max(ZERO, plan.rest - equation.approved[Purpose.REFUND]),
        claim_open=max(ZERO, plan.claim + plan.owed - to_creditor),
    )


def terms_from(start: date) -> list[TermLine]:
    """The pay-out terms of money that was told to the court on a day, the governing one marked."""
    lines = []
    for code in TERMS:
        try:
            found = deadline(start, code)
        except NoRuleInForce:
            continue  # money of an earlier day: that term did not exist yet
        off = "" if found.tier in BINDING else "工作目标，不作为法定期限"
        lines.append(
            TermLine(
                title=_words(code, start),
                start=start,
                due=found.due,
                tier=found.tier,
                law=found.law[0],
                off=off,
            )
        )
    first = governing(lines)
    return [replace(line, governs=line is first) for line in lines]


def clock_of(case_id: int) -> list[TermLine]:
    """Terms of the oldest money of a case that is not spent; empty when all is."""
    equation = selectors.case_equation(case_id)
    arrivals = selectors.first_arrivals(selectors.receipts_live(case_id))
    start = first_unpaid(arrivals, equation.received - equation.balance)
    return terms_from(start) if start is not None else []


def _words(code: str, start: date) -> str:
    row = book().at(start).term(code)
    unit = {"days": "日", "working_days": "个工作日"}[row.unit]
    return f"{row.runs_from}后 {row.amount} {unit}"
