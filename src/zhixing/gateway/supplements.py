"""Answers that come in parts: accounts and their transactions in calls of their own, results and their receipts.

A part adds to what was accepted before, whichever came first; it contradicts nothing, so it is no conflict.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from zhixing.gateway.domain.assets import Asset, Deposit, Transaction
from zhixing.gateway.domain.canonical import InquiryResult
from zhixing.gateway.domain.messages import (
    AccountTransactions,
    Body,
    ControlFeedback,
    InquiryFeedback,
    TransactionFeedback,
)
from zhixing.gateway.models import Order, OrderKind
from zhixing.gateway.shares import part_of


def adds_to(order: Order, body: Body | object, earlier: Iterable[object]) -> bool:
    """Whether a further message adds a part that is not there yet, instead of saying something else."""
    earlier = list(earlier)
    if order.kind == OrderKind.INQUIRY:
        match body:
            case TransactionFeedback():
                told = {_account(entry) for said in earlier for entry in _entries(said, order.request_no)}
                return not told & {_account(entry) for entry in _entries(body, order.request_no)}
            case InquiryFeedback():
                return all(isinstance(said, TransactionFeedback) for said in earlier)
        return False
    return isinstance(body, ControlFeedback) and all(_is_other_part(body, said) for said in earlier)


def _is_other_part(body: ControlFeedback, said: object) -> bool:
    """Whether one message brought results and the other receipts, none both."""
    if not isinstance(said, ControlFeedback):
        return False
    return (bool(body.results), bool(said.results)) in ((True, False), (False, True)) and not (
        body.receipts and said.receipts
    )


def _entries(said: object, request_no: str) -> list[AccountTransactions]:
    if not isinstance(said, TransactionFeedback):
        return []
    return [entry for entry in said.entries if entry.request_no == request_no]


def _account(entry: AccountTransactions) -> tuple[str, str]:
    """What names the account of an entry: its number, else its place in the answer."""
    return ("no", entry.account_no) if entry.account_no else ("seq", entry.asset_seq)


def merged(order: Order, bodies: list[Any]) -> InquiryResult:
    """The answer to an inquiry out of its parts: transactions go to the account they name, or stand by themselves."""
    accounts = [body for body in bodies if not isinstance(body, TransactionFeedback)]
    entries = [entry for body in bodies for entry in _entries(body, order.request_no)]
    if not accounts:
        whole = TransactionFeedback(entries=tuple(entries))
        return part_of(whole, order.request_no, order.kind)
    result: InquiryResult = part_of(accounts[-1], order.request_no, order.kind)
    assets = list(result.assets)
    for entry in entries:
        place = _place(assets, entry)
        if place is None:
            detail = Deposit(account_no=entry.account_no)
            assets.append(Asset(seq=entry.asset_seq, detail=detail, transactions=entry.transactions))
        else:
            held = assets[place]
            assets[place] = replace(held, transactions=_joined(held.transactions, entry.transactions))
    return replace(result, assets=tuple(assets))


def _joined(held: tuple[Transaction, ...], more: tuple[Transaction, ...]) -> tuple[Transaction, ...]:
    """Both lists; a transaction that came with the account already is not told twice."""
    return (*held, *(item for item in more if item not in held))


def _place(assets: list[Asset], entry: AccountTransactions) -> int | None:
    """Where the account of an entry stands."""
    for place, asset in enumerate(assets):
        number = asset.detail.account_no if isinstance(asset.detail, Deposit) else ""
        if entry.account_no and number == entry.account_no:
            return place
    for place, asset in enumerate(assets):
        if not entry.account_no and entry.asset_seq and asset.seq == entry.asset_seq:
            return place
    return None
