"""The rule book's own worked examples, by their numbers (INT-22 to INT-25); amounts stand in the rule book."""

from __future__ import annotations

from typing import Any

from zhixing.law.interest import interest_compute, interest_read
from zhixing.law.interest.extra import pro_rata
from zhixing.law.interest.units import UNITS


def computed(given: dict[str, Any]) -> dict[str, Any]:
    return interest_compute(interest_read(given)).as_json()


def principal(amount: str, due: str, as_of: str, **more: Any) -> dict[str, Any]:
    return computed(
        {"due": due, "parts": [{"id": "p", "kind": "principal", "amount": amount}], "as_of": as_of, **more}
    )


def test_two_payments() -> None:
    """INT-22: 100 days on 500,000 = 8,750.00, 196 days on 300,000 = 10,290.00; by parts 3,500.00 + 15,540.00."""
    payments = [
        {"date": "2025-06-18", "amount": "200000.00", "by": "voluntary"},
        {"date": "2025-12-31", "amount": "all", "by": "voluntary"},
    ]
    assert (
        principal("500000.00", "2025-03-10", "2025-12-31", payments=payments)["extra_interest"] == "19040.00"
    )
    # the same by parts paid
    assert principal("200000.00", "2025-03-10", "2025-06-18")["extra_interest"] == "3500.00"
    assert principal("300000.00", "2025-03-10", "2025-12-31")["extra_interest"] == "15540.00"


def test_debt_of_2014_by_both_laws() -> None:
    """INT-23: to 2014-07-31 by the rule of 2009 (31 days, 5.60 % of the tier up to six months): 964.44; then 61 days: 1,067.50."""
    given = principal("100000.00", "2014-06-30", "2014-09-30", settings={"old_tier": "m6", "year_base": 360})
    assert given["extra_interest"] == "2031.94"


def test_old_rule_splits_a_payment_in_proportion() -> None:
    """INT-24: 50,000 paid, 6 % a year, two years: debt 50,000 ÷ (1 + 2 × 6 % × 2) = 40,322.58, interest 9,677.42."""
    assert pro_rata(5_000_000, UNITS * 24 // 100) == (4_032_258, 967_742)


def test_transfer_with_general_interest_and_costs() -> None:
    """INT-25: costs, then interest, then principal; principal open 28,294.52; doubled part 3,167.50, on principal only."""
    given = computed(
        {
            "due": "2024-12-31",
            "parts": [
                {"id": "p", "kind": "principal", "amount": "100000.00"},
                {"id": "c", "kind": "costs", "amount": "2300.00"},
            ],
            "general_interest": [{"on": "p", "rate": "4%", "per": "year", "from": "2024-01-01"}],
            "payments": [{"date": "2025-06-30", "amount": "80000.00", "by": "transfer"}],
            "as_of": "2025-06-30",
            "settings": {"include_costs": False, "year_base": 365},
        }
    )
    assert given["outstanding"]["parts"] == {"p": "28294.52", "c": "0.00"}
    assert given["extra_interest"] == "3167.50"
