"""The life of one measure: its period, its renewals, its lapse (DUR-01 to DUR-05, NIC-34)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from zhixing.kernel.errors import Problem
from zhixing.law.book import LawBook, book
from zhixing.law.durations import MeasureSpan, measure_period
from zhixing.law.errors import NoRuleInForce, UnknownRule
from zhixing.law.sheets import Sheet, SheetTable
from zhixing.law.steps import Step
from zhixing.law.terms import deadline
from zhixing.law.terms.reading import Fields, refuse

if TYPE_CHECKING:
    from collections.abc import Mapping

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureInput:
    """One measure.

    Attributes:
        kind: asset kind or row of the table ``durations``. start: first day in force (service, DUR-06).
        end: last day as the order says; None: the longest the law allows.
        renewals: days on which a renewal was completed, each with the last day it names or None.
        asked: days on which the applicant asked for renewal, for measures of preservation.
        preservation: a measure of preservation. as_of: day on which the state is told.
    """

    kind: str
    start: date
    end: date | None = None
    renewals: tuple[tuple[date, date | None], ...] = ()
    asked: tuple[date, ...] = ()
    preservation: bool = False
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureLife:
    """What becomes of it.

    Attributes:
        periods: (first day, last day), the first one and one per renewal that was in time.
        end: last day in force. lapsed: whether it is over on ``as_of``; None without that day.
        renew_until: last day to complete the next renewal. ask_until: last day for the applicant to ask (preservation).
        next_end: how far the next renewal may reach at most.
        alerts: days of reminders before the end.
    """

    given: MeasureInput
    title: str
    years: int
    status: str
    periods: tuple[tuple[date, date], ...]
    end: date
    lapsed: bool | None
    renew_until: date
    ask_until: date | None
    next_end: date
    alerts: tuple[date, ...]
    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]
    book_hash: str

    def as_json(self) -> dict[str, object]:
        """`{"kind","periods":[{from,to}],"end","lapsed","renew_until","ask_until","next_end","alerts",…}`."""
        return {
            "kind": self.given.kind,
            "title": self.title,
            "years": self.years,
            "periods": [{"from": a.isoformat(), "to": b.isoformat()} for a, b in self.periods],
            "end": self.end.isoformat(),
            "lapsed": self.lapsed,
            "renew_until": self.renew_until.isoformat(),
            "ask_until": self.ask_until.isoformat() if self.ask_until else None,
            "next_end": self.next_end.isoformat(),
            "alerts": [day.isoformat() for day in self.alerts],
            "warnings": [str(problem) for problem in self.problems],
            "steps": [step.text for step in self.steps],
            "book_hash": self.book_hash,
        }

    def sheet(self) -> Sheet:
        """The sheet of one measure."""
        given = self.given
        results = [
            ("最后有效日", self.end.isoformat()),
            ("续行须在此日以前办妥", self.renew_until.isoformat()),
        ]
        if self.ask_until:
            results.append(("申请人最迟提出续行申请", self.ask_until.isoformat()))
        results.append(("续行后最长至", self.next_end.isoformat()))
        if self.lapsed is not None:
            results.append(("状态", "已失效" if self.lapsed else "有效"))
        rows = tuple(
            (str(no), a.isoformat(), b.isoformat()) for no, (a, b) in enumerate(self.periods, start=1)
        )
        notes = ("这一类财产的最长期限由使用法院确认。",) if self.status == "default" else ()
        return Sheet(
            kind="measure",
            title="控制措施期限计算书",
            given=(
                ("措施", self.title),
                ("生效", given.start.isoformat()),
                ("续行", f"{len(given.renewals)} 次"),
            ),
            results=tuple(results),
            tables=(SheetTable(title="各期", columns=("序号", "自", "至"), rows=rows, numeric=(0,)),),
            steps=self.steps,
            notes=notes,
            problems=self.problems,
            book_hash=self.book_hash,
        )


def measure_read(given: Mapping[str, object], law_book: LawBook | None = None) -> MeasureInput:
    """Read `{"kind","start","end","renewals":[{"done","end"}],"asked":[{"on"}],"preservation","as_of"}`.

    Raises:
        InvalidInput: with every problem, each naming its field.
    """
    problems: list[Problem] = []
    fields = Fields(given, problems)
    kind = fields.text("kind", needed=True, expected="请填写财产种类，例如 deposit")
    start, end = fields.day("start", needed=True), fields.day("end")
    renewals: list[tuple[date, date | None]] = []
    for row in fields.rows("renewals"):
        renewals.append((row.day("done", needed=True) or date.max, row.day("end")))
        row.done()
    asked: list[date] = []
    for row in fields.rows("asked"):
        asked.append(row.day("on", needed=True) or date.max)
        row.done()
    found = MeasureInput(
        kind=kind,
        start=start or date.max,  # refused below when it is missing
        end=end,
        renewals=tuple(sorted(renewals, key=lambda pair: pair[0])),
        asked=tuple(sorted(asked)),
        preservation=fields.flag("preservation"),
        as_of=fields.day("as_of"),
    )
    fields.done()
    if start and end and end < start:
        fields.wrong(
            "end", f"届满日不早于生效日 {start.isoformat()}", f"收到 {end.isoformat()}", "measure.order"
        )
    if kind and start:
        kind_known(fields, kind, start, law_book or book())
    refuse(problems)
    return found


def kind_known(fields: Fields, kind: str, start: date, law_book: LawBook, name: str = "start") -> None:
    """Tell of a kind of property or a day that the table of periods does not know."""
    try:
        measure_period(kind, start, law_book)
    except NoRuleInForce as error:
        fields.wrong(name, "请核对日期，或者按当时的规定另行计算", str(error), "measure.before_law")
    except UnknownRule:
        known = "、".join(row.code for row in law_book.all_rows("durations"))
        fields.wrong("kind", f"应为 {known} 或其下的财产种类", f"收到“{kind[:40]}”", "measure.kind")


def measure_life(given: MeasureInput, law_book: LawBook | None = None) -> MeasureLife:
    """Follow a measure from its first day through its renewals; each must be done before the end, and is capped.

    Raises:
        UnknownRule: no such kind of property. NoRuleInForce: before the first rule.
    """
    law_book = law_book or book()
    first = measure_period(given.kind, given.start, law_book)
    problems: list[Problem] = []
    steps = [first.steps[0]]
    end = _capped(first, given.end, problems, "end")
    periods = [(given.start, end)]
    for no, (done, wanted) in enumerate(given.renewals):
        if not periods[-1][0] <= done <= end:
            problems.append(_late(no, done, end))
            continue
        span = measure_period(given.kind, end + _DAY, law_book)
        periods.append((end + _DAY, _capped(span, wanted, problems, f"renewals.{no}.end")))
        end = periods[-1][1]
        text = f"{done.isoformat()} 届满前续行，自 {periods[-1][0].isoformat()} 起，顺位不变"
        steps.append(Step(text=text, value=end.isoformat(), law=("cpli.485",)))
    upcoming = measure_period(given.kind, end + _DAY, law_book)
    ask_until = _ask_until(given, periods, problems, law_book) if given.preservation else None
    lapsed = None if given.as_of is None else given.as_of > end
    steps.append(Step(text="届满未续行的，效力消灭；轮候在后的自动生效", law=("seizure.27", "seizure.26")))
    return MeasureLife(
        given=given,
        title=first.title,
        years=first.years,
        status=first.status,
        periods=tuple(periods),
        end=end,
        lapsed=lapsed,
        renew_until=end,
        ask_until=ask_until,
        next_end=upcoming.end,
        alerts=tuple(end - timedelta(days=days) for days in law_book.at(end).value("control.alert_ladder")),
        steps=tuple(steps),
        problems=tuple(problems),
        book_hash=law_book.hash,
    )


def _capped(span: MeasureSpan, wanted: date | None, problems: list[Problem], field: str) -> date:
    """The last day that was ordered, never beyond what the law allows."""
    if wanted is None or span.start <= wanted <= span.end:
        return wanted or span.end
    text = f"{span.title}自 {span.start.isoformat()} 起最长至 {span.end.isoformat()}，写明的是 {wanted.isoformat()}，"
    mend = "超过的部分没有效力，请更正文书。" if wanted > span.end else "请填写晚于起日的届满日。"
    problems.append(_warning("measure.beyond_cap", text, mend, span.law[0], field))
    return span.end


def _ask_until(
    given: MeasureInput, periods: list[tuple[date, date]], problems: list[Problem], law_book: LawBook
) -> date:
    """Of the last period; an application for an earlier one that came too late is told."""
    lasts = [deadline(end, "renewal.ask_preservation", law_book).due for _, end in periods]
    for asked in given.asked:
        no = next((no for no, (_, end) in enumerate(periods) if asked <= end), None)
        if no is not None and asked > lasts[no]:
            text = f"{asked.isoformat()} 申请续行，晚于 {lasts[no].isoformat()}，"
            mend = "申请续行应当在届满七日前提出；逾期的由法院决定是否依职权续行。"
            problems.append(_warning("measure.asked_late", text, mend, "preservation.18", "asked"))
    return lasts[-1]


def _late(no: int, done: date, end: date) -> Problem:
    text = f"{done.isoformat()} 办理续行时措施已于 {end.isoformat()} 届满失效，"
    mend = "不能续行，只能重新采取措施，排在已有的轮候之后。"
    if done <= end:
        # Renewals in advance would add up beyond the cap: one per period, in that period.
        text = f"{done.isoformat()} 办理续行时，至 {end.isoformat()} 的一期尚未开始，"
        return _warning(
            "measure.renewed_early", text, "每一期内续行一次，请核对日期。", "cpli.485", f"renewals.{no}.done"
        )
    return _warning("measure.renewed_late", text, mend, "seizure.27", f"renewals.{no}.done")


def _warning(code: str, sentence: str, mend: str, law: str, field: str) -> Problem:
    return Problem(code=code, sentence=sentence, mend=mend, law=law, field=field, level="warning")
