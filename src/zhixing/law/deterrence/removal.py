"""Leaving the list, correcting it, and the remedies against it and other measures (DET-02, DET-07 to DET-09, DET-32)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from zhixing.law.book import LawBook, book
from zhixing.law.deterrence.answers import Clock, DeterrenceAnswer, clock, named, points
from zhixing.law.deterrence.listing import TABLE
from zhixing.law.steps import Step
from zhixing.law.terms import add_months, term_days

if TYPE_CHECKING:
    from datetime import date

# Which periods a remedy has: to decide on a request to correct, to correct, to ask the court above, for it to decide.
REMEDIES: dict[str, tuple[str, str, str, str]] = {
    "listing": ("list.review", "list.correct", "list.appeal", "list.appeal_decide"),
    "consumption": ("list.review", "list.correct", "list.appeal", "list.appeal_decide"),
    "sanction": ("", "", "sanction.review", "sanction.decide"),
    "exit_ban": ("", "", "exitban.review", "exitban.decide"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalInput:
    """An entry and what happened to it.

    Attributes:
        on: day of judging. until: last day of a fixed term, None for an entry without one.
        ground: code of the table (topics removal, early, error), or empty when nothing happened.
        happened_on: day of the ground. queries: empty inquiries after 终本. clue: a valid clue came in.
    """

    on: date
    entered_on: date
    until: date | None = None
    ground: str = ""
    happened_on: date | None = None
    queries: int = 0
    clue: bool = False


def dishonest_removal(given: RemovalInput, law_book: LawBook | None = None) -> DeterrenceAnswer:
    """Whether the entry is to be deleted, withdrawn or corrected, and by which day."""
    law_book = law_book or book()
    topics = {t: points(law_book, TABLE, t, given.on) for t in ("removal", "early", "error", "end")}
    for topic in ("error", "early"):
        for row in named(topics[topic], (given.ground,)):
            return _leave(given, law_book, row.effect, (row.title,), row.term, given.happened_on, row.source)
    if given.until and given.on > given.until:
        row = topics["end"]["term_ended"]
        return _leave(given, law_book, "must", (row.title,), row.term, given.until, row.source)
    if given.until:
        text = f"有固定期限，至 {given.until.isoformat()} 届满后删除；期内出现的其他事由不适用"
        return _leave(given, law_book, "must_not", (text,), None, None, ("dishonest.10",))
    for row in named(topics["removal"], (given.ground,)):
        least = int(law_book.at(given.on).value("deterrence.limits.empty_queries"))
        if row.code == "empty_queries" and (given.queries < least or given.clue):
            why = (
                "有人提供有效财产线索"
                if given.clue
                else f"终本后仅有 {given.queries} 次查询未发现财产，少于 {least} 次"
            )
            return _leave(given, law_book, "must_not", (why,), None, None, row.source)
        return _leave(given, law_book, row.effect, (row.title,), row.term, given.happened_on, row.source)
    return _leave(given, law_book, "must_not", ("没有出现法定的删除情形",), None, None, ("dishonest.10",))


def remedy_clocks(
    measure: str,
    *,
    received_on: date | None = None,
    upheld_on: date | None = None,
    served_on: date | None = None,
    appealed_on: date | None = None,
    law_book: LawBook | None = None,
) -> tuple[Clock, ...]:
    """The days of a remedy; enforcement goes on meanwhile.

    Args:
        measure: listing, consumption, sanction or exit_ban.
        received_on: request to correct came in. upheld_on: it was found right.
        served_on: refusal (or the decision itself) reached the person. appealed_on: the higher court was asked.
    """
    law_book = law_book or book()
    days = (received_on, upheld_on, served_on, appealed_on)
    pairs = zip(days, REMEDIES[measure], strict=True)
    return tuple(clock(law_book, day, term) for day, term in pairs if day and term)


def reentry_from(deleted_on: date, law_book: LawBook | None = None) -> date:
    """First day on which a creditor who had the entry deleted may ask for it again (six months later)."""
    months = term_days("list.reapply_bar", on=deleted_on, law_book=law_book)
    return add_months(deleted_on, months) + timedelta(days=1)


def _leave(
    given: RemovalInput,
    law_book: LawBook,
    effect: str,
    reasons: tuple[str, ...],
    term: str | None,
    start: date | None,
    law: tuple[str, ...],
) -> DeterrenceAnswer:
    clocks = (clock(law_book, start, term),) if term and start else ()
    steps = [Step(text=reason, law=law) for reason in reasons]
    steps += [Step(text=f"{c.title}至迟", value=c.due.isoformat(), law=c.law) for c in clocks]
    notes: tuple[str, ...] = ()
    if given.ground == "applicant_asks" and start and effect == "must":
        again = reentry_from(start, law_book)
        notes = (
            f"申请执行人自删除之日起六个月内再申请纳入的，不予准许（{again.isoformat()} 起可以再申请）。",
        )
    return DeterrenceAnswer(
        kind="removal",
        title="删除失信信息",
        on=given.on,
        answer="must" if effect == "must" else "may" if effect == "may" else "must_not",
        reasons=reasons,
        clocks=clocks,
        given=(
            ("纳入日", given.entered_on.isoformat()),
            ("期限届满日", given.until.isoformat() if given.until else "没有固定期限"),
        ),
        steps=tuple(steps),
        notes=notes,
        book_hash=law_book.hash,
    )
