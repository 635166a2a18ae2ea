"""What happens next, in plain words, by the open nodes of a case.

A debtor is never told of a node that speaks of inquiry or control ahead of time (PB-04, PB-12); the applicant is told in
general words only, without agency, account or day of a measure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zhixing.cases.models import Case, Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A node as a party reads it: what the court does next, and the last day if one may be told."""

    sentence: str
    due_on: date | None = None
    is_late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What the reader himself has to do. page: name of the portal's page where he does it."""

    sentence: str
    page: str
    label: str
    icon: str
    due_on: date | None = None
    is_late: bool = False


_APPLICANT = {
    "N02": "案件移送执行部门",
    "N03": "确定承办法官",
    "N05": "通知被执行人履行",
    "N06": "要求被执行人报告财产",
    "N09": "被执行人向法院报告财产",
    "N10": "依法查找被执行人的财产",
    "N11": "依法查找被执行人的财产",
    "N12": "依法控制被执行人的财产",
    "N32": "核对收到的执行款",
    "N34": "把收到的执行款发给您",
    "N37": "办结案件",
}
_OBLIGOR = {
    "N02": "案件移送执行部门",
    "N03": "确定承办法官",
    "N05": "通知您履行",
    "N32": "核对收到的执行款",
    "N37": "办结案件",
}
# Days of investigation and control are told to nobody: they would say when to move property.
_SILENT_DAYS = frozenset({"N10", "N11", "N12"})


# Texts of acts speak of the debtor in the third person; the only debtor of a case reads them about himself.
_SAID_TO_OBLIGOR = {
    "cases.notice": "法院已通知您履行，并要求您报告财产。",
    "inquiry.request": "法院依法查询了您的财产。",
    "control.freeze": "法院冻结了您的存款等财产。",
    "control.notify_debtor": "法院已把控制措施告知您，请您履行。",
    "funds.fee": "法院从执行款中收取了执行申请费，由您负担。",
}


def said(code: str, text: str, *, is_only_obligor: bool) -> str:
    """The sentence of an act as this reader should read it."""
    return _SAID_TO_OBLIGOR.get(code, text) if is_only_obligor else text


def coming_of(nodes: Sequence[Node], *, is_applicant: bool, on: date) -> list[Coming]:
    """What the court does next for this reader, in the order of the nodes, without repeats."""
    words, seen, told = (_APPLICANT if is_applicant else _OBLIGOR), set(), []
    for node in sorted(nodes, key=lambda item: (item.code, item.pk or 0)):
        sentence = words.get(node.code)
        if sentence is None or node.closed_on is not None or sentence in seen:
            continue
        seen.add(sentence)
        due = None if node.code in _SILENT_DAYS else node.due_on
        told.append(Coming(sentence=sentence, due_on=due, is_late=due is not None and due < on))
    return told


def duties_of(case: Case, *, has_reported: bool, is_noticed: bool, on: date) -> list[Duty]:
    """What the debtor has to do now: report until the day ordered, perform at once (民诉法第二百五十一、二百五十二条)."""
    due = case.declare_by
    if not is_noticed:
        return []
    report = Duty(
        sentence="如实报告财产",
        page="party:declare",
        label="报告财产",
        icon="clipboard-list",
        due_on=due,
        is_late=due is not None and due < on,
    )
    perform = Duty(sentence="付清应付的钱", page="party:money", label="看怎样付", icon="coin")
    return [perform] if has_reported else [report, perform]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRule:
    """A stop of the line for parties: reached once an item of these acts is visible to the reader.

    is_foretold: whether the stop may be seen before it is reached. A debtor who reads that control comes next moves his
    money, so that stop appears on his line only when it lies behind him.
    """

    name: str
    codes: tuple[str, ...]
    is_foretold: bool = True


def steps_for(*, is_applicant: bool) -> tuple[StepRule, ...]:
    """The line from docketing to the end, in the reader's words."""
    told = "通知被执行人履行" if is_applicant else "通知您履行"
    paid = "把收到的钱发给您" if is_applicant else "收到的钱交给申请执行人"
    found = (
        (StepRule(name="查找财产", codes=("inquiry.request", "inquiry.release")),)
        if is_applicant
        else (StepRule(name="报告财产", codes=("inquiry.declare",)),)
    )
    return (
        StepRule(name="立案", codes=("cases.docket",)),
        StepRule(name="确定承办法官", codes=("cases.assign",)),
        StepRule(name=told, codes=("cases.notice",)),
        *found,
        StepRule(name="控制财产", codes=("control.freeze", "control.seal"), is_foretold=is_applicant),
        StepRule(name="法院收到执行款", codes=("funds.receive", "funds.match")),
        StepRule(name=paid, codes=("funds.book",)),
        StepRule(name="结案", codes=("cases.close",)),
    )
