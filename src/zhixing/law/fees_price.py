"""What pricing costs: network inquiry and appraisal (参考价规定第三十一至三十三条, FEE-30)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from zhixing.kernel.money import ZERO, allocate, yuan
from zhixing.law.book import LawBook, book
from zhixing.law.steps import Step

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

Outcome = Literal["sold", "unsold", "withdrawn", "replaced"]
BEARER = Step(text="由申请执行人先行垫付，由被执行人负担", law=("price.33",))


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryFee:
    """Who receives the network inquiry fee: platform → yuan; platforms without a share are left out."""

    shares: tuple[tuple[str, Decimal], ...]
    steps: tuple[Step, ...]
    book_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalFee:
    """On what the appraiser's fee is computed.

    Attributes:
        mode: ``on_base`` (the scale of the appraisal contract is applied to ``base``), ``actual`` (reasonable actual
            cost), or ``none``.
        base: yuan; 0 unless on_base.
        ratio: share of the fee so computed that is due; 1, or less for a report issued again.
    """

    mode: Literal["on_base", "actual", "none"]
    base: Decimal
    ratio: Decimal
    steps: tuple[Step, ...]
    book_hash: str


def inquiry_fee(
    results: Mapping[str, Decimal],
    *,
    deal_price: Decimal,
    fee: Decimal,
    on: date,
    law_book: LawBook | None = None,
) -> InquiryFee:
    """Give the fee of one inquiry to the platform nearest to the deal price; equal distances share it evenly.

    Args:
        results: platform → price found, yuan; platforms that delivered nothing valid are left out.
        deal_price: what the property was sold for.
        fee: agreed fee of the inquiry.
        on: day of the deal.
        law_book: the platform's book when left out.

    Raises:
        ValueError: no result at all. NoRuleInForce: before 2018-09-01.
    """
    law_book = law_book or book()
    law_book.at(on).entry("fees.appraisal_again")  # the same interpretation: raises before its first day
    if not results:
        raise ValueError("an inquiry without results bears no fee")
    nearest = min(abs(price - deal_price) for price in results.values())
    names = sorted(name for name, price in results.items() if abs(price - deal_price) == nearest)
    shares = tuple(zip(names, allocate(fee, [1] * len(names)), strict=True))
    text = f"与成交价 {yuan(deal_price)} 元最接近的平台：{'、'.join(names)}，相差 {yuan(nearest)} 元"
    return InquiryFee(
        shares=shares,
        steps=(Step(text=text, value=yuan(fee), law=("price.31",)), BEARER),
        book_hash=law_book.hash,
    )


def appraisal_fee(
    *,
    appraised: Decimal,
    outcome: Outcome,
    on: date,
    deal_price: Decimal | None = None,
    issued_again: bool = False,
    law_book: LawBook | None = None,
) -> AppraisalFee:
    """On what the fee of an appraisal is computed.

    Args:
        appraised: price of the report, yuan.
        outcome: sold; unsold; withdrawn (art. 29); replaced by another firm.
        on: day on which it is settled.
        deal_price: needed when sold.
        issued_again: the same firm issued the report again because its validity ran out.
        law_book: the platform's book when left out.

    Raises:
        ValueError: sold without a deal price. NoRuleInForce: before 2018-09-01.
    """
    law_book = law_book or book()
    again = law_book.at(on).entry("fees.appraisal_again")
    ratio = again.value if issued_again else again.value / again.value
    mode: Literal["on_base", "actual", "none"] = "actual"
    base = ZERO
    if outcome == "replaced":
        mode, step = (
            "none",
            Step(text="另行委托评估的，对原评估机构不计付费用", value="0.00", law=("price.32",)),
        )
    elif outcome == "sold":
        if deal_price is None:
            raise ValueError("a sale has a price")
        mode, base = "on_base", min(appraised, deal_price)
        words = "高于评估价，以评估价" if deal_price > appraised else "不高于评估价，以成交价"
        step = Step(
            text=f"成交价 {yuan(deal_price)} 元{words}为计费基准", value=yuan(base), law=("price.32",)
        )
    else:
        words = "财产处置未成交" if outcome == "unsold" else "撤回评估委托"
        step = Step(text=f"{words}，按评估机构合理的实际支出计付", law=("price.32",))
    steps = [step]
    if issued_again and mode != "none":
        share = f"{(again.value * 100).normalize():f}%"
        steps.append(
            Step(text=f"原评估机构重新出具报告，按前述费用的 {share} 计付", value=share, law=again.source)
        )
    return AppraisalFee(mode=mode, base=base, ratio=ratio, steps=(*steps, BEARER), book_hash=law_book.hash)
