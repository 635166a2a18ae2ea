"""Roles of staff. Legal rank comes from the law book's approval chains, not from here."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a member of staff is; one person may hold several."""

    JUDGE = "judge"
    ASSISTANT = "assistant"
    CLERK = "clerk"
    INQUIRY_OFFICER = "inquiry_officer"
    BUREAU_CHIEF = "bureau_chief"
    VICE_PRESIDENT = "vice_president"
    PRESIDENT = "president"
    FUNDS_MANAGER = "funds_manager"
    COMMAND_STAFF = "command_staff"
    ADMIN = "admin"


ROLE_NAMES = {
    Role.JUDGE: "执行法官",
    Role.ASSISTANT: "法官助理",
    Role.CLERK: "书记员",
    Role.INQUIRY_OFFICER: "查询员",
    Role.BUREAU_CHIEF: "执行局长",
    Role.VICE_PRESIDENT: "分管副院长",
    Role.PRESIDENT: "院长",
    Role.FUNDS_MANAGER: "案款管理员",
    Role.COMMAND_STAFF: "指挥中心",
    Role.ADMIN: "管理员",
}
