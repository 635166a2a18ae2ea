"""The examples of docs/law-distribution.md run as they stand and give what the page says."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

from zhixing.law.distribution import distribution_plan, distribution_read
from zhixing.law.exempt_accounts import exempt_view
from zhixing.law.exempt_input import exempt_read
from zhixing.law.fees_input import fee_of, fee_read
from zhixing.law.funds_input import payout_read
from zhixing.law.realisation import auction_read, auction_timetable

PAGE = Path(__file__).parents[2] / "docs" / "law-distribution.md"
DAY = date(2026, 3, 4)


def test_examples_of_the_page() -> None:
    found = re.findall(r"```json\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    fee, plan, auction, accounts, payout = (json.loads(text) for text in found)
    assert fee_of(fee_read(fee, today=DAY)).amount == Decimal("4400.00")
    made = distribution_plan(distribution_read(plan, today=DAY))
    assert [made.of(name) for name in ("A", "B", "C")] == [
        Decimal(171_520),
        Decimal(385_920),
        Decimal(300_160),
    ]
    assert auction_timetable(auction_read(auction)).rounds[0].floor == Decimal(1_400_000)
    view = exempt_view(exempt_read(accounts, today=DAY))
    assert (view.reserve, view.accounts[1].may_deduct) == (Decimal(1_600), Decimal(4_400))
    assert payout_read(payout).clock().due == date(2026, 4, 30)
