"""The crime of refusing to perform: are all elements shown, and is the file for the police complete (DET-40 to DET-47)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from zhixing.law.book import LawBook, book
from zhixing.law.checklist import STATES, Verdict, judged
from zhixing.law.deterrence.answers import approvers, points
from zhixing.law.reading import Reader
from zhixing.law.sheets import Sheet, SheetTable
from zhixing.law.steps import Step

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from zhixing.law.schemas import Evidence

TABLE, EVIDENCE, CHAIN = "deterrence.refusal", "deterrence.refusal_evidence", "deterrence.refer"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalInput:
    """facts: codes of the table ``deterrence.refusal_evidence`` that the file holds."""

    on: date
    facts: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalView:
    """ready: every element is shown and the five groups of evidence are there."""

    given: RefusalInput
    ready: bool
    verdicts: tuple[Verdict, ...]
    approvers: tuple[str, ...]
    steps: tuple[Step, ...]
    book_hash: str

    def sheet(self) -> Sheet:
        """The checklist."""
        rows = tuple((v.title, STATES[v.state], "；".join(v.missing) or "—") for v in self.verdicts)
        return Sheet(
            kind="refusal",
            title="移送拒不执行判决、裁定罪核对表",
            given=(("日期", self.given.on.isoformat()),),
            results=(("结论", "可以报批移送" if self.ready else "尚不能移送"),),
            tables=(SheetTable(title="核对项目", columns=("项目", "结果", "缺少的证据"), rows=rows),),
            steps=self.steps,
            notes=("是否构成犯罪由有权机关认定；审批层级由本院确认。",),
            book_hash=self.book_hash,
        )

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "ready": self.ready,
            "items": [{"code": v.code, "title": v.title, "state": v.state, "missing": list(v.missing)} for v in self.verdicts],
            "approvers": list(self.approvers),
            "book_hash": self.book_hash,
        }  # fmt: skip


def refusal_check(given: RefusalInput, law_book: LawBook | None = None) -> RefusalView:
    """Hold the file against the elements and, from 2025-07-01, the five groups of evidence."""
    law_book = law_book or book()
    rows = [*points(law_book, TABLE, "element", given.on).values()]
    rows += [row for row in points(law_book, TABLE, "transfer", given.on).values() if row.ways]
    verdicts = judged(rows, _evidence(law_book, given.on), given.facts, {})
    ready = all(v.state == "met" for v in verdicts)
    return RefusalView(
        given=given,
        ready=ready,
        verdicts=verdicts,
        approvers=approvers(CHAIN, law_book) if ready else (),
        steps=tuple(
            Step(text=f"{v.title}：{STATES[v.state]}", value="；".join(v.missing), law=v.law)
            for v in verdicts
        ),
        book_hash=law_book.hash,
    )


def refusal_read(given: Mapping[str, object], law_book: LawBook | None = None) -> RefusalInput:
    """Read ``{"on", "facts": {code: true}}``. Raises InvalidInput with every fault."""
    law_book = law_book or book()
    reader = Reader(given, allowed={"on", "facts"})
    first = min(row.since for row in law_book.all_rows(TABLE))
    on = reader.day("on", required=True) or first
    if on < first:
        reader.fault("on", "input.before_law", f"{on} 早于规定施行日，", f"请填写 {first} 及以后的日期。")
        on = first
    codes = set(_evidence(law_book, on))
    part = reader.part("facts", allowed=codes)
    facts = frozenset(code for code in sorted(codes) if part.flag(code))
    reader.finish()
    return RefusalInput(on=on, facts=facts)


def _evidence(law_book: LawBook, on: date) -> dict[str, Evidence]:
    return {row.code: row for row in cast("tuple[Evidence, ...]", law_book.at(on).rows(EVIDENCE))}
