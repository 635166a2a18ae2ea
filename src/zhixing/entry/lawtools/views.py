"""Pages of the law tools. Nothing is stored; what is filled in travels in the body of the request only."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from zhixing.cases.access import CASE_ROLES
from zhixing.cases.models import Case
from zhixing.courts.access import staff_only
from zhixing.entry.lawtools import pages
from zhixing.entry.lawtools.downloads import FORMATS, download
from zhixing.entry.lawtools.fields import Filled, filled_blank, filled_given, filled_posted, row_add
from zhixing.entry.lawtools.limits import too_many
from zhixing.entry.lawtools.prefill import claim_given
from zhixing.entry.lawtools.shapes import shape_of
from zhixing.entry.lawtools.tools import TOOLS
from zhixing.kernel.clock import now, today


@never_cache
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All tools."""
    return render(request, "entry/lawtools/index.html", pages.index_context(staff=request.staff))


@never_cache
@require_http_methods(["GET", "POST"])
def tool(request: HttpRequest, key: str) -> HttpResponse:
    """The form; with ?example=1 filled and computed; by POST computed, as a page or a file."""
    if key not in TOOLS:
        raise Http404
    shape = shape_of(key, today())
    if request.method == "GET":
        if request.GET.get("example"):
            return _page(request, key, filled_given(shape, TOOLS[key].example), is_example=True)
        return _page(request, key, filled_blank(shape), compute=False)
    filled = filled_posted(shape, request.POST)
    if (more := request.POST.get("more", "")) and more in filled.rows:
        row_add(shape, filled, more)
        return _page(request, key, filled, compute=False)
    if too_many(request):
        return _page(request, key, filled, compute=False, is_limited=True)
    wanted = request.POST.get("format", "")
    if wanted in FORMATS:
        made = download(key, shape, filled, wanted, staff=request.staff)
        return made or _page(request, key, filled)
    return _page(request, key, filled, template="print" if wanted == "print" else "tool")


@never_cache
@require_GET
@staff_only(*CASE_ROLES)
def interest_of_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """The interest calculator filled with the case's own claim and the money that came in."""
    case = get_object_or_404(Case, pk=case_id)
    given = claim_given(case, on=today())
    return _page(request, "interest", filled_given(shape_of("interest", today()), given), case=case)


def _page(
    request: HttpRequest,
    key: str,
    filled: Filled,
    *,
    compute: bool = True,
    template: str = "tool",
    **more: Any,
) -> HttpResponse:
    context = pages.tool_context(key, filled, staff=request.staff, moment=now(), compute=compute, **more)
    if context["problems"]:
        template = "tool"
    return render(request, f"entry/lawtools/{template}.html", context, status=context["status"])
