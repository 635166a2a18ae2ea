"""Court fees of enforcement and preservation (诉讼费用交纳办法第十四条)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from zhixing.kernel.errors import InvalidInput, Problem
from zhixing.kernel.money import round_half_up, yuan
from zhixing.law.book import LawBook, book
from zhixing.law.steps import Step

if TYPE_CHECKING:
    from datetime import date

    from zhixing.law.loading import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """A fee in yuan, two places, with the steps of the scale."""

    amount: Decimal
    base: Decimal | None
    steps: tuple[Step, ...]
    status: str
    book_hash: str


def execution_fee(amount: Decimal | None, on: date, law_book: LawBook | None = None) -> Fee:
    """The enforcement fee (执行申请费), collected from the debtor after enforcement (第二十、三十八条).

    Args:
        amount: amount executed, yuan, ≥ 0; None for a case without an amount (then a setting of 50 to 500).
        on: day by whose scale it is computed.
        law_book: the platform's book when left out.

    Raises:
        InvalidInput: negative amount. NoRuleInForce: before 2007-04-01. TypeError: a float.
    """
    law_book = law_book or book()
    rules = law_book.at(on)
    if amount is None:
        entry = rules.entry("fees.execution_no_amount")
        step = Step(text="没有执行金额，按件收取", value=yuan(entry.value), law=entry.source)
        return Fee(amount=entry.value, base=None, steps=(step,), status=entry.status, book_hash=law_book.hash)
    entry = rules.entry("fees.execution")
    exact, steps = _by_scale(_checked(amount), entry)
    return Fee(
        amount=round_half_up(exact),
        base=amount,
        steps=tuple(steps),
        status=entry.status,
        book_hash=law_book.hash,
    )


def preservation_fee(amount: Decimal | None, on: date, law_book: LawBook | None = None) -> Fee:
    """The preservation fee (保全申请费), prepaid by the applicant, with its upper limit. Arguments as above."""
    law_book = law_book or book()
    rules = law_book.at(on)
    entry, cap = rules.entry("fees.preservation"), rules.entry("fees.preservation_cap")
    exact, steps = _by_scale(_checked(amount if amount is not None else Decimal(0)), entry)
    fee = round_half_up(exact)
    if fee > cap.value:
        fee = cap.value
        steps.append(Step(text=f"最高不超过 {yuan(cap.value)} 元", value=yuan(fee), law=cap.source))
    return Fee(amount=fee, base=amount, steps=tuple(steps), status=entry.status, book_hash=law_book.hash)


def _checked(amount: Decimal) -> Decimal:
    if isinstance(amount, float):
        raise TypeError("amounts are Decimal, never float")
    if amount < 0:
        problem = Problem(
            code="fees.negative",
            sentence=f"金额 {amount} 是负数，",
            mend="请填写不小于零的金额。",
            field="amount",
        )
        raise InvalidInput([problem])
    return amount


def _by_scale(amount: Decimal, entry: Entry) -> tuple[Decimal, list[Step]]:
    """Add up the brackets. The first one is a flat sum that covers everything up to its limit."""
    total, lower, steps = Decimal(0), Decimal(0), []
    brackets: tuple[dict[str, Any], ...] = entry.value
    for bracket in brackets:
        upper = Decimal(bracket["to"]) if bracket["to"] is not None else None
        if "flat" in bracket:
            part = Decimal(bracket["flat"])
            text = f"不超过 {yuan(upper or lower)} 元的部分"
        else:
            rate = Decimal(bracket["rate"])
            reached = amount if upper is None else min(amount, upper)
            part = (reached - lower) * rate
            text = f"超过 {yuan(lower)} 元至 {yuan(reached)} 元的部分，按 {(rate * 100).normalize():f}%"
        total += part
        steps.append(Step(text=text, value=f"{part:.4f}".rstrip("0").rstrip("."), law=entry.source))
        if upper is None or amount <= upper:
            break
        lower = upper
    steps.append(Step(text="合计", value=yuan(total), law=entry.source))
    return total, steps
