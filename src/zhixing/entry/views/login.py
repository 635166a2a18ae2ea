"""Login for staff and parties; the same page, different homes."""

from __future__ import annotations

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from zhixing.courts.selectors import roles_of, staff_of
from zhixing.entry.shells import home_of
from zhixing.kernel.clock import today


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; a wrong pair is told without saying which was wrong."""
    if request.method == "GET":
        return render(request, "entry/login.html", {"next": request.GET.get("next", "")})
    name = request.POST.get("username", "").strip()
    account = authenticate(request, username=name, password=request.POST.get("password", ""))
    if account is None:
        return render(
            request,
            "entry/login.html",
            {"failed": True, "username": name, "next": request.POST.get("next", "")},
            status=422,
        )
    login(request, account)
    target = request.POST.get("next", "")
    if target and url_has_allowed_host_and_scheme(target, {request.get_host()}):
        return redirect(target)
    staff = staff_of(account)
    return redirect(home_of(roles_of(staff, on=today())) if staff else "/party/")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("/login/")
