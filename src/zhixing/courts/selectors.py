"""Reads about courts and staff."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from zhixing.courts.models import Account, Court, Credential, Staff
from zhixing.courts.roles import Role
from zhixing.platform.scope import Scope


def staff_of(account: Account) -> Staff | None:
    """The member of staff behind an account, with court; None for parties."""
    return Staff.objects.select_related("court", "account").filter(account=account).first()


def roles_of(staff: Staff, *, on: date) -> frozenset[Role]:
    """Roles held on a day."""
    held = staff.held_roles.filter(valid_from__lte=on).filter(Q(valid_to=None) | Q(valid_to__gte=on))
    return frozenset(Role(role) for role in held.values_list("role", flat=True))


def staff_with_role(*, court_key: int, role: Role, on: date) -> QuerySet[Staff]:
    """Staff of one court holding a role on a day, by id."""
    return (
        Staff.objects.select_related("court", "account")
        .filter(court_id=court_key, held_roles__role=role, held_roles__valid_from__lte=on)
        .filter(Q(held_roles__valid_to=None) | Q(held_roles__valid_to__gte=on))
        .order_by("id")
    )


def scope_of_staff(staff: Staff) -> Scope:
    """A court sees itself and everything below it (CC-01)."""
    return Scope(lo=staff.court.key, hi=staff.court.key_last, staff=staff.pk)


def credential_on(staff_id: int, *, on: date) -> Credential | None:
    """The officer's certificates if they are on file and valid that day (NIC-04)."""
    return Credential.objects.filter(staff_id=staff_id, filed_on__lte=on, expires_on__gte=on).first()


def courts_below(court: Court) -> QuerySet[Court]:
    """The court and its whole subtree in order of court code."""
    return Court.objects.filter(key__gte=court.key, key__lte=court.key_last).order_by("key")
