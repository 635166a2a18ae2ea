"""The list of dishonest debtors: who is entered, for how long, from when (失信名单规定; DET-01 to DET-11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from zhixing.law.book import LawBook, book
from zhixing.law.deterrence.answers import (
    KINDS,
    Clock,
    DeterrenceAnswer,
    approvers,
    clock,
    named,
    points,
)
from zhixing.law.steps import Step
from zhixing.law.terms import add_months, term_days

if TYPE_CHECKING:
    from datetime import date

    from zhixing.law.schemas import Point

TABLE, CHAIN = "deterrence.listing", "deterrence.list"
WITHOUT_TERM = "able_refuses"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingInput:
    """What the judge found.

    Attributes:
        on: day of the decision.
        kind: person or entity. born: needed for a person; a minor is never entered.
        grounds, exclusions, bars: codes of the table ``deterrence.listing``.
        grave: violence or threats of a serious kind. extra_years: prolongation asked for, 0 to 3.
        grace_months: months of grace before publication, 0 for none. grace_reason: why.
        applied_on: day on which the creditor's application came; None when ex officio.
    """

    on: date
    kind: str
    grounds: tuple[str, ...]
    born: date | None = None
    performed: bool = False
    exclusions: tuple[str, ...] = ()
    bars: tuple[str, ...] = ()
    grave: bool = False
    extra_years: int = 0
    grace_months: int = 0
    grace_reason: str = ""
    applied_on: date | None = None


def dishonest_listing(given: ListingInput, law_book: LawBook | None = None) -> DeterrenceAnswer:
    """Whether the debtor is to be entered, and for how long.

    The term runs in whole years from the entry and is not moved by holidays: it is no period for an act.

    Raises:
        NoRuleInForce: before 2017-05-01, the first day of this text.
    """
    law_book = law_book or book()
    grounds = named(points(law_book, TABLE, "ground", given.on), given.grounds)
    steps: list[Step] = []
    hindrances = _hindrances(given, grounds, law_book, steps)
    if hindrances:
        return _answer(given, law_book, "must_not", hindrances, None, None, steps)
    reasons = tuple(f"第{no}项：{row.title}" for row in grounds for no in (row.order,))
    steps += [Step(text=f"具有下列情形：{row.title}", law=row.source) for row in grounds]
    since, until = _span(given, law_book, steps)
    return _answer(given, law_book, "must", reasons, since, until, steps)


def may_prolong(given: ListingInput) -> bool:
    """Whether the law lets the fixed term be prolonged: grave violence or threats, or several acts."""
    fixed = [code for code in given.grounds if code != WITHOUT_TERM]
    return (given.grave and "obstructs" in fixed) or len(set(fixed)) > 1


def adult_on(born: date, law_book: LawBook, on: date) -> date:
    """The birthday on which a person comes of age."""
    return add_months(born, 12 * int(law_book.at(on).value("deterrence.limits.adult_age")))


def _hindrances(
    given: ListingInput, grounds: tuple[Point, ...], law_book: LawBook, steps: list[Step]
) -> tuple[str, ...]:
    found: list[str] = []
    bars = points(law_book, TABLE, "bar", given.on)
    if given.performed:
        found.append("义务已经履行，不符合纳入条件")
        steps.append(Step(text="纳入以未履行生效法律文书确定的义务为前提", law=("dishonest.1",)))
    if given.kind == "person" and given.born:
        grown = adult_on(given.born, law_book, given.on)
        if given.on < grown:
            found.append(bars["minor"].title)
            steps.append(
                Step(
                    text=f"{grown.isoformat()} 年满十八周岁，决定之日尚未成年",
                    value=grown.isoformat(),
                    law=bars["minor"].source,
                )
            )
    for row in named(bars, given.bars):
        if row.title not in found:
            found.append(row.title)
            steps.append(Step(text=row.title, law=row.source))
    if not grounds:
        found.append("没有法定的纳入情形")
        steps.append(Step(text="六项法定情形均不具备", law=("dishonest.1",)))
    elif {row.code for row in grounds} == {WITHOUT_TERM}:
        for row in named(points(law_book, TABLE, "exclusion", given.on), given.exclusions):
            found.append(f"不得依据第一项纳入：{row.title}")
            steps.append(Step(text=f"除外情形：{row.title}", law=row.source))
    return tuple(found)


def _span(given: ListingInput, law_book: LawBook, steps: list[Step]) -> tuple[date, date | None]:
    since = given.on
    if given.grace_months:
        last = add_months(given.on, given.grace_months)
        since = last + timedelta(days=1)
        steps.append(
            Step(
                text=f"给予 {given.grace_months} 个月宽限期至 {last.isoformat()}，期满仍未履行的次日纳入",
                value=since.isoformat(),
                law=("goodfaith",),
            )
        )
    if set(given.grounds) == {WITHOUT_TERM}:
        steps.append(
            Step(
                text="仅依据第一项纳入的没有固定期限，至出现删除情形时止", law=("dishonest.2", "dishonest.10")
            )
        )
        return since, None
    years = term_days("list.term", on=since, law_book=law_book)
    until = add_months(since, 12 * years)
    steps.append(Step(text=f"纳入期限 {years} 年", value=until.isoformat(), law=("dishonest.2",)))
    if given.extra_years:
        until = add_months(since, 12 * (years + given.extra_years))
        steps.append(
            Step(
                text=f"以暴力、威胁方法妨碍、抗拒执行情节严重或者具有多项失信行为，延长 {given.extra_years} 年",
                value=until.isoformat(),
                law=("dishonest.2",),
            )
        )
    return since, until


def _answer(
    given: ListingInput,
    law_book: LawBook,
    answer: str,
    reasons: tuple[str, ...],
    since: date | None,
    until: date | None,
    steps: list[Step],
) -> DeterrenceAnswer:
    clocks: list[Clock] = []
    if given.applied_on:
        clocks.append(clock(law_book, given.applied_on, "list.decide"))
    if until:
        clocks.append(clock(law_book, until, "list.delete"))
    return DeterrenceAnswer(
        kind="listing",
        title="纳入失信被执行人名单",
        on=given.on,
        answer="must" if answer == "must" else "must_not",
        reasons=reasons,
        since=since,
        until=until,
        chain=CHAIN if since else "",
        approvers=approvers(CHAIN, law_book) if since else (),
        clocks=tuple(clocks),
        given=(
            ("被执行人", KINDS[given.kind]),
            ("出生日期", given.born.isoformat() if given.born else "—"),
            ("宽限期", f"{given.grace_months} 个月（{given.grace_reason}）" if given.grace_months else "无"),
            ("延长", f"{given.extra_years} 年" if given.extra_years else "无"),
        ),
        steps=tuple(steps),
        notes=("决定书应当送达；决定自作出之日起生效。", "纳入名单的同时应当限制消费。") if since else (),
        book_hash=law_book.hash,
    )
