"""What the debtor of a case still owes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from zhixing.cases.domain.claim import Claim, claim_compute
from zhixing.cases.models import Case
from zhixing.kernel.money import ZERO, money

__all__ = ["Claim", "claim_of", "outstanding_of", "register_outstanding"]

_outstanding: list[Callable[[Case, date], Claim]] = []


def register_outstanding(source: Callable[[Case, date], Claim]) -> None:
    """The funds room tells here how money that came in counts; rooms beside it ask without knowing it."""
    _outstanding[:] = [source]


def outstanding_of(case: Case, on: date) -> Claim:
    """What is still owed on a day after the money that came in."""
    return _outstanding[0](case, on) if _outstanding else claim_of(case, on)


def claim_of(
    case: Case, on: date, payments: Sequence[tuple[date, Decimal]] = (), *, fee_paid: Decimal = ZERO
) -> Claim:
    """The claim of a case at the end of a day, after payments (day, amount for the creditor).

    `total` includes the execution fee still due; `creditor` does not. No database access.
    A case that was just made holds its defaults as whole numbers until it is read again; money() takes both.
    """
    return claim_compute(
        principal=money(case.principal),
        interest_fixed=money(case.interest_fixed),
        costs=money(case.costs),
        perform_by=case.perform_by,
        on=on,
        payments=payments,
        fee_paid=fee_paid,
        rate_text=case.rate_text,
    )
