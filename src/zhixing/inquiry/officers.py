"""Inquiry officers whose certificates are on file with the institutions."""

from __future__ import annotations

from datetime import date

from zhixing.courts.models import Credential
from zhixing.courts.roles import Role
from zhixing.courts.selectors import staff_with_role


def officers_on(*, court_key: int, on: date) -> list[Credential]:
    """Credentials of this court's inquiry officers valid that day, by staff id (NIC-03, NIC-04)."""
    staff = staff_with_role(court_key=court_key, role=Role.INQUIRY_OFFICER, on=on)
    return list(
        Credential.objects.filter(staff__in=staff, filed_on__lte=on, expires_on__gte=on)
        .select_related("staff")
        .order_by("staff_id")
    )
