"""Code tables of the bank format."""

from __future__ import annotations

from zhixing.gateway.profiles.codes import REALTY_ID_TYPES, CodeTable

CATEGORY = CodeTable("bank.lb", {"YH": "commercial_bank", "RH": "central_bank"})
NATURE = CodeTable("bank.xz", {"1": "inquiry", "2": "control"})
# The national list was never published and each bank maps it; a court sets its own under the dialect's tables.
ID_TYPE = CodeTable("bank.zjlx", dict(REALTY_ID_TYPES))
# Same wire name as the identity type, hence a table of its own. Digits are not listed: no source says which is which.
DIRECTION = CodeTable(
    "bank.zjlx.direction",
    {"借": "out", "贷": "in", "出": "out", "进": "in", "付": "out", "收": "in", "支出": "out", "收入": "in"},
)
OBJECT = CodeTable("bank.kzlx", {"1": "deposit", "2": "financial_asset"})
ACTION = CodeTable(
    "bank.kzcs",
    {
        "01": "freeze",
        "02": "renew",
        "03": "waiting_freeze",
        "04": "release",
        "05": "release_waiting",
        "06": "deduct",
        "07": "withdraw_income",
        "08": "freeze_and_deduct",
    },
)
SCOPE = CodeTable("bank.kznr", {"1": "funds", "2": "account"})
RESULT = CodeTable("bank.kzzt", {"1": "done", "2": "not_done"})
