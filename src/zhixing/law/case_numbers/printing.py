"""A case number taken apart: what is remarkable about it, its sheet, its JSON."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from zhixing.kernel.errors import Problem
from zhixing.law.book import book
from zhixing.law.case_numbers.courts import CourtPlace, court_of, court_place, court_table_has
from zhixing.law.case_numbers.parsing import CaseNumber, ParsedCaseNumber, parse
from zhixing.law.errors import NoRuleInForce, UnknownRule
from zhixing.law.sheets import Sheet
from zhixing.law.steps import Step

if TYPE_CHECKING:
    from zhixing.law.schemas import CaseType

_FAMILIES = {"implementation": "执行实施类", "review": "执行审查类", "related": "执行依据或关联案件"}


def case_number_problems(parsed: ParsedCaseNumber, on: date | None = None) -> tuple[Problem, ...]:
    """What is wrong with a number (errors), and what is remarkable about one that can be read (warnings).

    Args:
        parsed: what `parse` made of it.
        on: today's court date, to remark on years ahead; not checked when left out.
    """
    number = parsed.number
    if number is None:
        return parsed.problems
    found: list[Problem] = []
    if on is not None and number.year > on.year:
        found.append(_remark("year_ahead", f"收案年度 {number.year} 晚于今年，", "casenumber.2"))
    first = book().all_rows("case_types")[0].since.year
    if number.year < first:
        found.append(
            _remark("before_rules", f"{first} 年以前的案号不是这种写法（{number.year}），", "casenumber.2")
        )
    if court_of(number.court) is None:
        if court_table_has(number.court):
            found.append(
                _remark("court_unknown", f"法院代字“{number.court}”不在法院名册中，", "casenumber.12")
            )
    elif not any(court_of(number.court, day) for day in _ends_of(number.year)):
        found.append(
            _remark(
                "court_not_in_use", f"法院代字“{number.court}”在 {number.year} 年没有使用，", "casenumber.13"
            )
        )
    return tuple(found)


def case_number_sheet(text: str, *, on: date | None = None) -> Sheet:
    """A case number, taken apart. What cannot be read becomes a sheet that says why."""
    parsed = parse(text)
    number = parsed.number
    if number is not None:
        results = _parts(number, parsed)
    elif parsed.legacy:
        results = (
            ("规范形式", parsed.normalised),
            ("写法", "二〇一六年以前的案号"),
            ("案件类别", _FAMILIES[parsed.family]),
        )
    else:
        results = (("结果", "不是案号"),)
    return Sheet(
        kind="case_number",
        title="案号核对单",
        given=(("案号", text.strip()),),
        results=results,
        steps=_steps(parsed),
        notes=_notes(number),
        problems=case_number_problems(parsed, on),
        book_hash=book().hash,
    )


def case_number_json(text: str, *, on: date | None = None) -> dict[str, object]:
    """Plain values: `{"raw","normalised","ok","legacy","family","document_seq","parts","court","problems"}`."""
    parsed = parse(text)
    number = parsed.number
    court = court_of(number.court) if number else None
    return {
        "raw": parsed.raw,
        "normalised": parsed.normalised,
        "ok": parsed.ok,
        "legacy": parsed.legacy,
        "family": parsed.family,
        "document_seq": parsed.document_seq,
        "parts": None
        if number is None
        else {
            "year": number.year,
            "court": number.court,
            "special": number.special,
            "type": number.type_code,
            "serial": number.serial,
        },
        "court": court.name if court else None,
        "problems": [
            {"code": p.code, "text": str(p), "level": p.level} for p in case_number_problems(parsed, on)
        ],
    }


def _parts(number: CaseNumber, parsed: ParsedCaseNumber) -> tuple[tuple[str, str], ...]:
    place, court = court_place(number.court), court_of(number.court)
    lines = [
        ("规范形式", number.text),
        ("收案年度", str(number.year)),
        ("法院代字", number.court),
        ("法院", court.name if court else _place_name(place)),
        ("法院层级", place.level_title),
        ("专门审判代字", number.special),
        ("类型代字", number.type_code),
        ("案件类型", _type_title(number)),
        ("案件类别", _FAMILIES[parsed.family]),
        ("编号", str(number.serial)),
        ("文书序号", f"之{parsed.document_seq}" if parsed.document_seq else ""),
        ("执行期限", _case_term(number)),
    ]
    return tuple((label, text) for label, text in lines if text)


def _place_name(place: CourtPlace) -> str:
    return f"{place.province}{place.reserved or place.level_title}（名册中没有）"


def _type_title(number: CaseNumber) -> str:
    row = _type_row(number)
    return row.title if row else ""


def _case_term(number: CaseNumber) -> str:
    row = _type_row(number)
    if row is None or row.case_term is None:
        return ""
    try:
        term = book().at(date(number.year, 12, 31)).term(row.case_term)
    except (NoRuleInForce, UnknownRule):
        return ""
    from zhixing.law.terms import term_length  # here, so that reading a number does not load the periods

    return f"{term.title}：{term_length(term)}"


def _type_row(number: CaseNumber) -> CaseType | None:
    rows = (cast("CaseType", row) for row in book().all_rows("case_types"))
    return next((row for row in rows if row.code == number.type_code), None)


def _steps(parsed: ParsedCaseNumber) -> tuple[Step, ...]:
    if parsed.number is None:
        return ()
    parts = "收案年度、法院代字、专门审判代字、类型代字、案件编号"
    steps = [Step(text=f"案号由{parts}组成", value=parsed.normalised, law=("casenumber.2",))]
    if parsed.document_seq:
        text = f"“之{parsed.document_seq}”属于文书编号，不属于案号"
        steps.append(Step(text=text, value=parsed.normalised, law=("casenumber.2",)))
    return tuple(steps)


def _notes(number: CaseNumber | None) -> tuple[str, ...]:
    if number is None:
        return ()
    place = court_place(number.court)
    notes = []
    if place.reserved:
        notes.append(f"法院代字中的数字属于保留代码（{place.reserved}），以公布的名单为准。")
    if place.is_setting:
        notes.append("这一含义是本系统的默认值，由使用法院确认。")
    return tuple(notes)


def _ends_of(year: int) -> tuple[date, date]:
    """A code may come or go within the year: first and last day are both looked at."""
    return date(year, 1, 1), date(year, 12, 31)


def _remark(code: str, sentence: str, law: str) -> Problem:
    return Problem(
        code=f"case_number.{code}",
        sentence=sentence,
        mend="请对照原件核对。",
        law=law,
        field="case_number",
        level="warning",
    )
