"""Which court's range a viewer asked for, and the way down to it."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from zhixing.courts.models import Court
from zhixing.courts.roles import Role

VIEWERS = (Role.COMMAND_STAFF, Role.BUREAU_CHIEF, Role.VICE_PRESIDENT, Role.PRESIDENT)


def court_asked(request: HttpRequest) -> Court:
    """The court asked for, if it lies in the viewer's range; his own otherwise. Raises Http404."""
    own = request.staff.court
    asked = request.GET.get("court", "")
    if not asked.isdigit() or int(asked) == own.key:
        return own
    court = Court.objects.filter(key=int(asked), key__gte=own.key, key_last__lte=own.key_last).first()
    if court is None:
        raise Http404
    return court


def courts_above(request: HttpRequest, court: Court) -> list[Court]:
    """The way down from the viewer's own court to this one."""
    rows = Court.objects.filter(
        key__lte=court.key, key_last__gte=court.key_last, key__gte=request.staff.court.key
    )
    return list(rows.order_by("key", "-key_last"))
