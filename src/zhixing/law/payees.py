"""To whom case money may go, and what goes back to the debtor (法发〔2017〕6号第十一条, 执行规定第二十条、第三十四条; FUND-10, FUND-14)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from zhixing.kernel.money import ZERO, yuan
from zhixing.law.book import LawBook, book
from zhixing.law.measures.conditions import Condition, Verdict
from zhixing.law.steps import Step

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

Payee = Literal["applicant", "agent", "payer", "other"]
PAYEES: dict[Payee, str] = {
    "applicant": "申请执行人",
    "agent": "代理人",
    "payer": "依法退还付款人",
    "other": "申请执行人以外的人",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Surplus:
    """to_debtor: goes back. held: kept for waiting orders and other cases. Both in yuan."""

    to_debtor: Decimal
    held: Decimal
    steps: tuple[Step, ...]
    book_hash: str


def payee_check(
    payee: Payee,
    *,
    on: date,
    by_transfer: bool,
    special_authorisation: bool = False,
    panel_reviewed: bool = False,
    law_book: LawBook | None = None,
) -> Verdict:
    """Whether money may be paid out so (FUND-10).

    Args:
        on: day of the payment. by_transfer: to an account, not in cash.
        special_authorisation: of an agent, to collect. panel_reviewed: a collegial panel agreed to another payee.

    Raises:
        NoRuleInForce: before 2017-05-01.
    """
    law_book = law_book or book()
    law_book.at(on).row("funds_rules", "to_whom")
    conditions = [Condition(text="以转账方式发放", met=by_transfer, law="casefunds.11")]
    if payee == "agent":
        conditions.append(
            Condition(text="代理人有领取款项的特别授权", met=special_authorisation, law="work.20")
        )
    if payee == "other":
        conditions.append(Condition(text="发放给他人已经合议庭合议", met=panel_reviewed, law="casefunds.11"))
    allowed = all(one.met for one in conditions)
    return Verdict(
        title="案款发放对象核对单",
        allowed=allowed,
        outcome=f"可以发放（{PAYEES[payee]}）" if allowed else "不得发放",
        conditions=tuple(conditions),
        book_hash=law_book.hash,
    )


def surplus_return(
    *,
    received: Decimal,
    claim: Decimal,
    costs: Decimal,
    wanted_elsewhere: Decimal = ZERO,
    law_book: LawBook | None = None,
) -> Surplus:
    """What goes back to the debtor: all above claim and costs, after waiting orders and his other cases (FUND-14).

    Args: yuan, ≥ 0. wanted_elsewhere: what waiting orders and other cases may still take of it.

    Raises:
        ValueError: a negative amount.
    """
    if min(received, claim, costs, wanted_elsewhere) < 0:
        raise ValueError("amounts must not be negative")
    surplus = max(ZERO, received - claim - costs)
    held = min(surplus, wanted_elsewhere)
    text = f"收到 {yuan(received)} 元，减去债权 {yuan(claim)} 元、费用 {yuan(costs)} 元"
    steps = (
        Step(text=text, value=yuan(surplus), law=("work.34",)),
        Step(text="为轮候措施和其他案件保留", value=yuan(held), law=("seizure.26",)),
        Step(text="退还被执行人", value=yuan(surplus - held), law=("work.34",)),
    )
    return Surplus(to_debtor=surplus - held, held=held, steps=steps, book_hash=(law_book or book()).hash)
