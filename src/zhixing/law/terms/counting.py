"""Deadlines: when a period that the law names ends, and why (民诉法第八十五条; rules PT-01 to PT-04).

Days, months and years start the day after the event. A last day off moves on to the first working day.
Hours start at the next full hour, except for periods that a rule counts from the minute (`exact`).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from zhixing.kernel.clock import COURT_ZONE, court_date
from zhixing.kernel.errors import Problem, ZhixingError
from zhixing.law.book import LawBook, book
from zhixing.law.steps import Step

if TYPE_CHECKING:
    from zhixing.law.schemas import Term

_UNIT_WORDS = {"days": "日", "working_days": "个工作日", "hours": "小时", "months": "个月", "years": "年"}
_COUNTING = ("cpl.85",)


class TermNeedsLength(ZhixingError):
    """这一期限的长短由文书确定，计算时须给出。"""


class TermNeedsMoment(ZhixingError):
    """按小时计算的期限须给出起算的时刻。"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The end of a period.

    Attributes:
        code: term code of the law book.
        start: day of the event; it does not count.
        due: last day on which the thing is in time.
        due_moment: the exact end of a period in hours (aware), else None.
        tier: T1 to T4; only T1 and T2 may be called 超期 when missed.
        law: citation keys of the term.
        problems: warnings, e.g. holidays of that year not yet published.
        book_hash: content hash of the law book used.
    """

    code: str
    title: str
    start: date
    due: date
    due_moment: datetime | None
    tier: str
    law: tuple[str, ...]
    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]
    book_hash: str

    @property
    def is_binding(self) -> bool:
        """Whether missing it is lateness (超期) and not only a warning (预警)."""
        return self.tier in ("T1", "T2")

    def state(self, on: date) -> Literal["open", "today", "late", "warning"]:
        """How it stands on a day, for something not yet done."""
        if on < self.due:
            return "open"
        if on == self.due:
            return "today"
        return "late" if self.is_binding else "warning"

    def posted_in_time(self, posted: date) -> bool:
        """Whether a paper given to the post on a day is in time (交邮在期满前的，不算过期)."""
        return posted <= self.due

    def as_json(self) -> dict[str, object]:
        """Plain values; days as YYYY-MM-DD, the moment with its zone."""
        return {
            "rule": self.code,
            "title": self.title,
            "from": self.start.isoformat(),
            "due": self.due.isoformat(),
            "due_moment": self.due_moment.isoformat() if self.due_moment else None,
            "tier": self.tier,
            "law": list(self.law),
            "warnings": [str(problem) for problem in self.problems],
            "book_hash": self.book_hash,
        }


def deadline(
    start: date | datetime,
    term: str,
    law_book: LawBook | None = None,
    *,
    amount: int | None = None,
    travel_days: int = 0,
) -> Deadline:
    """When a period ends that begins with an event.

    Args:
        start: day (or aware moment) of the event; for terms that end *before* an event, that event.
        term: term code, e.g. ``notice.issue``.
        law_book: the platform's book when left out. The term is read as it stood on the day of the event.
        amount: length given by the order or decision itself; needed where the law leaves it open.
        travel_days: days on the way (在途时间), ≥ 0, which do not count; only for periods in days, months, years.

    Raises:
        UnknownRule, NoRuleInForce: no such term, or not yet on that day.
        TermNeedsLength: the law names no length and none was given.
        TermNeedsMoment: a period in hours was asked for with a bare day.
    """
    law_book = law_book or book()
    day = court_date(start) if isinstance(start, datetime) else start
    row = law_book.at(day).term(term)
    length = row.amount if amount is None else amount
    if length is None:
        raise TermNeedsLength(f"“{row.title}”的日数由文书确定，计算时须给出")
    if row.unit == "hours":
        return _hours(start, day, row, length, law_book)
    steps = [Step(text=f"{row.title}：{row.runs_from or '起算'}（{day.isoformat()}）", law=row.source)]
    if row.direction == "before":
        due = _back(day, row, length, law_book)
        steps.append(
            Step(text=f"至迟提前 {length}{_UNIT_WORDS[row.unit]}", value=due.isoformat(), law=row.source)
        )
    else:
        due = _forward(day, row, length, law_book, steps, travel_days)
    return _finish(row, day, due, None, steps, law_book)


def term_days(term: str, *, on: date, law_book: LawBook | None = None) -> int:
    """The bare length of a term in its own unit, for texts such as “10 日内”.

    Raises: as `deadline`; TermNeedsLength when the law leaves it open.
    """
    row = (law_book or book()).at(on).term(term)
    if row.amount is None:
        raise TermNeedsLength(f"“{row.title}”的日数由文书确定")
    return row.amount


def add_months(day: date, months: int) -> date:
    """The same day number so many months on, else the month's last day (民法典第二百零二条)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _forward(  # the parts of one calculation
    day: date, row: Term, length: int, law_book: LawBook, steps: list[Step], travel_days: int
) -> date:
    calendar = law_book.calendar
    first = day + timedelta(days=1)
    if row.unit == "working_days":
        due = calendar.add_working_days(day, length)
        steps.append(
            Step(text=f"自 {first.isoformat()} 起计 {length} 个工作日", value=due.isoformat(), law=_COUNTING)
        )
        return due
    last = day + timedelta(days=length) if row.unit == "days" else add_months(day, _months(row, length))
    steps.append(
        Step(
            text=f"开始之日不计算在内，自 {first.isoformat()} 起计 {length}{_UNIT_WORDS[row.unit]}",
            value=last.isoformat(),
            law=_COUNTING,
        )
    )
    if travel_days:
        last += timedelta(days=travel_days)
        text = f"在途时间 {travel_days} 日不计算在内"
        steps.append(Step(text=text, value=last.isoformat(), law=_COUNTING))
    due = calendar.next_working_day(last)
    if due != last:
        steps.append(
            Step(
                text=f"届满日 {last.isoformat()} 是休假日（{calendar.name(last)}），顺延至休假日后的第一日",
                value=due.isoformat(),
                law=_COUNTING,
            )
        )
    return due


