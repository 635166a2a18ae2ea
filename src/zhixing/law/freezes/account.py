"""An account under freezes: balance, orders by rank, and what each of them holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhixing.kernel.money import ZERO

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class FreezeOrder:
    """One freeze of a specified amount (NIC-30).

    Attributes:
        limit: amount in yuan, > 0; what was deducted is taken off it.
        registered: day of registration; the rank is the place in the account's list.
        years: length as ordered; None: the longest the law allows.
        start: first day on which it controlled money or stood first; None while it waits (NIC-33).
        end: last day in force; None while it waits.
        period_from: first day of the last period, the present one unless it was renewed already.
    """

    name: str
    limit: Decimal
    registered: date
    years: int | None = None
    start: date | None = None
    end: date | None = None
    period_from: date | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether it is only registered (轮候) and its period has not begun."""
        return self.start is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The state: balance in yuan ≥ 0, the orders by rank (lifted, lapsed and used up ones are gone).

    Attributes:
        kind: kind of property of the table ``durations``.
        on: day up to which the state was brought.
    """

    balance: Decimal
    on: date
    kind: str = "deposit"
    orders: tuple[FreezeOrder, ...] = ()

    @property
    def frozen(self) -> Decimal:
        """All that is frozen, never more than the balance."""
        return sum((one.frozen_now for one in holdings(self)), ZERO)

    @property
    def free(self) -> Decimal:
        """What the customer may still use."""
        return self.balance - self.frozen

    def order(self, name: str) -> FreezeOrder | None:
        """The order of a name, or None when it is not (or no longer) there."""
        return next((order for order in self.orders if order.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What one order holds (NIC-31).

    Attributes:
        available: what the earlier orders leave of the balance.
        frozen_now: min(limit, available). excess: limit − frozen_now, which later credits will fill.
    """

    order: FreezeOrder
    available: Decimal
    frozen_now: Decimal
    excess: Decimal


def account_open(balance: Decimal, on: date, *, kind: str = "deposit") -> Account:
    """An account without freezes.

    Raises:
        ValueError: a negative balance.
    """
    if balance < 0:
        raise ValueError("balance must not be negative")
    return Account(balance=balance, on=on, kind=kind)


def holdings(account: Account) -> tuple[Holding, ...]:
    """What each order holds, in order of rank: avail = max(0, balance − Σ earlier), frozen = min(limit, avail)."""
    left, found = account.balance, []
    for order in account.orders:
        frozen = min(order.limit, max(ZERO, left))
        found.append(Holding(order=order, available=left, frozen_now=frozen, excess=order.limit - frozen))
        left -= frozen
    return tuple(found)
