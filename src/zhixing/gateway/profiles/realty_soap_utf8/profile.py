"""The registry profile: seven operations, upper-case element XML, UTF-8, Base64 around the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from lxml import etree

from zhixing.gateway.domain.canonical import Envelope, RequestKind
from zhixing.gateway.domain.messages import (
    AckList,
    Body,
    CertificateList,
    ControlFeedback,
    DocumentList,
    InquiryFeedback,
    KeyQuery,
    RequestList,
)
from zhixing.gateway.domain.problems import WireProblem
from zhixing.gateway.profiles.acks import known_already, with_already_text
from zhixing.gateway.profiles.base import Credentials, Operation, OperationKind
from zhixing.gateway.profiles.context import Dialect, Reading, Writing
from zhixing.gateway.profiles.fields import Record
from zhixing.gateway.profiles.keys import read_key_text, write_key_text
from zhixing.gateway.profiles.layers import Layer, LayerFault
from zhixing.gateway.profiles.realty_soap_utf8 import feedback_tables as answers
from zhixing.gateway.profiles.realty_soap_utf8 import request_tables as orders
from zhixing.gateway.profiles.realty_soap_utf8.dialect import PLAIN_LEAVES
from zhixing.gateway.profiles.realty_soap_utf8.feedback import (
    answers_of,
    gather_receipts,
    results_of,
    with_outcomes,
    with_processing,
)
from zhixing.gateway.profiles.realty_soap_utf8.frame import (
    Frame,
    close_frame,
    open_frame,
    reading_of,
    unknown_root,
    wrap,
    writing_for,
)
from zhixing.gateway.profiles.realty_soap_utf8.operations import OPERATIONS
from zhixing.gateway.profiles.realty_soap_utf8.wsdl import wsdl_text
from zhixing.gateway.profiles.records import read_record, write_record
from zhixing.gateway.profiles.safe_xml import Limits, local_name
from zhixing.gateway.profiles.soap_profile import Problems, SoapProfile, wrong_body
from zhixing.gateway.profiles.styles import ELEMENTS

# Values of credentials and keys are Base64 whatever the leaf switch says.
_WRAPPED = Layer(charset="utf-8", is_base64=True)
_LISTS = {
    OperationKind.LIST_INQUIRIES: orders.INQUIRY_LIST,
    OperationKind.LIST_CONTROLS: orders.CONTROL_LIST,
    OperationKind.DOCUMENTS: orders.DOCUMENT_LIST,
    OperationKind.CERTIFICATES: orders.CERTIFICATE_LIST,
}


class RealtySoapUtf8(SoapProfile):
    """`realty-soap-utf8`. See docs/profiles/realty-soap-utf8.md."""

    name: str = "realty-soap-utf8"
    charset: str = "utf-8"
    operations: Mapping[str, Operation] = MappingProxyType(OPERATIONS)
    is_typed: bool = True

    def __init__(self, dialect: Dialect = PLAIN_LEAVES) -> None:
        super().__init__(dialect)
        self.namespace = dialect.settings["namespace"]

    def wsdl(self, location: str) -> str:
        """Service description with this address."""
        return wsdl_text(location, self.namespace)

    def result_name(self, operation: Operation) -> str:
        """Name of the element that holds the answer."""
        return f"{operation.name}Return"

    # --- credentials and keys -----------------------------------------------------------------------------

    def read_credentials(self, root: etree._Element, problems: Problems) -> Credentials | None:
        """USERMARKER/CONDITION with USERNAME and PASSWORD, each Base64."""
        held: dict[str, str] = {}
        for leaf in root.iter():
            name = local_name(leaf).upper()
            if name not in ("USERNAME", "PASSWORD"):
                continue
            try:
                held[name] = _WRAPPED.text(leaf.text or "")
            except LayerFault:
                problems.append(_credentials_problem(f"不是 Base64 的 {name}"))
                return None
        if local_name(root).upper() != "USERMARKER" or not (held.get("USERNAME") and held.get("PASSWORD")):
            problems.append(_credentials_problem("缺少用户名或口令的参数"))
            return None
        return Credentials(username=held["USERNAME"], password=held["PASSWORD"])

    def write_credentials(self, credentials: Credentials, problems: Problems) -> str:
        """The usermarker text."""
        values = {"USERNAME": credentials.username, "PASSWORD": credentials.password}
        return self._condition("USERMARKER", values, problems)

    def read_key(self, text: str, problems: Problems, limits: Limits) -> Body | None:
        """A request number, in clear or Base64, or a small XML that holds one."""
        reading = Reading(layer=_WRAPPED, dialect=self.dialect, style=ELEMENTS)
        key = read_key_text(text, "wsbhinfo", reading, problems, limits)
        return None if key is None else KeyQuery(key=key)

    def write_key(self, key: str, problems: Problems) -> str:
        """The number in the dialect's form."""
        if self.dialect.settings["key_form"] == "xml":
            return self._condition("WSBHINFO", {"CXQQDH": key}, problems)
        return write_key_text(key, self._small_writing(), problems)

    def _condition(self, name: str, values: Mapping[str, str], problems: Problems) -> str:
        writing = self._small_writing()
        root = etree.Element(name)
        condition = etree.SubElement(root, "CONDITION")
        for code, value in values.items():
            etree.SubElement(condition, code).text = writing.raw(value, code)
        problems.extend(writing.problems)
        return wrap(root)

    def _small_writing(self) -> Writing:
        return Writing(
            layer=_WRAPPED, dialect=self.dialect, style=ELEMENTS, date_separator="/", can_escape=False
        )

    # --- reading ------------------------------------------------------------------------------------------

    def read_feedback(self, operation: Operation, root: etree._Element, problems: Problems) -> Body | None:
        """An answer. What it holds says what it is, whichever operation brought it."""
        frame = open_frame(root, self.dialect, problems)
        if frame is None:
            return None
        names = {local_name(item).upper() for item in frame.body.iter()}
        reading = reading_of(frame.body, self.dialect)
        body: Body | None = None
        if answers.BDCCXJG.name in names:
            feedback = read_record(answers.INQUIRY_ANSWERS, frame.body, reading)
            body = replace(with_outcomes(feedback), envelope=frame.envelope)
        elif names & {answers.BDCKZJG.name, answers.HZXX.name}:
            gather_receipts(frame.body)
            rows = read_record(answers.CONTROL_ANSWERS, frame.body, reading)
            body = replace(results_of(rows), envelope=frame.envelope)
        problems.extend(reading.problems)
        if body is None:
            problems.append(_empty_feedback())
        elif isinstance(body, InquiryFeedback) != (operation.kind is OperationKind.FEED_INQUIRY):
            problems.append(_other_operation(operation))
        return body

    def read_answer(self, operation: Operation, root: etree._Element, problems: Problems) -> Body | None:
        """A court's list or acks."""
        if operation.kind.is_feedback:
            return self._read_acks(root, problems)
        frame = open_frame(root, self.dialect, problems)
        if frame is None:
            return None
        reading = reading_of(frame.body, self.dialect)
        body: Any = read_record(_LISTS[operation.kind], frame.body, reading)
        problems.extend(reading.problems)
        return replace(body, envelope=frame.envelope, error_message=frame.error_message)

    def _read_acks(self, root: etree._Element, problems: Problems) -> Body | None:
        envelope = Envelope()
        if local_name(root).lower() == "message":
            frame: Frame | None = open_frame(root, self.dialect, problems)
            if frame is None:
                return None
            envelope = frame.envelope
            found = next((item for item in frame.body if local_name(item).upper() == "RESULTLIST"), None)
            root = frame.body if found is None else found
        if local_name(root).upper() != "RESULTLIST":
            problems.append(unknown_root(local_name(root), "RESULTLIST"))
            return None
        reading = reading_of(root, self.dialect)
        acks: AckList = read_record(orders.ANY_ACKS, root, reading)
        problems.extend(reading.problems)
        ext = dict(acks.ext)
        error_message = ext.pop("@errMsg", "") or ext.pop("errMsg", "")
        return known_already(replace(acks, ext=ext, error_message=error_message, envelope=envelope))

    # --- writing ------------------------------------------------------------------------------------------

    def write_body(self, operation: Operation, body: Body, problems: Problems) -> str:
        """Any body of either side."""
        writing = writing_for(self.dialect)
        if isinstance(body, AckList):
            text = self._write_acks(operation, body, writing)
            problems.extend(writing.problems)
            return text
        found = _prepared(body, writing)
        if found is None:
            problems.append(wrong_body(operation, body))
            return ""
        record, rows = found
        element = write_record(record, rows, None, writing)
        error_message = getattr(body, "error_message", "")
        text = close_frame(element, getattr(body, "envelope", Envelope()), error_message, writing)
        problems.extend(writing.problems)
        return text

    def _write_acks(self, operation: Operation, acks: AckList, writing: Writing) -> str:
        is_inquiry = operation.kind is OperationKind.FEED_INQUIRY
        record = orders.INQUIRY_ACKS if is_inquiry else orders.CONTROL_ACKS
        root = write_record(
            record, with_already_text(acks, self.dialect.settings["already_text"]), None, writing
        )
        root.set("errMsg", acks.error_message)
        return wrap(root)


