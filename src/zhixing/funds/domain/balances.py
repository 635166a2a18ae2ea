"""The equations that must always hold, as values (FUND-20)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from zhixing.kernel.money import ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One posting before it is written: account id and signed amount, debit positive."""

    account_id: int
    amount: Decimal


def transfer(*, debit: int, credit: int, amount: Decimal) -> tuple[Leg, Leg]:
    """The two legs of a movement.

    Args:
        debit, credit: account ids. amount: above zero, two places.

    Raises:
        ValueError: an amount of zero or less, or one account on both sides: such an entry would say nothing.
    """
    if amount <= 0 or debit == credit:
        raise ValueError("transfer() moves an amount above zero between two accounts")
    return Leg(account_id=debit, amount=amount), Leg(account_id=credit, amount=-amount)


def contra(legs: Sequence[Leg]) -> tuple[Leg, ...]:
    """The legs that undo an entry, in the same order."""
    return tuple(Leg(account_id=leg.account_id, amount=-leg.amount) for leg in legs)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEquation:
    """Money of one case: received = paid + fees + refunded + deposited + balance.

    paid, refunded, deposited: left the bank. pending: approved, still at the bank, part of the balance.
    releasable: balance without what is approved already. approved: by purpose, paid or pending. All ≥ 0, yuan.
    """

    received: Decimal = ZERO
    receipts: int = 0
    paid: Decimal = ZERO
    fees: Decimal = ZERO
    refunded: Decimal = ZERO
    deposited: Decimal = ZERO
    pending: Decimal = ZERO
    releasable: Decimal = ZERO
    approved: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def balance(self) -> Decimal:
        """What still lies at the bank for this case."""
        return self.pending + self.releasable

    @property
    def returned(self) -> Decimal:
        """Refunds and deposits together, as the page shows them."""
        return self.refunded + self.deposited

    @property
    def holds(self) -> bool:
        """Whether both sides agree to the cent."""
        return self.received == self.paid + self.fees + self.refunded + self.deposited + self.balance


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountEquation:
    """Money of one court's account: bank = cases + pending + suspense + fees."""

    bank: Decimal = ZERO
    cases: Decimal = ZERO
    pending: Decimal = ZERO
    suspense: Decimal = ZERO
    fees: Decimal = ZERO

    @property
    def holds(self) -> bool:
        """Whether both sides agree to the cent."""
        return self.bank == self.cases + self.pending + self.suspense + self.fees
