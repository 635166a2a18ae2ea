"""What the two clocks are computed from, and how it is read from JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from zhixing.kernel.errors import Problem
from zhixing.law.book import LawBook, book
from zhixing.law.errors import NoRuleInForce, UnknownRule
from zhixing.law.terms.reading import Fields, refuse

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS = {
    "money": "case.money",
    "administrative": "case.administrative",
    "criminal": "case.criminal",
}
APPROVERS = ("president", "vice_president")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeductedSpan:
    """Days entered as not counting, both ends included.

    Attributes:
        ground: code of the table ``deductions``.
        last: None while it still runs.
        start_document, end_document: titles or numbers of the papers that begin and end it; empty when missing.
        approver: who approved; empty when nobody did.
        entered: day on which it was entered, when known.
    """

    ground: str
    first: date
    last: date | None
    start_document: str = ""
    end_document: str = ""
    approver: str = ""
    entered: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """An extension of the internal term: asked for, approved by president or vice-president, so many months."""

    applied: date
    months: int
    approver: str
    approved: date | None = None
    reported: bool = False  # to the high court, level by level, as needed from the second one on


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockInput:
    """One case.

    Attributes:
        kind: money, administrative (非诉执行) or criminal (刑事涉财产).
        docketed: 立案之日. A resumed case (执恢) counts from its own docketing (PT-21).
        received: day on which the creditor's application arrived; None when the case was transferred ex officio.
        entrusted: the case came by entrustment; then `received` is the day of the entrusting letter (PT-14).
        as_of: day on which the state is told, and up to which running spans count.
        closed: day of closing.
    """

    docketed: date
    as_of: date
    kind: str = "money"
    received: date | None = None
    entrusted: bool = False
    spans: tuple[DeductedSpan, ...] = ()
    extensions: tuple[Extension, ...] = ()
    closed: date | None = None


def clock_read(given: Mapping[str, object], law_book: LawBook | None = None) -> ClockInput:
    """Read `{"kind","docketed","received","entrusted","as_of","closed","spans":[…],"extensions":[…]}`.

    A span is `{"ground","from","to","start_document","end_document","approver","entered"}`, an extension
    `{"applied","approved","months","approver","reported"}`. Papers may be missing: the answer then tells.

    Raises:
        InvalidInput: with every problem, each naming its field.
    """
    law_book = law_book or book()
    problems: list[Problem] = []
    fields = Fields(given, problems)
    docketed, as_of = fields.day("docketed", needed=True), fields.day("as_of", needed=True)
    asked = ClockInput(
        docketed=docketed or date.max,  # refused below when it is missing
        as_of=as_of or date.max,
        kind=fields.choice("kind", tuple(KINDS), default="money"),
        received=fields.day("received"),
        entrusted=fields.flag("entrusted"),
        closed=fields.day("closed"),
        spans=tuple(_span(row, law_book) for row in fields.rows("spans")),
        extensions=tuple(_extension(row) for row in fields.rows("extensions")),
    )
    fields.done()
    if docketed and as_of:
        _order(asked, fields, law_book)
    refuse(problems)
    return asked


def _span(row: Fields, law_book: LawBook) -> DeductedSpan:
    first = row.day("from", needed=True)
    last = row.day("to")
    ground = row.text("ground", needed=True, expected="请填写扣除事由的代码，例如 announce")
    if first and last and last < first:
        row.wrong("to", f"止日不早于起日 {first.isoformat()}", f"收到 {last.isoformat()}", "clock.order")
    if ground and first:
        _ground_known(row, ground, first, law_book)
    span = DeductedSpan(
        ground=ground,
        first=first or date.max,
        last=last,
        start_document=row.text("start_document"),
        end_document=row.text("end_document"),
        approver=row.text("approver"),
        entered=row.day("entered"),
    )
    row.done()
    return span


def _extension(row: Fields) -> Extension:
    extension = Extension(
        applied=row.day("applied", needed=True) or date.max,
        approved=row.day("approved"),
        months=row.count("months", least=1, needed=True) or 1,
        approver=row.choice("approver", APPROVERS, needed=True),
        reported=row.flag("reported"),
    )
    row.done()
    if extension.approved and extension.approved < extension.applied:
        row.wrong("approved", "批准不早于申请", f"收到 {extension.approved.isoformat()}", "clock.order")
    return extension


def _ground_known(row: Fields, ground: str, first: date, law_book: LawBook) -> None:
    try:
        law_book.at(first).row("deductions", ground)
    except UnknownRule:
        known = "、".join(known.code for known in law_book.all_rows("deductions"))
        row.wrong("ground", f"应为 {known} 之一", f"收到“{ground[:40]}”", "clock.ground")
    except NoRuleInForce as error:
        row.wrong("from", "请核对日期，或者按当时的规定另行计算", str(error), "clock.before_law")


def _order(asked: ClockInput, fields: Fields, law_book: LawBook) -> None:
    if asked.as_of < asked.docketed:
        fields.wrong("as_of", "计算日不早于立案之日", f"收到 {asked.as_of.isoformat()}", "clock.order")
    if asked.closed and asked.closed < asked.docketed:
        fields.wrong("closed", "结案不早于立案", f"收到 {asked.closed.isoformat()}", "clock.order")
    starts = {"docketed": (asked.docketed, KINDS[asked.kind])}
    if asked.received:
        starts["received"] = (asked.received, creditor_term(entrusted=asked.entrusted))
    for name, (day, term) in starts.items():
        try:
            law_book.at(day).term(term)
        except NoRuleInForce as error:
            fields.wrong(name, "请核对日期，或者按当时的规定另行计算", str(error), "clock.before_law")


def creditor_term(*, entrusted: bool) -> str:
    """Code of the term behind the creditor's right."""
    return "case.entrusted_creditor" if entrusted else "case.creditor_right"
