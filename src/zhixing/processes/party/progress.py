"""进展: what happened, what comes next, where the money stands, how far the case is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from zhixing.cases.claims import Claim, outstanding_of
from zhixing.cases.models import Case, CaseState, PartyRole
from zhixing.cases.selectors import nodes_of
from zhixing.disclosure.models import DisclosureItem
from zhixing.disclosure.selectors import items_for
from zhixing.funds.distributions import clock_of
from zhixing.funds.domain.balances import CaseEquation
from zhixing.funds.selectors import case_equation
from zhixing.kernel.clock import court_date
from zhixing.law.book import book
from zhixing.platform import scope
from zhixing.processes.party.access import Seat
from zhixing.processes.party.words import Coming, Duty, coming_of, duties_of, said, steps_for
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
class Told:
    """One thing the court did, in the reader's words."""

    text: str
    happened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The first page of a case for one reader."""

    latest: Told | None
    coming: list[Coming]
    duties: list[Duty]
    steps: list[ApprovalStep]
    items: list[Told]
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


def close_mode_of(case: Case) -> str:
    """How the case ended, in the words of the law; empty while it is open."""
    if not case.close_mode or case.closed_on is None:
        return ""
    return str(book().at(case.closed_on).row("close_modes", case.close_mode).title)


def progress_of(seat: Seat, *, on: date) -> Progress:
    """Everything of the first page; a constant number of statements."""
    items = list(items_for(seat.party))
    is_open = seat.case.state == CaseState.OPEN
    nodes = list(nodes_of(seat.case.pk)) if is_open else []
    coming = coming_of(nodes, is_applicant=seat.is_applicant, on=on)
    told = _told(seat, items)
    codes = {item.code for item in items}
    duties = (
        duties_of(
            seat.case, has_reported="inquiry.declare" in codes, is_noticed="cases.notice" in codes, on=on
        )
        if is_open and seat.is_obligor
        else []
    )
    return Progress(
        latest=told[0] if told else None,
        coming=coming,
        duties=duties,
        items=told,
        money=money_of(seat.case, on=on),
        steps=_steps(seat, items, coming, on=on),
    )


def _told(seat: Seat, items: list[DisclosureItem]) -> list[Told]:
    """Items in the reader's words. With several debtors it is not said which of them an act meant."""
    is_only = seat.is_obligor and seat.case.parties.filter(role=PartyRole.OBLIGOR).count() == 1
    return [
        Told(text=said(item.code, item.text, is_only_obligor=is_only), happened_at=item.happened_at)
        for item in items
    ]


def _steps(seat: Seat, items: list[DisclosureItem], coming: list[Coming], *, on: date) -> list[ApprovalStep]:
    """Done with the day, the first open one is now. A step that was passed over by a later one is left out."""
    days: dict[str, date] = {}
    for item in reversed(items):
        days.setdefault(item.code, court_date(item.happened_at))
    lines = []
    for rule in steps_for(is_applicant=seat.is_applicant):
        day = min((days[code] for code in rule.codes if code in days), default=None)
        if day is not None or rule.is_foretold:
            lines.append((rule, day))
    last = max((no for no, (_, day) in enumerate(lines) if day is not None), default=-1)
    by = next((row.due_on for row in coming if row.sentence == "办结案件"), None)
    is_open = seat.case.state == CaseState.OPEN
    steps = []
    for no, (rule, day) in enumerate(lines):
        if day is not None:
            steps.append(ApprovalStep(name=rule.name, state="done", meta=day_text(day, on)))
        elif no > last and is_open:
            state = "now" if no == last + 1 else "next"
            meta = f"{day_text(by, on)}前" if by and rule.name == "结案" else ""
            steps.append(ApprovalStep(name=rule.name, state=state, meta=meta))
    return steps
