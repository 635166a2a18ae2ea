"""What the menu page shows: the person, what narrows the inquiry, the menu, the road to approval, the checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from zhixing.cases.documents import ID_KIND_NAMES
from zhixing.cases.domain.extraction.model import TITLES, Kind
from zhixing.cases.models import Case, ClueState, Identifier, Party, PartyRole, Whereabouts
from zhixing.cases.selectors import identifiers_of, is_obligor, parties_of
from zhixing.courts.roles import ROLE_NAMES, Role
from zhixing.inquiry.menu import MenuLine, menu_lines
from zhixing.inquiry.officers import officers_on
from zhixing.kernel.errors import Problem
from zhixing.law.approvals import chain_for
from zhixing.law.terms import term_days
from zhixing.ui.parts import ApprovalStep, CheckLine

PURPOSES = ("查明可供执行的财产", "核实申请执行人提供的线索", "终结本次执行程序后定期查询")
# These only help to tell the right person apart from namesakes; no agency is asked by them.
COMPARE_ONLY = frozenset({Kind.ADDRESS, Kind.EMPLOYER, Kind.PLATE, Kind.REALTY, Kind.PROPERTY})
ROAD_CODES = frozenset({"inquiry.no_whereabouts", "inquiry.no_notice", "inquiry.wait"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One identifier of the person. use: must, may, no. chip, note: what its check said."""

    row: Identifier
    name: str
    use: str
    is_on: bool
    chip: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One menu item. why: why it cannot be chosen; empty when it can."""

    line: MenuLine
    is_on: bool
    why: str

    @property
    def names(self) -> str:
        """Agencies that will be asked, or whom it is about while nobody is connected."""
        names = [agency.name for agency in self.line.agencies]
        shown = "、".join(names[:3]) + (f" 等 {len(names)} 家" if len(names) > 3 else "")
        return shown or self.line.item.agencies

    @property
    def codes(self) -> str:
        """Codes of these agencies, for counting on the page."""
        return " ".join(agency.code for agency in self.line.agencies)


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuPage:
    """Everything the page shows. picked, agencies: counts of what is chosen."""

    party: Party
    obligors: list[Party]
    marks: list[Mark]
    compare_only: list[Identifier]
    undecided: int
    groups: list[tuple[str, list[Line]]]
    picked: int
    agencies: int
    answer_hours: int
    steps: list[ApprovalStep]
    values: Mapping[str, Any]


def obligors_of(case: Case, *, on: date) -> list[Party]:
    """Parties who may be asked about today (NIC-08)."""
    return [party for party in parties_of(case.pk, role=PartyRole.OBLIGOR) if is_obligor(party, on=on)]


def values_fresh(case: Case, party: Party, *, on: date) -> dict[str, Any]:
    """What is proposed: the usual items somebody answers, every confirmed identifier of the person."""
    menu = [
        line.item.code
        for line in menu_lines(on=on)
        if line.is_open and line.item.first_choice and not line.item.needs_period
    ]
    marks = identifiers_of(case.pk, state=ClueState.CONFIRMED).filter(party=party).values_list("pk", "kind")
    return {
        "party": party.pk,
        "menu": menu,
        "identifiers": [pk for pk, kind in marks if kind not in COMPARE_ONLY],
        "purpose": PURPOSES[0],
    }


def menu_page(case: Case, party: Party, values: Mapping[str, Any], *, on: date) -> MenuPage:
    """The page for one person with the values chosen so far. A constant number of statements."""
    rows = list(identifiers_of(case.pk).filter(party=party))
    chosen = {str(pk) for pk in values.get("identifiers", ())}
    picked = set(values.get("menu", ()))
    lines = [_line(line, picked) for line in menu_lines(on=on, stage=2)]
    agencies = {agency.code for line in lines if line.is_on for agency in line.line.agencies}
    return MenuPage(
        party=party,
        obligors=obligors_of(case, on=on),
        values=values,
        compare_only=[row for row in rows if row.kind in COMPARE_ONLY and row.state == ClueState.CONFIRMED],
        marks=[
            _mark(row, chosen)
            for row in rows
            if row.kind not in COMPARE_ONLY and row.state != ClueState.PROPOSED
        ],
        undecided=sum(row.state == ClueState.PROPOSED for row in rows),
        groups=[
            (title, list(found))
            for title, found in groupby(lines, key=lambda line: line.line.item.group_title)
        ],
        picked=sum(line.is_on for line in lines),
        agencies=len(agencies),
        answer_hours=term_days("bank.answer", on=on),
        steps=_steps(case, len(agencies)),
    )


def _line(line: MenuLine, picked: set[str]) -> Line:
    why = "" if line.is_open else "本院还没有与协助单位接通，请线下调查"
    if line.item.stage > 1:
        why = "首次查询未果后才能申请"
    return Line(line=line, is_on=not why and line.item.code in picked, why=why)


def _mark(row: Identifier, chosen: set[str]) -> Mark:
    name = TITLES.get(row.kind) or row.kind
    if row.state == ClueState.REJECTED:
        return Mark(
            row=row, name=name, use="no", is_on=False, chip="adverse", note=row.check_note or "经办人不采用"
        )
    chip = {True: "neutral", False: "adverse", None: "doubt"}[row.check_ok]
    is_strong = row.kind in ID_KIND_NAMES
    note = row.check_note or (
        "校验位正确" if row.check_ok and is_strong else "已由经办人确认" if row.decided_by else ""
    )
    return Mark(
        row=row,
        name=name,
        use="must" if is_strong else "may",
        is_on=str(row.pk) in chosen,
        chip=chip,
        note=note,
    )


def _steps(case: Case, agencies: int) -> list[ApprovalStep]:
    handler = case.handler.name if case.handler else "承办法官"
    chain = chain_for("inquiry.request", case.court_key).steps
    papers = f"批准即盖章，自动生成查询裁定书 1 份、协助查询通知书 {agencies} 份"
    metas = ["核对主体、标识、证件"] * (len(chain) - 1) + [papers]
    return [
        ApprovalStep(name=f"{handler}　提出", state="now", meta="现在"),
        *(
            ApprovalStep(name=f"{ROLE_NAMES[Role(step.role)]}　{step.name}", meta=meta)
            for step, meta in zip(chain, metas, strict=True)
        ),
        ApprovalStep(name="两名查询员　共同发起", meta="看不到反馈内容"),
        ApprovalStep(name=f"反馈密封送达{handler}", meta="开启码只发到您的手机"),
    ]


def road_of(case: Case, problems: list[Problem]) -> CheckLine:
    """Whether the inquiry may be made now, by where the debtor is (B1)."""
    found = next((p for p in problems if p.code in ROAD_CODES), None)
    if found is not None:
        return CheckLine(sentence=found.sentence, state="warn", note=found.mend, law=found.law or "")
    if case.whereabouts == Whereabouts.UNKNOWN:
        return CheckLine(
            sentence="下落不明，可以立即查询。",
            state="ok",
            note="不必等待报告财产的期限。",
            law="procedure.22",
        )
    return CheckLine(sentence="报告财产的期限已经届满或者已经收到报告，可以查询。", state="ok", law="cpl.252")


def checks_of(case: Case, party: Party, problems: list[Problem], *, on: date) -> list[CheckLine | Problem]:
    """What holds and what does not, before anything is sent."""
    codes = {problem.code for problem in problems}
    officers = officers_on(court_key=case.court_key, on=on)
    lines = (
        ({"inquiry.not_obligor", "case.closed"}, f"{party.name}是本案被执行人，案件在办"),
        ({"inquiry.not_handler"}, "由本案承办法官提出"),
        ({"inquiry.no_strong_id", "inquiry.not_obligor"}, "证件号码已经确认，不会误及同名的人"),
        (
            {"inquiry.no_officers", "inquiry.not_obligor"},
            f"查询员{'、'.join(c.staff.name for c in officers)}的证件已备案并在有效期内",
        ),
        (
            {"inquiry.period", "inquiry.period_reason", "inquiry.not_obligor"},
            "交易明细只在写明起止日期和理由时查询",
        ),
    )
    return [
        *problems,
        *(CheckLine(sentence=text, state="ok") for against, text in lines if not codes & against),
    ]
