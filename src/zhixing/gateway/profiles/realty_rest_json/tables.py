"""Fields of this format: the head, the question, and what is shared with the registry family's other format."""

from __future__ import annotations

from zhixing.gateway.domain.canonical import (
    Card,
    ControlResult,
    Court,
    Envelope,
    Officer,
    Request,
    RequestKind,
    Subject,
    Target,
)
from zhixing.gateway.domain.messages import ControlFeedback
from zhixing.gateway.profiles.fields import KEY, MOMENT, Child, Code, Field, Record
from zhixing.gateway.profiles.realty_rest_json.json_tree import Names
from zhixing.gateway.profiles.realty_soap_utf8 import codes, request_tables
from zhixing.gateway.profiles.realty_soap_utf8.feedback_tables import (
    BDCCXJG,
    HZXX,
    KZXX,
    ControlAnswer,
)

HEAD = Record(
    "HEAD",
    Envelope,
    (
        Field("CODE", "response_code", KEY),
        Field("MSG", "response_text"),
        Field("CREATETIME", "created_at", MOMENT),
        Field("DIGITALSIGN", "signature"),
    ),
)
# Of the court's head; how it is reached, not what is asked.
HEAD_OF_CALL = frozenset({"USERNAME", "PASSWORD", "TOKEN", "REGIONCODE", "ORGID", "SIZE", "PAGE", "CXQQDH"})
# Settings of the question, not part of the order.
FILTERS = frozenset({"QSZTLIST", "ZSLXLIST"})

QUESTION = Record(
    "DATA",
    Request,
    (
        Field("CXQQDH", "request_no", KEY, need="must"),
        Field("QLRMC", "subject.name", need="should"),
        Field("ZJH", "subject.id_no", KEY, need="should"),
        Field("ZJZL", "subject.id_type", Code(codes.ID_TYPE), need="should"),
        Field("ZJH15", "subject.id_no_15", KEY),
        Field("GJ", "subject.country"),
        Field("FZJG", "subject.id_issuer"),
        Field("LB", "category", Code(codes.CATEGORY)),
        Field("XZ", "nature", Code(codes.NATURE)),
        Field("FYMC", "court.name"),
        Field("FYDM", "court.code", KEY),
        Field("AH", "case_no"),
        Field("CBR", "officers.0.name"),
        Field("GZZBH", "officers.0.work_card.number", KEY),
        Field("GWZBH", "officers.0.official_card.number", KEY),
        Field("CKH", "notice_name"),
        Field("WSBH", "document_no", KEY),
    ),
    parts={
        "subject": (Subject, False),
        "court": (Court, False),
        "officers.0": (Officer, True),
        "officers.0.work_card": (Card, True),
        "officers.0.official_card": (Card, True),
    },
    fixed={"kind": RequestKind.INQUIRY},
)
CASE = request_tables.BDCKZQQ
DOCUMENTS, CERTIFICATES = request_tables.DOCUMENT_LIST, request_tables.CERTIFICATE_LIST

ANSWER = BDCCXJG
RESULT_ROW = Record(
    "KZXX",
    ControlResult,
    (Field("KZQQDH", "item_seq", KEY), *KZXX.fields),
    parts={"target": (Target, False)},
)
CASE_ANSWER = Record(
    "DATA",
    ControlAnswer,
    (
        Field("CXQQDH", "request_no", KEY, need="must"),
        Field("RESULT", "processing", Code(codes.PROCESSING)),
        Field("MESSAGE", "message"),
    ),
    children=(Child("KZXXLIST", RESULT_ROW, "results"),),
)
RECEIPTS = Record("DATA", ControlFeedback, (), children=(Child("HZXXLIST", HZXX, "receipts"),))

_LOCK = Record("DATA", Target, (Field("BDCDYH", "unit_no", KEY), Field("BDCQZH", "certificate_no")))
NAMES_OF_CALL = Names((QUESTION, CASE, DOCUMENTS, CERTIFICATES, _LOCK))
NAMES_OF_ANSWER = Names((ANSWER, CASE_ANSWER, RECEIPTS))
NAMES_OF_HEAD = Names((HEAD,))
