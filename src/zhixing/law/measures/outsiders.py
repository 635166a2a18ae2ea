"""Property that touches outsiders: held by them, bought by them, owed by them (DUR-15, DUR-17)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from zhixing.law.book import LawBook, book
from zhixing.law.measures.conditions import Condition, Verdict
from zhixing.law.steps import Step
from zhixing.law.terms import deadline

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


def third_party_property(*, confirmed: bool, law_book: LawBook | None = None) -> Verdict:
    """Property held by or registered to a third party: only when that party confirms in writing whose it is."""
    conditions = (Condition(text="第三人书面确认该财产属于被执行人", met=confirmed, law="seizure.2"),)
    return _verdict(
        "第三人名下财产核对单", "可以查封、扣押、冻结", "不得查封、扣押、冻结", conditions, law_book
    )


def unregistered_sale(
    *, paid_all: bool, possession: bool, at_fault: bool, law_book: LawBook | None = None
) -> Verdict:
    """A thing that the debtor sold but that is still registered to him: `allowed` says it may be sealed."""
    conditions = (
        Condition(text="买受人已经付清全部价款", met=paid_all, law="seizure.15"),
        Condition(text="买受人已经实际占有", met=possession, law="seizure.15"),
        Condition(text="买受人对未办理过户没有过错", met=not at_fault, law="seizure.15"),
    )
    protected = all(one.met for one in conditions)
    return Verdict(
        title="已出卖未过户财产核对单",
        allowed=not protected,
        outcome="不得查封、扣押、冻结" if protected else "可以查封、扣押、冻结",
        conditions=conditions,
        book_hash=(law_book or book()).hash,
    )


def home_buyer_objection(  # the conditions of the article, all named
    *,
    on: date,
    contract_before_seal: bool,
    residential: bool,
    no_other_home: bool,
    price: Decimal,
    paid: Decimal,
    law_book: LawBook | None = None,
) -> Verdict:
    """A home buyer's objection against the developer's creditors (异议复议规定第二十九条): `allowed` says it holds.

    Args:
        on: day by whose table the share is taken.
        contract_before_seal: a lawful written contract was made before the seal.
        residential: the home is bought to live in.
        no_other_home: the buyer has no other home.
        price: contract price in yuan, > 0.
        paid: paid so far in yuan.
        law_book: the platform's book when left out.
    """
    law_book = law_book or book()
    share: Decimal = law_book.at(on).value("control.homebuyer_paid_share")
    law = "objection.29"
    conditions = (
        Condition(text="查封之前已签订合法有效的书面买卖合同", met=contract_before_seal, law=law),
        Condition(text="所购商品房用于居住", met=residential, law=law),
        Condition(text="买受人名下无其他用于居住的房屋", met=no_other_home, law=law),
        Condition(text=f"已付价款超过合同价款的 {share * 100:.0f}%", met=paid > price * share, law=law),
    )
    return _verdict(
        "商品房消费者异议核对单", "异议成立，排除执行", "不符合排除执行的条件", conditions, law_book
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivableState:
    """How a notice to a third party to perform a matured claim stands.

    Attributes:
        due: last day to perform or object.
        state: waiting, performed, objected (no enforcement, no review), enforceable (a ruling may be made).
    """

    due: date
    state: Literal["waiting", "performed", "objected", "enforceable"]
    outcome: str
    steps: tuple[Step, ...]
    book_hash: str


def receivable_state(
    *,
    served: date,
    as_of: date,
    objected: date | None = None,
    performed: date | None = None,
    fixed: bool = False,
    law_book: LawBook | None = None,
) -> ReceivableState:
    """How it stands on a day.

    Args:
        served: day on which the notice to perform reached the third party.
        as_of: day on which it is judged.
        objected: day of the third party's objection. performed: day of full performance.
        fixed: the claim is fixed by an effective instrument, which the third party cannot deny.
        law_book: the platform's book when left out.
    """
    law_book = law_book or book()
    period = deadline(served, "receivable.reply", law_book)
    state: Literal["waiting", "performed", "objected", "enforceable"] = "waiting"
    outcome, law = "等待第三人履行或者提出异议", "work.45"
    if performed is not None:
        state, outcome = "performed", "第三人已经履行"
    elif objected is not None and objected <= period.due and not fixed:
        state, outcome, law = "objected", "第三人在期限内提出异议，不得对其强制执行，对异议不审查", "work.47"
    elif as_of > period.due:
        state, outcome, law = (
            "enforceable",
            "第三人逾期未履行也未提出有效异议，可以裁定对其强制执行",
            "work.49",
        )
    steps = [*period.steps, Step(text=outcome, law=(law,))]
    if objected is not None and fixed:
        text = "债权已经生效法律文书确定，第三人予以否认的，不予支持"
        steps.insert(-1, Step(text=text, law=("cpli.499",)))
    return ReceivableState(
        due=period.due, state=state, outcome=outcome, steps=tuple(steps), book_hash=law_book.hash
    )


def _verdict(
    title: str, yes: str, no: str, conditions: tuple[Condition, ...], law_book: LawBook | None
) -> Verdict:
    allowed = all(one.met for one in conditions)
    return Verdict(
        title=title,
        allowed=allowed,
        outcome=yes if allowed else no,
        conditions=conditions,
        book_hash=(law_book or book()).hash,
    )
