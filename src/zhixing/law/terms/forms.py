"""The deadline tool: its JSON input, its answer, its sheet (`zhixing law deadline --rule … --from …`)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from zhixing.kernel.clock import court_date
from zhixing.kernel.errors import InvalidInput, Problem
from zhixing.law.book import LawBook, book
from zhixing.law.errors import NoRuleInForce
from zhixing.law.schemas import Term
from zhixing.law.sheets import Sheet
from zhixing.law.steps import Step
from zhixing.law.terms.counting import Deadline, TermNeedsLength, TermNeedsMoment, deadline
from zhixing.law.terms.reading import Fields, refuse
from zhixing.law.terms.rules import term_codes, term_length
from zhixing.law.terms.service import announcement_served, restoration_asked

if TYPE_CHECKING:
    from collections.abc import Mapping

_TIERS = {
    "T1": "法律、司法解释",
    "T2": "最高人民法院文件",
    "T3": "管理要求或地方规定",
    "T4": "本院设定",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineInput:
    """What the tool is asked.

    Attributes:
        rule: term code. start: day or aware moment of the event.
        amount: length given by the paper itself. travel_days: days on the way.
        announced: start is the day of an announcement, and the period begins with service: home or abroad.
        posted: day on which a paper went to the post. obstacle_ended: day on which the obstacle ceased.
    """

    rule: str
    start: date | datetime
    amount: int | None = None
    travel_days: int = 0
    announced: str = ""
    posted: date | None = None
    obstacle_ended: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineAnswer:
    """The end of the period and what follows from it.

    Attributes:
        served: day of service when it was announced. in_time: whether the posted paper is in time.
        restore_until: last day to ask for more time, when an obstacle was named.
    """

    asked: DeadlineInput
    row: Term
    deadline: Deadline
    served: date | None
    in_time: bool | None
    restore_until: date | None
    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]
    book_hash: str

    def as_json(self) -> dict[str, object]:
        """`{"rule","title","from","due","due_moment","tier","law","served","in_time","restore_until",…}`."""
        return self.deadline.as_json() | {
            "served": self.served.isoformat() if self.served else None,
            "in_time": self.in_time,
            "restore_until": self.restore_until.isoformat() if self.restore_until else None,
            "warnings": [str(problem) for problem in self.problems],
            "steps": [step.text for step in self.steps],
        }

    def sheet(self) -> Sheet:
        """The calculation sheet."""
        found = self.deadline
        end = f"{found.due_moment:%Y-%m-%d %H:%M}" if found.due_moment else found.due.isoformat()
        results = [("送达之日", self.served.isoformat())] if self.served else []
        if self.in_time is not None:
            results.append(("交邮是否在期限内", "在期限内" if self.in_time else "已逾期"))
        if self.restore_until:
            results.append(("可以申请顺延至", self.restore_until.isoformat()))
        label = "最迟" if self.row.direction == "before" else "届满"
        return Sheet(
            kind="deadline",
            title="期限计算书",
            given=_given(self.asked, self.row),
            results=(*results, ("效力层级", _TIERS[found.tier]), (label, end)),
            steps=self.steps,
            notes=_notes(self.row),
            problems=self.problems,
            book_hash=self.book_hash,
        )


def deadline_read(given: Mapping[str, object]) -> DeadlineInput:
    """Read the JSON input: rule and from; optional amount, travel_days, announced, posted, obstacle_ended.

    Raises:
        InvalidInput: with every problem, each naming its field.
    """
    problems: list[Problem] = []
    fields = Fields(given, problems)
    rule = fields.text("rule", needed=True, expected="请填写期限的代码，例如 notice.issue")
    start = fields.moment("from", needed=True)
    asked = DeadlineInput(
        rule=rule,
        start=start or date.max,  # refused below when it is missing
        amount=fields.count("amount", least=1),
        travel_days=fields.count("travel_days") or 0,
        announced=fields.choice("announced", ("home", "abroad")),
        posted=fields.day("posted"),
        obstacle_ended=fields.day("obstacle_ended"),
    )
    fields.done()
    if rule and start is not None:
        asked = replace(asked, rule=_known(rule, _day(start), fields))
    elif rule:  # the day is refused anyway; a wrong code is told in the same answer
        _known(rule, date.max, fields)
    refuse(problems)
    return asked


def deadline_answer(asked: DeadlineInput, law_book: LawBook | None = None) -> DeadlineAnswer:
    """Compute it.

    Raises:
        InvalidInput: the paper's own length is needed, or the day lies before the rule.
    """
    law_book = law_book or book()
    try:
        return _answer(asked, law_book)
    except TermNeedsLength as error:
        raise InvalidInput([_problem("amount", str(error), "请填写文书确定的长短。")]) from error
    except TermNeedsMoment as error:
        raise InvalidInput([_problem("from", str(error), "请填写时刻。")]) from error
    except NoRuleInForce as error:
        raise InvalidInput(
            [_problem("from", str(error), "请核对起算日，或者按当时的规定另行计算。")]
        ) from error


def _answer(asked: DeadlineInput, law_book: LawBook) -> DeadlineAnswer:
    start, served, steps = asked.start, None, ()
    problems: tuple[Problem, ...] = ()
    if asked.announced:
        service = announcement_served(_day(start), abroad=asked.announced == "abroad", law_book=law_book)
        start = served = service.due
        steps, problems = service.steps, service.problems
    found = deadline(start, asked.rule, law_book, amount=asked.amount, travel_days=asked.travel_days)
    steps = (*steps, *found.steps)
    restore = restoration_asked(asked.obstacle_ended, law_book) if asked.obstacle_ended else None
    in_time = found.posted_in_time(asked.posted) if asked.posted else None
    if asked.posted:
        text = f"{asked.posted.isoformat()} 交邮，{'在期限届满前，不算过期' if in_time else '晚于届满日'}"
        steps = (*steps, Step(text=text, law=("cpl.85",)))
    if restore:
        steps = (*steps, *restore.steps)
        problems = (*problems, *_not_missed(found, asked))
    return DeadlineAnswer(
        asked=asked,
        row=law_book.at(_day(start)).term(asked.rule),
        deadline=found,
        served=served,
        in_time=in_time,
        restore_until=restore.due if restore else None,
        steps=steps,
        problems=tuple(dict.fromkeys((*problems, *found.problems))),
        book_hash=law_book.hash,
    )


def _not_missed(found: Deadline, asked: DeadlineInput) -> tuple[Problem, ...]:
    """An obstacle that ended long before the last day did not make anybody miss the period."""
    if asked.obstacle_ended is None or asked.obstacle_ended + timedelta(days=1) > found.due:
        return ()
    return (
        Problem(
            code="deadline.not_missed",
            sentence=f"障碍于 {asked.obstacle_ended.isoformat()} 消除，期限至 {found.due.isoformat()} 才届满，",
            mend="期限尚未耽误的，应当在期限内办理。",
            law="cpl.86",
            field="obstacle_ended",
            level="warning",
        ),
    )


def _known(rule: str, on: date, fields: Fields) -> str:
    codes = term_codes(rule, on)
    if len(codes) == 1:
        return codes[0]
    if codes:
        fields.wrong(
            "rule", f"请选定其中一个：{'、'.join(codes)}", f"“{rule[:40]}”包含多个期限", "deadline.many"
        )
    elif any(row.code == rule for row in book().all_rows("terms")):
        return rule  # in the table, but not yet on that day: the answer says from when
    else:
        fields.wrong(
            "rule", "请使用期限表中的代码，例如 notice.issue", f"没有“{rule[:40]}”这一期限", "deadline.rule"
        )
    return rule


def _given(asked: DeadlineInput, row: Term) -> tuple[tuple[str, str], ...]:
    length = term_length(row) if asked.amount is None else f"{asked.amount}（文书确定）"
    start = f"{asked.start:%Y-%m-%d %H:%M}" if isinstance(asked.start, datetime) else asked.start.isoformat()
    lines = [("期限", row.title), ("长短", length), (row.runs_from or "起算", start)]
    if asked.announced:
        lines[2] = ("公告发布", start)
    if asked.travel_days:
        lines.append(("在途时间", f"{asked.travel_days} 日"))
    if asked.posted:
        lines.append(("交邮", asked.posted.isoformat()))
    return tuple(lines)


def _notes(row: Term) -> tuple[str, ...]:
    notes = [row.note] if row.note else []
    if row.status == "default":
        notes.append("这一期限的长短是本系统的默认值，由使用法院确认。")
    if row.tier in ("T3", "T4"):
        notes.append("这一期限不是法定期限，逾期只作预警。")
    return tuple(notes)


def _day(start: date | datetime) -> date:
    return court_date(start) if isinstance(start, datetime) else start


def _problem(field: str, sentence: str, mend: str) -> Problem:
    return Problem(code=f"deadline.{field}", sentence=f"{sentence}，", mend=mend, field=field)
