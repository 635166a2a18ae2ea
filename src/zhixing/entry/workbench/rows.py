"""One line of the workbench, whatever it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from zhixing.acts.actors import Actor
from zhixing.courts.models import Staff
from zhixing.courts.roles import Role
from zhixing.kernel.clock import COURT_ZONE, court_date

KINDS = {"node": "节点到期", "back": "反馈已到", "approval": "审批", "measure": "措施到期", "funds": "案款"}
BINDING = ("T1", "T2")
# How far the list looks ahead. Presentation only: what is late or due follows from the law book.
HORIZON_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who looks at the workbench, and when. court_wide: sees what is wrong in the whole court, not only his own."""

    staff: Staff
    actor: Actor
    moment: datetime

    @property
    def today(self) -> date:
        """The day in court time."""
        return court_date(self.moment)

    @property
    def court_wide(self) -> bool:
        """Chiefs and those above look at the court; everybody else at his own cases."""
        return bool(self.actor.roles & {Role.BUREAU_CHIEF, Role.VICE_PRESIDENT, Role.PRESIDENT})

    def has(self, *roles: Role) -> bool:
        """Whether he holds one of these roles."""
        return bool(self.actor.roles & set(roles))


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line. chip, chip_text, chip_icon: its state. due_css: class of the day; law: citation key or empty.

    urgency: 0 late, 1 due today, 2 warning, 3 the rest; then `order`, then title.
    """

    kind: str
    chip: str
    chip_text: str
    title: str
    button: str
    href: str
    chip_icon: str = ""
    case_id: int | None = None
    number: str = ""
    parties: str = ""
    why: str = ""
    law: str = ""
    law_words: str = ""
    tier: str = ""
    due: date | None = None
    due_text: str = ""
    due_sub: str = ""
    due_css: str = "strong"
    urgency: int = 3
    order: str = ""


def term_look(due: date, tier: str, today: date) -> dict[str, object]:
    """How a day looks in the list: chip, words, urgency. Red only for passed terms of law or of the Supreme Court."""
    left = (due - today).days
    day = (
        f"{due.month}月{due.day}日" if due.year == today.year else f"{due.year}-{due.month:02d}-{due.day:02d}"
    )
    base = {"due": due, "due_text": day, "order": due.isoformat(), "tier": tier}
    if left < 0 and tier in BINDING:
        return base | {
            "chip": "late",
            "chip_text": f"超期 {-left} 天",
            "due_sub": f"已过 {-left} 天",
            "due_css": "late-t",
            "urgency": 0,
        }
    if left < 0:
        return base | {
            "chip": "warn",
            "chip_text": "预警",
            "due_sub": f"已过 {-left} 天",
            "due_css": "warn-t",
            "urgency": 2,
        }
    if left == 0:
        return base | {
            "chip": "due",
            "chip_text": "今日到期",
            "due_text": "今日",
            "due_sub": day,
            "urgency": 1,
        }
    return base | {
        "chip": "warn",
        "chip_text": f"剩 {left} 天",
        "due_sub": f"剩 {left} 天",
        "due_css": "warn-t",
        "urgency": 2,
    }


def moment_look(moment: datetime, today: date) -> dict[str, str]:
    """When something came in, for the column of terms."""
    local = moment.astimezone(COURT_ZONE)
    days = (today - local.date()).days
    if days == 0:
        return {"due_text": f"{local:%H:%M}", "due_sub": "今日到"}
    return {
        "due_text": f"{local.month}月{local.day}日",
        "due_sub": "昨日到" if days == 1 else f"{days} 天前到",
    }
