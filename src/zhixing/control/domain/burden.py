"""The least-burden plan: what to control so that the claim is covered with the least harm (DUR-10, DUR-11).

Money before things, free before encumbered, few holdings before many, nothing beyond the claim, and what the debtor must
be left to live on stays untouched over all accounts. It proposes; the judge edits and signs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One thing that could be controlled. Amounts in yuan.

    Attributes:
        id: of the finding.
        kind: class of property; its place in the order of burden decides.
        takeable: what may be controlled of it: free of earlier freezes, of protected money and of the living reserve; for
            a thing its value net of prior claims and the expected discount.
        is_divisible: whether a part of it can be controlled (money, units of a fund).
        is_needed: the debtor works or lives by it (tools of production, the only home): last of its class.
        hold: why it must be left out, in words; empty when it may be taken.
        thing: holdings with the same thing are controlled together (product and cash account, house and land).
    """

    id: int
    kind: str
    takeable: Decimal
    is_divisible: bool = True
    is_needed: bool = False
    hold: str = ""
    thing: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """One measure proposed. amount: yuan to control, the whole value for an indivisible thing."""

    id: int
    amount: Decimal
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Burden:
    """The plan. short: yuan that nothing covers. over: yuan by which an indivisible thing passes the claim."""

    picks: tuple[Pick, ...]
    left_out: tuple[tuple[int, str], ...]
    short: Decimal
    over: Decimal

    @property
    def total(self) -> Decimal:
        """Sum proposed."""
        return sum((pick.amount for pick in self.picks), ZERO)


def least_burden(holdings: Iterable[Holding], *, due: Decimal, order: Mapping[str, int]) -> Burden:
    """Choose what to control.

    Args:
        holdings: everything found to be the debtor's and not yet controlled in this case.
        due: claim, interest and costs, less what was paid and what is controlled already; 0 or more.
        order: class → place in the order of burden; a class that is not there comes last.
    """
    pool = list(holdings)
    left_out = [(item.id, item.hold) for item in pool if item.hold]
    left_out += [(item.id, "没有可以控制的数额") for item in pool if not item.hold and item.takeable <= 0]
    open_ones = [item for item in pool if not item.hold and item.takeable > 0]
    picks: list[Pick] = []
    rest = due
    last = max(order.values(), default=0) + 1
    for divisible in (True, False):
        ranks = sorted({order.get(item.kind, last) for item in open_ones if item.is_divisible == divisible})
        for rank in ranks:
            for needed in (False, True):
                group = [
                    item for item in open_ones
                    if item.is_divisible == divisible and item.is_needed == needed and order.get(item.kind, last) == rank
                ]  # fmt: skip
                chosen, rest = _from_group(group, rest)
                picks += chosen
    taken = {pick.id for pick in picks}
    left_out += [(item.id, "已足额，不需要控制") for item in open_ones if item.id not in taken]
    return Burden(picks=tuple(picks), left_out=tuple(left_out), short=max(ZERO, rest), over=max(ZERO, -rest))


def _from_group(group: Sequence[Holding], rest: Decimal) -> tuple[list[Pick], Decimal]:
    """Fewest holdings of one rank: the largest first, and at the end the smallest that is enough. May leave rest below 0."""
    picks: list[Pick] = []
    left = sorted(group, key=lambda item: (item.takeable, item.id))
    while left and rest > 0:
        enough = next((item for item in left if item.takeable >= rest), None)
        item = enough or left[-1]
        left.remove(item)
        amount = min(item.takeable, rest) if item.is_divisible else item.takeable
        picks.append(Pick(id=item.id, amount=amount, why=_why(item, rest, is_enough=enough is not None)))
        rest -= amount
    return picks, rest


def _why(item: Holding, rest: Decimal, *, is_enough: bool) -> str:
    words = f"尚需 {rest:,.2f} 元，"
    if is_enough:
        words += (
            "一项即可足额，取同类中数额最小而足够的一项"
            if item.is_divisible
            else "整体控制即可足额，取价值最小而足够的一项"
        )
    else:
        words += "单项都不足，先取数额最大的一项，使控制的项数最少"
    if item.is_needed:
        words += "；该财产为生产或居住所需，列在同类最后，宜活封"
    if not item.is_divisible and item.takeable > rest:
        words += f"；不可分，价值超出 {item.takeable - rest:,.2f} 元，须写明没有其他财产的理由"
    return words


def excess_release(
    controlled: Sequence[Holding], *, due: Decimal, order: Mapping[str, int]
) -> tuple[Pick, ...]:
    """What of the measures in force must be lifted because they pass the claim: the most burdensome first.

    Args:
        controlled: measures in force, takeable = value effectively controlled.
        due: claim, interest and costs, less what was paid.
        order: class → place in the order of burden.
    """
    surplus = sum((item.takeable for item in controlled), ZERO) - due
    last = max(order.values(), default=0) + 1
    burdens = sorted(
        controlled,
        key=lambda item: (
            item.is_divisible,
            not item.is_needed,
            -order.get(item.kind, last),
            -item.takeable,
            item.id,
        ),
    )
    lifted: list[Pick] = []
    for item in burdens:
        if surplus <= 0:
            break
        if item.is_divisible:
            amount = min(item.takeable, surplus)
        elif item.takeable <= surplus:
            amount = item.takeable
        else:
            continue
        lifted.append(
            Pick(
                id=item.id,
                amount=amount,
                why=f"已控制的数额超出应执行总额 {surplus:,.2f} 元，应当及时解除超出部分",
            )
        )
        surplus -= amount
    return tuple(lifted)
