"""What can happen to an account under freezes, one move at a time; a move that is refused changes nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import singledispatch

from zhixing.kernel.errors import Problem
from zhixing.kernel.money import ZERO, yuan
from zhixing.law.book import LawBook, book
from zhixing.law.durations import measure_period
from zhixing.law.freezes.account import Account, FreezeOrder, holdings
from zhixing.law.steps import Step
from zhixing.law.terms import add_months

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Freeze:
    """An order arrives; it ranks behind those already there (NIC-32)."""

    on: date
    name: str
    limit: Decimal
    years: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Money arrives."""

    on: date
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Debit:
    """The customer takes money out; only what no freeze holds."""

    on: date
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift:
    """A freeze is lifted, wholly or by an amount of its limit."""

    on: date
    name: str
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Renew:
    """A freeze is renewed before its end, keeping its rank (NIC-34)."""

    on: date
    name: str
    years: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduct:
    """Money is taken by the court, at most what is frozen and what is still owed with costs (NIC-36)."""

    on: date
    name: str
    amount: Decimal
    outstanding: Decimal


Move = Freeze | Credit | Debit | Lift | Renew | Deduct


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The state after a move. With problems the move was refused; time may still have passed."""

    account: Account
    steps: tuple[Step, ...] = ()
    problems: tuple[Problem, ...] = ()


def move_apply(account: Account, move: Move, law_book: LawBook | None = None) -> Outcome:
    """Let time pass to the day of the move, then make it.

    Args:
        account: state so far.
        move: on the account's day or later.
        law_book: the platform's book when left out.

    Raises:
        NoRuleInForce: the day lies before the first rule on periods.
    """
    law_book = law_book or book()
    if move.on < account.on:
        text = f"{move.on.isoformat()} 早于已经处理到的 {account.on.isoformat()}，"
        return Outcome(account=account, problems=(_refusal("order", text, "请按先后顺序办理。"),))
    passed = settled(account, move.on, law_book)
    done = _made(move, passed.account, law_book)
    return Outcome(account=done.account, steps=(*passed.steps, *done.steps), problems=done.problems)


def settled(account: Account, on: date, law_book: LawBook | None = None) -> Outcome:
    """Let time pass: freezes whose last day lies before a day lapse, and those that wait take effect by themselves."""
    law_book = law_book or book()
    steps: list[Step] = []
    while True:
        over = [order for order in account.orders if order.end is not None and order.end < on]
        if not over:
            return Outcome(account=replace(account, on=on), steps=tuple(steps))
        first = min(over, key=lambda order: (order.end or date.max, account.orders.index(order)))
        day = (first.end or on) + _DAY
        steps.append(Step(text=f"{first.name} 届满未续行，{day.isoformat()} 起失效", law=("seizure.27",)))
        rest = tuple(order for order in account.orders if order is not first)
        matured = _matured(replace(account, on=day, orders=rest), law_book)
        account, steps = matured.account, [*steps, *matured.steps]


@singledispatch
def _made(move: object, account: Account, law_book: LawBook) -> Outcome:
    raise TypeError(f"not a move: {type(move).__name__}")


@_made.register
def _(move: Freeze, account: Account, law_book: LawBook) -> Outcome:
    if move.limit <= 0:
        return _refused(account, "limit", "冻结须写明大于零的数额，", "请填写冻结数额。", "preservation.15")
    if account.order(move.name):
        return _refused(account, "twice", f"{move.name} 已经登记，", "请办理续行或者解除。", "seizure.26")
    problem = _too_long(move.years, account, law_book)
    if problem:
        return Outcome(account=account, problems=(problem,))
    order = FreezeOrder(name=move.name, limit=move.limit, registered=move.on, years=move.years)
    text = f"{move.on.isoformat()} {move.name} 冻结 {yuan(move.limit)} 元，顺位 {len(account.orders) + 1}"
    done = _matured(replace(account, orders=(*account.orders, order)), law_book)
    return Outcome(account=done.account, steps=(_step(text, done.account, "cpl.253"), *done.steps))


@_made.register
def _(move: Credit, account: Account, law_book: LawBook) -> Outcome:
    if move.amount <= 0:
        return _refused(account, "amount", "存入的金额应大于零，", "请填写金额。", None)
    done = _matured(replace(account, balance=account.balance + move.amount), law_book)
    text = f"{move.on.isoformat()} 存入 {yuan(move.amount)} 元，先补足已登记的冻结"
    return Outcome(account=done.account, steps=(_step(text, done.account, "practice"), *done.steps))


@_made.register
def _(move: Debit, account: Account, law_book: LawBook) -> Outcome:  # one shape for all moves
    if move.amount <= 0 or move.amount > account.free:
        text = f"支取 {yuan(move.amount)} 元，未被冻结的有 {yuan(account.free)} 元，"
        return _refused(account, "debit", text, "被冻结的款项不得支取。", "seizure.24")
    moved = replace(account, balance=account.balance - move.amount)
    text = f"{move.on.isoformat()} 支取 {yuan(move.amount)} 元"
    return Outcome(account=moved, steps=(_step(text, moved, "practice"),))


@_made.register
def _(move: Lift, account: Account, law_book: LawBook) -> Outcome:
    order = account.order(move.name)
    if order is None:
        return _unknown(account, move.name)
    if move.amount is not None and not ZERO < move.amount <= order.limit:
        text = f"解除 {yuan(move.amount)} 元，冻结的数额是 {yuan(order.limit)} 元，"
        return _refused(account, "lift", text, "解除的数额应大于零且不超过冻结数额。", "seizure.28")
    left = ZERO if move.amount is None else order.limit - move.amount
    done = _matured(_with_limit(account, order, left), law_book)
    part = "全部" if left == 0 else f" {yuan(order.limit - left)} 元"
    text = f"{move.on.isoformat()} {move.name} 解除{part}"
    return Outcome(account=done.account, steps=(_step(text, done.account, "seizure.28"), *done.steps))


@_made.register
def _(move: Renew, account: Account, law_book: LawBook) -> Outcome:
    order = account.order(move.name)
    if order is None:
        return _unknown(account, move.name)
    if order.end is None:
        text = f"{move.name} 尚在轮候，期限没有开始，"
        return _refused(account, "waiting", text, "生效后再办理续行。", "seizure.26")
    problem = _too_long(move.years, account, law_book)
    if problem:
        return Outcome(account=account, problems=(problem,))
    if order.period_from is not None and move.on < order.period_from:
        text = f"{move.name} 已经续行至 {order.end.isoformat()}，新的一期尚未开始，"
        return _refused(account, "renewed", text, "每一期内续行一次。", "cpli.485")
    first = order.end + _DAY
    end = _end(account.kind, first, move.years, law_book)
    renewed = _replaced(account, order, replace(order, end=end, period_from=first))
    text = f"{move.on.isoformat()} {move.name} 续行，顺位不变，至 {end.isoformat()}"
    return Outcome(account=renewed, steps=(_step(text, renewed, "cpli.485"),))


@_made.register
def _(move: Deduct, account: Account, law_book: LawBook) -> Outcome:
    order = account.order(move.name)
    if order is None:
        return _refused(account, "no_freeze", f"{move.name} 没有有效的冻结，", "扣划应当先冻结。", "bank64")
    held = next(one.frozen_now for one in holdings(account) if one.order is order)
    most = min(held, max(ZERO, move.outstanding))
    if not ZERO < move.amount <= most:
        text = f"扣划 {yuan(move.amount)} 元，已冻结 {yuan(held)} 元，尚欠 {yuan(move.outstanding)} 元，"
        return _refused(account, "deduct", text, f"最多可以扣划 {yuan(most)} 元。", "cpl.253")
    paid = move.amount == move.outstanding
    left = ZERO if paid else order.limit - move.amount
    taken = replace(account, balance=account.balance - move.amount)
    done = _matured(_with_limit(taken, order, left), law_book)
    rest = "债权已足额受偿，解除其余冻结" if paid else f"其余冻结 {yuan(left)} 元"
    text = f"{move.on.isoformat()} {move.name} 扣划 {yuan(move.amount)} 元，{rest}"
    return Outcome(account=done.account, steps=(_step(text, done.account, "cpl.253"), *done.steps))


def _matured(account: Account, law_book: LawBook) -> Outcome:
    """Give a beginning and an end to orders that wait no longer: the first one, and any that now holds money.

    Whether credits that come later fill a limit is a setting: bank practice, no text found (NIC-31).
    """
    caught = bool(law_book.at(account.on).value("control.future_credits"))
    steps: list[Step] = []
    orders: list[FreezeOrder] = []
    for place, held in enumerate(holdings(account)):
        order = held.order
        if order.is_waiting and (held.frozen_now > 0 or (place == 0 and caught)):
            if not caught:
                order = replace(order, limit=held.frozen_now)
            end = _end(account.kind, account.on, order.years, law_book)
            order = replace(order, start=account.on, end=end, period_from=account.on)
            text = f"{order.name} 自 {account.on.isoformat()} 生效"
            steps.append(Step(text=text, value=end.isoformat(), law=("seizure.26", "cpli.485")))
        orders.append(order)
    return Outcome(account=replace(account, orders=tuple(orders)), steps=tuple(steps))


def _end(kind: str, start: date, years: int | None, law_book: LawBook) -> date:
    longest = measure_period(kind, start, law_book).end
    return longest if years is None else min(longest, add_months(start, 12 * years) - _DAY)


def _too_long(years: int | None, account: Account, law_book: LawBook) -> Problem | None:
    most = measure_period(account.kind, account.on, law_book).years
    if years is None or 1 <= years <= most:
        return None
    text = f"期限 {years} 年，应为 1 至 {most} 年，"
    return _refusal("years", text, "请按最长期限填写。", "cpli.485")


def _with_limit(account: Account, order: FreezeOrder, limit: Decimal) -> Account:
    """The order with another limit; gone when nothing is left."""
    return _replaced(account, order, replace(order, limit=limit) if limit > 0 else None)


def _replaced(account: Account, order: FreezeOrder, new: FreezeOrder | None) -> Account:
    kept = ((new if known is order else known) for known in account.orders)
    return replace(account, orders=tuple(known for known in kept if known is not None))


def _step(text: str, account: Account, law: str) -> Step:
    return Step(text=text, value=f"余额 {yuan(account.balance)}，冻结 {yuan(account.frozen)}", law=(law,))


def _unknown(account: Account, name: str) -> Outcome:
    return _refused(account, "unknown", f"{name} 没有登记或者已经失效，", "请核对文号。", "seizure.27")


def _refused(account: Account, code: str, sentence: str, mend: str, law: str | None) -> Outcome:
    return Outcome(account=account, problems=(_refusal(code, sentence, mend, law),))


def _refusal(code: str, sentence: str, mend: str, law: str | None = None) -> Problem:
    return Problem(code=f"freeze.{code}", sentence=sentence, mend=mend, law=law)
