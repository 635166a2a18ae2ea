"""What happens next, in plain words, by the open nodes of a case.

A debtor is never told of a node that speaks of inquiry or control ahead of time (PB-04, PB-12); the applicant is told in
general words only, without agency, account or day of a measure.
"""

from __future__ import annotations

from dataclasses import dataclass

from zhixing.cases.models import Case, Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A node as a party reads it: what comes, and the last day if one may be told."""

    sentence: str
    due_on: object | None = None


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
    "N09": "您向法院报告财产",
    "N32": "核对收到的执行款",
    "N37": "办结案件",
}
# Days of investigation and control are told to nobody: they would say when to move property.
_SILENT_DAYS = frozenset({"N10", "N11", "N12"})


def coming_of(nodes: list[Node], *, is_applicant: bool) -> list[Coming]:
    """What comes next for this reader, in the order of the nodes, without repeats."""
    words, seen, told = (_APPLICANT if is_applicant else _OBLIGOR), set(), []
    for node in sorted(nodes, key=lambda item: (item.code, item.pk or 0)):
        sentence = words.get(node.code)
        if sentence is None or node.closed_on is not None or sentence in seen:
            continue
        seen.add(sentence)
        told.append(Coming(sentence=sentence, due_on=None if node.code in _SILENT_DAYS else node.due_on))
    return told


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRule:
    """A stop of the line for parties: reached once an item of these acts is visible to the reader."""

    name: str
    codes: tuple[str, ...]


def steps_for(case: Case, *, is_applicant: bool) -> tuple[StepRule, ...]:
    """The line from docketing to the end, in the reader's words."""
    told = "通知被执行人履行" if is_applicant else "通知您履行"
    paid = "把钱发给您" if is_applicant else "付清执行款"
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
        StepRule(name="控制财产", codes=("control.freeze", "control.seal")),
        StepRule(name="法院收到执行款", codes=("funds.receive", "funds.match")),
        StepRule(name=paid, codes=("funds.book",)),
        StepRule(name="结案", codes=("cases.close",)),
    )
