"""Assets as agencies describe them: accounts, financial assets, real rights, and what weighs on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from zhixing.gateway.domain.holdings import (
    HousingFundAccount,
    InsurancePolicy,
    PaymentAccount,
    SecuritiesHolding,
    Vehicle,
)
from zhixing.gateway.domain.values import Amount, Coded, When


class AssetKind(StrEnum):
    """Kinds of property an agency can answer about."""

    DEPOSIT = "deposit"
    FINANCIAL_ASSET = "financial_asset"
    REAL_ESTATE = "real_estate"
    VEHICLE = "vehicle"
    SECURITIES = "securities"
    EQUITY = "equity"
    INSURANCE = "insurance"
    PAYMENT = "payment"
    HOUSING_FUND = "housing_fund"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit:
    """An account. ``point_to_point_flag`` is SFTZ of the older dialect, whose meaning is not documented."""

    account_no: str = ""
    category: str = ""
    status: str = ""
    branch: str = ""
    branch_code: str = ""
    opened: When | None = None
    closed: When | None = None
    currency: Coded | None = None
    balance: Amount | None = None
    available: Amount | None = None
    linked_cash_account: str = ""
    address: str = ""
    postcode: str = ""
    phone: str = ""
    point_to_point_flag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FinancialAsset:
    """A non-deposit asset whose proceeds return to a cash account (理财 and the like)."""

    name: str = ""
    type: str = ""
    sales_channel: str = ""
    region_no: str = ""
    product_no: str = ""
    wealth_account: str = ""
    cash_return_account: str = ""
    manager: str = ""
    tradable: str = ""
    restriction: str = ""
    restriction_until: When | None = None
    pledgee: str = ""
    custodian: str = ""
    beneficiary: str = ""
    inception: When | None = None
    redemption: When | None = None
    custody_account: str = ""
    unit: str = ""
    currency: Coded | None = None
    unit_price: Amount | None = None
    quantity: Amount | None = None
    controllable_quantity: Amount | None = None
    total_amount: Amount | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Areas:
    """Areas of a real right in ``unit`` (square metres where the wire has no unit field)."""

    parcel: Amount | None = None
    use_right: Amount | None = None
    building: Amount | None = None
    exclusive: Amount | None = None
    shared: Amount | None = None
    structure: Amount | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeaUse:
    """What only a sea-area right has."""

    project: str = ""
    use_a: str = ""
    use_b: str = ""
    island: str = ""
    island_location: str = ""
    island_use: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mortgage:
    """抵押权: who gave it, to whom, for how much and how long."""

    mortgagor: str = ""
    mortgagee: str = ""
    mode: Coded | None = None
    amount: Amount | None = None
    term_from: When | None = None
    term_to: When | None = None
    property_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seizure:
    """查封登记 already standing on a unit."""

    authority: str = ""
    type: Coded | None = None
    doc_no: str = ""
    effective_from: When | None = None
    effective_to: When | None = None
    business_no: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RightHolder:
    """权利人 of a real right."""

    unit_no: str = ""
    seq: str = ""
    name: str = ""
    certificate_no: str = ""
    serial_no: str = ""
    holds_certificate: str = ""
    id_type: Coded | None = None
    id_no: str = ""
    id_issuer: str = ""
    industry: str = ""
    country: str = ""
    household_province: str = ""
    sex: str = ""
    phone: str = ""
    address: str = ""
    postcode: str = ""
    employer: str = ""
    email: str = ""
    holder_type: str = ""
    share: str = ""
    co_ownership: Coded | None = None
    co_ownership_note: str = ""
    remark: str = ""
    business_no: str = ""
    right_state: Coded | None = None
    property_type: str = ""
    ext: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RealRight:
    """One registered right. ``right_class`` is the list it came in: TDSYQ, JSYDSYQ, FDCQ, HYSYQ, GJZWSYQ, LQ, DYAQ, YGDJ, CFDJ."""

    right_class: str = ""
    unit_no: str = ""
    location: str = ""
    certificate_no: str = ""
    areas: Areas = Areas()
    use: str = ""
    nature: str = ""
    term_from: When | None = None
    term_to: When | None = None
    completed: When | None = None
    floors: str = ""
    preregistration: Coded | None = None
    sea: SeaUse | None = None
    mortgage: Mortgage | None = None
    seizure: Seizure | None = None
    registry: str = ""
    region: str = ""
    business_no: str = ""
    holders: tuple[RightHolder, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """An earlier compulsory measure. ``asset_seq`` names the financial asset it lies on; empty = the account itself.

    ``rank`` has no field on any known wire. ``point_to_point_flag`` is SFBDJ of the older dialect (meaning undocumented).
    """

    seq: str = ""
    asset_seq: str = ""
    product_no: str = ""
    authority: str = ""
    doc_no: str = ""
    amount: Amount | None = None
    effective_to: When | None = None
    rank: str = ""
    remark: str = ""
    point_to_point_flag: str = ""
    ext: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityRight:
    """共有权 or 优先权 of somebody else; ``asset_seq`` as in `Measure`."""

    seq: str = ""
    asset_seq: str = ""
    product_no: str = ""
    right_type: str = ""
    holder: str = ""
    amount: Amount | None = None
    address: str = ""
    contact: str = ""
    remark: str = ""
    ext: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterparty:
    """The other side of a transaction."""

    name: str = ""
    account_no: str = ""
    bank: str = ""
    bank_no: str = ""
    id_type: Coded | None = None
    id_no: str = ""
    address: str = ""
    postcode: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction:
    """资金往来. ``direction`` and the identity type share the wire name ZJLX; here they cannot be mixed up."""

    seq: str = ""
    kind: str = ""
    direction: Coded | None = None
    currency: Coded | None = None
    amount: Amount | None = None
    time: When | None = None
    serial: str = ""
    counterparty: Counterparty = Counterparty()
    remark: str = ""
    ext: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SubAccount:
    """关联子账户; ``manager`` (GLZHMC) exists in the older dialect only."""

    seq: str = ""
    main_account: str = ""
    category: str = ""
    account_no: str = ""
    currency: Coded | None = None
    balance: Amount | None = None
    available: Amount | None = None
    manager: str = ""
    remark: str = ""
    ext: dict[str, str] = field(default_factory=dict)


Detail = (
    Deposit
    | FinancialAsset
    | RealRight
    | Vehicle
    | SecuritiesHolding
    | InsurancePolicy
    | PaymentAccount
    | HousingFundAccount
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One asset of an answer.

    ``holdings``: financial assets held through this account, in wire order. Measures and rights stay with the account and
    name the holding by ``asset_seq``, as on the wire. ``reported_at`` is set only where it differs from the result's.
    """

    kind: AssetKind = AssetKind.DEPOSIT
    seq: str = ""
    detail: Detail | None = None
    measures: tuple[Measure, ...] = ()
    priority_rights: tuple[PriorityRight, ...] = ()
    transactions: tuple[Transaction, ...] = ()
    sub_accounts: tuple[SubAccount, ...] = ()
    holdings: tuple[Asset, ...] = ()
    reported_at: When | None = None
    remark: str = ""
    ext: dict[str, str] = field(default_factory=dict)

    def measures_on(self, seq: str) -> tuple[Measure, ...]:
        """Earlier measures on one holding, by its sequence; "" asks for those on the account itself."""
        return tuple(measure for measure in self.measures if measure.asset_seq == seq)
