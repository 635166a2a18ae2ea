"""The nouns of the ground truth: people, companies, accounts, houses, and what already burdens them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Honesty = Literal["honest", "incomplete", "false"]
AccountKind = Literal["card", "current", "basic", "wage", "migrant_wage", "margin", "cash_return", "wealth"]


@dataclass(slots=True, kw_only=True)
class Person:
    """One invented natural person. `old_id` is the 15-digit number some old records still carry, else empty."""

    key: str
    name: str
    sex: Literal["男", "女"]
    birth: str
    nation: str
    resident_id: str
    old_id: str
    mobile: str
    landline: str
    wechat: str
    qq: str
    alipay: str
    email: str
    passport: str
    address: str
    employer: str
    plate: str
    household: str
    honesty: Honesty

    @property
    def id_no(self) -> str:
        """The number the person is identified by today."""
        return self.resident_id


@dataclass(slots=True, kw_only=True)
class Company:
    """One invented company. `representative` is the key of the person who is its legal representative."""

    key: str
    name: str
    uscc: str
    org_code: str
    representative: str
    representative_title: str
    address: str
    landline: str
    mobile: str
    email: str
    founded: str
    capital: str
    trade: str
    honesty: Honesty

    @property
    def id_no(self) -> str:
        """The unified social credit code."""
        return self.uscc


@dataclass(slots=True, kw_only=True)
class EarlierFreeze:
    """A freeze or seizure another authority already has, as decimal text and ISO dates; oldest first."""

    authority: str
    doc_no: str
    limit: str
    start: str
    end: str


@dataclass(slots=True, kw_only=True)
class Movement:
    """One booked movement. `direction` is 收入 or 支出."""

    serial: str
    at: str
    direction: str
    amount: str
    name: str
    account: str
    bank: str
    memo: str


@dataclass(slots=True, kw_only=True)
class Account:
    """A deposit account or a wealth product at one bank.

    For a wealth product `number` is the wealth account, `linked` the cash-return account, `balance` its total amount.
    `holder_id` is the number on the bank's own record: 15 digits for some old customers.
    """

    bank: str
    number: str
    owner: str
    holder_id: str
    kind: AccountKind
    category: str
    opened: str
    balance: str
    branch: str
    linked: str = ""
    product_name: str = ""
    product_no: str = ""
    product_type: str = ""
    units: str = ""
    unit_price: str = ""
    closed_until: str = ""
    co_owner: str = ""
    secured_party: str = ""
    subaccount: str = ""
    subaccount_balance: str = ""
    freezes: list[EarlierFreeze] = field(default_factory=list)
    movements: list[Movement] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Share:
    """One owner of a house and his share, e.g. 100% or 50%."""

    owner: str
    share: str
    certificate: str


@dataclass(slots=True, kw_only=True)
class Mortgage:
    """A registered mortgage; amounts as decimal text."""

    mortgagee: str
    amount: str
    certificate: str
    start: str
    end: str


@dataclass(slots=True, kw_only=True)
class Unit:
    """A house or shop in the land registry. `worth` is what it is worth in truth; no agency reports it."""

    number: str
    location: str
    use: str
    area: str
    floors: str
    completed: str
    land_until: str
    worth: str
    sole_residence: bool
    owners: list[Share]
    mortgage: Mortgage | None = None
    seizures: list[EarlierFreeze] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class DeclaredItem:
    """One line of a debtor's property report, as he writes it."""

    kind: Literal["deposit", "wealth", "realty", "vehicle", "income"]
    reference: str
    label: str
    amount: str
    note: str


@dataclass(slots=True, kw_only=True)
class Declaration:
    """What a debtor reports, beside what he kept back (`left_out`) and bent (`misstated`), by reference."""

    owner: str
    honesty: Honesty
    items: list[DeclaredItem]
    left_out: list[str]
    misstated: list[str]
