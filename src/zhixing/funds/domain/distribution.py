"""The simple distribution: one title, money in at some days; fee, then claim, then the rest back to the debtor.

Participation of several creditors (参与分配) is not this; see docs/funds.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhixing.kernel.money import ZERO

Paid = tuple[date, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Money that reached the case. day: the bank's day; interest on what it pays stops then (INT-05)."""

    day: date
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """Where the money goes: received = fee + claim + rest.

    claim: for the applicants. rest: more than fee and claim, back to the debtor (FUND-14).
    credited: what counts as paid to the creditor, by day, for the calculation of interest.
    owed: what the creditor is still owed on the last day of receipt, after this money; 0 when nothing came yet.
    """

    received: Decimal = ZERO
    fee: Decimal = ZERO
    claim: Decimal = ZERO
    rest: Decimal = ZERO
    owed: Decimal = ZERO
    credited: tuple[Paid, ...] = ()


def distribute(
    receipts: Sequence[Receipt],
    *,
    owed: Callable[[date, Sequence[Paid]], Decimal],
    fee_of: Callable[[Decimal, date], Decimal],
) -> Distribution:
    """Walk the receipts in order of day.

    Args:
        receipts: any order; amounts above zero.
        owed: what the creditor is owed on a day after earlier credits; excludes the fee.
        fee_of: execution fee on an amount executed, on a day. Progressive, so it is taken on the sum so far (FEE-03):
            what came in, but no more than the claim.
    """
    received, fee, claim, rest, left = ZERO, ZERO, ZERO, ZERO, ZERO
    credited: list[Paid] = []
    for receipt in sorted(receipts, key=lambda item: item.day):
        before = owed(receipt.day, tuple(credited))
        received += receipt.amount
        base = min(received, claim + before)
        take = min(receipt.amount, max(ZERO, (fee_of(base, receipt.day) if base > 0 else ZERO) - fee))
        pay = min(receipt.amount - take, before)
        fee, claim, rest, left = fee + take, claim + pay, rest + receipt.amount - take - pay, before - pay
        if pay > 0:
            credited.append((receipt.day, pay))
    return Distribution(
        received=received, fee=fee, claim=claim, rest=rest, owed=left, credited=tuple(credited)
    )
