"""Computes the two clocks (法释〔2000〕29号、法发〔2006〕35号、执行程序解释第十三条; PT-10 to PT-21)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from zhixing.kernel.errors import Problem
from zhixing.law.book import LawBook, book
from zhixing.law.clocks.inputs import KINDS, ClockInput, Extension, creditor_term
from zhixing.law.clocks.result import Block, Clock, NotCounted, State, TwoClocks
from zhixing.law.clocks.spans import Judged, span_problems, spans_judged
from zhixing.law.steps import Step
from zhixing.law.terms import add_months, deadline

if TYPE_CHECKING:
    from zhixing.law.schemas import Term

_DAY = timedelta(days=1)


def two_clocks(case: ClockInput, law_book: LawBook | None = None) -> TwoClocks:
    """Both clocks of a case, with every deduction, extension and irregularity.

    ``due = term from the start + merged deducted days + approved extension``, moved on from a day off. What
    begins after a clock has run out no longer stops it.

    Raises:
        NoRuleInForce: the case began before the first rule of the table. UnknownRule: an unknown ground.
    """
    law_book = law_book or book()
    internal = _Run(case.docketed, KINDS[case.kind], law_book)
    judged = spans_judged("internal", case.docketed, case, law_book)
    internal.take(judged, sorted(case.extensions, key=lambda ext: ext.applied))
    clocks = [_clock("internal", "执行期限", internal, judged, case)]
    problems = [*span_problems(case, law_book), *internal.problems]
    if case.received:
        creditor = _Run(case.received, creditor_term(entrusted=case.entrusted), law_book)
        judged = spans_judged("creditor", case.received, case, law_book)
        creditor.take(judged, [])
        clocks.append(_clock("creditor", "申请执行人的六个月", creditor, judged, case))
        problems += creditor.problems
    years = {clock.due.year for clock in clocks}
    return TwoClocks(
        case=case,
        internal=clocks[0],
        creditor=clocks[1] if len(clocks) > 1 else None,
        problems=(*dict.fromkeys(problems), *law_book.calendar.gaps(years)),
        steps=tuple(step for clock in clocks for step in clock.steps),
        book_hash=law_book.hash,
    )


class _Run:
    """One clock while it is being wound: days deducted, months added, what was refused."""

    def __init__(self, start: date, term: str, law_book: LawBook) -> None:
        self.book, self.start = law_book, start
        self.row: Term = law_book.at(start).term(term)
        self.base = add_months(start, self.row.amount or 0)
        self.days, self.months, self.extended = 0, 0, 0
        self.blocks: list[Block] = []
        self.refused: list[NotCounted] = []
        self.problems: list[Problem] = []
        self.steps = [
            Step(
                text=f"{self.row.title}：自{self.row.runs_from}（{start.isoformat()}）起 {self.row.amount} 个月",
                value=self.base.isoformat(),
                law=self.row.source,
            )
        ]

    @property
    def due(self) -> date:
        """The last day as things stand."""
        last = add_months(self.base + self.days * _DAY, self.months)
        return self.book.calendar.next_working_day(last)

    def take(self, judged: Judged, extensions: list[Extension]) -> None:
        """Deductions and extensions in the order of time: each must begin while the clock still runs."""
        pending = list(extensions)
        for block in judged.blocks:
            while pending and pending[0].applied < block.first:
                self._extend(pending.pop(0))
            self._deduct(block)
        for extension in pending:
            self._extend(extension)
        self._finish()

    def _deduct(self, block: Block) -> None:
        grounds = "、".join(block.grounds)
        span = f"{block.first.isoformat()} 至 {block.last.isoformat()}"
        if block.first > self.due:
            text = f"{grounds}（{span}）开始时期限已于 {self.due.isoformat()} 届满，不再扣除，"
            self._problem("clock.span.after_expiry", text, "请核对扣除的起止日期。", "spans")
            self.refused.append(NotCounted(index=-1, ground=grounds, reason="期限届满以后"))
            return
        self.days += block.days
        self.blocks.append(block)
        text = f"{grounds}（{span}，{block.days} 日）不计入期限"
        self.steps.append(Step(text=text, value=self.due.isoformat(), law=_stop_law(self.row.code)))

    def _extend(self, extension: Extension) -> None:
        due, applied = self.due, extension.applied
        if applied > due:
            text = f"{applied.isoformat()} 申请延长时期限已于 {due.isoformat()} 届满，不予延长，"
            self._problem("clock.extension.after_expiry", text, "应当在期限届满前申请。", "extensions")
            return
        ask = self.book.at(due).term("case.extend_ask")
        latest = deadline(due, ask.code, self.book).due
        if applied > latest:
            text = f"{applied.isoformat()} 申请延长，晚于届满 {ask.amount} 日前（{latest.isoformat()}），"
            mend = f"应当在届满 {ask.amount} 日前提出。"
            self._problem("clock.extension.late", text, mend, "extensions")
        self._extend_by(extension, due)

    def _extend_by(self, extension: Extension, due: date) -> None:
        most = self.book.at(due).term("case.extend")
        months = extension.months
        if most.amount is not None and months > most.amount:
            text = f"一次延长 {months} 个月，超过 {most.amount} 个月，只计 {most.amount} 个月，"
            self._problem(
                "clock.extension.too_long", text, "还需延长的，层报高级人民法院备案。", "extensions"
            )
            months = most.amount
        if self.extended and not extension.reported:
            text = "再次延长没有层报高级人民法院备案，"
            self._problem("clock.extension.not_reported", text, "请补办备案。", "extensions")
        self.extended += 1
        self.months += months
        who = "院长" if extension.approver == "president" else "副院长"
        text = f"{extension.applied.isoformat()} 申请，经{who}批准延长 {months} 个月"
        self.steps.append(Step(text=text, value=self.due.isoformat(), law=most.source))

    def _finish(self) -> None:
        last = add_months(self.base + self.days * _DAY, self.months)
        if last != self.due:
            text = f"届满日 {last.isoformat()} 是休假日（{self.book.calendar.name(last)}），顺延至休假日后的第一日"
            self.steps.append(Step(text=text, value=self.due.isoformat(), law=("cpl.85",)))

    def _problem(self, code: str, sentence: str, mend: str, field: str) -> None:
        self.problems.append(
            Problem(code=code, sentence=sentence, mend=mend, law="execterm.1", field=field, level="warning")
        )


def _clock(kind: str, title: str, run: _Run, judged: Judged, case: ClockInput) -> Clock:
    due = run.due
    return Clock(
        kind="internal" if kind == "internal" else "creditor",
        title=title,
        start=run.start,
        base_due=run.base,
        blocks=tuple(run.blocks),
        days=run.days,
        months=run.months,
        due=due,
        right_from=due + _DAY if kind == "creditor" else None,
        suspended=judged.running and case.closed is None,
        remaining=(due - case.as_of).days,
        state=_state(due, case),
        left_out=(*judged.left_out, *run.refused),
        steps=tuple(run.steps),
    )


def _state(due: date, case: ClockInput) -> State:
    if case.closed is not None:
        return "in_time" if case.closed <= due else "late"
    if case.as_of == due:
        return "due_today"
    return "running" if case.as_of < due else "overdue"


def _stop_law(term: str) -> tuple[str, ...]:
    """The list of the clock's own: execution term or creditor's right."""
    return (
        ("procedure.13",)
        if term.startswith(("case.creditor", "case.entrusted"))
        else ("timelimit.9", "execterm.14")
    )
