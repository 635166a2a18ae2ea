"""Case funds: by when money is claimed to a case and paid out, and what stops that clock (FUND-05 to FUND-12, CF-01 to CF-04)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from zhixing.kernel.errors import InvalidInput, Problem
from zhixing.law.book import LawBook, book
from zhixing.law.schemas import MoneyRule
from zhixing.law.sheets import Sheet, SheetTable
from zhixing.law.steps import Step
from zhixing.law.terms import deadline

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """An approved delay. until: day on which its ground ended; None while it lasts."""

    ground: str
    since: date
    until: date | None = None
    approved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutLine:
    """One clock. binding: lateness may be called 超期; otherwise it is a target of the court."""

    code: str
    title: str
    start: date
    due: date
    binding: bool
    law: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutClock:
    """By when money must leave.

    Attributes:
        due: the day that governs: the earliest binding one, or ten days after the last approved delay ended; None
            while an approved delay lasts.
        target: the court's own earlier target, for a warning; None while delayed.
        alerts: days on which to remind.
    """

    lines: tuple[PayoutLine, ...]
    due: date | None
    target: date | None
    alerts: tuple[date, ...]
    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]
    book_hash: str

    def sheet(self) -> Sheet:
        """The sheet."""
        rows = tuple(
            (
                line.title,
                line.start.isoformat(),
                line.due.isoformat(),
                "法定期限" if line.binding else "工作目标",
            )
            for line in self.lines
        )
        return Sheet(
            kind="payout",
            title="案款发放期限",
            given=(("到账通知之日", self.lines[0].start.isoformat()),),
            results=(
                ("本院目标", self.target.isoformat() if self.target else "延缓中"),
                ("至迟发放", self.due.isoformat() if self.due else "延缓中，事由消失后十日内发放"),
            ),
            tables=(SheetTable(title="期限", columns=("事项", "起算", "届满", "性质"), rows=rows),),
            steps=self.steps,
            notes=("本院目标为设定，由法院确认，不得长于法定期限。",),
            problems=self.problems,
            book_hash=self.book_hash,
        )


def claim_due(arrived_on: date, law_book: LawBook | None = None) -> tuple[date, Step]:
    """By when money that arrived should be claimed to a case; a target, no legal term (FUND-06)."""
    law_book = law_book or book()
    entry = law_book.at(arrived_on).entry("funds.claim_days")
    due = law_book.calendar.add_working_days(arrived_on, entry.value)
    return due, Step(
        text=f"到账后 {entry.value} 个工作日内认领（本院目标）", value=due.isoformat(), law=entry.source
    )


def grounds(topic: str, on: date, law_book: LawBook | None = None) -> tuple[MoneyRule, ...]:
    """Grounds to delay (``delay``) or to deposit (``deposit``), in order."""
    rows = (law_book or book()).at(on).rows("funds_grounds", MoneyRule)
    return tuple(sorted((row for row in rows if row.topic == topic), key=lambda row: row.order))


def payout_clock(
    *,
    told_on: date,
    releasable_on: date | None = None,
    delays: Sequence[Delay] = (),
    law_book: LawBook | None = None,
) -> PayoutClock:
    """By when the money of an arrival must be paid out.

    Args:
        told_on: day on which finance told of the arrival; 30 days run from it.
        releasable_on: day from which nothing stands in the way; 15 working days run from it. told_on when None.
        delays: delays with their grounds; only an approved one moves the clock.
        law_book: the platform's book when left out.

    Raises:
        InvalidInput: an unknown ground, or a delay that ends before it begins.
        NoRuleInForce: before 2017-05-01.
    """
    law_book = law_book or book()
    ready = releasable_on or told_on
    _check(delays, told_on, law_book)
    lines = [_line("funds.payout_outer", told_on, law_book)]
    if ready >= min(row.since for row in law_book.all_rows("terms") if row.code == "funds.payout"):
        lines.append(_line("funds.payout", ready, law_book))
    entry = law_book.at(ready).entry("funds.payout_target_days")
    goal = law_book.calendar.add_working_days(ready, entry.value)
    approved = [delay for delay in delays if delay.approved]
    problems = tuple(_unapproved(delay) for delay in delays if not delay.approved)
    due: date | None = min(line.due for line in lines if line.binding)
    steps = [
        Step(text=f"{line.title}：自 {line.start} 起算", value=line.due.isoformat(), law=line.law)
        for line in lines
    ]
    if any(delay.until is None for delay in approved):
        due = None
        steps.append(Step(text="经批准延缓发放，事由尚未消失", law=("casefunds.10",)))
    elif approved:
        ended = max(cast("date", delay.until) for delay in approved)
        after = deadline(ended, "funds.after_delay", law_book)
        if after.due > cast("date", due):
            due = after.due
            lines.append(_line("funds.after_delay", ended, law_book))
            steps.append(
                Step(text=f"延缓事由于 {ended} 消失，十日内发放", value=after.due.isoformat(), law=after.law)
            )
    target = min(goal, due) if due else None
    ladder = cast("tuple[int, ...]", law_book.at(told_on).value("funds.alert_days"))
    alerts = tuple(day for days in ladder if due and (day := due - timedelta(days=days)) >= told_on)
    steps.append(
        Step(
            text=f"本院目标：具备条件后 {entry.value} 个工作日",
            value=target.isoformat() if target else "",
            law=entry.source,
        )
    )
    return PayoutClock(
        lines=tuple(lines), due=due, target=target, alerts=alerts, steps=tuple(steps), problems=problems,
        book_hash=law_book.hash,
    )  # fmt: skip


def _line(term: str, start: date, law_book: LawBook) -> PayoutLine:
    found = deadline(start, term, law_book)
    return PayoutLine(
        code=term, title=found.title, start=start, due=found.due, binding=found.is_binding, law=found.law
    )


def _check(delays: Sequence[Delay], on: date, law_book: LawBook) -> None:
    known = {row.code: row.title for row in grounds("delay", on, law_book)}
    problems = []
    for index, delay in enumerate(delays):
        if delay.ground not in known:
            listed = "、".join(f"{code}（{title}）" for code, title in known.items())
            problems.append(
                Problem(
                    code="funds.ground", sentence=f"“{delay.ground}”不是延缓发放的事由，", mend=f"请选择：{listed}。",
                    field=f"delays.{index}.ground", law="casefunds.10",
                )
            )  # fmt: skip
        if delay.until and delay.until < delay.since:
            problems.append(
                Problem(
                    code="funds.delay_order", sentence=f"延缓的结束日 {delay.until} 早于开始日 {delay.since}，",
                    mend="请核对日期。", field=f"delays.{index}.until",
                )
            )  # fmt: skip
    if problems:
        raise InvalidInput(problems)


def _unapproved(delay: Delay) -> Problem:
    return Problem(
        code="funds.unapproved",
        sentence=f"延缓事由“{delay.ground}”没有经批准，期限照常计算，",
        mend="请报执行局局长或者主管院领导批准。",
        law="casefunds.10",
        level="warning",
    )
