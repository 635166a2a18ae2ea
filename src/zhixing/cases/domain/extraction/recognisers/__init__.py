"""One small recogniser per kind of clue; each has `find(view)` and knows nothing of the others."""

from __future__ import annotations

from zhixing.cases.domain.extraction.recognisers import (
    address,
    amount,
    bank_account,
    case_number,
    chat_account,
    email,
    employer,
    passport,
    phone,
    plate,
    rate,
    realty,
    resident_id,
    uscc,
)

ALL = (
    resident_id,
    uscc,
    passport,
    phone,
    chat_account,
    email,
    plate,
    bank_account,
    realty,
    employer,
    address,
    case_number,
    amount,
    rate,
)
