"""Fields of what a bank answers: accounts and what hangs on them, control results, receipts, refusals."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from zhixing.gateway.domain.assets import (
    Asset,
    AssetKind,
    Counterparty,
    Deposit,
    FinancialAsset,
    Measure,
    PriorityRight,
    SubAccount,
    Transaction,
)
from zhixing.gateway.domain.canonical import ControlResult, ReceiptDocument, Rollback, Target
from zhixing.gateway.domain.messages import ControlFeedback, RollbackList
from zhixing.gateway.domain.values import When
from zhixing.gateway.profiles.bank_soap_gbk import codes
from zhixing.gateway.profiles.bank_soap_gbk.dialect import POINT_TO_POINT, STAR
from zhixing.gateway.profiles.codes import CURRENCY
from zhixing.gateway.profiles.fields import KEY, MOMENT, NUMBER, PAPER, Child, Code, Field, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRow:
    """One zhxx: an account, or the sentence that there is none. Becomes part of an `InquiryResult`."""

    request_no: str = ""
    responded_at: When | None = None
    asset: Asset = field(default_factory=Asset)
    ext: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountList:
    """zhxxList as it stands."""

    rows: tuple[AccountRow, ...] = ()
    ext: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransactionRow:
    """One wlxx that came apart from its account."""

    request_no: str = ""
    asset_seq: str = ""
    account_no: str = ""
    transaction: Transaction = field(default_factory=Transaction)
    ext: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransactionRows:
    """wlxxList as it stands."""

    rows: tuple[TransactionRow, ...] = ()
    ext: dict[str, str] = field(default_factory=dict)


JRXX = Record(
    "jrxx",
    Asset,
    (
        Field("ZCXH", "seq", KEY),
        Field("ZCMC", "detail.name"),
        Field("ZCLX", "detail.type"),
        Field("CPXSZL", "detail.sales_channel", feature=STAR),
        Field("DQH", "detail.region_no", feature=STAR),
        Field("JRCPBH", "detail.product_no", KEY, feature=STAR),
        Field("LCZH", "detail.wealth_account", KEY, feature=STAR),
        Field("ZJHKZH", "detail.cash_return_account", KEY, feature=STAR),
        Field("ZCGLR", "detail.manager"),
        Field("ZCKFJY", "detail.tradable"),
        Field("ZCJYXZ", "detail.restriction"),
        Field("XZXCRQ", "detail.restriction_until", MOMENT),
        Field("ZYQR", "detail.pledgee", feature=STAR),
        Field("TGR", "detail.custodian", feature=STAR),
        Field("SYR", "detail.beneficiary", feature=STAR),
        Field("CLR", "detail.inception", MOMENT, feature=STAR),
        Field("SHR", "detail.redemption", MOMENT, feature=STAR),
        Field("TGZH", "detail.custody_account", KEY, feature=STAR),
        Field("JLDW", "detail.unit"),
        Field("BZ", "detail.currency", Code(CURRENCY)),
        Field("ZCDWJG", "detail.unit_price", NUMBER),
        Field("SE", "detail.quantity", NUMBER),
        Field("KYSE", "detail.controllable_quantity", NUMBER),
        Field("ZCZJE", "detail.total_amount", NUMBER, feature=STAR),
        Field("BEIZ", "remark"),
    ),
    parts={"detail": (FinancialAsset, False)},
    fixed={"kind": AssetKind.FINANCIAL_ASSET},
)
DJXX = Record(
    "djxx",
    Measure,
    (
        Field("CSXH", "seq", KEY),
        Field("ZCXH", "asset_seq", KEY, feature=STAR),
        Field("JRCPBH", "product_no", KEY, feature=STAR),
        Field("DJJZRQ", "effective_to", MOMENT),
        Field("DJJG", "authority"),
        Field("DJWH", "doc_no"),
        Field("DJJE", "amount", NUMBER),
        Field("BEIZ", "remark"),
        Field("SFBDJ", "point_to_point_flag", feature=POINT_TO_POINT),
    ),
)
_TRANSACTION_FIELDS = (
    Field("WLXH", "seq", KEY),
    Field("JYZL", "kind"),
    Field("ZJLX", "direction", Code(codes.DIRECTION)),
    Field("BZ", "currency", Code(CURRENCY)),
    Field("JE", "amount", NUMBER),
    Field("JYSJ", "time", MOMENT),
    Field("JYLSH", "serial", KEY),
    Field("ZCKZXM", "counterparty.name"),
    Field("ZCKZH", "counterparty.account_no", KEY),
    Field("ZCKZHKHH", "counterparty.bank"),
    Field("JYDSYHHH", "counterparty.bank_no", KEY),
    Field("JYDSZJLX", "counterparty.id_type", Code(codes.ID_TYPE)),
    Field("JYDSZJHM", "counterparty.id_no", KEY),
    Field("JYDSTXDZ", "counterparty.address"),
    Field("JYDSYZBM", "counterparty.postcode"),
    Field("JYDSLXDH", "counterparty.phone"),
    Field("BEIZ", "remark"),
)
WLXX = Record("wlxx", Transaction, _TRANSACTION_FIELDS, parts={"counterparty": (Counterparty, False)})
QLXX = Record(
    "qlxx",
    PriorityRight,
    (
        Field("XH", "seq", KEY),
        Field("ZCXH", "asset_seq", KEY, feature=STAR),
        Field("JRCPBH", "product_no", KEY, feature=STAR),
        Field("QLLX", "right_type"),
        Field("QLR", "holder"),
        Field("QLJE", "amount", NUMBER),
        Field("QLRDZ", "address"),
        Field("QLRLXFS", "contact"),
        Field("BEIZ", "remark"),
    ),
)
GLXX = Record(
    "glxx",
    SubAccount,
    (
        Field("GLXH", "seq", KEY),
        Field("ZKHZH", "main_account", KEY),
        Field("GLZHLB", "category"),
        Field("GLZHHM", "account_no", KEY),
        Field("BZ", "currency", Code(CURRENCY)),
        Field("YE", "balance", NUMBER),
        Field("KYYE", "available", NUMBER),
        Field("BEIZ", "remark"),
        Field("GLZHMC", "manager", feature=POINT_TO_POINT),
    ),
)
ZHXX = Record(
    "zhxx",
    AccountRow,
    (
        Field("BDHM", "request_no", KEY, need="must"),
        Field("CCXH", "asset.seq", KEY, need="should"),
        Field("KHZH", "asset.detail.account_no", KEY, need="should"),
        Field("CCLB", "asset.detail.category"),
        Field("ZHZT", "asset.detail.status"),
        Field("KHWD", "asset.detail.branch"),
        Field("KHWDDM", "asset.detail.branch_code", KEY),
        Field("KHRQ", "asset.detail.opened", MOMENT),
        Field("XHRQ", "asset.detail.closed", MOMENT),
        Field("BZ", "asset.detail.currency", Code(CURRENCY)),
        Field("YE", "asset.detail.balance", NUMBER),
        Field("KYYE", "asset.detail.available", NUMBER),
        Field("GLZJZH", "asset.detail.linked_cash_account", KEY),
        Field("FKSJ", "responded_at", MOMENT, need="should"),
        Field("TXDZ", "asset.detail.address"),
        Field("YZBM", "asset.detail.postcode"),
        Field("LXDH", "asset.detail.phone"),
        Field("BEIZ", "asset.remark"),
        Field("SFTZ", "asset.detail.point_to_point_flag", feature=POINT_TO_POINT),
    ),
    children=(
        Child("jrxxList", JRXX, "asset.holdings"),
        Child("djxxList", DJXX, "asset.measures"),
        Child("wlxxList", WLXX, "asset.transactions"),
        Child("qlxxList", QLXX, "asset.priority_rights"),
        Child("glxxList", GLXX, "asset.sub_accounts"),
    ),
    parts={"asset": (Asset, False), "asset.detail": (Deposit, False)},
    fixed={"asset.kind": AssetKind.DEPOSIT},
)
ACCOUNT_LIST = Record("zhxxList", AccountList, (), children=(Child("", ZHXX, "rows"),))

# The body of the separate call was never seen: the account's keys before the fields of a transaction.
WLXX_ALONE = Record(
    "wlxx",
    TransactionRow,
    (
        Field("BDHM", "request_no", KEY, need="must"),
        Field("CCXH", "asset_seq", KEY),
        Field("KHZH", "account_no", KEY),
        *(replace(item, path=f"transaction.{item.path}") for item in _TRANSACTION_FIELDS),
    ),
    parts={"transaction": (Transaction, False), "transaction.counterparty": (Counterparty, False)},
)
TRANSACTION_LIST = Record("wlxxList", TransactionRows, (), children=(Child("", WLXX_ALONE, "rows"),))

KZXX = Record(
    "kzxx",
    ControlResult,
    (
        Field("BDHM", "request_no", KEY, need="must"),
        Field("CCXH", "item_seq", KEY, need="must"),
        Field("KHZH", "target.account_no", KEY),
        Field("JRCPBH", "target.product_no", KEY, feature=STAR),
        Field("LCZH", "target.wealth_account", KEY, feature=STAR),
        Field("KZNR", "scope", Code(codes.SCOPE)),
        Field("KZZT", "outcome", Code(codes.RESULT), need="must"),
        Field("YE", "balance", NUMBER),
        Field("KYYE", "available", NUMBER),
        Field("CSKSRQ", "effective_from", MOMENT),
        Field("CSJSRQ", "effective_to", MOMENT),
        Field("DJXE", "limit", NUMBER),
        Field("SKJE", "controlled_amount", NUMBER),
        Field("SKSE", "controlled_quantity", NUMBER, feature=STAR),
        Field("CESKJE", "over_limit_amount", NUMBER),
        Field("WNKZYY", "reason"),
        Field("BEIZ", "remark"),
    ),
    children=(Child("djxxList", DJXX, "prior_measures"), Child("qlxxList", QLXX, "priority_rights")),
    parts={"target": (Target, False)},
)
HZXX = Record(
    "hzxx",
    ReceiptDocument,
    (
        Field("BDHM", "request_no", KEY, need="must"),
        Field("WJMC", "name"),
        Field("WJLX", "file_type"),
        Field("WSLB", "category"),
        Field("WSNR", "content", PAPER, need="should"),
        Field("MD5", "md5"),
    ),
)
CONTROL_RESULTS = Record(
    "kzxxList",
    ControlFeedback,
    (),
    children=(Child("", KZXX, "results"), Child("hzxxList", HZXX, "receipts")),
)
RECEIPTS_ALONE = Record("hzxxList", ControlFeedback, (), children=(Child("", HZXX, "receipts"),))

HTXX = Record(
    "htxx",
    Rollback,
    (
        Field("BDHM", "request_no", KEY, need="must"),
        Field("XCHTYY", "reason", need="should"),
        Field("XCHTBZ", "note"),
        Field("XCHTR", "contact"),
        Field("XCHTDH", "phone"),
    ),
)
ROLLBACKS = Record("htxxList", RollbackList, (), children=(Child("", HTXX, "rollbacks"),))
