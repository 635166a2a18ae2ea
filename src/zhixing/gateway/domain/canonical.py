"""The canonical model of orders and answers: one vocabulary for every court-side wire format.

Texts default to "", single values that may be missing are None, repetitions are tuples in the order of the wire.
``ext`` keeps, under its wire name, every field that no table knows, so that nothing that came is lost.
Amounts and dates carry the text as it came (`Amount`, `When`); codes carry their table (`Coded`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from zhixing.gateway.domain.assets import Asset, Measure, PriorityRight
from zhixing.gateway.domain.values import Amount, Coded, When


class RequestKind(StrEnum):
    """查询 or 控制."""

    INQUIRY = "inquiry"
    CONTROL = "control"


class Outcome(StrEnum):
    """What an inquiry came to, per request, never per message."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    REFUSED = "refused"
    ERROR = "error"


class AckResult(StrEnum):
    """How the court took one answer; ``already`` = fed back before, which a client may count as success."""

    SUCCESS = "success"
    FAIL = "fail"
    ALREADY = "already"


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What stands around a message: who, when, by which profile, and the bytes as they came."""

    message_id: str = ""
    kind: str = ""
    profile: str = ""
    agency_code: str = ""
    agency_kind: str = ""
    batch_no: str = ""
    created_at: When | None = None
    signature: str = ""
    response_code: str = ""
    response_text: str = ""
    raw: bytes = b""
    ext: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """被查询人 or 被控制人. ``id_no_15`` and ``subject_kind`` ride only in formats that have a place for them."""

    name: str = ""
    id_type: Coded | None = None
    id_no: str = ""
    id_no_15: str = ""
    country: str = ""
    id_issuer: str = ""
    subject_kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Court:
    """执行法院."""

    name: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """工作证 or 公务证: its number, the format of the picture (file extension) and the picture."""

    number: str = ""
    file_format: str = ""
    image: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """承办人. A request names one on most wires; the certificate message brings them all."""

    name: str = ""
    phone: str = ""
    work_card: Card = Card()
    official_card: Card = Card()


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateEntry:
    """One entry of a certificate message: the cards of one officer for one request."""

    request_no: str = ""
    seq: str = ""
    name: str = ""
    officer: Officer = Officer()
    ext: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalDocument:
    """法律文书. Keyed by document number for bank inquiries, by request number otherwise."""

    document_no: str = ""
    request_no: str = ""
    seq: str = ""
    name: str = ""
    file_type: str = ""
    category: str = ""
    registered_by: str = ""
    registered_at: When | None = None
    content: bytes = b""
    md5: str = ""
    ext: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryScope:
    """What is asked. Both ends of the period empty = no transaction details wanted."""

    asset_kinds: tuple[str, ...] = ()
    period_from: When | None = None
    period_to: When | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a measure is aimed at: the identity of an asset, by whatever the agency calls it."""

    account_no: str = ""
    sub_account_no: str = ""
    category: str = ""
    branch: str = ""
    branch_code: str = ""
    asset_name: str = ""
    asset_type: str = ""
    unit: str = ""
    sales_channel: str = ""
    region_no: str = ""
    product_no: str = ""
    wealth_account: str = ""
    cash_return_account: str = ""
    right_class: Coded | None = None
    unit_no: str = ""
    location: str = ""
    certificate_no: str = ""
    registry: str = ""
    business_no: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PayeeAccount:
    """执行款专户: where deducted money goes."""

    holder: str = ""
    bank: str = ""
    bank_no: str = ""
    account_no: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transferee:
    """过户对象: who becomes owner by a transfer document."""

    seq: str = ""
    name: str = ""
    id_type: Coded | None = None
    id_no: str = ""
    ext: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlItem:
    """One measure asked for on one asset.

    ``object``: deposit, financial_asset, real_estate. ``action``: freeze, renew, release, deduct, waiting_freeze,
    release_waiting, withdraw_income, freeze_and_deduct, seize, waiting_seize, transfer. ``scope``: funds, account.
    Renewal and release need ``original_request_no`` (real estate: ``original_business_no``); deduction needs ``payee``.
    """

    seq: str = ""
    object: Coded | None = None
    action: Coded | None = None
    scope: Coded | None = None
    target: Target = Target()
    currency: Coded | None = None
    amount: Amount | None = None
    quantity: Amount | None = None
    amount_unit: str = ""
    ratio: str = ""
    effective_from: When | None = None
    effective_to: When | None = None
    ruling_no: str = ""
    notice_no: str = ""
    fx_conversion: str = ""
    payee: PayeeAccount | None = None
    original_request_no: str = ""
    original_case_no: str = ""
    original_business_no: str = ""
    transferees: tuple[Transferee, ...] = ()
    ext: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """请求单: one person, one legal basis; ``scope`` for an inquiry, ``items`` for a control request."""

    request_no: str = ""
    kind: RequestKind = RequestKind.INQUIRY
    category: Coded | None = None
    nature: Coded | None = None
    subject: Subject = Subject()
    court: Court = Court()
    officers: tuple[Officer, ...] = ()
    case_no: str = ""
    notice_name: str = ""
    document_no: str = ""
    contact_address: str = ""
    requesting_org_no: str = ""
    remark: str = ""
    scope: InquiryScope | None = None
    items: tuple[ControlItem, ...] = ()
    ext: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryResult:
    """What one agency says about one request.

    ``outcome_text`` is the sentence that carried the outcome (such as 查无开户信息), ``note`` its explanation.
    ``processing`` is the agency's own result code where the format has one.
    """

    request_no: str = ""
    outcome: Outcome = Outcome.FOUND
    outcome_text: str = ""
    note: str = ""
    processing: Coded | None = None
    responded_at: When | None = None
    assets: tuple[Asset, ...] = ()
    ext: dict[str, str] = field(default_factory=dict)

    def every_asset(self) -> tuple[Asset, ...]:
        """All assets in order, each followed by the assets held through it."""
        return tuple(found for asset in self.assets for found in (asset, *asset.holdings))


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlResult:
    """What became of one item of a control request.

    ``outcome`` is normalised to done or not_done; None when the agency could not process the request at all, which
    ``processing`` and ``reason`` then tell. ``over_limit_amount``: controlled beyond the available balance, to be filled by
    later deposits. ``version`` is ours: 0 as it came, counted up by the room that stores corrections.
    """

    request_no: str = ""
    item_seq: str = ""
    processing: Coded | None = None
    target: Target = Target()
    scope: Coded | None = None
    outcome: Coded | None = None
    balance: Amount | None = None
    available: Amount | None = None
    effective_from: When | None = None
    effective_to: When | None = None
    limit: Amount | None = None
    controlled_amount: Amount | None = None
    controlled_quantity: Amount | None = None
    over_limit_amount: Amount | None = None
    reason: str = ""
    remark: str = ""
    agency_business_no: str = ""
    seizure_business_no: str = ""
    prior_measures: tuple[Measure, ...] = ()
    priority_rights: tuple[PriorityRight, ...] = ()
    version: int = 0
    ext: dict[str, str] = field(default_factory=dict)

    @property
    def is_done(self) -> bool:
        """Whether the measure took hold."""
        return self.outcome is not None and self.outcome.normalized == "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptDocument:
    """回执文书: the sealed paper by which the agency confirms a measure."""

    request_no: str = ""
    name: str = ""
    file_type: str = ""
    category: str = ""
    content: bytes = b""
    md5: str = ""
    ext: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollback:
    """回退: one side refuses a request or an answer and says why and whom to ask."""

    request_no: str = ""
    reason: str = ""
    note: str = ""
    contact: str = ""
    phone: str = ""
    ext: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ack:
    """The court's answer to one answer."""

    request_no: str = ""
    result: AckResult = AckResult.SUCCESS
    message: str = ""
    ext: dict[str, str] = field(default_factory=dict)
