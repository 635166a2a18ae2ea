"""Fields of what a court sends to banks: requests, documents, certificates, acks."""

from __future__ import annotations

from zhixing.gateway.domain.canonical import (
    Ack,
    Card,
    CertificateEntry,
    ControlItem,
    Court,
    InquiryScope,
    LegalDocument,
    Officer,
    PayeeAccount,
    Request,
    RequestKind,
    Subject,
    Target,
)
from zhixing.gateway.domain.messages import AckList, CertificateList, DocumentList, RequestList
from zhixing.gateway.profiles.bank_soap_gbk import codes
from zhixing.gateway.profiles.bank_soap_gbk.dialect import POINT_TO_POINT, STAR
from zhixing.gateway.profiles.codes import CURRENCY
from zhixing.gateway.profiles.converters import AckCode
from zhixing.gateway.profiles.fields import KEY, MOMENT, NUMBER, PAPER, Child, Code, Field, Record

_HEADER_START = (
    Field("BDHM", "request_no", KEY, need="must"),
    Field("LB", "category", Code(codes.CATEGORY)),
    Field("XZ", "nature", Code(codes.NATURE)),
    Field("XM", "subject.name", need="should"),
    Field("ZJLX", "subject.id_type", Code(codes.ID_TYPE), need="should"),
    Field("DSRZJHM", "subject.id_no", KEY, need="should"),
    Field("FYMC", "court.name", need="should"),
    Field("FYDM", "court.code", KEY),
    Field("CBR", "officers.0.name", need="should"),
    Field("YHDH", "officers.0.phone"),
    Field("AH", "case_no", need="should"),
    Field("GZZBH", "officers.0.work_card.number", KEY),
    Field("GWZBH", "officers.0.official_card.number", KEY),
    Field("CKH", "notice_name"),
)
_HEADER_END = (
    Field("GJ", "subject.country", feature=POINT_TO_POINT),
    Field("FZJG", "subject.id_issuer", feature=POINT_TO_POINT),
    Field("JGHM", "requesting_org_no", KEY, feature=POINT_TO_POINT),
)
_HEADER_PARTS = {
    "subject": (Subject, False),
    "court": (Court, False),
    "officers.0": (Officer, True),
    "officers.0.work_card": (Card, True),
    "officers.0.official_card": (Card, True),
}

CXQQ = Record(
    "cxqq",
    Request,
    (
        *_HEADER_START,
        Field("CKKSSJ", "scope.period_from", MOMENT),
        Field("CKJSSJ", "scope.period_to", MOMENT),
        Field("WSBH", "document_no", KEY, need="should"),
        *_HEADER_END,
    ),
    parts={**_HEADER_PARTS, "scope": (InquiryScope, False)},
    fixed={"kind": RequestKind.INQUIRY},
)
KZZH = Record(
    "kzzh",
    ControlItem,
    (
        Field("CCXH", "seq", KEY, need="must"),
        Field("KZLX", "object", Code(codes.OBJECT), need="should"),
        Field("KZCS", "action", Code(codes.ACTION), need="should"),
        Field("KZNR", "scope", Code(codes.SCOPE), need="should"),
        Field("KHZH", "target.account_no", KEY, need="should"),
        Field("GLZHHM", "target.sub_account_no", KEY),
        Field("CCLB", "target.category"),
        Field("KHWD", "target.branch"),
        Field("KHWDDM", "target.branch_code", KEY),
        Field("ZCMC", "target.asset_name"),
        Field("ZCLX", "target.asset_type"),
        Field("JLDW", "target.unit"),
        Field("CPXSZL", "target.sales_channel", feature=STAR),
        Field("DQH", "target.region_no", feature=STAR),
        Field("JRCPBH", "target.product_no", KEY, feature=STAR),
        Field("LCZH", "target.wealth_account", KEY, feature=STAR),
        Field("ZJHKZH", "target.cash_return_account", KEY, feature=STAR),
        Field("BZ", "currency", Code(CURRENCY)),
        Field("JE", "amount", NUMBER),
        Field("SE", "quantity", NUMBER, feature=STAR),
        Field("KSRQ", "effective_from", MOMENT),
        Field("JSRQ", "effective_to", MOMENT),
        Field("SFJH", "fx_conversion"),
        Field("CKWH", "ruling_no", need="should"),
        Field("ZXKZHHM", "payee.holder"),
        Field("ZXKZHKHH", "payee.bank"),
        Field("ZXKZHKHHHH", "payee.bank_no", KEY),
        Field("ZXKZHZH", "payee.account_no", KEY),
        Field("ZXKZHLX", "payee.type"),
        Field("YDJAH", "original_case_no"),
        Field("YDJDH", "original_request_no", KEY),
    ),
    parts={"target": (Target, False), "payee": (PayeeAccount, True)},
)
KZQQ = Record(
    "kzqq",
    Request,
    (*_HEADER_START, Field("LXFS", "contact_address"), Field("BEIZ", "remark"), *_HEADER_END),
    children=(Child("kzzhlist", KZZH, "items", always=True),),
    parts=_HEADER_PARTS,
    fixed={"kind": RequestKind.CONTROL},
)

_ERROR = Field("errorMsg", "error_message")

INQUIRY_LIST = Record(
    "cxqqList",
    RequestList,
    (_ERROR,),
    children=(Child("", CXQQ, "requests"),),
    fixed={"kind": RequestKind.INQUIRY},
)
CONTROL_LIST = Record(
    "kzqqList",
    RequestList,
    (_ERROR,),
    children=(Child("", KZQQ, "requests"),),
    fixed={"kind": RequestKind.CONTROL},
)

WS = Record(
    "ws",
    LegalDocument,
    (
        Field("WSBH", "document_no", KEY),
        Field("BDHM", "request_no", KEY),
        Field("XH", "seq", KEY),
        Field("WJMC", "name"),
        Field("WJLX", "file_type"),
        Field("WSLB", "category"),
        Field("WSNR", "content", PAPER, need="should"),
        Field("MD5", "md5"),
    ),
)
DOCUMENT_LIST = Record("wsList", DocumentList, (_ERROR,), children=(Child("", WS, "documents"),))

ZJ = Record(
    "zj",
    CertificateEntry,
    (
        Field("BDHM", "request_no", KEY),
        Field("XH", "seq", KEY),
        Field("ZJMC", "name"),
        Field("GZZBM", "officer.work_card.number", KEY),
        Field("GZZWJGS", "officer.work_card.file_format"),
        Field("GZZ", "officer.work_card.image", PAPER),
        Field("GWZBM", "officer.official_card.number", KEY),
        Field("GWZWJGS", "officer.official_card.file_format"),
        Field("GWZ", "officer.official_card.image", PAPER),
    ),
    parts={
        "officer": (Officer, False),
        "officer.work_card": (Card, False),
        "officer.official_card": (Card, False),
    },
)
CERTIFICATE_LIST = Record("zjList", CertificateList, (_ERROR,), children=(Child("", ZJ, "entries"),))


JG = Record(
    "jg",
    Ack,
    (Field("bdhm", "request_no", KEY), Field("result", "result", AckCode()), Field("msg", "message")),
)
RESULT = Record(
    "result",
    AckList,
    (Field("errMsg", "error_message"),),
    children=(Child("cxjglist", JG, "acks", always=True),),
)
