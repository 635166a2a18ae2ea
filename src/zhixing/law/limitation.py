"""Limitation of the right to apply for enforcement: two years, interrupted and suspended as limitation of actions (PT-07).

民诉法第二百五十条、执行程序解释第十九条至第二十一条. The court dockets a late application all the same; only the debtor's
objection leads to 裁定不予执行 (民诉法解释第四百八十一条).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhixing.kernel.errors import InvalidInput, Problem
from zhixing.law.book import LawBook, book
from zhixing.law.steps import Step
from zhixing.law.terms import add_months, deadline

if TYPE_CHECKING:
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

    due: date
    in_time: bool | None
    outcome: str
    steps: tuple[Step, ...]
    book_hash: str


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
        due=due, in_time=in_time, outcome=outcome, steps=tuple(steps), book_hash=law_book.hash
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
