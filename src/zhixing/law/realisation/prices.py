"""Which way the reference price is found, what the network inquiry gives, and how long a price is good.

法释〔2018〕15号; DISP-01 to DISP-06.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal, cast

from zhixing.kernel.money import ZERO, round_half_up, yuan
from zhixing.law.book import LawBook, book
from zhixing.law.realisation.dates import days_after
from zhixing.law.steps import Step
from zhixing.law.terms import deadline

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date
    from decimal import Decimal

    from zhixing.law.schemas import MoneyRule

Tried = Literal["open", "failed"]
WAYS = ("agreement", "official", "network", "appraisal")


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceFacts:
    """What is known of the property and of the ways tried so far.

    Attributes:
        agreement: failed when it was tried without result, or a party refuses or cannot be found.
        has_official_price: there is a tax base price, a government price or guided price.
        network_fit: no inspection or expert needed, and the platforms know such property.
        appraisal_required: statute or regulation demands an appraisal.
        both_ask: a way that both parties ask for (or, for the network, agree to).
    """

    agreement: Tried = "open"
    official: Tried = "open"
    network: Tried = "open"
    has_official_price: bool = False
    network_fit: bool = True
    appraisal_required: bool = False
    both_ask: Literal["", "official", "network", "appraisal"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceWay:
    """The way to take next."""

    code: str
    title: str
    detail: str
    steps: tuple[Step, ...]
    book_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportClocks:
    """Days of a report: last day, last day when every extension is granted, last day to ask for one (or None)."""

    due: date
    due_at_most: date
    ask_by: date | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceValidity:
    """Until when a price carries a notice, and until when the sale it announces."""

    notice_until: date
    sale_until: date
    steps: tuple[Step, ...]


def price_way(facts: PriceFacts, on: date, law_book: LawBook | None = None) -> PriceWay:
    """The way to find the reference price: agreement, directed inquiry, network inquiry, appraisal, in that order.

    A way that both parties ask for is taken at once where its own conditions hold; what the law wants appraised
    is appraised.

    Raises:
        NoRuleInForce: before 2018-09-01.
    """
    law_book = law_book or book()
    rows = {code: cast("MoneyRule", law_book.at(on).row("realisation_ways", code)) for code in WAYS}
    official = facts.has_official_price and facts.official == "open"
    network = facts.network_fit and facts.network == "open"
    steps: list[Step] = []

    def take(code: str, why: str) -> PriceWay:
        row = rows[code]
        steps.append(Step(text=why, value=row.title, law=row.source))
        return PriceWay(
            code=code, title=row.title, detail=row.detail, steps=tuple(steps), book_hash=law_book.hash
        )

    if facts.appraisal_required:
        return take("appraisal", "法律、行政法规规定必须委托评估")
    if facts.both_ask == "appraisal":
        return take("appraisal", "双方当事人要求委托评估")
    if facts.both_ask == "official" and official:
        return take("official", "双方当事人一致要求直接定向询价")
    if facts.both_ask == "network" and network:
        return take("network", "双方当事人一致要求或者同意直接网络询价")
    if facts.agreement == "open":
        return take("agreement", "先由双方当事人议价")
    steps.append(Step(text="议价不能或者不成", law=("price.5",)))
    if official:
        return take("official", "财产有计税基准价、政府定价或者政府指导价")
    steps.append(Step(text="定向询价不能或者不成", law=("price.7",)))
    if network:
        return take("network", "无需现场勘验或者鉴定，且具备网络询价条件")
    return take("appraisal", "网络询价不能或者不成")


def network_price(
    results: Mapping[str, Decimal],
    on: date,
    *,
    objected: Collection[str] = (),
    law_book: LawBook | None = None,
) -> tuple[Decimal, tuple[Step, ...]]:
    """The mean of the results that were delivered in time, to the cent (第十三条).

    Args:
        results: platform → price, yuan; only those delivered (or mended) within the period.
        on: day of the last report.
        objected: platforms whose reports were objected to. Their results are left out, unless all were (then
            all stand whose objection was refused or that were mended; leave the others out of ``results``).
        law_book: the platform's book when left out.

    Raises:
        ValueError: nothing was delivered; the property is appraised then (第十一条第三款).
    """
    law_book = law_book or book()
    source = law_book.at(on).row("realisation_ways", "network").source
    kept = {name: price for name, price in results.items() if name not in objected} or dict(results)
    if not kept:
        raise ValueError("no platform delivered; the property is appraised (art. 11)")
    mean = round_half_up(sum(kept.values(), ZERO) / len(kept))
    listed = "、".join(f"{name} {yuan(price)} 元" for name, price in sorted(kept.items()))
    return mean, (Step(text=f"有效询价结果：{listed}；取平均值", value=yuan(mean), law=source),)


def report_clocks(
    way: Literal["network", "appraisal"], asked_on: date, law_book: LawBook | None = None
) -> ReportClocks:
    """By when a report is due, with extensions: the network 3 + 3 days, an appraisal 30 + 2 × 15.

    Args:
        way: network or appraisal.
        asked_on: day on which the platform or firm received the commission.
        law_book: the platform's book when left out.
    """
    law_book = law_book or book()
    rules = law_book.at(asked_on)
    if way == "network":
        due, step = days_after(asked_on, "realisation.inquiry_days", law_book)
        most, longer = days_after(due, "realisation.inquiry_extension_days", law_book)
        return ReportClocks(due=due, due_at_most=most, ask_by=due, steps=(step, longer))
    due, step = days_after(asked_on, "realisation.appraisal_days", law_book)
    times = rules.value("realisation.appraisal_extensions")
    what = f"延期不超过 {times} 次，每次不超过 {rules.value('realisation.appraisal_extension_days')} 日"
    most, longer = days_after(due, "realisation.appraisal_extension_days", law_book, times=times, what=what)
    ask = rules.entry("realisation.appraisal_ask_days")
    ask_by = due - timedelta(days=ask.value)
    asking = Step(text=f"至迟在期满 {ask.value} 日前申请延期", value=ask_by.isoformat(), law=ask.source)
    return ReportClocks(due=due, due_at_most=most, ask_by=ask_by, steps=(step, asking, longer))


def price_validity(
    price_on: date, *, valid_until: date | None = None, law_book: LawBook | None = None
) -> PriceValidity:
    """How long a price is good: at most one year for the notice, six months more for the sale it announces (第二十七条).

    Args:
        price_on: day of the report or agreement.
        valid_until: as the report says; a later day than the law allows is cut back. The legal maximum when left out.
        law_book: the platform's book when left out.
    """
    law_book = law_book or book()
    most = deadline(price_on, "price.valid", law_book)
    until = min(valid_until, most.due) if valid_until else most.due
    sale = deadline(until, "price.valid_sale", law_book)
    words = "报告载明的有效期" if valid_until and valid_until <= most.due else "有效期最长一年"
    return PriceValidity(
        notice_until=until,
        sale_until=sale.due,
        steps=(
            Step(text=f"{words}，一拍公告至迟于该日发布", value=until.isoformat(), law=("price.27",)),
            Step(
                text="拍卖时未超过有效期六个月的，无需重新确定参考价",
                value=sale.due.isoformat(),
                law=("price.27",),
            ),
        ),
    )
