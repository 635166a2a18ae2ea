"""终结本次执行程序: every item with what is missing for it (法〔2016〕373号, 民诉法解释第五百一十七条; TB-01 to TB-13)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from zhixing.law.book import LawBook, book
from zhixing.law.checklist import STATES, Verdict, judged
from zhixing.law.deterrence.answers import approvers, points
from zhixing.law.reading import Reader
from zhixing.law.sheets import Sheet, SheetTable
from zhixing.law.steps import Step, steps_printed
from zhixing.law.terms import add_months, term_days

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from zhixing.law.schemas import Evidence

CHECKS, EVIDENCE, AGE, CHAIN = "termination.checks", "termination.evidence", "TB-06", "cases.terminate"


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminationInput:
    """What the file shows.

    Attributes:
        facts: codes of evidence of the case. debtors: codes of evidence by debtor's name.
        bars: codes of topic bar that hold.
    """

    docketed_on: date
    on: date
    facts: frozenset[str] = frozenset()
    debtors: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    bars: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminationView:
    """allowed: every item is met or not needed, and no bar holds. earliest: first day on which age is enough."""

    given: TerminationInput
    allowed: bool
    earliest: date
    verdicts: tuple[Verdict, ...]
    bars: tuple[str, ...]
    approvers: tuple[str, ...]
    steps: tuple[Step, ...]
    notes: tuple[str, ...]
    book_hash: str

    def sheet(self) -> Sheet:
        """The checklist that goes into the file."""
        rows = tuple(
            (
                v.code,
                v.title,
                STATES[v.state],
                "；".join(v.missing) or "—",
                "本院设定" if v.is_setting else "",
            )
            for v in self.verdicts
        )
        return Sheet(
            kind="termination",
            title="终结本次执行程序核对表",
            given=(("立案日", self.given.docketed_on.isoformat()), ("核对日", self.given.on.isoformat())),
            results=(
                ("满三个月后的第一日", self.earliest.isoformat()),
                ("未满足", str(sum(v.state == "missing" for v in self.verdicts))),
                ("结论", "可以报批终本" if self.allowed else "不得终本"),
            ),
            tables=(
                SheetTable(
                    title="核对项目", columns=("编号", "项目", "结果", "缺少的证据", "备注"), rows=rows
                ),
            ),
            steps=self.steps,
            notes=(*self.bars, *self.notes),
            book_hash=self.book_hash,
        )

    def as_json(self, law_book: LawBook | None = None) -> dict[str, Any]:
        """Plain values."""
        law_book = law_book or book()
        return {
            "allowed": self.allowed,
            "earliest": self.earliest.isoformat(),
            "items": [
                {
                    "code": v.code, "title": v.title, "state": v.state, "missing": list(v.missing),
                    "law": law_book.short(*v.law), "setting": v.is_setting,
                }
                for v in self.verdicts
            ],
            "bars": list(self.bars),
            "approvers": list(self.approvers),
            "steps": steps_printed(self.steps, law_book),
            "notes": list(self.notes),
            "book_hash": self.book_hash,
        }  # fmt: skip


def termination_check(given: TerminationInput, law_book: LawBook | None = None) -> TerminationView:
    """Hold a case against the checklist.

    Raises:
        NoRuleInForce: before 2016-12-01.
    """
    law_book = law_book or book()
    months = term_days("termination.least_age", on=given.on, law_book=law_book)
    earliest = add_months(given.docketed_on, months) + timedelta(days=1)
    evidence = _evidence(law_book, given.on)
    rows = points(law_book, CHECKS, "check", given.on)
    verdicts = tuple(
        _aged(verdict, given, earliest) if verdict.code == AGE else verdict
        for verdict in judged(rows.values(), evidence, given.facts, given.debtors)
    )
    known = points(law_book, CHECKS, "bar", given.on)
    bars = tuple(known[code].title for code in given.bars if code in known)
    steps = [
        Step(
            text=f"立案 {given.docketed_on.isoformat()}，须超过 {months} 个月，自该日起可以终本",
            value=earliest.isoformat(),
            law=("termination.1",),
        )
    ]
    steps += [
        Step(text=f"{v.title}：{STATES[v.state]}", value="；".join(v.missing), law=v.law) for v in verdicts
    ]
    return TerminationView(
        given=given,
        allowed=not bars and all(v.state != "missing" for v in verdicts),
        earliest=earliest,
        verdicts=verdicts,
        bars=bars,
        approvers=() if "creditor_signed" in given.facts else approvers(CHAIN, law_book),
        steps=tuple(steps),
        notes=tuple(row.title for row in points(law_book, CHECKS, "note", given.on).values()),
        book_hash=law_book.hash,
    )


def termination_read(given: Mapping[str, object], law_book: LawBook | None = None) -> TerminationInput:
    """Read ``{"docketed_on", "on", "facts": {code: true}, "debtors": [{"name", "facts": {…}}], "bars": {…}}``.

    Raises:
        InvalidInput: with every fault.
    """
    law_book = law_book or book()
    first = min(row.since for row in law_book.all_rows(CHECKS))
    reader = Reader(given, allowed={"docketed_on", "on", "facts", "debtors", "bars"})
    on, docketed_on = reader.day("on", required=True) or first, reader.day("docketed_on", required=True)
    if on < first:
        reader.fault("on", "input.before_law", f"{on} 早于终本规定施行日，", f"请填写 {first} 及以后的日期。")
        on = first
    if docketed_on and docketed_on > on:
        reader.fault(
            "docketed_on", "input.order", f"立案日 {docketed_on} 晚于核对日 {on}，", "请核对后重新填写。"
        )
    evidence = _evidence(law_book, on)
    of_debtor = {code for code, row in evidence.items() if row.per == "debtor"}
    facts = _flags(reader.part("facts", allowed=set(evidence) - of_debtor), set(evidence) - of_debtor)
    debtors: dict[str, frozenset[str]] = {}
    for row in reader.rows("debtors", allowed={"name", "facts"}):
        name = row.text("name")
        if name in debtors:
            row.fault("name", "input.twice", f"被执行人“{name}”填写了两次，", "请合并为一项。")
        debtors[name] = _flags(row.part("facts", allowed=of_debtor), of_debtor)
    known = set(points(law_book, CHECKS, "bar", on))
    bars = _flags(reader.part("bars", allowed=known), known)
    reader.finish()
    return TerminationInput(
        docketed_on=docketed_on or on, on=on, facts=facts, debtors=debtors, bars=tuple(sorted(bars))
    )


def _flags(reader: Reader, codes: set[str]) -> frozenset[str]:
    return frozenset(code for code in sorted(codes) if reader.flag(code))


def _aged(verdict: Verdict, given: TerminationInput, earliest: date) -> Verdict:
    if given.on >= earliest:
        return verdict
    return Verdict(
        code=verdict.code,
        title=verdict.title,
        state="missing",
        missing=(f"最早到 {earliest.isoformat()}",),
        law=verdict.law,
        rules=verdict.rules,
    )


def _evidence(law_book: LawBook, on: date) -> dict[str, Evidence]:
    return {row.code: row for row in cast("tuple[Evidence, ...]", law_book.at(on).rows(EVIDENCE))}
