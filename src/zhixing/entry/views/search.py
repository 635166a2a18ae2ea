"""The search page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zhixing.cases.access import CASE_ROLES
from zhixing.cases.lists import case_rows
from zhixing.cases.numbers import number_remark
from zhixing.courts.access import staff_only
from zhixing.entry.search import MOST, cases_found


@staff_only(*CASE_ROLES)
def search(request: HttpRequest) -> HttpResponse:
    """One case: go there. Several: choose. None: say why."""
    text = request.GET.get("q", "").strip()[:100]
    cases = cases_found(text) if text else []
    if len(cases) == 1:
        return redirect("cases:case", case_id=cases[0].pk)
    return render(
        request,
        "entry/search.html",
        {
            "text": text,
            "rows": case_rows(cases),
            "most": MOST,
            "remark": number_remark(text, court=request.staff.court) if text and not cases else "",
        },
    )
