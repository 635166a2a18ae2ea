"""Fields of what a registry answers: nine lists of rights, results of seizures, receipts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from zhixing.gateway.domain.assets import (
    Areas,
    Asset,
    AssetKind,
    Mortgage,
    RealRight,
    RightHolder,
    SeaUse,
    Seizure,
)
from zhixing.gateway.domain.canonical import ControlResult, InquiryResult, ReceiptDocument, Target
from zhixing.gateway.domain.messages import InquiryFeedback
from zhixing.gateway.domain.values import Coded
from zhixing.gateway.profiles.fields import KEY, MOMENT, NUMBER, PAPER, Child, Code, Field, Record
from zhixing.gateway.profiles.realty_soap_utf8 import codes


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlAnswer:
    """One BDCKZJG: what a registry says about one request, with a result per unit."""

    request_no: str = ""
    processing: Coded | None = None
    message: str = ""
    results: tuple[ControlResult, ...] = ()
    ext: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlAnswers:
    """BDCFKLIST of a control feedback as it stands."""

    rows: tuple[ControlAnswer, ...] = ()
    receipts: tuple[ReceiptDocument, ...] = ()
    ext: dict[str, str] = field(default_factory=dict)


QLRXX = Record(
    "QLRXX",
    RightHolder,
    (
        Field("BDCDYH", "unit_no", KEY),
        Field("SXH", "seq", KEY),
        Field("QLRMC", "name"),
        Field("BDCQZH", "certificate_no"),
        Field("QZYSXLH", "serial_no"),
        Field("SFCZR", "holds_certificate"),
        Field("ZJZL", "id_type", Code(codes.ID_TYPE)),
        Field("ZJH", "id_no", KEY),
        Field("FZJG", "id_issuer"),
        Field("SSHY", "industry"),
        Field("GJ", "country"),
        Field("HJSZSS", "household_province"),
        Field("XB", "sex"),
        Field("DH", "phone"),
        Field("DZ", "address"),
        Field("YB", "postcode"),
        Field("GZDW", "employer"),
        Field("DZYJ", "email"),
        Field("QLRLX", "holder_type"),
        Field("QLBL", "share"),
        Field("GYFS", "co_ownership", Code(codes.CO_OWNERSHIP)),
        Field("GYQK", "co_ownership_note"),
        # 备注 here; the same two letters are the currency in the bank format.
        Field("BZ", "remark"),
        Field("YWH", "business_no", KEY),
        Field("QSZT", "right_state", Code(codes.RIGHT_STATE)),
        Field("BDCLX", "property_type"),
    ),
)

_UNIT = Field("BDCDYH", "detail.unit_no", KEY, need="should")
_LOCATION = Field("ZL", "detail.location")
_CERTIFICATE = Field("BDCQZH", "detail.certificate_no")
_TAIL = (
    Field("DJJG", "detail.registry"),
    Field("DQDM", "detail.region", KEY),
    Field("YWH", "detail.business_no", KEY),
    Field("BEIZ", "remark"),
)
_OWN = {
    "TDSYQ": (
        _UNIT,
        _LOCATION,
        Field("ZDMJ", "detail.areas.parcel", NUMBER),
        Field("MJDW", "detail.areas.unit"),
        Field("YT", "detail.use"),
        Field("QLXZ", "detail.nature"),
        _CERTIFICATE,
    ),
    "JSYDSYQ": (
        _UNIT,
        _LOCATION,
        Field("YT", "detail.use"),
        Field("SYQMJ", "detail.areas.use_right", NUMBER),
        Field("SYQQSSJ", "detail.term_from", MOMENT),
        Field("SYQJSSJ", "detail.term_to", MOMENT),
        Field("QLXZ", "detail.nature"),
        _CERTIFICATE,
    ),
    "FDCQ": (
        _UNIT,
        Field("FDZL", "detail.location"),
        Field("JZMJ", "detail.areas.building", NUMBER),
        Field("ZYJZMJ", "detail.areas.exclusive", NUMBER),
        Field("FTJZMJ", "detail.areas.shared", NUMBER),
        Field("GHYT", "detail.use"),
        Field("FWXZ", "detail.nature"),
        Field("JGSJ", "detail.completed", MOMENT),
        Field("TDSYQSSJ", "detail.term_from", MOMENT),
        Field("TDSYJSSJ", "detail.term_to", MOMENT),
        _CERTIFICATE,
        Field("ZCS", "detail.floors"),
    ),
    "HYSYQ": (
        _UNIT,
        Field("XMMC", "detail.sea.project"),
        Field("YHWZSM", "detail.location"),
        Field("YHLXA", "detail.sea.use_a"),
        Field("YHLXB", "detail.sea.use_b"),
        Field("HDMC", "detail.sea.island"),
        Field("HDWZ", "detail.sea.island_location"),
        Field("HDYT", "detail.sea.island_use"),
        Field("SYQMJ", "detail.areas.use_right", NUMBER),
        Field("SYQQSSJ", "detail.term_from", MOMENT),
        Field("SYQJSSJ", "detail.term_to", MOMENT),
        _CERTIFICATE,
    ),
    "GJZWSYQ": (
        _UNIT,
        _LOCATION,
        Field("GJZWGHYT", "detail.use"),
        Field("GJZWMJ", "detail.areas.structure", NUMBER),
        Field("TDHYSYQSSJ", "detail.term_from", MOMENT),
        Field("TDHYSYJSSJ", "detail.term_to", MOMENT),
        _CERTIFICATE,
    ),
    "LQ": (
        _UNIT,
        _LOCATION,
        Field("SYQMJ", "detail.areas.use_right", NUMBER),
        Field("LDSYQSSJ", "detail.term_from", MOMENT),
        Field("LDSYJSSJ", "detail.term_to", MOMENT),
        Field("LDSYQXZ", "detail.nature"),
        _CERTIFICATE,
    ),
    "DYAQ": (
        _UNIT,
        Field("DYBDCLX", "detail.mortgage.property_type"),
        _LOCATION,
        Field("DYR", "detail.mortgage.mortgagor"),
        Field("DYFS", "detail.mortgage.mode", Code(codes.MORTGAGE_MODE)),
        Field("BDBZZQSE", "detail.mortgage.amount", NUMBER),
        Field("ZWLXQSSJ", "detail.mortgage.term_from", MOMENT),
        Field("ZWLXJSSJ", "detail.mortgage.term_to", MOMENT),
        Field("BDCDJZMH", "detail.certificate_no"),
        Field("DYQR", "detail.mortgage.mortgagee"),
    ),
    "YGDJ": (
        _UNIT,
        Field("YGDJZL", "detail.preregistration", Code(codes.PREREGISTRATION)),
        _LOCATION,
        Field("GHYT", "detail.use"),
        Field("JZMJ", "detail.areas.building", NUMBER),
        Field("BDCDJZMH", "detail.certificate_no"),
    ),
    "CFDJ": (
        _UNIT,
        _LOCATION,
        Field("CFJG", "detail.seizure.authority"),
        Field("CFLX", "detail.seizure.type", Code(codes.SEIZURE)),
        Field("CFWH", "detail.seizure.doc_no"),
        Field("CFQSSJ", "detail.seizure.effective_from", MOMENT),
        Field("CFJSSJ", "detail.seizure.effective_to", MOMENT),
        Field("CFYWH", "detail.seizure.business_no", KEY),
    ),
}
_EXTRA_PARTS: Mapping[str, dict[str, tuple[type, bool]]] = {
    "HYSYQ": {"detail.sea": (SeaUse, True)},
    "DYAQ": {"detail.mortgage": (Mortgage, True)},
    "CFDJ": {"detail.seizure": (Seizure, True)},
}

RIGHTS: Mapping[str, Record] = {
    name: Record(
        name,
        Asset,
        (*own, *_TAIL),
        children=(Child("QLRXXLIST", QLRXX, "detail.holders", always=True),),
        parts={"detail": (RealRight, False), "detail.areas": (Areas, True), **_EXTRA_PARTS.get(name, {})},
        fixed={"kind": AssetKind.REAL_ESTATE, "detail.right_class": name},
    )
    for name, own in _OWN.items()
}


def _of_class(name: str) -> Callable[[Any], bool]:
    return lambda asset: isinstance(asset.detail, RealRight) and asset.detail.right_class == name


BDCCXJG = Record(
    "BDCCXJG",
    InquiryResult,
    (
        Field("CXQQDH", "request_no", KEY, need="must"),
        Field("RESULT", "processing", Code(codes.PROCESSING), need="should"),
        Field("MESSAGE", "outcome_text"),
    ),
    children=tuple(
        Child(f"{name}LIST", record, "assets", always=True, accepts=_of_class(name))
        for name, record in RIGHTS.items()
    ),
)
INQUIRY_ANSWERS = Record(
    "Data", InquiryFeedback, (), children=(Child("BDCFKLIST", BDCCXJG, "results", always=True),)
)

KZXX = Record(
    "KZXX",
    ControlResult,
    (
        Field("BDCQLLX", "target.right_class", Code(codes.RIGHT_CLASS)),
        Field("BDCDYH", "target.unit_no", KEY, need="should"),
        Field("BDCQZH", "target.certificate_no"),
        Field("KZZT", "outcome", Code(codes.OUTCOME), need="must"),
        Field("CSKSRQ", "effective_from", MOMENT),
        Field("CSJSRQ", "effective_to", MOMENT),
        Field("WNKZYY", "reason"),
        Field("BEIZ", "remark"),
        Field("YWH", "agency_business_no", KEY),
        Field("CFYWH", "seizure_business_no", KEY),
    ),
    parts={"target": (Target, False)},
)
HZXX = Record(
    "HZXX",
    ReceiptDocument,
    (
        Field("CXQQDH", "request_no", KEY, need="must"),
        Field("WJMC", "name"),
        Field("WJLX", "file_type"),
        Field("WSLB", "category"),
        Field("WSNR", "content", PAPER, need="should"),
    ),
)
BDCKZJG = Record(
    "BDCKZJG",
    ControlAnswer,
    (
        Field("CXQQDH", "request_no", KEY, need="must"),
        Field("RESULT", "processing", Code(codes.PROCESSING)),
        # Not listed for this message, but the inquiry answer has it and a refusal needs its words.
        Field("MESSAGE", "message"),
    ),
    children=(Child("KZXXLIST", KZXX, "results", always=True),),
)
# The receipt operation is declared, its list was never seen.
CONTROL_ANSWERS = Record(
    "Data",
    ControlAnswers,
    (),
    children=(Child("BDCFKLIST", BDCKZJG, "rows"), Child("HZXXLIST", HZXX, "receipts")),
)
