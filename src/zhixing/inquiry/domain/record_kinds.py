"""Vehicles, securities, policies, payment accounts, housing fund and sub-accounts as the sieve sees them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from zhixing.gateway.domain.assets import Asset, Deposit, Measure, SubAccount
from zhixing.gateway.domain.holdings import (
    HousingFundAccount,
    InsurancePolicy,
    PaymentAccount,
    SecuritiesHolding,
    Vehicle,
)
from zhixing.gateway.domain.values import Amount, Coded


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What one kind of property tells; the common parts of a record are added by `records_of`.

    balance, available: amounts as told, computed ones without a text. gone: words that say that it is no longer there.
    """

    number: str
    label: str
    place: str = ""
    category: str = ""
    status: str = ""
    holder_name: str = ""
    holder_id: str = ""
    phone: str = ""
    balance: Amount | None = None
    available: Amount | None = None
    currency: Coded | None = None
    burdens: tuple[str, ...] = ()
    prior: tuple[Measure, ...] = ()


def vehicle_parts(told: Vehicle) -> Parts:
    """A vehicle is known by its plate, else by its VIN; it has no amount until somebody values it."""
    return Parts(
        number=told.plate_no or told.vin,
        label=f"{told.brand}{told.model}　{told.plate_no}".strip("　"),
        place=told.registry,
        category=told.vehicle_type,
        status=told.status,
        holder_name=told.owner,
        holder_id=told.owner_id_no,
        burdens=(f"抵押 {told.mortgagee}".strip(),) if told.mortgaged or told.mortgagee else (),
    )


def securities_parts(told: SecuritiesHolding) -> Parts:
    """One security in one account; worth its market value, free in the proportion of free units."""
    value = _value(told.market_value)
    if value is None and _value(told.quantity) is not None and _value(told.unit_price) is not None:
        value = (told.quantity.value * told.unit_price.value).quantize(Decimal("0.01"))  # type: ignore[union-attr]
    units, free = _value(told.quantity), _value(told.available_quantity)
    available = value * free / units if value is not None and units and free is not None else None
    return Parts(
        number=f"{told.account_no}{told.security_code}",
        label=f"{told.security_name or told.security_code}　{told.market}".strip("　"),
        place=told.custodian,
        category=told.security_type,
        holder_name=told.holder,
        balance=told.market_value if told.market_value and told.market_value.raw else _amount(value),
        available=_amount(available.quantize(Decimal("0.01")) if available is not None else None),
        currency=told.currency,
        burdens=tuple(filter(None, (told.pledgee and f"质押 {told.pledgee}", told.restriction))),
    )


def policy_parts(told: InsurancePolicy) -> Parts:
    """A policy belongs to its holder; what can be reached is its cash value less its loan."""
    value, loan = _value(told.cash_value), _value(told.loan_amount) or Decimal(0)
    return Parts(
        number=told.policy_no,
        label=f"保单 {told.product}".strip(),
        place=told.insurer,
        category=told.category,
        status=told.status,
        holder_name=told.policyholder,
        holder_id=told.policyholder_id_no,
        balance=told.cash_value,
        available=_amount(None if value is None else max(Decimal(0), value - loan)),
        currency=told.currency,
    )


def payment_parts(told: PaymentAccount) -> Parts:
    """A payment account with its money-market part: one account, one sum."""
    parts = (_value(told.balance), _value(told.wealth_balance))
    if told.wealth_balance is None or None in parts:
        balance, available = told.balance, told.available
    else:
        balance = _amount(sum((part for part in parts if part is not None), Decimal(0)))
        free = _value(told.available)
        available = None if free is None else _amount(free + (parts[1] or Decimal(0)))
    return Parts(
        number=told.account_no,
        label=told.category or "支付账户",
        category=told.category,
        status=told.status,
        phone=told.phone,
        balance=balance,
        available=available,
        currency=told.currency,
    )


def fund_parts(told: HousingFundAccount) -> Parts:
    """A personal account of the housing fund."""
    return Parts(
        number=told.account_no,
        label="住房公积金个人账户",
        place=told.center,
        status=told.status,
        balance=told.balance,
    )


def sub_account_asset(told: SubAccount) -> Asset:
    """A sub-account as an account of its own, so that measures can name it."""
    return Asset(
        seq=told.seq,
        detail=Deposit(
            account_no=told.account_no,
            category=told.category,
            currency=told.currency,
            balance=told.balance,
            available=told.available,
        ),
        remark=told.remark,
    )


def _value(amount: Amount | None) -> Decimal | None:
    return amount.value if amount is not None else None


def _amount(value: Decimal | None) -> Amount | None:
    return None if value is None else Amount.of(value)
