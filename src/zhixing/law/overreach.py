"""No manifest over-control: what is controlled may not exceed the claim and its costs (DUR-10).

查扣冻规定第十九条、财产保全规定第十五条; the share of tolerance is a setting, the law says 明显.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from zhixing.kernel.errors import InvalidInput, Problem
from zhixing.kernel.money import ZERO, round_half_up, yuan
from zhixing.law.book import LawBook, book
from zhixing.law.steps import Step

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """How much may still be controlled.

    Attributes:
        limit: claim, interest and costs together, less what was already paid.
        remaining: what may still be controlled; 0 when the limit is reached.
        excess: by how much the measures asked for and in force pass the limit; 0 when they do not.
        problems: an error or warning when they do.
    """

    limit: Decimal
    remaining: Decimal
    excess: Decimal
    problems: tuple[Problem, ...]
    steps: tuple[Step, ...]
    book_hash: str


def control_ceiling(  # all named, one per item of the sum
    *,
    claim: Decimal,
    on: date,
    interest: Decimal = ZERO,
    costs: Decimal = ZERO,
    paid: Decimal = ZERO,
    controlled: Decimal = ZERO,
    requested: Decimal = ZERO,
    indivisible: bool = False,
    law_book: LawBook | None = None,
) -> Ceiling:
    """Hold the measures in force and those asked for against the claim. All amounts in yuan, ≥ 0.

    Args:
        on: day by whose table it is judged.
        claim: principal and other sums fixed by the title.
        interest: interest due up to today, general and doubled.
        costs: enforcement fee and actual costs.
        paid: already received for this claim.
        controlled: value effectively controlled by measures in force.
        requested: amount of the measure asked for now.
        indivisible: the thing cannot be divided and the debtor has nothing else (then only a warning).
        law_book: the platform's book when left out.

    Raises:
        InvalidInput: a negative amount or a float.
    """
    amounts = {
        "claim": claim, "interest": interest, "costs": costs, "paid": paid, "controlled": controlled,
        "requested": requested,
    }  # fmt: skip
    bad = [name for name, value in amounts.items() if not isinstance(value, Decimal) or value < 0]
    if bad:
        raise InvalidInput(
            Problem(
                code="ceiling.amount",
                sentence=f"{name} 不是金额或是负数，",
                mend="请填写不小于零的金额。",
                field=name,
            )
            for name in bad
        )
    law_book = law_book or book()
    tolerance = law_book.at(on).entry("control.over_control_tolerance")
    limit = max(ZERO, claim + interest + costs - paid)
    excess = max(ZERO, controlled + requested - limit)
    steps = (
        Step(
            text=f"债权 {yuan(claim)} ＋ 利息 {yuan(interest)} ＋ 执行费用 {yuan(costs)} － 已受偿 {yuan(paid)}",
            value=yuan(limit),
            law=("seizure.19", "cpl.253"),
        ),
        Step(
            text=f"已控制 {yuan(controlled)}，本次拟控制 {yuan(requested)}",
            value=yuan(controlled + requested),
        ),
        Step(text="超出部分" if excess else "未超出", value=yuan(excess), law=("seizure.19",)),
    )
    return Ceiling(
        limit=limit,
        remaining=max(ZERO, limit - controlled),
        excess=excess,
        problems=_judge(limit, excess, tolerance.value, indivisible=indivisible),
        steps=steps,
        book_hash=law_book.hash,
    )


def _judge(limit: Decimal, excess: Decimal, tolerance: Decimal, *, indivisible: bool) -> tuple[Problem, ...]:
    if excess == 0:
        return ()
    manifest = excess > round_half_up(limit * tolerance)
    sentence = f"拟控制和已控制合计超出应执行总额 {yuan(excess)} 元，"
    if indivisible:
        mend = "标的物不可分且没有其他财产的，写明理由后可以控制。"
    elif manifest:
        mend = "属明显超标的额，请减少控制数额。"
    else:
        mend = "请减少控制数额，或写明理由。"
    return (
        Problem(
            code="ceiling.over",
            sentence=sentence,
            mend=mend,
            law="seizure.19",
            field="requested",
            level="error" if manifest and not indivisible else "warning",
        ),
    )
