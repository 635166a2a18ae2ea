"""Fields of what a court sends to registries: requests, documents, certificates, acks, and the head of each message."""

from __future__ import annotations

from zhixing.gateway.domain.canonical import (
    Ack,
    Card,
    CertificateEntry,
    ControlItem,
    Court,
    Envelope,
    LegalDocument,
    Officer,
    Request,
    RequestKind,
    Subject,
    Target,
    Transferee,
)
from zhixing.gateway.domain.messages import AckList, CertificateList, DocumentList, RequestList
from zhixing.gateway.domain.values import Coded
from zhixing.gateway.profiles.converters import AckCode
from zhixing.gateway.profiles.fields import KEY, MOMENT, PAPER, Child, Code, Field, Record
from zhixing.gateway.profiles.realty_soap_utf8 import codes

HEAD = Record(
    "Head",
    Envelope,
    (
        Field("CREATETIME", "created_at", MOMENT),
        Field("DIGITALSIGN", "signature"),
        Field("RESPONSECODE", "response_code"),
        Field("RESPONSEINFO", "response_text"),
    ),
)

_SUBJECT = (
    Field("CXQQDH", "request_no", KEY, need="must"),
    Field("LB", "category", Code(codes.CATEGORY)),
    Field("XZ", "nature", Code(codes.NATURE)),
    Field("XM", "subject.name", need="should"),
    Field("GJ", "subject.country"),
    Field("ZJZL", "subject.id_type", Code(codes.ID_TYPE), need="should"),
    Field("ZJH", "subject.id_no", KEY, need="should"),
    Field("FZJG", "subject.id_issuer"),
    Field("FYMC", "court.name", need="should"),
    Field("CBR", "officers.0.name"),
    Field("AH", "case_no"),
)
_PARTS = {
    "subject": (Subject, False),
    "court": (Court, False),
    "officers.0": (Officer, True),
}

BDCCXQQ = Record(
    "BDCCXQQ",
    Request,
    (
        *_SUBJECT,
        Field("GZZBH", "officers.0.work_card.number", KEY),
        Field("GWZBH", "officers.0.official_card.number", KEY),
        Field("CKH", "notice_name"),
        Field("WSBH", "document_no", KEY),
    ),
    parts={**_PARTS, "officers.0.work_card": (Card, True), "officers.0.official_card": (Card, True)},
    fixed={"kind": RequestKind.INQUIRY},
)
GHDX = Record(
    "GHDX",
    Transferee,
    (
        Field("DXXH", "seq", KEY),
        Field("DXXM", "name"),
        Field("DXZJLX", "id_type", Code(codes.ID_TYPE)),
        Field("DXSFZHM", "id_no", KEY),
    ),
)
BDCQL = Record(
    "BDCQL",
    ControlItem,
    (
        Field("KZQQDH", "seq", KEY),
        Field("KZCS", "action", Code(codes.ACTION), need="should"),
        Field("BDCQLLX", "target.right_class", Code(codes.RIGHT_CLASS)),
        Field("BDCDYH", "target.unit_no", KEY, need="should"),
        Field("ZL", "target.location"),
        Field("BDCQZH", "target.certificate_no"),
        Field("CKWH", "ruling_no"),
        Field("KSRQ", "effective_from", MOMENT),
        Field("JSRQ", "effective_to", MOMENT),
        Field("YDJAH", "original_case_no"),
        Field("YDJDH", "original_request_no", KEY),
        Field("YWH", "target.business_no", KEY),
        Field("YCFYWH", "original_business_no", KEY),
        Field("DJJG", "target.registry"),
    ),
    children=(Child("GHDXLIST", GHDX, "transferees"),),
    parts={"target": (Target, False)},
    # This family knows no other object, and so has no field for it.
    fixed={"object": Coded.of("real_estate")},
)
BDCKZQQ = Record(
    "BDCKZQQ",
    Request,
    (*_SUBJECT, Field("CKH", "notice_name")),
    children=(Child("BDCQLLIST", BDCQL, "items", always=True),),
    parts=_PARTS,
    fixed={"kind": RequestKind.CONTROL},
)

INQUIRY_LIST = Record(
    "Data",
    RequestList,
    (),
    children=(Child("BDCCXQQLIST", BDCCXQQ, "requests", always=True),),
    fixed={"kind": RequestKind.INQUIRY},
)
CONTROL_LIST = Record(
    "Data",
    RequestList,
    (),
    children=(Child("BDCKZQQLIST", BDCKZQQ, "requests", always=True),),
    fixed={"kind": RequestKind.CONTROL},
)

WSINFO = Record(
    "WSINFO",
    LegalDocument,
    (
        Field("CXQQDH", "request_no", KEY),
        Field("XH", "seq", KEY),
        Field("WJMC", "name"),
        Field("WJLX", "file_type"),
        Field("DJR", "registered_by"),
        Field("DJRQ", "registered_at", MOMENT),
        Field("WSNR", "content", PAPER, need="should"),
    ),
)
DOCUMENT_LIST = Record(
    "Data", DocumentList, (), children=(Child("WSLIST", WSINFO, "documents", always=True),)
)

ZJINFO = Record(
    "ZJINFO",
    CertificateEntry,
    (
        Field("CXQQDH", "request_no", KEY),
        Field("XH", "seq", KEY),
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
CERTIFICATE_LIST = Record(
    "Data", CertificateList, (), children=(Child("ZJLIST", ZJINFO, "entries", always=True),)
)

JG = Record(
    "JG",
    Ack,
    (Field("CXQQDH", "request_no", KEY), Field("RESULT", "result", AckCode()), Field("MSG", "message")),
)
INQUIRY_ACKS = Record("RESULTLIST", AckList, (), children=(Child("CXJGLIST", JG, "acks", always=True),))
CONTROL_ACKS = Record("RESULTLIST", AckList, (), children=(Child("KZJGLIST", JG, "acks", always=True),))
# Read whichever of the two came.
ANY_ACKS = Record(
    "RESULTLIST", AckList, (), children=(Child("CXJGLIST", JG, "acks"), Child("KZJGLIST", JG, "acks"))
)
