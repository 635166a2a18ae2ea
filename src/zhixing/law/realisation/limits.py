"""Lowest prices and deposits of each round, set-off, the sale that leaves nothing, and a bidder's default.

法释〔2016〕18号, 法释〔2004〕16号; DISP-11 to DISP-20, FUND-16.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from zhixing.kernel.money import CENT, ZERO, yuan
from zhixing.law.book import LawBook, book
from zhixing.law.realisation.dates import days_after
from zhixing.law.steps import Step

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundLimits:
    """What the panel may choose for one round: start price at least ``floor``, deposit within its range."""

    round: str
    floor: Decimal
    start: Decimal
    deposit_least: Decimal
    deposit_most: Decimal
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoSurplus:
    """Whether a sale at the reserve would leave the applicant nothing, and what follows.

    Attributes:
        applies: it would.
        must_exceed: a new reserve must be higher than this sum.
        ask_by: last day for the applicant to ask to go on; None when not told yet, or when it does not apply.
    """

    applies: bool
    must_exceed: Decimal
    ask_by: date | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetOff:
    """Who may take the unsold thing: one name, or several equal ones that draw lots; gap to pay per name."""

    takers: tuple[str, ...]
    by_lot: bool
    gaps: tuple[tuple[str, Decimal], ...]
    steps: tuple[Step, ...]


def first_round(
    reference: Decimal, on: date, *, start: Decimal | None = None, law_book: LawBook | None = None
) -> RoundLimits:
    """The first auction: start price at least 70 % of the reference price. start: as chosen; the floor when left out."""
    entry = (law_book or book()).at(on).entry("realisation.start_ratio")
    floor = _up(reference * entry.value)
    step = Step(
        text=f"一拍起拍价不低于参考价 {yuan(reference)} 元的 {_percent(entry.value)}",
        value=yuan(floor),
        law=entry.source,
    )
    return _round("一拍", floor, start or floor, on, (step,), law_book)


def second_round(
    first_start: Decimal, on: date, *, start: Decimal | None = None, law_book: LawBook | None = None
) -> RoundLimits:
    """The second auction: at most 20 % below the start price of the first."""
    entry = (law_book or book()).at(on).entry("realisation.cut_most")
    floor = _up(first_start * (1 - entry.value))
    text = f"二拍降价不超过一拍起拍价 {yuan(first_start)} 元的 {_percent(entry.value)}"
    return _round(
        "二拍", floor, start or floor, on, (Step(text=text, value=yuan(floor), law=entry.source),), law_book
    )


def sale_round(second_start: Decimal) -> RoundLimits:
    """The sale after two failed auctions: at the start price of the second, paid in full to qualify."""
    step = Step(
        text="变卖价为二拍起拍价，缴足全款取得竞买资格", value=yuan(second_start), law=("salenotice",)
    )
    return RoundLimits(
        round="变卖", floor=second_start, start=second_start, deposit_least=second_start, deposit_most=second_start,
        steps=(step,),
    )  # fmt: skip


def applicant_deposit(deposit: Decimal, claim: Decimal) -> tuple[Decimal, Step]:
    """What an applicant who bids pays as a deposit: nothing, or the gap when his claim is smaller (第十七条)."""
    gap = max(ZERO, deposit - claim)
    words = "债权数额小于保证金，交纳差额" if gap else "可以不交保证金"
    return gap, Step(text=f"申请执行人参加竞买：{words}", value=yuan(gap), law=("netauction.17",))


def no_surplus(
    *,
    reserve: Decimal,
    priority: Decimal,
    costs: Decimal,
    on: date,
    told_on: date | None = None,
    law_book: LawBook | None = None,
) -> NoSurplus:
    """Hold the reserve against priority claims and enforcement costs (拍卖变卖规定第六条).

    Args:
        reserve: reserve price of this round, yuan.
        priority: claims that go before the applicant's.
        costs: enforcement costs.
        on: day by whose rules it is judged.
        told_on: day on which the applicant was told.
        law_book: the platform's book when left out.
    """
    law_book = law_book or book()
    law_book.at(on).entry("realisation.no_surplus_days")
    total = priority + costs
    applies = reserve <= total
    words = "没有剩余可能，应当在拍卖前通知申请执行人" if applies else "有剩余可能"
    steps = [
        Step(
            text=f"保留价 {yuan(reserve)} 元，优先债权和执行费用 {yuan(total)} 元：{words}",
            value=yuan(reserve - total),
            law=("auction.6",),
        )
    ]
    ask_by = None
    if applies:
        if told_on is not None:
            ask_by, step = days_after(told_on, "realisation.no_surplus_days", law_book)
            steps.append(step)
        steps.append(
            Step(text="申请继续拍卖的，重新确定的保留价应当大于", value=yuan(total), law=("auction.6",))
        )
    return NoSurplus(applies=applies, must_exceed=total, ask_by=ask_by, steps=tuple(steps))


def set_off(willing: Sequence[tuple[str, int, Decimal]], *, reserve: Decimal) -> SetOff:
    """Who takes the thing at the reserve of the failed round (拍卖变卖规定第十六条).

    Args:
        willing: creditors who ask for it: name, legal rank (1 is first), claim that is to be satisfied.
        reserve: reserve of the failed round.

    Raises:
        ValueError: nobody is willing; the next round, the sale or the return of the thing follows.
    """
    if not willing:
        raise ValueError("set-off needs a creditor who asks for it")
    best = min(rank for _, rank, _ in willing)
    first = sorted((name, claim) for name, rank, claim in willing if rank == best)
    gaps = tuple((name, max(ZERO, reserve - claim)) for name, claim in first)
    names = tuple(name for name, _ in first)
    by_lot = len(first) > 1
    how = "受偿顺位相同，以抽签确定" if by_lot else "法定受偿顺位在先，优先承受"
    steps = [Step(text=f"{'、'.join(names)}：{how}", value=yuan(reserve), law=("auction.16",))]
    steps += [
        Step(text=f"{name}的债权额低于抵债价额，限期补交差额", value=yuan(gap), law=("auction.16",))
        for name, gap in gaps
        if gap
    ]
    return SetOff(takers=names, by_lot=by_lot, gaps=gaps, steps=tuple(steps))


def default_deposit(
    deposit: Decimal, *, costs: Decimal, gap: Decimal, case_debt: Decimal, tied_debt: Decimal = ZERO
) -> tuple[tuple[tuple[str, Decimal], ...], tuple[Step, ...]]:
    """Where the deposit of a bidder who does not pay goes, in order (网拍规定第二十四条, FUND-16).

    Args:
        deposit: kept deposit, yuan.
        costs: loss of costs of the failed sale.
        gap: by how much the new price is lower.
        case_debt: debts of the debtor in this case; ``tied_debt``: other debts tied to the thing.

    Returns:
        (use, amount) in order, the last one what is left; and the steps.
    """
    left, uses, steps = deposit, [], []
    named = (
        ("拍卖费用损失", costs),
        ("重新拍卖的差价", gap),
        ("本案债务", case_debt),
        ("与拍卖财产相关的债务", tied_debt),
    )
    for name, wanted in named:
        part = min(left, wanted)
        left -= part
        uses.append((name, part))
        steps.append(Step(text=f"悔拍保证金支付{name}", value=yuan(part), law=("netauction.24",)))
    uses.append(("剩余", left))
    return tuple(uses), tuple(steps)


def _round(
    name: str, floor: Decimal, start: Decimal, on: date, steps: tuple[Step, ...], law_book: LawBook | None
) -> RoundLimits:
    rules = (law_book or book()).at(on)
    least, most = rules.entry("realisation.deposit_least"), rules.entry("realisation.deposit_most")
    low, high = _up(start * least.value), (start * most.value).quantize(CENT, rounding=ROUND_FLOOR)
    text = f"{name}保证金在起拍价 {yuan(start)} 元的 {_percent(least.value)} 至 {_percent(most.value)} 之间"
    return RoundLimits(
        round=name, floor=floor, start=start, deposit_least=low, deposit_most=high,
        steps=(*steps, Step(text=text, value=f"{yuan(low)} 至 {yuan(high)}", law=least.source)),
    )  # fmt: skip


def _up(amount: Decimal) -> Decimal:
    """A limit that must not be undercut is cut upwards to the cent."""
    return amount.quantize(CENT, rounding=ROUND_CEILING)


def _percent(ratio: Decimal) -> str:
    return f"{(ratio * 100).normalize():f}%"
