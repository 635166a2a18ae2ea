"""What is known of a debtor's dealings, and its reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhixing.law.book import LawBook, book
from zhixing.law.reading import Reader

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

# Kind of event → pattern of the rule book.
PATTERNS = {
    "gift": "EVA-01", "waiver": "EVA-01", "extension": "EVA-01", "sale": "EVA-02", "purchase": "EVA-03",
    "guarantee": "EVA-04", "barter": "EVA-05", "set_off": "EVA-05", "licence": "EVA-05", "lease": "EVA-06",
    "title": "EVA-07", "related_account": "EVA-08", "partition": "EVA-09", "capital": "EVA-10", "mixing": "EVA-11",
    "deregistration": "EVA-12", "free_taking": "EVA-13", "control_drop": "EVA-14", "report": "EVA-15",
    "consumption": "EVA-16", "single_payment": "EVA-17", "voidable": "EVA-17",
}  # fmt: skip
KIND_WORDS = {
    "gift": "无偿转让", "waiver": "放弃债权或者担保", "extension": "延长债权清偿期", "sale": "转让财产", "purchase": "受让财产",
    "guarantee": "为他人提供担保", "barter": "互易", "set_off": "以物抵债", "licence": "许可使用", "lease": "出租",
    "title": "新的执行依据", "related_account": "收款进入关联人账户", "partition": "离婚、析产", "capital": "未缴、抽逃出资",
    "mixing": "没有独立账册", "deregistration": "注销登记", "free_taking": "无偿接受单位财产", "control_drop": "冻结期间余额减少",
    "report": "财产报告不实或者逾期", "consumption": "违反限制消费的消费", "single_payment": "对个别债权人清偿",
    "voidable": "无偿转让、隐匿、低价交易",
}  # fmt: skip
TABLE = "deterrence.evasion"
_PRICED = ("sale", "purchase", "barter", "set_off", "licence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One dealing.

    Attributes:
        kind: key of PATTERNS. label: what it is, as people name it.
        price, market: yuan; needed for dealings with a price; for a lease the rent of a year.
        related: the other side is related. no_flow: no money moved for it. at_once: mediated or awarded at once.
        years: length of a lease. liquidated: the entity was lawfully wound up.
    """

    kind: str
    on: date
    label: str
    price: Decimal | None = None
    market: Decimal | None = None
    related: bool = False
    no_flow: bool = False
    at_once: bool = False
    years: int | None = None
    liquidated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EvasionInput:
    """The dealings and the days against which they are held.

    Attributes:
        on: day of judging. notice_received: enforcement notice; its year before is the look-back.
        sued_on: the suit began. docketed_on: enforcement began. sealed_on: the property was sealed or frozen.
        restricted_on: consumption restricted. bankruptcy_on: bankruptcy accepted.
        known_on: day on which the creditor learned of the dealings; starts the year of revocation.
    """

    on: date
    notice_received: date
    events: tuple[Event, ...]
    sued_on: date | None = None
    docketed_on: date | None = None
    sealed_on: date | None = None
    restricted_on: date | None = None
    bankruptcy_on: date | None = None
    known_on: date | None = None


_DAYS = ("sued_on", "docketed_on", "sealed_on", "restricted_on", "bankruptcy_on", "known_on")
_EVENT = {"kind", "on", "label", "price", "market", "related", "no_flow", "at_once", "years", "liquidated"}


def evasion_read(given: Mapping[str, object], law_book: LawBook | None = None) -> EvasionInput:
    """Read ``{"on", "notice_received", "events": [{"kind", "on", "label", …}], "sued_on", …}``.

    Raises:
        InvalidInput: with every fault.
    """
    law_book = law_book or book()
    reader = Reader(given, allowed={"on", "notice_received", "events", *_DAYS})
    first = min(row.since for row in law_book.all_rows(TABLE))
    on = reader.day("on", required=True) or first
    if on < first:
        reader.fault("on", "input.before_law", f"{on} 早于规定施行日，", f"请填写 {first} 及以后的日期。")
        on = first
    notice = reader.day("notice_received", required=True) or on
    if notice > on:
        reader.fault("notice_received", "input.order", f"{notice} 晚于核对日 {on}，", "请核对后重新填写。")
    known = {row.code for row in law_book.at(on).rows(TABLE)}
    events = tuple(_event(row, on, known) for row in reader.rows("events", allowed=_EVENT))
    days = {name: reader.day(name) for name in _DAYS}
    reader.finish()
    return EvasionInput(on=on, notice_received=notice, events=events, **days)


def _event(row: Reader, latest: date, known: set[str]) -> Event:
    kind = row.choice("kind", KIND_WORDS)
    if kind and PATTERNS[kind] not in known:
        row.fault("kind", "input.before_law", f"{latest} 尚无关于{KIND_WORDS[kind]}的规定，", "请删去该项。")
    day = row.day("on", required=True) or latest
    if day > latest:
        row.fault("on", "input.order", f"{day} 晚于核对日 {latest}，", "请填写已经发生的行为。")
    priced = kind in _PRICED
    market = row.amount("market") if priced or row.has("market") else None
    if market is not None and market <= 0 and row.has("market"):
        row.fault("market", "input.zero", "市场价为零，", "请填写大于零的市场价或者指导价。")
    return Event(
        kind=kind,
        on=day,
        label=row.text("label"),
        price=row.amount("price") if priced or row.has("price") else None,
        market=market,
        related=row.flag("related"),
        no_flow=row.flag("no_flow"),
        at_once=row.flag("at_once"),
        years=row.whole("years", least=0),
        liquidated=row.flag("liquidated"),
    )
