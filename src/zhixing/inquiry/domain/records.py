"""One record of an answer as the sieve sees it, flat and profile-free."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from zhixing.gateway.domain.assets import Asset, Deposit, FinancialAsset, Measure, RealRight
from zhixing.gateway.domain.canonical import InquiryResult
from zhixing.gateway.domain.holdings import (
    HousingFundAccount,
    InsurancePolicy,
    PaymentAccount,
    SecuritiesHolding,
    Vehicle,
)
from zhixing.gateway.domain.values import Amount, When
from zhixing.inquiry.domain.record_kinds import (
    Parts,
    fund_parts,
    payment_parts,
    policy_parts,
    securities_parts,
    sub_account_asset,
    vehicle_parts,
)


class Kind(StrEnum):
    """Classes of property."""

    CASH = "cash"
    PAYMENT = "payment"
    WEALTH = "wealth"
    SECURITIES = "securities"
    INSURANCE = "insurance"
    REALTY = "realty"
    VEHICLE = "vehicle"
    VESSEL = "vessel"
    EQUITY = "equity"
    RECEIVABLE = "receivable"
    INCOME = "income"
    HOUSING_FUND = "housing_fund"
    OTHER = "other"


# Lists of a registry that are burdens on a unit, not property of their own.
BURDEN_LISTS = frozenset({"DYAQ", "CFDJ"})
# The bank formats have no field for the owner of an account; a bank that found it by name alone says so in its remark.
_OWNER_ID = re.compile(
    r"证件号码?[：:\s]*([0-9A-Za-z０-９Ａ-Ｚａ-ｚ*＊][0-9A-Za-z０-９Ａ-Ｚａ-ｚ*＊ \u3000-]{7,23})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Whom the agency names as owner; empty where its format has no place for it."""

    name: str = ""
    id_no: str = ""
    share: str = ""
    is_sole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Texts as the agency wrote them, for the sieve, which judges what cannot be read."""

    balance: str = ""
    available: str = ""
    currency: str = ""
    as_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What one line of an answer says. Amounts in yuan unless `currency` says otherwise; None = not told.

    number: account, product or unit number: what makes it the same thing. linked: the cash account behind a product; main: the account a sub-account belongs to.
    remark: what the agency remarked on it and on the account it is held through.
    prior: earlier measures on it. told: the texts behind the values.
    """

    kind: Kind
    number: str
    label: str
    place: str = ""
    category: str = ""
    status: str = ""
    remark: str = ""
    holder: Holder = Holder()
    phone: str = ""
    address: str = ""
    balance: Decimal | None = None
    available: Decimal | None = None
    currency: str = "CNY"
    linked: str = ""
    main: str = ""
    prior: tuple[Measure, ...] = ()
    burdens: tuple[str, ...] = ()
    secured: Decimal = Decimal(0)
    as_of: date | datetime | None = None
    asset: Asset | None = field(default=None, compare=False)
    told: Told = Told()


def records_of(result: InquiryResult) -> Iterator[Record]:
    """All records of an answer in wire order; burdens are folded into the unit they lie on."""
    burdens = _burdens(result)
    as_of = result.responded_at.value if result.responded_at else None
    for outer, asset in ((top, held) for top in result.assets for held in (top, *top.holdings)):
        match asset.detail:
            case Deposit():
                yield _deposit(asset, asset.detail, as_of)
                for sub in asset.sub_accounts:
                    part = sub_account_asset(sub)
                    found = _deposit(part, part.detail, as_of)  # type: ignore[arg-type]
                    yield replace(
                        found,
                        main=asset.detail.account_no,
                        holder=_told_owner(part, asset),
                        remark=_remarks(part, asset),
                    )
            case FinancialAsset():
                yield _product(outer, asset, asset.detail, as_of)
            case RealRight():
                if asset.detail.right_class not in BURDEN_LISTS:
                    yield _right(asset, asset.detail, as_of, burdens.get(asset.detail.unit_no, []))
            case None:
                continue
            case _ if type(asset.detail) in _OTHER_KINDS:
                kind, read = _OTHER_KINDS[type(asset.detail)]
                yield _other(kind, read(asset.detail), asset, as_of)
            case _:
                yield _other(Kind.OTHER, Parts(number=asset.seq, label="其他财产"), asset, as_of)