def _prepared(body: Body, writing: Writing) -> tuple[Record, Any] | None:
    match body:
        case RequestList():
            is_inquiry = body.kind is RequestKind.INQUIRY
            return (orders.INQUIRY_LIST if is_inquiry else orders.CONTROL_LIST), body
        case DocumentList():
            return orders.DOCUMENT_LIST, body
        case CertificateList():
            return orders.CERTIFICATE_LIST, body
        case InquiryFeedback():
            return answers.INQUIRY_ANSWERS, with_processing(body, writing)
        case ControlFeedback():
            return answers.CONTROL_ANSWERS, answers_of(body)
    return None


def _credentials_problem(came: str) -> WireProblem:
    return WireProblem(
        code="bad_credentials_shape",
        where="usermarker",
        came=came,
        expected="USERMARKER/CONDITION，其 USERNAME、PASSWORD 为 UTF-8 文本的 Base64",
        mend="按规范组装用户标识参数",
    )


def _empty_feedback() -> WireProblem:
    return WireProblem(
        code="empty_feedback",
        where="feedbackinfo",
        came="没有任何记录的反馈",
        expected="BDCFKLIST 中每个请求单号一条 BDCCXJG 或 BDCKZJG（未查到时九个列表为空）",
        mend="补充记录后重新反馈",
    )


def _other_operation(operation: Operation) -> WireProblem:
    return WireProblem(
        code="other_operation",
        where="feedbackinfo",
        came=f"与操作 {operation.name} 不符的反馈",
        expected="与操作相符的反馈",
        mend="改用对应的操作；本次已按内容受理",
        level="warning",
    )
