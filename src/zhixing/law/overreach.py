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
from zhixing.law.sheets import Sheet
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

    def as_json(self) -> dict[str, object]:
        """`{"limit","remaining","excess","warnings","steps","book_hash"}`, amounts as text."""
        return {
            "limit": str(self.limit),
            "remaining": str(self.remaining),
            "excess": str(self.excess),
            "warnings": [str(problem) for problem in self.problems],
            "steps": [step.text for step in self.steps],
            "book_hash": self.book_hash,
        }

    def sheet(self) -> Sheet:
        """The sheet of the ceiling."""
        return Sheet(
            kind="ceiling",
            title="控制限额计算书",
            given=(),
            results=(
                ("可以控制的总额", f"{yuan(self.limit)} 元"),
                ("超出", f"{yuan(self.excess)} 元"),
                ("还可以控制", f"{yuan(self.remaining)} 元"),
            ),
            steps=self.steps,
            notes=("“明显”的幅度是本系统的默认值，由使用法院确认。",),
            problems=self.problems,
            book_hash=self.book_hash,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlValue:
    """What a thing counts towards the ceiling: market value less the expected discount and prior claims, never below 0."""

    value: Decimal
    discount: Decimal
    steps: tuple[Step, ...]
    book_hash: str


def control_value(
    *,
    market: Decimal,
    on: date,
    prior_claims: Decimal = ZERO,
    discount: Decimal | None = None,
    law_book: LawBook | None = None,
) -> ControlValue:
    """Value a thing that is not money (DUR-10). The discount is a setting unless the caller names one.

    Args:
        market: market or assessed value in yuan, ≥ 0.
        on: day by whose table it is judged.
        prior_claims: what goes before from the proceeds, in yuan, ≥ 0.
        discount: expected discount of the sale, 0 ≤ discount < 1.
        law_book: the platform's book when left out.

    Raises:
        InvalidInput: a negative amount, or a discount outside its range.
    """
    law_book = law_book or book()
    entry = law_book.at(on).entry("control.auction_discount")
    share: Decimal = entry.value if discount is None else discount
    bad = [name for name, amount in (("market", market), ("prior_claims", prior_claims)) if amount < 0]
    if not ZERO <= share < 1:
        bad.append("discount")
    if bad:
        raise InvalidInput(
            Problem(
                code="ceiling.value",
                sentence=f"{name} 不在合理范围，",
                mend="金额不小于零，折扣不小于 0 且小于 1。",
                field=name,
            )
            for name in bad
        )
    net = round_half_up(market * (1 - share))
    value = max(ZERO, net - prior_claims)
    steps = (
        Step(
            text=f"市场价 {yuan(market)} × (1 − {share})",
            value=yuan(net),
            law=entry.source if discount is None else (),
        ),
        Step(text=f"减去优先受偿的 {yuan(prior_claims)}", value=yuan(value), law=("seizure.19",)),
    )
    return ControlValue(value=value, discount=share, steps=steps, book_hash=law_book.hash)


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
