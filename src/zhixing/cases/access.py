"""Who may look into cases at all."""

from __future__ import annotations

from zhixing.courts.roles import Role

# Officers release inquiries without seeing what comes of them, and administrators keep accounts: neither opens a case.
CASE_ROLES = tuple(role for role in Role if role not in (Role.INQUIRY_OFFICER, Role.ADMIN))
