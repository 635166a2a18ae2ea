"""What every question of deterrence is answered with: may, must or must not, why, from when to when, who decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast

from zhixing.law.approvals import chain_for, role_name
from zhixing.law.book import LawBook, book
from zhixing.law.sheets import Sheet, SheetTable
from zhixing.law.steps import Step, steps_printed
from zhixing.law.terms import deadline

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from zhixing.law.schemas import Point

Answer = Literal["must", "may", "must_not"]
ANSWERS: dict[Answer, str] = {"must": "应当", "may": "可以", "must_not": "不得"}
KINDS = {"person": "自然人", "entity": "单位"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A day by which something is to be done. term: code of the period; due: its last day."""

    title: str
    term: str
    due: date
    law: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeterrenceAnswer:
    """The answer.

    Attributes:
        kind: listing, removal, consumption, lift, temporary, exit_ban, sanction.
        reasons: why, each complete in itself.
        since: first day of effect. until: last day, None without a fixed term (or no effect at all).
        chain: code of the approval chain; approvers: its roles in Chinese, in order.
        items: what the measure bars, or the persons it reaches.
        clocks: what is to be done by when.
    """

    kind: str
    title: str
    on: date
    answer: Answer
    reasons: tuple[str, ...]
    since: date | None = None
    until: date | None = None
    chain: str = ""
    approvers: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    clocks: tuple[Clock, ...] = ()
    given: tuple[tuple[str, str], ...] = ()
    steps: tuple[Step, ...] = ()
    notes: tuple[str, ...] = ()
    book_hash: str = ""

    def sheet(self) -> Sheet:
        """The sheet that stands behind the decision."""
        results: list[tuple[str, str]] = [("理由", reason) for reason in self.reasons]
        if self.since:
            results.append(("起始日", self.since.isoformat()))
            results.append(("截止日", self.until.isoformat() if self.until else "没有固定期限"))
        if self.approvers:
            results.append(("审批", " → ".join(self.approvers)))
        results.append(("结论", ANSWERS[self.answer]))
        tables = []
        if self.items:
            rows = tuple((str(no), item) for no, item in enumerate(self.items, start=1))
            tables.append(SheetTable(title="范围", columns=("序号", "内容"), rows=rows))
        if self.clocks:
            due = tuple((clock.title, clock.due.isoformat()) for clock in self.clocks)
            tables.append(SheetTable(title="期限", columns=("事项", "至迟"), rows=due))
        return Sheet(
            kind=f"deterrence.{self.kind}",
            title=f"{self.title}核对表",
            given=(("日期", self.on.isoformat()), *self.given),
            results=tuple(results),
            tables=tuple(tables),
            steps=self.steps,
            notes=(*self.notes, "本表供承办人参考，由承办人决定，按审批权限报批。"),
            book_hash=self.book_hash,
        )

    def as_json(self, law_book: LawBook | None = None) -> dict[str, Any]:
        """Plain values; days as YYYY-MM-DD."""
        law_book = law_book or book()
        return {
            "kind": self.kind,
            "answer": self.answer,
            "reasons": list(self.reasons),
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
            "chain": self.chain,
            "approvers": list(self.approvers),
            "items": list(self.items),
            "clocks": [
                {"title": c.title, "term": c.term, "due": c.due.isoformat(), "law": law_book.short(*c.law)}
                for c in self.clocks
            ],
            "steps": steps_printed(self.steps, law_book),
            "notes": list(self.notes),
            "book_hash": self.book_hash,
        }


def clock(law_book: LawBook, start: date, term: str) -> Clock:
    """The end of a period that starts on a day, as one line."""
    found = deadline(start, term, law_book)
    return Clock(title=found.title, term=term, due=found.due, law=found.law)


def approvers(chain: str, law_book: LawBook | None = None) -> tuple[str, ...]:
    """Who signs, in order, in Chinese: 执行局长审核, 院长签发."""
    return tuple(f"{role_name(step.role)}{step.name}" for step in chain_for(chain, law_book=law_book).steps)


def points(law_book: LawBook, table: str, topic: str, on: date) -> dict[str, Point]:
    """The points of one topic in force on a day, by code, in their order."""
    rows = cast("tuple[Point, ...]", law_book.at(on).rows(table))
    return {row.code: row for row in sorted(rows, key=lambda row: row.order) if row.topic == topic}


def named(rows: dict[str, Point], codes: Iterable[str]) -> tuple[Point, ...]:
    """The points that the codes name, in the order of the table; unknown codes are the reader's business."""
    wanted = set(codes)
    return tuple(row for code, row in rows.items() if code in wanted)
