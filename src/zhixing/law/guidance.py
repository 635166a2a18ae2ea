"""Rules that no formula holds, by subject, for the page on which somebody decides: title, ground, clock, approval.

Each table of such rules is read here, so that none of them lies unread (docs/law-coverage.md names the tables' readers).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhixing.law.book import LawBook, book
from zhixing.law.errors import UnknownRule

if TYPE_CHECKING:
    from datetime import date

# Subject → (Chinese name, table).
SUBJECTS = {
    "realisation": ("拍卖、变卖、抵债", "realisation_rules"),
    "pricing": ("确定参考价", "realisation_ways"),
    "distribution": ("参与分配、移送破产", "distribution_rules"),
    "funds": ("执行案款", "funds_rules"),
    "deferral": ("延缓发放、提存", "funds_grounds"),
    "after_round": ("终本之后", "termination.after"),
    "disclosure": ("执行公开", "disclosure.duties"),
    "approval": ("分权和合议", "approval.principles"),
    "network": ("网络查控", "inquiry.rules"),
    "privacy": ("个人信息保护", "privacy"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Guidance:
    """One rule.

    Attributes:
        topic: its heading within the subject. effect: must, may, must_not or note (empty where the table knows none).
        term: code of the period that it starts. chain: code of the approval chain; approval: who decides, in words.
        is_setting: ours, which the court confirms.
    """

    code: str
    topic: str
    title: str
    detail: str
    effect: str
    term: str
    chain: str
    approval: str
    law: tuple[str, ...]
    rules: tuple[str, ...]
    is_setting: bool


def guidance(
    subject: str, on: date, *, topic: str = "", law_book: LawBook | None = None
) -> tuple[Guidance, ...]:
    """The rules of a subject in force on a day, in the order of their table.

    Args:
        subject: key of SUBJECTS. topic: only those of one heading; all when left out.

    Raises:
        UnknownRule: no such subject.
    """
    if subject not in SUBJECTS:
        raise UnknownRule(f"guidance.{subject}")
    rows = (law_book or book()).at(on).rows(SUBJECTS[subject][1])
    found = (
        Guidance(
            code=row.code,
            topic=getattr(row, "topic", ""),
            title=getattr(row, "title", ""),
            detail=getattr(row, "detail", ""),
            effect=getattr(row, "effect", ""),
            term=getattr(row, "term", None) or "",
            chain=getattr(row, "chain", None) or "",
            approval=getattr(row, "approval", ""),
            law=row.source,
            rules=row.rules,
            is_setting=row.status == "default",
        )
        for row in rows
    )
    return tuple(one for one in found if not topic or one.topic == topic)
