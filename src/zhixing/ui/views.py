"""The gallery: each component in each state, with invented data."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from zhixing.ui import samples, samples_public

ERROR_PAGES = (400, 403, 404, 413, 500)


def _context(request: HttpRequest, extra: dict[str, object], *, phone: bool = False) -> dict[str, object]:
    """Somebody who is logged in keeps his own frame; everybody else sees an invented one."""
    user = getattr(request, "user", None)
    known = user is not None and user.is_authenticated and not phone
    return extra if known else {"shell": samples.shell(request.path, phone=phone), **extra}


def gallery(request: HttpRequest) -> HttpResponse:
    """All components of the desktop pages."""
    return render(request, "ui/gallery.html", _context(request, samples.gallery()))


def phone(request: HttpRequest) -> HttpResponse:
    """A party's page on the phone."""
    return render(request, "ui/gallery_phone.html", _context(request, samples_public.phone(), phone=True))


def hall(request: HttpRequest) -> HttpResponse:
    """The command hall."""
    return render(request, "ui/gallery_hall.html", _context(request, samples_public.hall()))


def plain(request: HttpRequest) -> HttpResponse:
    """Login form."""
    return render(request, "ui/gallery_plain.html", {"form": samples.login_form()})


def error(request: HttpRequest, code: int) -> HttpResponse:
    """An error page as people see it (answered with 200, because here it is a sample)."""
    if code not in ERROR_PAGES:
        raise Http404
    return render(request, f"{code}.html", {"limit": 30 * 1024 * 1024, "back": "/ui/"})
