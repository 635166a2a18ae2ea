"""Flags of supervision: which colour a count of days shows; thresholds are rows of a table (SV-10 to SV-21)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from zhixing.law.book import LawBook, book
from zhixing.law.deterrence.answers import points

if TYPE_CHECKING:
    from datetime import date

    from zhixing.law.schemas import Point, SupervisionFlag

TABLE = "supervision.flags"
LEVELS = {"": "正常", "yellow": "黄色", "orange": "橙色", "red": "红色"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagView:
    """How a flag stands.

    Attributes:
        level: empty, yellow, orange or red.
        word: 超期 only past the term of a statute or a Supreme Court document (T1, T2), else 预警; empty without a level.
        next_at: count at which the next colour shows, None at the gravest.
        is_setting: the thresholds are ours, which the court confirms.
    """

    code: str
    title: str
    level: str
    word: str
    next_at: int | None
    unit: str
    law: tuple[str, ...]
    is_setting: bool


def supervision_flags(on: date, law_book: LawBook | None = None) -> tuple[SupervisionFlag, ...]:
    """All flags in force, in the order of the table."""
    return cast("tuple[SupervisionFlag, ...]", (law_book or book()).at(on).rows(TABLE))


def flag_level(code: str, count: int, *, on: date, law_book: LawBook | None = None) -> FlagView:
    """The colour of a flag.

    Args:
        count: units gone since the event (negative: until the deadline), or units left for flags that count
            before it. The unit is the row's: days, working days or hours.

    Raises:
        UnknownRule, NoRuleInForce: no such flag, or not yet.
    """
    row = cast("SupervisionFlag", (law_book or book()).at(on).row(TABLE, code))
    before = row.counts == "before"
    reached = [step for step in row.levels if (count <= step.at if before else count >= step.at)]
    rest = [step for step in row.levels if step not in reached]
    late = row.tier in ("T1", "T2") and not before and count > row.lawful
    return FlagView(
        code=code,
        title=row.title,
        level=reached[-1].level if reached else "",
        word=("超期" if late else "预警") if reached else "",
        next_at=rest[0].at if rest else None,
        unit=row.levels[0].unit if row.levels else "",
        law=row.source,
        is_setting=row.status == "default",
    )


def supervision_rules(topic: str, on: date, law_book: LawBook | None = None) -> tuple[Point, ...]:
    """Concepts, procedures, recording, command: the points of one topic over the tables of supervision."""
    law_book = law_book or book()
    tables = ("supervision.concepts", "supervision.recording", "supervision.command")
    return tuple(row for table in tables for row in points(law_book, table, topic, on).values())


def knowledge_for(key: str, on: date, law_book: LawBook | None = None) -> tuple[str, ...]:
    """Citation keys that are shown at a key node (N01 to N37) or a matter; empty when none are listed."""
    rows = cast("tuple[Point, ...]", (law_book or book()).at(on).rows("supervision.knowledge"))
    return next((row.source for row in rows if key == row.code or key in row.rules), ())