def _back(day: date, row: Term, length: int, law_book: LawBook) -> date:
    """So long before an event. It never moves towards the event: that would shorten the warning."""
    if row.unit == "working_days":
        for _ in range(length):
            day -= timedelta(days=1)
            while not law_book.calendar.is_working_day(day):
                day -= timedelta(days=1)
        return day
    return day - timedelta(days=length) if row.unit == "days" else add_months(day, -_months(row, length))


def _months(row: Term, length: int) -> int:
    return length * 12 if row.unit == "years" else length


def _hours(start: date | datetime, day: date, row: Term, length: int, law_book: LawBook) -> Deadline:
    if not isinstance(start, datetime):
        # A day without a moment: counted from its end, so that nobody is called late too early.
        start = datetime(day.year, day.month, day.day, tzinfo=COURT_ZONE) + timedelta(days=1)
    if start.tzinfo is None:
        raise TermNeedsMoment("按小时计算的期限须给出带时区的时刻")
    begin = start.astimezone(COURT_ZONE)
    if not row.exact and (begin.minute or begin.second or begin.microsecond):
        begin = begin.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    end = begin + timedelta(hours=length)
    steps = [
        Step(
            text=f"{row.title}：{row.runs_from or '起算'}（{start.astimezone(COURT_ZONE):%Y-%m-%d %H:%M}）",
            law=row.source,
        ),
        Step(
            text=f"自 {begin:%Y-%m-%d %H:%M} 起计 {length} 小时", value=f"{end:%Y-%m-%d %H:%M}", law=_COUNTING
        ),
    ]
    return _finish(row, day, end.date(), end, steps, law_book)


def _finish(  # the parts of one result
    row: Term, day: date, due: date, moment: datetime | None, steps: list[Step], law_book: LawBook
) -> Deadline:
    years = (
        {due.year} if row.unit != "working_days" else set(range(min(day, due).year, max(day, due).year + 1))
    )
    return Deadline(
        code=row.code,
        title=row.title,
        start=day,
        due=due,
        due_moment=moment,
        tier=row.tier,
        law=row.source,
        steps=tuple(steps),
        problems=() if row.unit == "hours" else law_book.calendar.gaps(years),
        book_hash=law_book.hash,
    )
