"""Money that nobody claimed: the list with candidates, and the claim."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zhixing.acts.web import act_form_of, act_post
from zhixing.cases.models import Case
from zhixing.courts.access import staff_only
from zhixing.courts.roles import Role
from zhixing.funds.suspense import lines_unclaimed, waiting_of
from zhixing.kernel.clock import today
from zhixing.kernel.text import normalise

PAGE = 25


@staff_only()
def suspense(request: HttpRequest) -> HttpResponse:
    """Unclaimed lines of the own court, oldest first."""
    page = Paginator(lines_unclaimed(court_key=request.staff.court_id), PAGE).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "funds/suspense.html",
        {
            "page": page,
            "rows": waiting_of(list(page.object_list)),
            "today": today(),
            "is_manager": Role.FUNDS_MANAGER in request.roles,
        },
    )


@staff_only(Role.FUNDS_MANAGER)
def claim(request: HttpRequest, line_id: int) -> HttpResponse:
    """Choose the case (a candidate, or by number), give the reason, claim."""
    found = waiting_of(list(lines_unclaimed(court_key=request.staff.court_id).filter(pk=line_id)))
    case, number = _chosen(request)
    if not found and case is None:
        raise Http404
    done = act_post(request, "funds.match", case_id=case.pk) if request.method == "POST" and case else None
    if done is not None and done.draft is not None:
        messages.success(request, "已认领到本案。")
        return redirect("funds:case", case_id=case.pk)
    form = (
        act_form_of(
            request,
            "funds.match",
            done=done,
            values={"line": line_id},
            cancel_href="/funds/suspense/",
            action=f"/funds/suspense/{line_id}/?case={case.pk}",
        )
        if case
        else None
    )
    return render(
        request,
        "funds/claim.html",
        {
            "row": found[0] if found else None,
            "case": case,
            "form": form,
            "number": number,
            "unknown": bool(number) and case is None,
        },
        status=422 if done else 200,
    )


def _chosen(request: HttpRequest) -> tuple[Case | None, str]:
    """The case named in the address, by id or by number, of the own court only."""
    cases = Case.objects.filter(court_key=request.staff.court_id)
    picked, number = request.GET.get("case", ""), normalise(request.GET.get("number", ""))[:40]
    if picked.isdigit():
        return cases.filter(pk=int(picked)).first(), number
    official = number.replace("(", "（").replace(")", "）").replace(" ", "")
    return (cases.filter(number=official).first() if official else None), number
