"""The fee calculator's input: one mapping, as it comes from a form, the shell or the interface."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from zhixing.kernel.money import ZERO
from zhixing.law.book import LawBook, book
from zhixing.law.fees import KINDS, Fee, acceptance_fee, execution_base, execution_fee, preservation_fee
from zhixing.law.reading import Reader

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

_KEYS = {"kind", "amount", "on", "item", "halved", "doubled"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeInput:
    """What the fee is asked for.

    Attributes:
        kind: execution, preservation or acceptance.
        amount: yuan; None when the case has no amount.
        on: day by whose scale it is computed.
        item: kind of a case without property (acceptance only), code of ``fees_items``.
        halved: acceptance fee at one half.
        doubled: doubled part of interest beside ``amount`` (execution only, FEE-03).
    """

    kind: str
    amount: Decimal | None
    on: date
    item: str = ""
    halved: bool = False
    doubled: Decimal = ZERO


def fee_read(given: Mapping[str, object], *, today: date, law_book: LawBook | None = None) -> FeeInput:
    """Read ``{"kind": …, "amount": "300000", "on": "2026-03-04"}``; ``on`` is today when left out.

    Raises:
        InvalidInput: with every fault.
    """
    law_book = law_book or book()
    reader = Reader(given, allowed=_KEYS)
    kind = reader.choice("kind", KINDS, default="")
    on = reader.day("on") or today
    first = law_book.history("fees.execution")[0].since
    if on < first:
        reader.fault(
            "on",
            "fees.before_law",
            f"{on} 早于诉讼费用交纳办法的施行日，",
            f"请填写 {first} 及以后的日期。",
            "fees",
        )
    items = {row.code: getattr(row, "title", "") for row in law_book.all_rows("fees_items")}
    item = reader.choice("item", items, required=False)
    if item and kind != "acceptance":
        reader.fault(
            "item", "fees.item", "案件种类只用于案件受理费，", "请去掉 item，或者把 kind 改为 acceptance。"
        )
    amount = reader.amount("amount") if reader.has("amount") else None
    if amount is None and kind == "acceptance" and not item:
        reader.fault(
            "amount", "fees.no_amount", "案件受理费既没有金额，也没有案件种类，", "请填写 amount 或者 item。"
        )
    halved, doubled = reader.flag("halved"), reader.amount("doubled", required=False)
    if halved and kind != "acceptance":
        reader.fault("halved", "fees.halved", "减半只用于案件受理费，", "请去掉 halved。")
    if reader.has("doubled") and (kind != "execution" or amount is None):
        reader.fault("doubled", "fees.doubled", "加倍部分只用于有金额的执行申请费，", "请去掉 doubled。")
    reader.finish()
    return FeeInput(kind=kind, amount=amount, on=on, item=item, halved=halved, doubled=doubled)


def fee_of(asked: FeeInput, law_book: LawBook | None = None) -> Fee:
    """The fee asked for. Raises as the rule behind it."""
    if asked.kind == "preservation":
        return preservation_fee(asked.amount, asked.on, law_book)
    if asked.kind == "acceptance":
        return acceptance_fee(asked.amount, asked.on, law_book, item=asked.item, halved=asked.halved)
    if asked.amount is None or not asked.doubled:
        return execution_fee(asked.amount, asked.on, law_book)
    base, step = execution_base(executed=asked.amount, doubled=asked.doubled, on=asked.on, law_book=law_book)
    fee = execution_fee(base, asked.on, law_book)
    return replace(
        fee, steps=(step, *fee.steps), notes=(*fee.notes, "加倍部分是否计入执行金额为本院设定，由法院确认。")
    )
