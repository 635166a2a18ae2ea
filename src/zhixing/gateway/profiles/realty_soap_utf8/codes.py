"""Code tables of the registry format."""

from __future__ import annotations

from zhixing.gateway.profiles.codes import REALTY_ID_TYPES, CodeTable

CATEGORY = CodeTable("realty.lb", {})
NATURE = CodeTable("realty.xz", {"1": "inquiry", "2": "control"})
ID_TYPE = CodeTable("realty.zjzl", dict(REALTY_ID_TYPES))
# 13 was never seen; a waiting seizure is what its place in the row suggests.
ACTION = CodeTable(
    "realty.kzcs",
    {"11": "seize", "12": "renew", "13": "waiting_seize", "14": "release", "15": "transfer"},
)
OUTCOME = CodeTable("realty.kzzt", {"1": "done", "2": "not_done"})
PROCESSING = CodeTable("realty.result", {"0000": "ok", "2040": "processing_error"})
RIGHT_CLASS = CodeTable("realty.bdcqllx", {"3": "house_ownership"})
SEIZURE = CodeTable(
    "realty.cflx",
    {"1": "seizure", "2": "waiting_seizure", "3": "pre_seizure", "4": "waiting_pre_seizure", "5": "renewal"},
)
RIGHT_STATE = CodeTable("realty.qszt", {"0": "temporary", "1": "current", "2": "history", "3": "ended"})
CO_OWNERSHIP = CodeTable("realty.gyfs", {"0": "sole", "1": "joint", "2": "by_shares", "3": "other"})
MORTGAGE_MODE = CodeTable("realty.dyfs", {"1": "ordinary", "2": "maximum_amount"})
PREREGISTRATION = CodeTable(
    "realty.ygdjzl",
    {"1": "presale_purchase", "2": "other_purchase", "3": "presale_mortgage", "4": "other_mortgage"},
)
