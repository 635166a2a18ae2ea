"""Worked examples, one per tool: the input as JSON. Persons and numbers are invented."""

from __future__ import annotations

from typing import Any

EXAMPLES: dict[str, dict[str, Any]] = {
    "interest": {
        "due": "2025-03-10",
        "parts": [
            {"id": "1", "kind": "principal", "amount": "500000.00"},
            {"id": "2", "kind": "costs", "amount": "8800.00"},
        ],
        "general_interest": [{"on": "1", "rate": "0.05%", "per": "day", "from": "2025-01-01"}],
        "excluded": [{"from": "2025-07-01", "to": "2025-07-31", "reason": "暂缓执行"}],
        "payments": [{"date": "2025-06-18", "amount": "200000.00", "by": "transfer"}],
        "as_of": "2025-12-31",
    },
    "fee": {"kind": "execution", "amount": "300000.00", "on": "2026-03-04"},
    "deadline": {"rule": "objection.reconsider", "from": "2026-09-21"},
    "identifier": {"code": "13093019800101001X"},
    "distribution": {
        "debtor": "person",
        "on": "2026-03-04",
        "insolvent": True,
        "proceeds": [{"id": "房屋", "amount": "1000000.00", "costs": "12000.00"}],
        "creditors": [
            {
                "id": "某银行",
                "name": "某银行",
                "claims": [
                    {"kind": "mortgage", "asset": "房屋", "principal": "600000.00", "interest": "30000.00"}
                ],
            },
            {
                "id": "周某",
                "name": "周某",
                "claims": [{"kind": "wages", "principal": "48000.00"}],
                "applied_on": "2026-01-12",
            },
            {
                "id": "某建材公司",
                "name": "某建材公司",
                "claims": [{"kind": "ordinary", "principal": "400000.00", "interest": "20000.00"}],
            },
            {
                "id": "孙某",
                "name": "孙某",
                "claims": [{"kind": "ordinary", "principal": "200000.00", "doubled": "6300.00"}],
                "applied_on": "2026-02-02",
            },
        ],
    },
    "auction": {
        "asset": "immovable",
        "reference_price": "860000.00",
        "controlled_on": "2026-01-20",
        "price_on": "2026-02-27",
        "notice_on": "2026-03-16",
    },
}
