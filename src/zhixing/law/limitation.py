"""Limitation of the right to apply for enforcement: two years, interrupted and suspended as limitation of actions (PT-07).

民诉法第二百五十条、执行程序解释第十九条至第二十一条. The court dockets a late application all the same; only the debtor's
objection leads to 裁定不予执行 (民诉法解释第四百八十一条).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhixing.kernel.errors import InvalidInput, Problem
from zhixing.law.book import LawBook, book
from zhixing.law.reading import Reader
from zhixing.law.sheets import Sheet
from zhixing.law.steps import Step, steps_printed
from zhixing.law.terms import add_months, deadline

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """Days on which the creditor could not claim (force majeure and the like), both inclusive."""

    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitationInput:
    """A claim, or one instalment of it.

    Attributes:
        last_day: last day of the period for performance. effective_on: the title took effect, when no period is fixed.
        interrupted: days on which the creditor claimed, the debtor agreed, settled or paid.
        applied_on: day of the application, None when not yet.
    """

    last_day: date | None = None
    effective_on: date | None = None
    interrupted: tuple[date, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    applied_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitationView:
    """due: last day. in_time: None when there is no application. outcome: what the court does."""

    given: LimitationInput
    due: date
    in_time: bool | None
    outcome: str
    steps: tuple[Step, ...]
    book_hash: str

    def as_json(self, law_book: LawBook | None = None) -> dict[str, object]:
        """`{"due", "in_time", "outcome", "steps", "book_hash"}`."""
        return {
            "due": self.due.isoformat(),
            "in_time": self.in_time,
            "outcome": self.outcome,
            "steps": steps_printed(self.steps, law_book or book()),
            "book_hash": self.book_hash,
        }

    def sheet(self) -> Sheet:
        """The sheet."""
        start = self.given.last_day or self.given.effective_on
        applied = self.given.applied_on
        return Sheet(
            kind="limitation",
            title="申请执行时效计算书",
            given=(
                ("起算", start.isoformat() if start else "—"),
                ("申请日", applied.isoformat() if applied else "尚未申请"),
            ),
            results=(("时效届满日", self.due.isoformat()), ("结论", self.outcome)),
            steps=self.steps,
            notes=("是否中断、中止由承办人依证据认定；法院不主动审查时效。",),
            book_hash=self.book_hash,
        )


def limitation(given: LimitationInput, law_book: LawBook | None = None) -> LimitationView:
    """The last day to apply.

    Raises:
        InvalidInput: no start, two starts, an obstacle that ends before it begins, an interruption before the start.
        NoRuleInForce: the start lies before 2008-04-01, the first day of the two years.
    """
    law_book = law_book or book()
    start = _start(given)
    due = deadline(start, "case.limitation", law_book).due
    name = "履行期间最后一日" if given.last_day else "法律文书生效之日"
    steps = [Step(text=f"自{name} {start.isoformat()} 起二年", value=due.isoformat(), law=("cpl.250",))]
    for day in sorted(given.interrupted):
        if day > due:
            steps.append(
                Step(text=f"{day.isoformat()} 的中断事由在时效届满之后，不发生中断", law=("procedure.20",))
            )
            continue
        due = deadline(day, "case.limitation", law_book).due
        steps.append(
            Step(text=f"{day.isoformat()} 中断，重新计算", value=due.isoformat(), law=("procedure.20",))
        )
    for span in sorted(given.obstacles, key=lambda one: one.first):
        # Only an obstacle that reaches into the last six months suspends.
        if span.first > due or span.last < add_months(due, -6):
            continue
        later = deadline(span.last, "limitation.after_obstacle", law_book).due
        if later > due:
            due = later
            text = f"{span.first.isoformat()} 至 {span.last.isoformat()} 中止，原因消除之日起满六个月"
            steps.append(Step(text=text, value=due.isoformat(), law=("procedure.19", "civil.194")))
    in_time = None if given.applied_on is None else given.applied_on <= due
    outcome = (
        "在时效期间内"
        if in_time or in_time is None
        else "已超过时效：应当立案；被执行人提出异议且成立的，裁定不予执行"
    )
    if in_time is False:
        steps.append(Step(text=outcome, law=("cpli.481",)))
    return LimitationView(
        given=given, due=due, in_time=in_time, outcome=outcome, steps=tuple(steps), book_hash=law_book.hash
    )


def limitation_read(data: Mapping[str, object]) -> LimitationInput:
    """Read ``{"last_day" | "effective_on", "interrupted": [{"on"}], "obstacles": [{"first", "last"}], "applied_on"}``.

    Raises:
        InvalidInput: with every fault.
    """
    reader = Reader(data, allowed={"last_day", "effective_on", "interrupted", "obstacles", "applied_on"})
    last_day, effective_on = reader.day("last_day"), reader.day("effective_on")
    if last_day is None and effective_on is None and not reader.problems:
        reader.fault("last_day", "input.missing", "没有填写起算日，", "请填写履行期间最后一日或者生效日。")
    days = [
        row.day("on", required=True) for row in reader.rows("interrupted", allowed={"on"}, required=False)
    ]
    spans = [
        (row.day("first", required=True), row.day("last", required=True))
        for row in reader.rows("obstacles", allowed={"first", "last"}, required=False)
    ]
    applied_on = reader.day("applied_on")
    since = min(row.since for row in book().all_rows("terms") if row.code == "case.limitation")
    start = last_day or effective_on
    if start and start < since:
        text = f"{start} 早于二年时效的施行日 {since}，"
        reader.fault(
            "last_day" if last_day else "effective_on",
            "input.before_law",
            text,
            "更早的按当时的法律人工计算。",
        )
    reader.finish()
    return LimitationInput(
        last_day=last_day,
        effective_on=effective_on,
        interrupted=tuple(day for day in days if day),
        obstacles=tuple(Obstacle(first=a, last=b) for a, b in spans if a and b),
        applied_on=applied_on,
    )


def _start(given: LimitationInput) -> date:
    problems: list[Problem] = []

    def fault(field: str, sentence: str, mend: str) -> None:
        problems.append(Problem(code="limitation", sentence=sentence, mend=mend, field=field))

    start = given.last_day or given.effective_on
    if start is None:
        fault("last_day", "没有履行期间最后一日，也没有生效日，", "请填写其中一项。")
    if given.last_day and given.effective_on:
        fault("effective_on", "已有履行期间，又填写了生效日，", "有履行期间的只填写履行期间最后一日。")
    for index, day in enumerate(given.interrupted):
        if start and day < start:
            fault(f"interrupted.{index}", f"中断日 {day} 早于起算日 {start}，", "请核对后重新填写。")
    for index, span in enumerate(given.obstacles):
        if span.last < span.first:
            fault(f"obstacles.{index}.last", f"{span.last} 早于 {span.first}，", "终止日不得早于起始日。")
    if problems or start is None:
        raise InvalidInput(problems)
    return start
