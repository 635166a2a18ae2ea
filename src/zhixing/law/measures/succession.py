"""Who is in force when: each order takes effect by itself when those before it are gone (查扣冻规定第二十六条)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from zhixing.law.book import LawBook, book
from zhixing.law.measures.periods import MeasureInput, measure_life
from zhixing.law.measures.ranks import ENDING_WORDS, Ending, Queue, QueueInput, RankedOrder, Turn, iso
from zhixing.law.steps import Step

if TYPE_CHECKING:
    from zhixing.kernel.errors import Problem

_DAY = timedelta(days=1)


def succession(given: QueueInput, law_book: LawBook | None = None) -> Queue:
    """Who is in force when: the first by rank, then each next one by itself.

    Orders of the same day keep the order in which they were given. What happens after ``as_of`` is not looked at.
    """
    law_book = law_book or book()
    ranked = sorted(
        (order for order in given.orders if order.served <= given.as_of), key=lambda order: order.ranks_from
    )
    turns: list[Turn] = []
    steps: list[Step] = []
    problems: list[Problem] = []
    free: date | None = date.min  # first day on which nothing before is in force; None: something still is
    for rank, order in enumerate(ranked, start=1):
        start = None if free is None else max(order.ranks_from, free)
        turn = _turn(given, order, rank, start, law_book, problems)
        turns.append(turn)
        steps += _told(turn)
        free = _freed(turn, free)
    return Queue(
        given=given,
        turns=tuple(turns),
        steps=tuple(steps),
        problems=tuple(problems),
        book_hash=law_book.hash,
    )


def _turn(
    given: QueueInput,
    order: RankedOrder,
    rank: int,
    start: date | None,
    law_book: LawBook,
    problems: list[Problem],
) -> Turn:
    """One order: does it mature, and how does it end?"""
    lifted = order.lifted if order.lifted is not None and order.lifted <= given.as_of else None
    sold = given.realised if given.realised and given.realised.on <= given.as_of else None
    if sold and sold.whole and (start is None or start >= sold.on):
        return Turn(order=order, rank=rank, ending="realised", until=sold.on)
    if lifted and (start is None or lifted <= start):
        return Turn(order=order, rank=rank, ending="withdrawn", until=lifted)
    if start is None or start > given.as_of:
        return Turn(order=order, rank=rank, ending="waiting")
    life = measure_life(
        MeasureInput(
            kind=given.kind,
            start=max(
                start, order.served
            ),  # an investigators' seal ranks early; the court's period is its own
            # A renewal while waiting renews nothing: the period has not begun.
            renewals=tuple((day, None) for day in sorted(order.renewals) if start <= day <= given.as_of),
        ),
        law_book,
    )
    problems += life.problems
    ends: list[tuple[date, Ending]] = [(life.end + _DAY, "lapsed")]
    if lifted:
        ends.append((lifted, "lifted"))
    if sold and sold.on > start:
        ends.append((sold.on, "realised"))
    until, ending = min(ends)
    if until > given.as_of:
        until, ending = None, "in_force"
    return Turn(
        order=order, rank=rank, ending=ending, start=start, until=until, end=life.end, periods=life.periods
    )


def _freed(turn: Turn, free: date | None) -> date | None:
    """From when on the next in rank may take effect."""
    if turn.ending in ("in_force", "waiting"):
        return None
    # One that never was in force gives way as those before it did.
    return free if turn.start is None else turn.until


def _told(turn: Turn) -> list[Step]:
    name, served = turn.order.name, turn.order.served.isoformat()
    if turn.start is None:
        text = f"{name}：{served} 送达，顺位 {turn.rank}，{ENDING_WORDS[turn.ending]}"
        return [Step(text=text, law=("seizure.26",))]
    how = "送达时生效" if turn.rank == 1 else "在先的措施消灭后自动生效"
    text = f"{name}：顺位 {turn.rank}，自 {turn.start.isoformat()} {how}，期限自生效时起算"
    steps = [Step(text=text, value=iso(turn.end), law=("seizure.26", "preservation.16"))]
    if turn.until:
        text = f"{name}：{ENDING_WORDS[turn.ending]}，自 {turn.until.isoformat()} 起没有效力"
        steps.append(Step(text=text, value=turn.until.isoformat(), law=("seizure.27", "seizure.28")))
    return steps
