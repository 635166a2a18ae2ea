"""Duties on personal data, and how long records are kept (个人信息保护法、网络安全法; PRIV-01 to PRIV-04, PRIV-06, PRIV-07, PRIV-10, PRIV-14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhixing.law.book import LawBook, book
from zhixing.law.deterrence.answers import points
from zhixing.law.terms import add_months

if TYPE_CHECKING:
    from datetime import date

    from zhixing.law.schemas import Point

TABLE, NUMBERS = "privacy", "privacy_numbers"
TOPICS = {"processing": "处理", "decision": "自动化决定", "assess": "评估", "keep": "留存", "secrecy": "保密"}


def privacy_duties(topic: str, on: date, law_book: LawBook | None = None) -> tuple[Point, ...]:
    """The duties of a topic (key of TOPICS) in force on a day."""
    return tuple(points(law_book or book(), TABLE, topic, on).values())


def log_kept_until(written: date, law_book: LawBook | None = None) -> date:
    """Until when a network log may not be thrown away. Raises NoRuleInForce before 2017-06-01."""
    return add_months(written, int((law_book or book()).at(written).value(f"{NUMBERS}.log_months")))


def assessment_kept_until(made: date, law_book: LawBook | None = None) -> date:
    """Until when a report of an impact assessment is kept. Raises NoRuleInForce before 2021-11-01."""
    return add_months(made, 12 * int((law_book or book()).at(made).value(f"{NUMBERS}.assessment_years")))
