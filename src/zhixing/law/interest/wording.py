"""The steps of a calculation in Chinese, each complete in itself."""

from __future__ import annotations

from datetime import date

from zhixing.kernel.money import yuan
from zhixing.law.interest.account import KIND_WORDS, Account, Segment, Settled
from zhixing.law.interest.core import Outcome, Plan
from zhixing.law.interest.nouns import PAID_WORDS, PART_WORDS, InterestClaim
from zhixing.law.interest.units import exact_text, yuan_of
from zhixing.law.steps import Step

_EXTRA_LAW = {"extra": ("interest.1", "interest.2"), "extra_old": ("interest.7",)}


def account_steps(claim: InterestClaim, plan: Plan, account: Account, done: Outcome) -> tuple[Step, ...]:
    """All steps: what was converted and excluded, each stretch and payment in order, then the sums."""
    steps = [*_opening(claim, plan)]
    payments = iter(sorted(claim.payments, key=lambda payment: payment.day))
    for row in account.rows:
        if isinstance(row, Segment):
            steps.append(_segment(claim, row))
        else:
            steps.append(_payment(claim, row, next(payments).by))
    return (*steps, *_sums(claim, done))


def part_name(claim: InterestClaim, place: int) -> str:
    """How a part is called on paper: 本金（p）."""
    part = claim.parts[place]
    return f"{PART_WORDS[part.kind]}（{part.id}）"


def money_text(cents: int) -> str:
    """Cents as people read yuan."""
    return yuan(yuan_of(cents))


def _opening(claim: InterestClaim, plan: Plan) -> list[Step]:
    steps = []
    for place, part in enumerate(claim.parts if claim.conversions else ()):
        steps.append(
            Step(
                text=f"{part_name(claim, place)}{claim.currency} {yuan(part.amount)}，"
                "按加倍部分起算之日的中间价折合人民币",
                value=money_text(plan.amounts[place]),
                law=("interest.5",),
            )
        )
    for period in sorted(claim.excluded, key=lambda e: e.first):
        days = (period.last - period.first).days + 1
        why = f"（{period.reason}）" if period.reason else ""
        steps.append(
            Step(
                text=f"{period.first.isoformat()} 至 {period.last.isoformat()}{why}不计算加倍部分，首尾两日均扣除",
                value=f"{days} 日",
                law=("interest.3",),
            )
        )
    if claim.bankruptcy_accepted:
        last = date.fromordinal(plan.stop)
        steps.append(
            Step(
                text=f"{claim.bankruptcy_accepted.isoformat()} 破产申请受理，利息停止计算",
                value=f"算至 {last.isoformat()}",
                law=("bankruptcy.46", "bankruptcy3.3"),
            )
        )
    return steps


def _segment(claim: InterestClaim, row: Segment) -> Step:
    law = (*_EXTRA_LAW.get(row.kind, ()), *row.law)
    return Step(
        text=f"{KIND_WORDS[row.kind]}，{part_name(claim, row.part)}：{row.first.isoformat()} 至 {row.last.isoformat()}，"
        f"{money_text(row.base)} 元 × {row.rate} × {row.days} 日",
        value=exact_text(row.accrued),
        law=tuple(dict.fromkeys(law)),
    )


def _payment(claim: InterestClaim, row: Settled, by: str) -> Step:
    paid = row.paid
    cleared = [i for i, cents in paid.parts.items() if cents]
    into = [f"{part_name(claim, i)} {money_text(paid.parts[i])} 元" for i in cleared]
    if paid.general:
        into.insert(_interest_place(claim, cleared), f"一般债务利息 {money_text(paid.general)} 元")
    if paid.extra:
        into.append(f"加倍部分债务利息 {money_text(paid.extra)} 元")
    if paid.surplus:
        into.append(f"超出应付 {money_text(paid.surplus)} 元，应予退还")
    way = "，债务与迟延履行利息按比例并还" if paid.pro_rata else ""
    return Step(
        text=f"{date.fromordinal(paid.day).isoformat()} {PAID_WORDS[by]} {money_text(paid.amount)} 元（当日计息）{way}："
        f"抵充{'、'.join(into) or '无'}；尚欠金钱债务",
        value=money_text(sum(row.left)),
        law=("interest2009",) if paid.pro_rata else ("interest.3", "interest.4", "civil.561"),
    )


def _interest_place(claim: InterestClaim, cleared: list[int]) -> int:
    """How many of the parts that were paid come before the interest in the order of settlement."""
    order = claim.settings.order
    ahead = set(order[: order.index("interest")])
    if "principal" in ahead:
        ahead |= {"damages", "penalty"} - set(order)
    return sum(claim.parts[i].kind in ahead for i in cleared)


def _sums(claim: InterestClaim, done: Outcome) -> list[Step]:
    steps = []
    if claim.general:
        steps += [
            Step(
                text="一般债务利息，履行期届满前合计，四舍五入到分",
                value=money_text(done.before),
                law=("interest.1",),
            ),
            Step(
                text="一般债务利息，迟延履行期间合计，四舍五入到分",
                value=money_text(done.after),
                law=("interest.1",),
            ),
        ]
    steps.append(
        Step(text="加倍部分债务利息合计，四舍五入到分", value=money_text(done.extra), law=("interest.1",))
    )
    return steps
