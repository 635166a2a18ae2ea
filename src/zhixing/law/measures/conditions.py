"""Answers that hang on conditions: each with its source and whether it is met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhixing.law.sheets import Sheet, SheetTable
from zhixing.law.steps import Step

if TYPE_CHECKING:
    from datetime import date

    from zhixing.kernel.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One condition of the law, in Chinese, and whether the facts meet it."""

    text: str
    met: bool
    law: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether something may be done.

    Attributes:
        allowed: whether it may. outcome: the same in a sentence.
        first_day: from when on a condition of time is met, when there is one.
        due: until when the next step must be taken, when the law says so.
    """

    title: str
    allowed: bool
    outcome: str
    conditions: tuple[Condition, ...]
    book_hash: str
    first_day: date | None = None
    due: date | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """One step per condition."""
        return tuple(
            Step(text=one.text, value="具备" if one.met else "不具备", law=(one.law,))
            for one in self.conditions
        )

    def as_json(self) -> dict[str, object]:
        """`{"title","allowed","outcome","first_day","due","conditions":[{text,met,law}],"book_hash"}`."""
        return {
            "title": self.title,
            "allowed": self.allowed,
            "outcome": self.outcome,
            "first_day": self.first_day.isoformat() if self.first_day else None,
            "due": self.due.isoformat() if self.due else None,
            "conditions": [{"text": c.text, "met": c.met, "law": c.law} for c in self.conditions],
            "book_hash": self.book_hash,
        }

    def sheet(self) -> Sheet:
        """The sheet: conditions one by one, then the outcome."""
        results = [("最早", self.first_day.isoformat())] if self.first_day else []
        if self.due:
            results.append(("最迟", self.due.isoformat()))
        rows = tuple((one.text, "具备" if one.met else "不具备") for one in self.conditions)
        return Sheet(
            kind="verdict",
            title=self.title,
            given=(),
            results=(*results, ("结论", self.outcome)),
            tables=(SheetTable(title="条件", columns=("条件", "结果"), rows=rows),),
            steps=self.steps,
            problems=self.problems,
            book_hash=self.book_hash,
        )
