"""To whom case money goes, what goes back (FUND-10, FUND-14)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from zhixing.law.errors import NoRuleInForce
from zhixing.law.payees import Payee, payee_check, surplus_return

DAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("payee", "more", "allowed"),
    [
        ("applicant", {}, True),
        ("applicant", {"by_transfer": False}, False),
        ("agent", {}, False),
        ("agent", {"special_authorisation": True}, True),
        ("other", {}, False),
        ("other", {"panel_reviewed": True}, True),
        ("payer", {}, True),
    ],
)
def test_payee(payee: Payee, more: dict[str, Any], allowed: bool) -> None:
    """法发〔2017〕6号第十一条; 执行规定第二十条."""
    assert payee_check(payee, on=DAY, **({"by_transfer": True} | more)).allowed is allowed


def test_before_the_rule() -> None:
    with pytest.raises(NoRuleInForce):
        payee_check("applicant", on=date(2017, 4, 30), by_transfer=True)


@pytest.mark.parametrize(
    ("received", "elsewhere", "back", "held"),
    [
        ("1000.00", "0", "0", "0"),
        ("1000.01", "0", "0.01", "0"),
        ("1500.00", "200.00", "300.00", "200.00"),
        ("1500.00", "900.00", "0", "500.00"),
        ("10.00", "900.00", "0", "0"),
    ],
)
def test_surplus(received: str, elsewhere: str, back: str, held: str) -> None:
    """执行规定第三十四条: claim 950, costs 50."""
    found = surplus_return(
        received=Decimal(received),
        claim=Decimal(950),
        costs=Decimal(50),
        wanted_elsewhere=Decimal(elsewhere),
    )
    assert (found.to_debtor, found.held) == (Decimal(back), Decimal(held))


def test_negative_amounts_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        surplus_return(received=Decimal(-1), claim=Decimal(0), costs=Decimal(0))
