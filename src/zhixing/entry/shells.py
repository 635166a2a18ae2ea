"""Which places a person sees in the rail, and what waits there."""

from __future__ import annotations

from django.http import HttpRequest

from zhixing.acts.web import actor_of
from zhixing.courts.roles import ROLE_NAMES, Role
from zhixing.entry.approvals import waiting_for
from zhixing.kernel.clock import now
from zhixing.ui.shell import Shell, nav_build

PLACES_BY_ROLE: dict[Role, set[str]] = {
    Role.JUDGE: {"workbench", "cases", "inquiry", "approvals", "funds", "law"},
    Role.ASSISTANT: {"workbench", "cases", "manual", "law"},
    Role.CLERK: {"workbench", "cases", "manual", "law"},
    Role.INQUIRY_OFFICER: {"release", "approvals", "exchange", "wire"},
    Role.BUREAU_CHIEF: {"workbench", "cases", "approvals", "funds", "command", "law"},
    Role.VICE_PRESIDENT: {"approvals", "cases", "command"},
    Role.PRESIDENT: {"approvals", "cases", "command"},
    Role.FUNDS_MANAGER: {"approvals", "funds", "law"},
    Role.COMMAND_STAFF: {"command", "agencies", "exchange", "wire"},
    Role.ADMIN: {"agencies", "exchange", "wire"},
}


def places_of(roles: frozenset[Role]) -> set[str]:
    """Places of the rail for these roles."""
    return set().union(*(PLACES_BY_ROLE[role] for role in roles)) if roles else set()


def home_of(roles: frozenset[Role]) -> str:
    """Where a person starts."""
    places = places_of(roles)
    for key, href in (
        ("workbench", "/"),
        ("release", "/release/"),
        ("approvals", "/approvals/"),
        ("command", "/command/"),
        ("agencies", "/agencies/"),
    ):
        if key in places:
            return href
    return "/cases/"


def shell_of(request: HttpRequest) -> Shell:
    """The frame for staff, parties and strangers."""
    staff = getattr(request, "staff", None)
    if staff is None:
        name = request.user.display_name if request.user.is_authenticated else ""
        return Shell(
            court_name="知行",
            department="执行案件大数据管理系统",
            user_name=name,
            role_name="当事人" if name else "",
            now=now(),
            search_action="",
            home="/party/" if name else "/login/",
        )
    waiting = waiting_for(actor_of(request)).count() if "approvals" in places_of(request.roles) else 0
    return Shell(
        court_name=staff.court.name,
        user_name=staff.name,
        now=now(),
        home=home_of(request.roles),
        role_name=staff.title or "、".join(ROLE_NAMES[role] for role in sorted(request.roles)),
        nav=nav_build(path=request.path, keys=places_of(request.roles), counts={"approvals": waiting}),
    )
