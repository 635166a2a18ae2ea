"""进展: what happened, what comes next, where the money stands, how far the case is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhixing.cases.claims import Claim, outstanding_of
from zhixing.cases.models import Case, CaseState
from zhixing.cases.selectors import nodes_of
from zhixing.disclosure.models import DisclosureItem
from zhixing.disclosure.selectors import items_for
from zhixing.funds.distributions import clock_of
from zhixing.funds.domain.balances import CaseEquation
from zhixing.funds.selectors import case_equation
from zhixing.kernel.clock import court_date, today
from zhixing.platform import scope
from zhixing.processes.party.access import Seat
from zhixing.processes.party.words import Coming, coming_of, steps_for
from zhixing.ui.format import day_text
from zhixing.ui.parts import ApprovalStep, BarPart


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """Where the money stands for a reader, yuan.

    due: what the creditor is to get in all, to this day. received: what came in for him. open: what is missing.
    total: what the debtor must still pay, with the execution fee. pay_by: last day to pay out what lies here.
    """

    claim: Claim
    equation: CaseEquation
    due: Decimal
    received: Decimal
    open: Decimal
    total: Decimal
    pay_by: date | None

    @property
    def bar(self) -> tuple[BarPart, ...]:
        """Received part of what is due."""
        return (BarPart(value=self.received, kind="bg", label="已收到"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The first page of a case for one reader."""

    latest: DisclosureItem | None
    coming: list[Coming]
    steps: list[ApprovalStep]
    items: list[DisclosureItem]
    money: Money


def money_of(case: Case, *, on: date) -> Money:
    """The claim after what came in; a constant number of statements.

    Statement lines belong to the court and to no case, so a party's scope does not see them. The amounts of this one case
    are therefore added up under the system's rule, within its court; only the sums leave here.
    """
    with scope.system("party.money", lo=case.court_key, hi=case.court_key):
        claim, equation = outstanding_of(case, on), case_equation(case.pk)
        terms = [line.due for line in clock_of(case.pk) if line.governs] if equation.balance > 0 else []
    return Money(
        claim=claim,
        equation=equation,
        due=claim.paid + claim.creditor,
        received=claim.paid,
        open=claim.creditor,
        total=claim.total,
        pay_by=terms[0] if terms else None,
    )


def progress_of(seat: Seat, *, on: date) -> Progress:
    """Everything of the first page; a constant number of statements."""
    items = list(items_for(seat.party))
    nodes = list(nodes_of(seat.case.pk))
    coming = coming_of(nodes, is_applicant=seat.is_applicant) if seat.case.state == CaseState.OPEN else []
    return Progress(
        latest=items[0] if items else None,
        coming=coming,
        items=items,
        money=money_of(seat.case, on=on),
        steps=_steps(seat, items, coming),
    )


def _steps(seat: Seat, items: list[DisclosureItem], coming: list[Coming]) -> list[ApprovalStep]:
    """Done with the day, the first open one is now. A step that was passed over by a later one is left out."""
    days: dict[str, date] = {}
    for item in reversed(items):
        days.setdefault(item.code, court_date(item.happened_at))
    rules = steps_for(seat.case, is_applicant=seat.is_applicant)
    done = [min((days[code] for code in rule.codes if code in days), default=None) for rule in rules]
    last = max((no for no, day in enumerate(done) if day is not None), default=-1)
    due = {row.sentence: row.due_on for row in coming}
    steps = []
    for no, (rule, day) in enumerate(zip(rules, done, strict=True)):
        if day is not None:
            steps.append(ApprovalStep(name=rule.name, state="done", meta=day_text(day, today())))
        elif no > last:
            by = due.get("办结案件") if rule.name == "结案" else None
            steps.append(
                ApprovalStep(
                    name=rule.name,
                    state="now" if no == last + 1 else "next",
                    meta=f"{day_text(by, today())}前" if by else "",
                )
            )
    return steps
