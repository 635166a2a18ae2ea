"""Find a case by its number, a party's name or the number of a request to an agency."""

from __future__ import annotations

import re

from zhixing.cases.models import Case
from zhixing.cases.selectors import cases_visible
from zhixing.gateway.models import Order
from zhixing.kernel.text import normalise
from zhixing.law.case_numbers import parse

_REQUEST_NO = re.compile(r"\d{8,20}")
MOST = 50


def cases_found(text: str) -> list[Case]:
    """Cases in scope that fit, newest first, at most MOST. A full number or request number finds exactly its case."""
    cleaned = normalise(text).replace(" ", "")
    parsed = parse(text)
    if parsed.number is not None:
        return list(cases_visible().filter(number=parsed.number.text))
    if _REQUEST_NO.fullmatch(cleaned):
        ids = list(
            Order.objects.filter(request_no__startswith=cleaned)
            .values_list("case_id", flat=True)
            .distinct()[:MOST]
        )
        found = list(cases_visible().filter(pk__in=ids))
        if found:
            return found
    return list(cases_visible(text=text)[:MOST]) if len(cleaned) > 1 else []
