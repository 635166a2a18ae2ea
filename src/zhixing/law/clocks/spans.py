"""Which of the entered days do not count: grounds, papers, limits, overlaps (PT-15 to PT-20, SV-17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, cast

from zhixing.kernel.errors import Problem
from zhixing.law.clocks.result import Block, NotCounted
from zhixing.law.terms import add_months, deadline

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zhixing.law.book import LawBook
    from zhixing.law.clocks.inputs import ClockInput, DeductedSpan
    from zhixing.law.schemas import DeductionGround

Which = Literal["internal", "creditor"]
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Spans after judging: merged blocks in order, what is left out and why, whether a counted span still runs."""

    blocks: tuple[Block, ...]
    left_out: tuple[NotCounted, ...]
    running: bool


def merge(spans: Iterable[tuple[date, date, str]]) -> tuple[Block, ...]:
    """Unite days that overlap or touch, so that no day counts twice.

    Args:
        spans: (first, last, title of the ground), both days included, in any order.
    """
    blocks: list[Block] = []
    for first, last, title in sorted(spans):
        if blocks and first <= blocks[-1].last + _DAY:
            known = blocks[-1]
            titles = known.grounds if title in known.grounds else (*known.grounds, title)
            blocks[-1] = Block(first=known.first, last=max(known.last, last), grounds=titles)
        else:
            blocks.append(Block(first=first, last=last, grounds=(title,)))
    return tuple(blocks)


def spans_judged(which: Which, start: date, case: ClockInput, law_book: LawBook) -> Judged:
    """What of the entered spans counts for one of the clocks that starts on a day."""
    counted: list[tuple[date, date, str]] = []
    left_out: list[NotCounted] = []
    running = False
    for no, span in enumerate(case.spans):
        row = ground_of(span, law_book)
        first, last = max(span.first, start + _DAY), _last(span, row, case.as_of, law_book)
        reason = _reason(which, span, row, first, last)
        if reason:
            left_out.append(NotCounted(index=no, ground=row.title, reason=reason))
        else:
            counted.append((first, last, row.title))
            running = running or (span.last is None and last == case.as_of)
    return Judged(blocks=merge(counted), left_out=tuple(left_out), running=running)


def span_problems(case: ClockInput, law_book: LawBook) -> tuple[Problem, ...]:
    """What is irregular about the entered spans (违规扣除审限), for both clocks together."""
    found: list[Problem] = []
    for no, span in enumerate(case.spans):
        row = ground_of(span, law_book)
        missing = missing_papers(span, row)
        if missing and row.stops:
            text = f"{row.title}（自 {span.first.isoformat()}）缺少{'、'.join(missing)}，不予扣除，"
            found.append(_problem(no, "undocumented", text, "补齐起止文书和批准手续后再登记。"))
        if not row.stops:
            text = f"{row.title}本身不停止期限的计算，"
            found.append(_problem(no, "no_stop", text, "应当裁定中止、终结或者决定暂缓。"))
        found += _late_entry(no, span, row, law_book)
        found += _too_long(no, span, row, case.as_of, law_book)
    return (*found, *_overlaps(case.spans, law_book))


def missing_papers(span: DeductedSpan, row: DeductionGround) -> tuple[str, ...]:
    """Papers that a span needs and does not have; a running span needs no end yet."""
    wanted = [(span.start_document, f"起始文书（{row.start_document}）")]
    if span.last is not None:
        wanted.append((span.end_document, f"截止文书（{row.end_document}）"))
    wanted.append((span.approver, "批准人"))
    return tuple(name for value, name in wanted if not value)


def ground_of(span: DeductedSpan, law_book: LawBook) -> DeductionGround:
    """The row of a span's ground on its first day. Raises UnknownRule, NoRuleInForce."""
    return cast("DeductionGround", law_book.at(span.first).row("deductions", span.ground))


def _reason(which: Which, span: DeductedSpan, row: DeductionGround, first: date, last: date) -> str:
    if which not in row.stops:
        return "依法不停止这一期限"
    if missing_papers(span, row):
        return "缺少起止文书或者批准人"
    return "在起算日以前" if last < first else ""


def _last(span: DeductedSpan, row: DeductionGround, as_of: date, law_book: LawBook) -> date:
    """The last day that counts: as entered, up to today while it runs, never beyond the longest span."""
    last = as_of if span.last is None else span.last
    longest = _longest(span, row, law_book)
    return last if longest is None else min(last, longest)


def _longest(span: DeductedSpan, row: DeductionGround, law_book: LawBook) -> date | None:
    if not row.most:
        return None
    terms = [law_book.at(span.first).term(code) for code in row.most]
    months = sum((term.amount or 0) * (12 if term.unit == "years" else 1) for term in terms)
    return add_months(span.first, months) - _DAY


def _too_long(
    no: int, span: DeductedSpan, row: DeductionGround, as_of: date, law_book: LawBook
) -> list[Problem]:
    longest = _longest(span, row, law_book)
    last = as_of if span.last is None else span.last
    if longest is None or last <= longest:
        return []
    text = f"{row.title}最长至 {longest.isoformat()}，其后的日数不予扣除，"
    return [_problem(no, "too_long", text, "期限届满应当恢复执行。")]


def _late_entry(no: int, span: DeductedSpan, row: DeductionGround, law_book: LawBook) -> list[Problem]:
    if span.entered is None or not row.stops:
        return []
    latest = deadline(span.first, "case.deduction_enter", law_book).due
    if span.entered <= latest:
        return []
    text = f"{row.title}自 {span.first.isoformat()} 起，{span.entered.isoformat()} 才登记，属于事后补录，"
    return [_problem(no, "late_entry", text, "请说明理由，由批准人核对。")]


def _overlaps(spans: Sequence[DeductedSpan], law_book: LawBook) -> list[Problem]:
    """Later spans that begin before an earlier one has ended."""
    found: list[Problem] = []
    reach: date | None = None
    for no, span in sorted(enumerate(spans), key=lambda pair: pair[1].first):
        row = ground_of(span, law_book)
        if not row.stops:
            continue
        if reach is not None and span.first <= reach:
            text = f"{row.title}自 {span.first.isoformat()} 起的期间与其他扣除期间重叠，"
            found.append(_problem(no, "overlap", text, "重叠的日数只扣除一次。"))
        last = span.last or date.max
        reach = last if reach is None else max(reach, last)
    return found


def _problem(no: int, code: str, sentence: str, mend: str) -> Problem:
    return Problem(
        code=f"clock.span.{code}",
        sentence=sentence,
        mend=mend,
        law="timelimit.9",
        field=f"spans.{no}",
        level="warning",
    )
