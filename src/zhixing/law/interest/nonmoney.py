"""Late-performance money for duties that are not about money (CPLI art. 505; INT-13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhixing.kernel.errors import InvalidInput, Problem
from zhixing.kernel.money import round_half_up, yuan
from zhixing.law.book import LawBook, book
from zhixing.law.steps import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class LateMoney:
    """迟延履行金 in yuan, with the step that explains it."""

    amount: Decimal
    steps: tuple[Step, ...]
    book_hash: str


def late_money(
    *, on: date, loss: Decimal | None = None, fixed: Decimal | None = None, law_book: LawBook | None = None
) -> LateMoney:
    """Late-performance money: double compensation of a proven loss, otherwise what the court fixes.

    Args:
        on: day of the decision. loss: proven loss, yuan; None: none caused. fixed: amount the court decided on.

    Raises:
        InvalidInput: neither or both were given, or an amount is negative.
    """
    law_book = law_book or book()
    given = loss if loss is not None else fixed
    if given is None or (loss is not None and fixed is not None) or given < 0:
        raise InvalidInput(
            [
                Problem(
                    code="interest.late_money",
                    sentence="迟延履行金要么按已造成的损失，要么由法院决定数额，且不能是负数，",
                    mend="请在损失与决定数额中填写一项，不小于零。",
                    law="cpli.505",
                    field="loss",
                )
            ]
        )
    if loss is None:
        amount, text = given, "没有造成损失，由人民法院根据案情决定迟延履行金"
    else:
        entry = law_book.at(on).entry("interest.nonmoney_multiple")
        amount, text = loss * entry.value, f"已造成损失 {yuan(loss)} 元，按 {entry.value} 倍补偿"
    amount = round_half_up(amount)
    step = Step(text=text, value=yuan(amount), law=("cpli.505",))
    return LateMoney(amount=amount, steps=(step,), book_hash=law_book.hash)