_OTHER_KINDS: Mapping[type, tuple[Kind, Callable[[Any], Parts]]] = {
    Vehicle: (Kind.VEHICLE, vehicle_parts),
    SecuritiesHolding: (Kind.SECURITIES, securities_parts),
    InsurancePolicy: (Kind.INSURANCE, policy_parts),
    PaymentAccount: (Kind.PAYMENT, payment_parts),
    HousingFundAccount: (Kind.HOUSING_FUND, fund_parts),
}


def _other(kind: Kind, parts: Parts, asset: Asset, as_of: date | datetime | None) -> Record:
    told = _told_owner(asset)
    return Record(
        kind=kind,
        number=parts.number,
        label=parts.label,
        place=parts.place,
        category=parts.category,
        status=parts.status,
        remark=asset.remark,
        holder=Holder(name=parts.holder_name, id_no=parts.holder_id or told.id_no),
        phone=parts.phone,
        balance=_value(parts.balance),
        available=_value(parts.available),
        currency=_currency(parts.currency),
        prior=asset.measures_on(""),
        burdens=parts.burdens
        + tuple(f"{right.right_type} {right.holder}".strip() for right in asset.priority_rights),
        as_of=_moment(asset, as_of),
        told=Told(
            balance=_text(parts.balance),
            available=_text(parts.available),
            currency=_code(parts.currency),
            as_of=_moment_text(asset, as_of),
        ),
        asset=asset,
    )


def _told_owner(*assets: Asset) -> Holder:
    """The owner's number where a remark tells it; what is held through an account belongs to the account's owner."""
    found = (_OWNER_ID.search(asset.remark) for asset in assets)
    return next((Holder(id_no=match[1]) for match in found if match), Holder())


def _remarks(*assets: Asset) -> str:
    """A bank that searched by name remarks it on the account, not on what is held through it."""
    return " ".join(dict.fromkeys(asset.remark for asset in assets if asset.remark))


def _deposit(asset: Asset, account: Deposit, as_of: date | datetime | None) -> Record:
    own = asset.measures_on("")
    return Record(
        kind=Kind.CASH,
        number=account.account_no,
        label=account.category or "存款",
        place=account.branch,
        category=account.category,
        status=account.status,
        holder=_told_owner(asset),
        phone=account.phone,
        address=account.address,
        balance=_value(account.balance),
        available=_value(account.available),
        currency=_currency(account.currency),
        linked=account.linked_cash_account,
        remark=asset.remark,
        prior=own,
        as_of=_moment(asset, as_of),
        told=Told(
            balance=_text(account.balance),
            available=_text(account.available),
            currency=_code(account.currency),
            as_of=_moment_text(asset, as_of),
        ),
        asset=asset,
        burdens=tuple(f"{right.right_type} {right.holder}".strip() for right in asset.priority_rights),
    )


def _product(outer: Asset, asset: Asset, product: FinancialAsset, as_of: date | datetime | None) -> Record:
    total = _value(product.total_amount)
    quantity = _value(product.quantity)
    if total is None and quantity is not None:
        price = _value(product.unit_price)
        total = quantity * (price if price is not None else Decimal(1))
    free = _value(product.controllable_quantity)
    available = (
        total
        if free is None or not product.quantity or product.quantity.value in (None, 0)
        else (total * free / product.quantity.value if total is not None else None)
    )
    measures = outer.measures_on(asset.seq) if asset.seq else ()
    return Record(
        kind=Kind.WEALTH,
        number=product.product_no or product.wealth_account or product.cash_return_account,
        label=product.name or "理财产品",
        place=product.manager,
        category=product.type,
        balance=total,
        holder=_told_owner(asset, outer),
        available=available,
        currency=_currency(product.currency),
        linked=product.cash_return_account,
        remark=_remarks(asset, outer),
        prior=measures,
        as_of=_moment(asset, as_of),
        told=Told(
            balance=_text(product.total_amount) or ("" if total is None else f"{total:f}"),
            available="" if available is None else f"{available:f}",
            currency=_code(product.currency),
            as_of=_moment_text(asset, as_of),
        ),
        asset=asset,
        burdens=tuple(filter(None, (product.restriction, product.pledgee and f"质押 {product.pledgee}"))),
    )


