"""What each tool is called, what it reads and how it answers. Pages and shell share this; it knows no Django.

>>> tool_answer("fee", {"kind": "execution", "amount": "300000"}, today=date(2026, 3, 4)).json["fee"]
'4400.00'
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from zhixing.entry.lawtools.examples import EXAMPLES
from zhixing.entry.lawtools.filetools import FILE_TOOLS
from zhixing.kernel.errors import InvalidInput, Problem
from zhixing.law.book import book
from zhixing.law.distribution import distribution_plan, distribution_read
from zhixing.law.errors import NoRuleInForce, UnknownRule
from zhixing.law.fees_input import fee_of, fee_read
from zhixing.law.identifiers import check
from zhixing.law.identifiers.forms import kinds
from zhixing.law.identifiers.identify import (
    identifier_sheet,
    identifier_title,
    identify_json,
    identify_sheet,
)
from zhixing.law.interest import interest_compute, interest_read
from zhixing.law.realisation import auction_read, auction_timetable
from zhixing.law.terms.forms import deadline_answer, deadline_read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from zhixing.law.sheets import Sheet

LONGEST_CODE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A calculation: the sheet for people, plain values for programs."""

    sheet: Sheet
    json: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """One tool.

    Attributes:
        key: last part of its address.
        lead: one sentence for whoever has never used it.
        command: how it is called from the shell.
        submit: words of its button.
    """

    key: str
    title: str
    lead: str
    icon: str
    command: str
    submit: str
    answer: Callable[[Mapping[str, Any], date], Answer]

    @property
    def example(self) -> Mapping[str, Any]:
        """The input of the worked example."""
        return EXAMPLES[self.key]


def tool_answer(key: str, given: Mapping[str, Any], *, today: date) -> Answer:
    """Read and compute.

    Args:
        key: one of TOOLS or of FILE_TOOLS.
        given: plain values as a JSON file holds them.
        today: court date, for what is left open.

    Raises:
        InvalidInput: with every problem; also where a day lies before the law or beyond the calendar.
    """
    try:
        if key in FILE_TOOLS:
            sheet, plain = FILE_TOOLS[key](given, today)
            return Answer(sheet=sheet, json=plain)
        return TOOLS[key].answer(given, today)
    except (NoRuleInForce, UnknownRule) as error:
        raise InvalidInput([_outside(f"{error}，", "请核对日期和种类。")]) from error
    except (OverflowError, ValueError) as error:
        if isinstance(error, InvalidInput):
            raise
        raise InvalidInput([_outside("日期或者数额超出可以计算的范围，", "请核对填写的内容。")]) from error


def _outside(sentence: str, mend: str) -> Problem:
    return Problem(code="law.outside", sentence=sentence, mend=mend)


def _interest(given: Mapping[str, Any], today: date) -> Answer:
    result = interest_compute(interest_read(given))
    return Answer(sheet=result.sheet(), json=result.as_json())


def _fee(given: Mapping[str, Any], today: date) -> Answer:
    fee = fee_of(fee_read(given, today=today))
    return Answer(sheet=fee.sheet(), json=fee.as_json())


def _deadline(given: Mapping[str, Any], today: date) -> Answer:
    found = deadline_answer(deadline_read(given))
    return Answer(sheet=found.sheet(), json=found.as_json())


def _identifier(given: Mapping[str, Any], today: date) -> Answer:
    code = given.get("code")
    if not isinstance(code, str) or not code.strip():
        raise InvalidInput([_wrong("code", "没有填写号码，", "请填写要核对的号码或者案号。")])
    if len(code) > LONGEST_CODE:
        raise InvalidInput(
            [_wrong("code", f"号码有 {len(code)} 位，", f"最长 {LONGEST_CODE} 位，请一次核对一个。")]
        )
    code = code.strip()
    if (kind := given.get("kind")) is None:
        return Answer(sheet=identify_sheet(code, on=today), json=identify_json(code, on=today))
    if kind not in kinds():
        known = "、".join(f"{name}（{identifier_title(name)}）" for name in kinds())
        told = kind[:LONGEST_CODE] if isinstance(kind, str) else type(kind).__name__
        raise InvalidInput([_wrong("kind", f"没有“{told}”这一种类，", f"请使用：{known}。")])
    checked = check(kind, code, on=today)
    return Answer(sheet=identifier_sheet(checked), json=identify_json(code, on=today, only=(checked,)))


def _wrong(field: str, sentence: str, mend: str) -> Problem:
    return Problem(code=f"identifier.{field}", sentence=sentence, mend=mend, field=field)


def _distribution(given: Mapping[str, Any], today: date) -> Answer:
    plan = distribution_plan(distribution_read(given, today=today))
    return Answer(sheet=plan.sheet(), json=plan.as_json())


def _auction(given: Mapping[str, Any], today: date) -> Answer:
    timetable = auction_timetable(auction_read(given))
    return Answer(sheet=timetable.sheet(), json=timetable.as_json())


def hash_short() -> str:
    """The first twelve signs of the law book's hash, as printed on sheets."""
    return book().hash[:12]


TOOLS: dict[str, Tool] = {
    tool.key: tool
    for tool in (
        Tool(
            key="interest",
            title="利息计算",
            lead="一般债务利息和迟延履行的加倍部分，分段计算，部分清偿依次抵充。",
            icon="report-money",
            command="zhixing law interest 文件.json",
            submit="计算利息",
            answer=_interest,
        ),
        Tool(
            key="fee",
            title="费用计算",
            lead="执行申请费、保全申请费和案件受理费，按收费标准逐档列明。",
            icon="receipt",
            command="zhixing law fee --kind execution --amount 300000",
            submit="计算费用",
            answer=_fee,
        ),
        Tool(
            key="deadline",
            title="期限计算",
            lead="选定期限和起算日，得出届满日；节假日顺延，公告送达、在途时间一并计入。",
            icon="calendar-due",
            command="zhixing law deadline --rule notice.issue --from 2026-03-04",
            submit="计算期限",
            answer=_deadline,
        ),
        Tool(
            key="identifier",
            title="号码核对",
            lead="身份证号、统一社会信用代码、账号、车牌、不动产单元号、案号等，核对格式和校验位。",
            icon="id",
            command="zhixing law id 号码",
            submit="核对号码",
            answer=_identifier,
        ),
        Tool(
            key="distribution",
            title="分配方案",
            lead="多个债权人分配执行所得：先扣费用，再按优先顺位和比例，分配到分，合计不差一分。",
            icon="users-group",
            command="zhixing law distribute 文件.json",
            submit="计算分配方案",
            answer=_distribution,
        ),
        Tool(
            key="auction",
            title="拍卖时间表",
            lead="从参考价到变卖：各步最早、最迟日期，起拍价和保证金的上下限。",
            icon="gavel",
            command="zhixing law auction 文件.json",
            submit="排出时间表",
            answer=_auction,
        ),
    )
}
"""By key, in the order of the index page."""
