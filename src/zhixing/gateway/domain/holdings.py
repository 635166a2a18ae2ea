"""Property that no public court format describes: vehicles, securities, policies, payment accounts, housing fund.

Fields follow spec of the messages §2.9; earlier measures and rights of others stay with the `Asset`, as everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from zhixing.gateway.domain.values import Amount, Coded, When


@dataclass(frozen=True, slots=True, kw_only=True)
class Vehicle:
    """机动车. ``plate_type`` 号牌种类; ``mortgaged`` the registry's own words for its mortgage mark."""

    plate_no: str = ""
    plate_type: str = ""
    vin: str = ""
    engine_no: str = ""
    brand: str = ""
    model: str = ""
    vehicle_type: str = ""
    use_nature: str = ""
    owner: str = ""
    owner_id_no: str = ""
    registered: When | None = None
    inspection_until: When | None = None
    status: str = ""
    mortgaged: str = ""
    mortgagee: str = ""
    registry: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecuritiesHolding:
    """证券账户中的一只证券. Quantities in units of the security; ``waiting_rank`` of a freeze that waits."""

    account_no: str = ""
    market: str = ""
    security_code: str = ""
    security_name: str = ""
    security_type: str = ""
    holder: str = ""
    quantity: Amount | None = None
    available_quantity: Amount | None = None
    frozen_quantity: Amount | None = None
    pledged_quantity: Amount | None = None
    pledgee: str = ""
    freeze_serial: str = ""
    waiting_rank: str = ""
    custodian: str = ""
    currency: Coded | None = None
    unit_price: Amount | None = None
    market_value: Amount | None = None
    dividends_included: str = ""
    restriction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InsurancePolicy:
    """人身保险单. ``cash_value`` 现金价值 is what enforcement can reach, not the sum insured."""

    insurer: str = ""
    policy_no: str = ""
    product: str = ""
    category: str = ""
    policyholder: str = ""
    policyholder_id_no: str = ""
    insured: str = ""
    beneficiary: str = ""
    cash_value: Amount | None = None
    loan_amount: Amount | None = None
    sum_insured: Amount | None = None
    currency: Coded | None = None
    status: str = ""
    effective_from: When | None = None
    effective_to: When | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentAccount:
    """支付账户. ``wealth_balance`` the money-market part (余额宝、零钱通); ``linked_cards`` last digits of bank cards."""

    account_no: str = ""
    category: str = ""
    status: str = ""
    balance: Amount | None = None
    available: Amount | None = None
    wealth_balance: Amount | None = None
    currency: Coded | None = None
    linked_cards: tuple[str, ...] = ()
    phone: str = ""
    opened: When | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HousingFundAccount:
    """住房公积金个人账户. ``paid_until`` 缴至年月, as the centre writes it."""

    account_no: str = ""
    status: str = ""
    employer: str = ""
    balance: Amount | None = None
    deposit_base: Amount | None = None
    monthly_deposit: Amount | None = None
    paid_until: str = ""
    opened: When | None = None
    loan_balance: Amount | None = None
    center: str = ""