def _right(asset: Asset, right: RealRight, as_of: date | datetime | None, burdens: list[RealRight]) -> Record:
    first = right.holders[0] if right.holders else None
    holder = Holder(
        name=first.name if first else "",
        id_no=first.id_no if first else "",
        share=first.share if first else "",
        is_sole=len(right.holders) <= 1,
    )
    area = right.areas.building or right.areas.use_right or right.areas.parcel
    size = f"　{area.value}㎡" if area and area.value is not None else ""
    seizures = tuple(
        Measure(
            authority=b.seizure.authority,
            doc_no=b.seizure.doc_no,
            effective_to=b.seizure.effective_to,
            remark=b.seizure.type.normalized if b.seizure.type else "",
        )
        for b in burdens
        if b.seizure
    )
    mortgages = [b.mortgage for b in burdens if b.mortgage]
    return Record(
        kind=Kind.REALTY,
        number=right.unit_no or right.certificate_no,
        label=f"{right.location}{size}",
        place=right.registry,
        category=right.use or right.nature,
        holder=holder,
        prior=seizures,
        burdens=tuple(f"抵押 {m.mortgagee}" for m in mortgages),
        secured=sum((m.amount.value for m in mortgages if m.amount and m.amount.value), Decimal(0)),
        as_of=_moment(asset, as_of),
        told=Told(as_of=_moment_text(asset, as_of)),
        remark=asset.remark,
        asset=asset,
    )


def asked_holder(record: Record, ids: Iterable[str], names: Iterable[str]) -> Record:
    """The record with the co-owner who was asked about as its holder, known by number, else by name; else unchanged."""
    right = record.asset.detail if record.asset else None
    if not isinstance(right, RealRight) or len(right.holders) < 2:
        return record
    numbers, called = {_plain(value) for value in ids}, {_plain(value) for value in names}
    ours = [one for one in right.holders if _plain(one.id_no) in numbers]
    ours = ours or [one for one in right.holders if _plain(one.name) in called]
    if not ours:
        return record
    return replace(
        record, holder=replace(record.holder, name=ours[0].name, id_no=ours[0].id_no, share=ours[0].share)
    )


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def _burdens(result: InquiryResult) -> dict[str, list[RealRight]]:
    found: dict[str, list[RealRight]] = {}
    for asset in result.every_asset():
        if isinstance(asset.detail, RealRight) and asset.detail.right_class in BURDEN_LISTS:
            found.setdefault(asset.detail.unit_no, []).append(asset.detail)
    return found


def _value(amount: Amount | None) -> Decimal | None:
    return amount.value if amount is not None else None


def _currency(code: object) -> str:
    normalized = getattr(code, "normalized", "") or ""
    return (normalized or "CNY").upper()[:3]


def _moment(asset: Asset, otherwise: date | datetime | None) -> date | datetime | None:
    return asset.reported_at.value if asset.reported_at and asset.reported_at.value else otherwise


def _text(amount: Amount | None) -> str:
    return amount.text if amount is not None else ""


def _code(currency: object) -> str:
    """The code as it came; what was made here has only its meaning."""
    return getattr(currency, "code", "") or getattr(currency, "normalized", "") or ""


def _moment_text(asset: Asset, otherwise: date | datetime | None) -> str:
    if asset.reported_at is not None:
        return asset.reported_at.text()
    return When.of(otherwise).text() if otherwise else ""
