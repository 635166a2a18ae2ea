"""Who may open which page. Scope decides which rows; this decides which pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zhixing.courts.roles import Role

View = Callable[..., HttpResponse]


def staff_only(*roles: Role) -> Callable[[View], View]:
    """Staff of any court; with roles given, only those. Others see why, with status 403."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect(f"/login/?next={request.get_full_path()}")
            if request.staff is None or (roles and not request.roles & set(roles)):
                return render(request, "403.html", status=403)
            return view(request, *args, **kwargs)

        return guarded

    return wrap


def party_only(view: View) -> View:
    """Parties with a login."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect(f"/login/?next={request.get_full_path()}")
        if request.user.kind != "party":
            return render(request, "403.html", status=403)
        return view(request, *args, **kwargs)

    return guarded
