"""The debtor's only home: when it may be realised, what is left to live on (查扣冻规定第四条、第五条, 异议复议规定第二十条; DUR-13)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhixing.kernel.money import round_half_up, yuan
from zhixing.law.book import LawBook, book
from zhixing.law.measures.conditions import Condition, Verdict
from zhixing.law.steps import Step
from zhixing.law.terms import Deadline, deadline

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

_LAW = "objection.20"


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeFacts:
    """Facts on the objection “it is my only home”.

    Attributes:
        supporter_has_home: somebody with a duty to support the debtor has another adequate home.
        moved_others: he transferred other homes after the title took effect, to evade.
        low_rent_offered: the applicant offers housing at the local low-rent standard.
        rent_years: years of local average rent that the applicant agrees to leave from the price; None: none.
    """

    on: date
    supporter_has_home: bool = False
    moved_others: bool = False
    low_rent_offered: bool = False
    rent_years: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RentLeft:
    """What is left to the debtor from the price, in yuan."""

    amount: Decimal
    steps: tuple[Step, ...]
    book_hash: str


def sole_home_objection(facts: HomeFacts, law_book: LawBook | None = None) -> Verdict:
    """Whether the home may be realised all the same: `allowed` says that the objection fails. One ground is enough.

    Raises:
        NoRuleInForce: before 2015-05-05.
    """
    law_book = law_book or book()
    least, most = rent_years(facts.on, law_book)
    housed = facts.low_rent_offered or (facts.rent_years is not None and least <= facts.rent_years <= most)
    conditions = (
        Condition(
            text="对被执行人有扶养义务的人名下有其他能够维持生活必需的居住房屋",
            met=facts.supporter_has_home,
            law=_LAW,
        ),
        Condition(
            text="执行依据生效后，被执行人为逃避债务转让其名下其他房屋", met=facts.moved_others, law=_LAW
        ),
        Condition(
            text=f"申请执行人按廉租住房保障面积标准提供居住房屋，或者同意参照当地房屋租赁市场平均租金标准扣除 {least} 至 {most} 年租金",
            met=housed,
            law=_LAW,
        ),
    )
    fails = any(one.met for one in conditions)
    return Verdict(
        title="唯一住房异议核对单",
        allowed=fails,
        outcome="异议不成立，可以拍卖、变卖、抵债"
        if fails
        else "可以查封，不得拍卖、变卖、抵债；超过生活必需的部分经申请并保障最低居住条件后可以执行",
        conditions=conditions,
        book_hash=law_book.hash,
    )


def rent_years(on: date, law_book: LawBook | None = None) -> tuple[int, int]:
    """Least and most years of rent. Raises NoRuleInForce before 2015-05-05."""
    rules = (law_book or book()).at(on)
    return int(rules.value("residence.rent_years_least")), int(rules.value("residence.rent_years_most"))


def rent_left(*, monthly_rent: Decimal, years: int, on: date, law_book: LawBook | None = None) -> RentLeft:
    """Local average rent × 12 × years, taken from the price.

    Args:
        monthly_rent: yuan, > 0. years: within the range of the law.

    Raises:
        ValueError: out of range.
    """
    law_book = law_book or book()
    least, most = rent_years(on, law_book)
    if monthly_rent <= 0 or not least <= years <= most:
        raise ValueError(f"rent > 0 and {least} <= years <= {most}")
    amount = round_half_up(monthly_rent * 12 * years)
    text = f"当地平均租金每月 {yuan(monthly_rent)} 元 × 12 × {years} 年，从变价款中留给被执行人"
    return RentLeft(
        amount=amount, steps=(Step(text=text, value=yuan(amount), law=(_LAW,)),), book_hash=law_book.hash
    )


def home_delivery(served: date, law_book: LawBook | None = None) -> Deadline:
    """Until when a home need not be given up: three months from service of the notice."""
    return deadline(served, "home.grace", law_book)
