"""The input of an auction timetable and its JSON reader (docs/law-distribution.md)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, cast

from zhixing.kernel.money import ZERO
from zhixing.law.book import LawBook, book
from zhixing.law.reading import Reader

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

ASSETS = {"movable": "动产", "immovable": "不动产", "right": "其他财产权"}
_KEYS = {
    "asset", "reference_price", "controlled_on", "price_on", "valid_until", "notice_on", "auction_on", "first_start",
    "second_on", "second_start", "priority", "costs", "applicant_claim",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class AuctionInput:
    """What the timetable is made from; a day or price that is None is set to the earliest or lowest allowed.

    Attributes:
        controlled_on: day of the seal, for the clock to start pricing.
        price_on: day on which the reference price was fixed (report or agreement).
        valid_until: last day of validity as the report says.
        notice_on: day of the notice of the first auction.
        priority, costs: claims before the applicant's and costs, for the sale that leaves nothing.
        applicant_claim: claim of an applicant who wants to bid.
    """

    asset: Literal["movable", "immovable", "right"]
    reference_price: Decimal
    price_on: date
    notice_on: date
    controlled_on: date | None = None
    valid_until: date | None = None
    auction_on: date | None = None
    first_start: Decimal | None = None
    second_on: date | None = None
    second_start: Decimal | None = None
    priority: Decimal = ZERO
    costs: Decimal = ZERO
    applicant_claim: Decimal | None = None


def auction_read(given: Mapping[str, object], law_book: LawBook | None = None) -> AuctionInput:
    """Read the JSON.

    Raises:
        InvalidInput: with every fault.
    """
    reader = Reader(given, allowed=_KEYS)
    asset = reader.choice("asset", ASSETS)
    price_on, notice_on = reader.day("price_on", required=True), reader.day("notice_on", required=True)
    first = (law_book or book()).history("realisation.appraisal_days")[0].since
    if price_on and price_on < first:
        reader.fault(
            "price_on",
            "auction.before_law",
            f"{price_on} 早于参考价规定的施行日，",
            f"请填写 {first} 及以后的日期。",
            "price.35",
        )
    days = {name: reader.day(name) for name in ("controlled_on", "valid_until", "auction_on", "second_on")}
    _in_order(reader, {"price_on": price_on, "notice_on": notice_on, **days})
    price = reader.amount("reference_price")
    if price == ZERO and not any(problem.field == "reference_price" for problem in reader.problems):
        reader.fault("reference_price", "auction.price", "参考价为零，", "请填写大于零的金额。")
    claim = reader.amount("applicant_claim") if reader.has("applicant_claim") else None
    starts = {
        name: reader.amount(name) if reader.has(name) else None for name in ("first_start", "second_start")
    }
    priority, costs = reader.amount("priority", required=False), reader.amount("costs", required=False)
    reader.finish()
    return AuctionInput(
        asset=cast("Any", asset), reference_price=price, price_on=cast("date", price_on),
        notice_on=cast("date", notice_on), controlled_on=days["controlled_on"], valid_until=days["valid_until"],
        auction_on=days["auction_on"], second_on=days["second_on"], first_start=starts["first_start"],
        second_start=starts["second_start"], priority=priority, costs=costs, applicant_claim=claim,
    )  # fmt: skip


def _in_order(reader: Reader, days: Mapping[str, date | None]) -> None:
    """Seal, price, notice, first auction, second auction: none before the one it follows."""
    names = {
        "controlled_on": "控制",
        "price_on": "参考价确定",
        "notice_on": "一拍公告",
        "auction_on": "一拍",
        "second_on": "二拍",
    }
    known = [(name, days[name]) for name in names if days.get(name)]
    for (before, earlier), (after, later) in pairwise(known):
        if earlier and later and later < earlier:
            reader.fault(
                after,
                "auction.order",
                f"{names[after]}（{later}）早于{names[before]}（{earlier}），",
                "请核对日期的先后。",
            )
