"""Interest on claims: read an input, compute it, print it. See docs/law-interest.md.

>>> claim = interest_read({"due": "2025-01-01", "parts": [{"id": "p", "kind": "principal", "amount": "1000000.00"}],
...                        "as_of": "2025-04-11"})
>>> interest_compute(claim).as_json()["extra_interest"]
'17500.00'
"""

from __future__ import annotations

from zhixing.law.interest.caps import lending_cap, rate_without_agreement
from zhixing.law.interest.delayed import DelayedInterest, delayed_interest
from zhixing.law.interest.engine import interest_compute
from zhixing.law.interest.nonmoney import late_money
from zhixing.law.interest.nouns import (
    DebtPart,
    Exclusion,
    GeneralInterest,
    InterestClaim,
    LendingCap,
    Payment,
    Rate,
    Settings,
)
from zhixing.law.interest.reading import interest_read
from zhixing.law.interest.result import InterestResult, PartOpen
from zhixing.law.interest.settings import settings_default

__all__ = [
    "DebtPart",
    "DelayedInterest",
    "Exclusion",
    "GeneralInterest",
    "InterestClaim",
    "InterestResult",
    "LendingCap",
    "PartOpen",
    "Payment",
    "Rate",
    "Settings",
    "delayed_interest",
    "interest_compute",
    "interest_read",
    "late_money",
    "lending_cap",
    "rate_without_agreement",
    "settings_default",
]
