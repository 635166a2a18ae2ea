"""Transactions as banks told them, as rows of flows. What cannot be read is set apart with its reason, never guessed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from zhixing.gateway.domain.assets import Transaction
from zhixing.gateway.domain.canonical import InquiryResult

_DIRECTIONS = {"in": "in", "out": "out"}


@dataclass(slots=True)
class Statement:
    """Rows of the table FLOWS without case and flow, and what was set apart: place and sentence."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    apart: list[tuple[str, str]] = field(default_factory=list)


def statement_of(account: str, transactions: Iterable[Transaction]) -> Statement:
    """Rows of one account in the order of the bank; a serial told twice with the same content counts once."""
    read, seen = Statement(), set()
    for place, told in enumerate(transactions, 1):
        where = told.serial or told.seq or str(place)
        reasons = _faults(told)
        if reasons:
            read.apart.append((where, "".join(reasons)))
            continue
        row = _row(account, told)
        key = (told.serial, row["direction"], row["fen"], row["at"], row["other_account"])
        if told.serial and key in seen:
            continue
        seen.add(key)
        read.rows.append(row)
    return read


def statements_of(result: InquiryResult) -> Statement:
    """All transactions of one answer, account by account."""
    whole = Statement()
    for asset in result.every_asset():
        if asset.transactions:
            part = statement_of(getattr(asset.detail, "account_no", "") or asset.seq, asset.transactions)
            whole.rows += part.rows
            whole.apart += part.apart
    return whole


def _row(account: str, told: Transaction) -> dict[str, Any]:
    amount, at = told.amount.value, told.time.value  # type: ignore[union-attr]
    moment = at if isinstance(at, datetime) else datetime.combine(at, time())  # type: ignore[union-attr]
    return {
        "account": account,
        "direction": _DIRECTIONS[told.direction.normalized],  # type: ignore[union-attr]
        "fen": int(amount * 100),  # type: ignore[operator]
        "at": moment.replace(tzinfo=None),
        "other_account": told.counterparty.account_no,
        "other_name": told.counterparty.name,
        "other_id": told.counterparty.id_no,
        "remark": told.remark,
        "serial": told.serial,
    }


def _faults(told: Transaction) -> list[str]:
    faults = []
    if told.direction is None or told.direction.normalized not in _DIRECTIONS:
        came = told.direction.code if told.direction else ""
        faults.append(f"资金方向“{came}”不是收入或者支出。")
    if told.amount is None or told.amount.value is None or told.amount.value <= 0:
        faults.append(f"金额“{told.amount.text if told.amount else ''}”不是大于零的数。")
    if told.time is None or told.time.value is None:
        faults.append("没有可以读出的时间。")
    if told.currency is not None and told.currency.normalized not in ("", "CNY"):
        faults.append(f"币种 {told.currency.normalized} 不是人民币，未折算。")
    return faults
