"""The interest calculator's input for a case: the title's debt, and the money that came in so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhixing.funds.distributions import credited_of
from zhixing.kernel.money import money

if TYPE_CHECKING:
    from datetime import date

    from zhixing.cases.models import Case


def claim_given(case: Case, *, on: date) -> dict[str, Any]:
    """The input as JSON. Interest that the title fixed as a sum bears no doubled part and is left out here.

    Args:
        on: day up to which is computed (court date).
    """
    sums = (("principal", case.principal), ("costs", case.costs))
    parts = [
        {"id": str(number), "kind": kind, "amount": str(money(amount))}
        for number, (kind, amount) in enumerate(((k, a) for k, a in sums if a), start=1)
    ]
    payments = [
        {"date": day.isoformat(), "amount": str(money(amount)), "by": "transfer"}
        for day, amount in credited_of(case)
        if day <= on
    ]
    return {
        "due": case.perform_by.isoformat(),
        "parts": parts,
        "payments": payments,
        "as_of": on.isoformat(),
    }
