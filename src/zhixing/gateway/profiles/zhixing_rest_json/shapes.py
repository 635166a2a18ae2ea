"""What each canonical class looks like as a JSON object: one plan per class, for reading, writing and the description."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from zhixing.gateway.domain import assets, canonical, messages
from zhixing.gateway.domain.assets import AssetKind
from zhixing.gateway.domain.values import Amount, Coded, When

NUMBER_PATTERN = "^[0-9A-Za-z_-]{1,30}$"
AMOUNT_PATTERN = r"^[+-]?[0-9]{1,16}(\.[0-9]{1,8})?$"
MOMENT_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}:[0-9]{2}(\+08:00)?)?$"


class Form(StrEnum):
    """How one field is written."""

    TEXT = "text"
    NUMBER = "number"
    """Request numbers and the like: looked up by, so a narrow alphabet."""
    AMOUNT = "amount"
    WHEN = "when"
    CODED = "coded"
    BYTES = "bytes"
    ENUM = "enum"
    PART = "part"
    PARTS = "parts"
    TEXTS = "texts"
    DETAIL = "detail"


@dataclass(frozen=True, slots=True)
class Slot:
    """One field of a class. ``inner``: class of a part, or the enumeration. ``words``: closed vocabulary of a code."""

    name: str
    form: Form
    default: Any
    inner: type | None = None
    words: tuple[str, ...] = ()
    is_needed: bool = False


DETAILS: Mapping[AssetKind, type] = {
    AssetKind.DEPOSIT: assets.Deposit,
    AssetKind.FINANCIAL_ASSET: assets.FinancialAsset,
    AssetKind.REAL_ESTATE: assets.RealRight,
    AssetKind.VEHICLE: assets.Vehicle,
    AssetKind.SECURITIES: assets.SecuritiesHolding,
    AssetKind.INSURANCE: assets.InsurancePolicy,
    AssetKind.PAYMENT: assets.PaymentAccount,
    AssetKind.HOUSING_FUND: assets.HousingFundAccount,
}
ACTIONS = (
    "freeze", "renew", "release", "deduct", "waiting_freeze", "release_waiting", "withdraw_income",
    "freeze_and_deduct", "seize", "waiting_seize", "transfer",
)  # fmt: skip
OBJECTS = tuple(str(kind) for kind in AssetKind)
# Codes on which what we do depends; all other codes are the agency's own words.
_WORDS: Mapping[tuple[type, str], tuple[str, ...]] = {
    (canonical.ControlResult, "outcome"): ("done", "not_done"),
    (canonical.ControlResult, "scope"): ("funds", "account"),
    (canonical.ControlItem, "action"): ACTIONS,
    (canonical.ControlItem, "object"): OBJECTS,
    (canonical.ControlItem, "scope"): ("funds", "account"),
    (canonical.Request, "nature"): ("inquiry", "control"),
    (assets.Transaction, "direction"): ("in", "out"),
}
_NEEDED: Mapping[type, frozenset[str]] = {
    canonical.Request: frozenset({"request_no", "kind", "subject"}),
    canonical.ControlItem: frozenset({"seq", "action"}),
    canonical.InquiryResult: frozenset({"request_no", "outcome"}),
    canonical.ControlResult: frozenset({"request_no", "item_seq", "outcome"}),
    canonical.ReceiptDocument: frozenset({"request_no", "content"}),
    canonical.Rollback: frozenset({"request_no", "reason"}),
    canonical.Ack: frozenset({"request_no", "result"}),
    canonical.LegalDocument: frozenset({"content"}),
    assets.Asset: frozenset({"kind"}),
    messages.AccountTransactions: frozenset({"request_no", "transactions"}),
    messages.KeyQuery: frozenset({"key"}),
    messages.RequestList: frozenset({"requests"}),
    messages.DocumentList: frozenset({"documents"}),
    messages.CertificateList: frozenset({"entries"}),
    messages.InquiryFeedback: frozenset({"results"}),
    messages.TransactionFeedback: frozenset({"entries"}),
    messages.RollbackList: frozenset({"rollbacks"}),
    messages.AckList: frozenset({"acks"}),
}
NUMBERS = frozenset({"request_no", "original_request_no"})
# Ours alone: bytes and versions are kept beside a message, never in it.
_HIDDEN: Mapping[type, frozenset[str]] = {
    canonical.Envelope: frozenset({"raw", "ext"}),
    canonical.ControlResult: frozenset({"version"}),
}
_PLAIN: Mapping[object, Form] = {
    str: Form.TEXT,
    Amount: Form.AMOUNT,
    When: Form.WHEN,
    Coded: Form.CODED,
    bytes: Form.BYTES,
}


@lru_cache(maxsize=128)
def slots_of(cls: type) -> tuple[Slot, ...]:
    """Fields of a class in order, without ``ext``, which holds what none of them takes."""
    hints = typing.get_type_hints(cls)
    hidden = _HIDDEN.get(cls, frozenset())
    needed = _NEEDED.get(cls, frozenset())
    return tuple(
        _slot(cls, item.name, hints[item.name], _default(item), item.name in needed)
        for item in fields(cls)
        if item.name != "ext" and item.name not in hidden and not _is_told_by_type(cls, item.name)
    )


@lru_cache(maxsize=128)
def keeps_ext(cls: type) -> bool:
    """Whether the class itself keeps unknown fields; else the nearest one around it does."""
    return any(item.name == "ext" for item in fields(cls)) and cls is not canonical.Envelope


def _is_told_by_type(cls: type, name: str) -> bool:
    """The kind of a list is its message type."""
    return cls is messages.RequestList and name == "kind"


def _default(item: Any) -> Any:
    return item.default if item.default is not MISSING else item.default_factory()


def _slot(cls: type, name: str, hint: Any, default: Any, is_needed: bool) -> Slot:
    if cls is assets.Asset and name == "detail":
        return Slot(name, Form.DETAIL, None, is_needed=False)
    kinds = [part for part in typing.get_args(hint) if part is not types.NoneType]
    if typing.get_origin(hint) is tuple:
        inner = kinds[0]
        form = Form.TEXTS if inner is str else Form.PARTS
        return Slot(name, form, (), inner if form is Form.PARTS else None, is_needed=is_needed)
    single = kinds[0] if kinds else hint
    if single in _PLAIN:
        form = Form.NUMBER if name in NUMBERS else _PLAIN[single]
        return Slot(name, form, default, words=_WORDS.get((cls, name), ()), is_needed=is_needed)
    if isinstance(single, type) and issubclass(single, StrEnum):
        return Slot(name, Form.ENUM, default, single, is_needed=is_needed)
    if not is_dataclass(single):
        raise TypeError(f"{cls.__name__}.{name} has no form in JSON")
    return Slot(name, Form.PART, default, typing.cast("type", single), is_needed=is_needed)
