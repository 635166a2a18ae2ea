"""Closing, suspending, reopening: which mode is open to which case on which ground (法发〔2014〕26号; CL-01 to CL-12)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from zhixing.law.book import LawBook, book
from zhixing.law.deterrence.answers import points
from zhixing.law.reading import Reader
from zhixing.law.sheets import Sheet
from zhixing.law.steps import Step, steps_printed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from zhixing.law.schemas import CloseMode, Point

TABLE, MODES, SUSPENSION = "closing.conditions", "close_modes", "closing.suspension"
_NEED_NO_NOTICE = "双方已书面或者记入笔录确认，不再发结案通知书"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingInput:
    """case_type: 执, 执恢, 执保. ground: code of the mode's conditions, or of what is no closing.

    confirmed: both sides confirmed performance in writing or on the record.
    checklist: the checklist of 终本 is met in full.
    """

    on: date
    case_type: str
    mode: str
    ground: str
    confirmed: bool = False
    checklist: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingView:
    """Whether the case may be closed so, why, and what must be sent or done with it."""

    given: ClosingInput
    allowed: bool
    reasons: tuple[str, ...]
    duties: tuple[str, ...]
    steps: tuple[Step, ...]
    book_hash: str

    def sheet(self) -> Sheet:
        """The sheet."""
        return Sheet(
            kind="closing",
            title="结案方式核对表",
            given=(("结案日", self.given.on.isoformat()), ("案件类型", self.given.case_type)),
            results=(
                *(("理由", reason) for reason in self.reasons),
                ("结论", "可以结案" if self.allowed else "不得结案"),
            ),
            steps=self.steps,
            notes=self.duties,
            book_hash=self.book_hash,
        )

    def as_json(self, law_book: LawBook | None = None) -> dict[str, Any]:
        """Plain values."""
        return {
            "allowed": self.allowed,
            "reasons": list(self.reasons),
            "duties": list(self.duties),
            "steps": steps_printed(self.steps, law_book or book()),
            "book_hash": self.book_hash,
        }


def closing_modes(case_type: str, on: date, law_book: LawBook | None = None) -> tuple[CloseMode, ...]:
    """The modes open to a case type, in their order."""
    rows = cast("tuple[CloseMode, ...]", (law_book or book()).at(on).rows(MODES))
    return tuple(sorted((row for row in rows if case_type in row.case_types), key=lambda row: row.order))


def closing_grounds(mode: str, on: date, law_book: LawBook | None = None) -> tuple[Point, ...]:
    """The grounds of a mode, in their order."""
    return tuple(points(law_book or book(), TABLE, mode, on).values())


def suspension_grounds(on: date, law_book: LawBook | None = None) -> tuple[Point, ...]:
    """The grounds of suspension A1 to A5; the ruling takes effect on service."""
    return tuple(points(law_book or book(), SUSPENSION, "suspension", on).values())


def reopening_grounds(on: date, law_book: LawBook | None = None) -> tuple[Point, ...]:
    """When a closed case is taken up again as 执恢."""
    return tuple(points(law_book or book(), TABLE, "reopen", on).values())


def closing_check(given: ClosingInput, law_book: LawBook | None = None) -> ClosingView:
    """Whether the case may be closed in this mode on this ground.

    Raises:
        NoRuleInForce: before 2015-01-01.
    """
    law_book = law_book or book()
    mode = cast("CloseMode", law_book.at(given.on).row(MODES, given.mode))
    not_closing = points(law_book, TABLE, "not_closing", given.on)
    grounds = points(law_book, TABLE, given.mode, given.on)
    steps = [Step(text=f"“{mode.title}”适用于 {'、'.join(mode.case_types)} 字案件", law=mode.source)]
    faults: list[str] = []
    if given.case_type not in mode.case_types:
        faults.append(f"“{given.case_type}”字案件不能以“{mode.title}”方式结案")
    if given.ground in not_closing:
        row = not_closing[given.ground]
        faults.append(f"{row.title}，不能作为结案处理")
        steps.append(Step(text=row.title, law=row.source))
    elif given.ground not in grounds:
        faults.append(f"不具备“{mode.title}”的条件")
    if given.mode == "terminated_round" and not given.checklist:
        faults.append("终本核对表尚有未满足的项目")
    row = grounds.get(given.ground)
    if row:
        steps.append(Step(text=row.title, law=row.source))
    duties: list[str] = []
    if given.mode == "performed" and not faults:
        duties.append(_NEED_NO_NOTICE if given.confirmed else "发送结案通知书")
    return ClosingView(
        given=given,
        allowed=not faults,
        reasons=tuple(faults) or ((row.title,) if row else ()),
        duties=tuple(duties),
        steps=tuple(steps),
        book_hash=law_book.hash,
    )


def closing_read(given: Mapping[str, object], law_book: LawBook | None = None) -> ClosingInput:
    """Read ``{"on", "case_type", "mode", "ground", "confirmed", "checklist"}``.

    Raises:
        InvalidInput: with every fault.
    """
    law_book = law_book or book()
    reader = Reader(given, allowed={"on", "case_type", "mode", "ground", "confirmed", "checklist"})
    first = min(row.since for row in law_book.all_rows(TABLE))
    on = reader.day("on", required=True) or first
    if on < first:
        reader.fault("on", "input.before_law", f"{on} 早于规定施行日，", f"请填写 {first} 及以后的日期。")
        on = first
    modes = cast("tuple[CloseMode, ...]", law_book.at(on).rows(MODES))
    types = {name: f"{name}字案件" for row in modes for name in row.case_types}
    case_type = reader.choice("case_type", types)
    mode = reader.choice("mode", {row.code: row.title for row in modes})
    rows = {**points(law_book, TABLE, mode, on), **points(law_book, TABLE, "not_closing", on)}
    ground = reader.choice("ground", {code: row.title for code, row in rows.items()})
    read = ClosingInput(
        on=on,
        case_type=case_type,
        mode=mode,
        ground=ground,
        confirmed=reader.flag("confirmed"),
        checklist=reader.flag("checklist"),
    )
    reader.finish()
    return read
