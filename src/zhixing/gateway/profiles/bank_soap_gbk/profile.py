"""The bank profile: nine operations of the judicial inquiry and control service, attribute XML, GBK, Base64 twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from lxml import etree

from zhixing.gateway.domain.canonical import RequestKind
from zhixing.gateway.domain.messages import (
    AckList,
    Body,
    CertificateList,
    ControlFeedback,
    DocumentList,
    InquiryFeedback,
    KeyQuery,
    RequestList,
    RollbackList,
    TransactionFeedback,
)
from zhixing.gateway.domain.problems import WireProblem
from zhixing.gateway.profiles.acks import known_already, with_already_text
from zhixing.gateway.profiles.bank_soap_gbk import feedback_tables as answers
from zhixing.gateway.profiles.bank_soap_gbk import request_tables as orders
from zhixing.gateway.profiles.bank_soap_gbk.dialect import GENERATION_2017PLUS, POINT_TO_POINT
from zhixing.gateway.profiles.bank_soap_gbk.feedback import (
    entries_of,
    gather_receipts,
    is_empty,
    results_of,
    rows_of,
    transaction_rows_of,
)
from zhixing.gateway.profiles.bank_soap_gbk.operations import NAMESPACE, OPERATIONS
from zhixing.gateway.profiles.bank_soap_gbk.wsdl import wsdl_text
from zhixing.gateway.profiles.base import Credentials, Operation, OperationKind
from zhixing.gateway.profiles.context import Dialect, Reading, Writing
from zhixing.gateway.profiles.fields import Record
from zhixing.gateway.profiles.keys import read_key_text, write_key_text
from zhixing.gateway.profiles.layers import Layer, base64_text
from zhixing.gateway.profiles.records import read_record, write_record
from zhixing.gateway.profiles.safe_xml import Limits, local_name, serialize
from zhixing.gateway.profiles.soap_profile import Problems, SoapProfile, wrong_body
from zhixing.gateway.profiles.styles import ATTRIBUTES

_FEEDBACK_ROOTS = {
    "zhxxlist": (answers.ACCOUNT_LIST, {OperationKind.FEED_INQUIRY, OperationKind.FEED_TRANSACTIONS}),
    "wlxxlist": (answers.TRANSACTION_LIST, {OperationKind.FEED_TRANSACTIONS}),
    "kzxxlist": (answers.CONTROL_RESULTS, {OperationKind.FEED_CONTROL}),
    "hzxxlist": (answers.RECEIPTS_ALONE, {OperationKind.FEED_CONTROL}),
    "htxxlist": (answers.ROLLBACKS, {OperationKind.ROLLBACK}),
}
_DOCUMENT_MARKS = ("WSNR", "WJMC", "WSBH")
_CERTIFICATE_MARKS = ("GZZ", "GWZ", "GZZBM", "GWZBM")


class BankSoapGbk(SoapProfile):
    """`bank-soap-gbk`. See docs/profiles/bank-soap-gbk.md."""

    name: str = "bank-soap-gbk"
    charset: str = "gbk"
    namespace: str = NAMESPACE
    operations: Mapping[str, Operation] = MappingProxyType(OPERATIONS)

    def __init__(self, dialect: Dialect = GENERATION_2017PLUS) -> None:
        super().__init__(dialect)
        self.layer = Layer(charset="gbk", is_base64=True)

    def wsdl(self, location: str) -> str:
        """Service description with this address."""
        return wsdl_text(location, has_old_names=POINT_TO_POINT in self.dialect.features)

    # --- credentials and keys -----------------------------------------------------------------------------

    def read_credentials(self, root: etree._Element, problems: Problems) -> Credentials | None:
        """usermarker/condition with username and password; both must be there."""
        condition = next((item for item in root.iter() if local_name(item).lower() == "condition"), None)
        if local_name(root).lower() != "usermarker" or condition is None:
            problems.append(_credentials_problem(f"根元素为 {local_name(root)[:40]} 的参数"))
            return None
        reading = self._reading()
        held = {name.lower(): reading.text(raw, condition, name) for name, raw in condition.attrib.items()}
        problems.extend(reading.problems)
        username, password = held.get("username", ""), held.get("password", "")
        if reading.has_errors:
            return None
        if not username or not password:
            problems.append(_credentials_problem("缺少用户名或口令的 condition"))
            return None
        return Credentials(username=username, password=password)

    def write_credentials(self, credentials: Credentials, problems: Problems) -> str:
        """The usermarker text."""
        writing = self._writing()
        root = etree.Element("usermarker")
        condition = etree.SubElement(root, "condition")
        condition.set("username", writing.raw(credentials.username, "username"))
        condition.set("password", writing.raw(credentials.password, "password"))
        problems.extend(writing.problems)
        return _wrap(root)

    def read_key(self, text: str, problems: Problems, limits: Limits) -> Body | None:
        """A number, in clear or Base64, or a small XML that holds one."""
        key = read_key_text(text, "arg1", self._reading(), problems, limits)
        return None if key is None else KeyQuery(key=key)

    def write_key(self, key: str, problems: Problems) -> str:
        """The number in the dialect's form."""
        return write_key_text(key, self._writing(), problems)

    # --- reading ------------------------------------------------------------------------------------------

    def read_feedback(self, operation: Operation, root: etree._Element, problems: Problems) -> Body | None:
        """An answer. Its root says what it is: one known client posts refusals through the wrong operation."""
        name = local_name(root)
        found = _FEEDBACK_ROOTS.get(name.lower())
        if found is None:
            problems.append(_unknown_root(name, "、".join(item[0].name for item in _FEEDBACK_ROOTS.values())))
            return None
        record, kinds = found
        if operation.kind not in kinds:
            problems.append(_other_operation(name, operation))
        gather_receipts(root)
        reading = self._reading()
        body = self._answer_of(read_record(record, root, reading), reading)
        problems.extend(reading.problems)
        if is_empty(body):
            problems.append(_empty_feedback(name))
        return body

    @staticmethod
    def _answer_of(rows: Any, reading: Reading) -> Body:
        match rows:
            case answers.AccountList():
                return results_of(rows, reading)
            case answers.TransactionRows():
                return entries_of(rows)
        return rows

    def read_answer(self, operation: Operation, root: etree._Element, problems: Problems) -> Body | None:
        """A court's list or acks."""
        name, reading = local_name(root), self._reading()
        body: Any = None
        match operation.kind:
            case OperationKind.LIST_INQUIRIES | OperationKind.LIST_CONTROLS:
                record = {"cxqqlist": orders.INQUIRY_LIST, "kzqqlist": orders.CONTROL_LIST}.get(name.lower())
                if record is None:
                    problems.append(_unknown_root(name, "cxqqList 或 kzqqList"))
                    return None
                body = read_record(record, root, reading)
            case OperationKind.CERTIFICATES:
                _rename_rows(root, _CERTIFICATE_MARKS, orders.ZJ)
                body = read_record(orders.CERTIFICATE_LIST, root, reading)
            case kind if kind.has_key:
                _rename_rows(root, _DOCUMENT_MARKS, orders.WS)
                body = read_record(orders.DOCUMENT_LIST, root, reading)
            case _:
                if name.lower() != "result":
                    problems.append(_unknown_root(name, "result"))
                    return None
                body = known_already(read_record(orders.RESULT, root, reading))
        problems.extend(reading.problems)
        return body

    # --- writing ------------------------------------------------------------------------------------------

    def write_body(self, operation: Operation, body: Body, problems: Problems) -> str:
        """Any body of either side."""
        writing = self._writing()
        found = self._prepared(body, writing)
        if found is None:
            problems.append(wrong_body(operation, body))
            return ""
        record, rows = found
        root = write_record(record, rows, None, writing)
        self._rename_root(root)
        problems.extend(writing.problems)
        return _wrap(root)

    def _prepared(self, body: Body, writing: Writing) -> tuple[Record, Any] | None:
        match body:
            case RequestList():
                is_inquiry = body.kind is RequestKind.INQUIRY
                return (orders.INQUIRY_LIST if is_inquiry else orders.CONTROL_LIST), body
            case InquiryFeedback():
                return answers.ACCOUNT_LIST, rows_of(body, writing)
            case TransactionFeedback():
                return answers.TRANSACTION_LIST, transaction_rows_of(body)
            case ControlFeedback():
                return (
                    (
                        answers.CONTROL_RESULTS
                        if body.results or not body.receipts
                        else answers.RECEIPTS_ALONE
                    ),
                    body,
                )
            case AckList():
                return orders.RESULT, with_already_text(body, self.dialect.settings["already_text"])
        return _BY_TYPE.get(type(body), lambda _: None)(body)

    def _rename_root(self, root: etree._Element) -> None:
        settings = self.dialect.settings
        tag = str(root.tag)
        kind = {"wsList": "document", "zjList": "certificate"}.get(tag)
        if kind is None:
            return
        row = {"wsList": orders.WS, "zjList": orders.ZJ}[tag].name
        for element in root.findall(row):
            element.tag = settings[f"{kind}_row"]
        root.tag = settings[f"{kind}_root"]

    def _reading(self) -> Reading:
        return Reading(layer=self.layer, dialect=self.dialect, style=ATTRIBUTES)

    def _writing(self) -> Writing:
        return Writing(
            layer=self.layer, dialect=self.dialect, style=ATTRIBUTES, date_separator="-", can_escape=True
        )


_BY_TYPE: dict[type, Callable[[Any], tuple[Record, Any]]] = {
    DocumentList: lambda body: (orders.DOCUMENT_LIST, body),
    CertificateList: lambda body: (orders.CERTIFICATE_LIST, body),
    RollbackList: lambda body: (answers.ROLLBACKS, body),
}


def _wrap(root: etree._Element) -> str:
    # Declared as UTF-8, as the real services do; the values are Base64 of GBK, so the text is ASCII in practice.
    return base64_text(serialize(root))


def _rename_rows(root: etree._Element, marks: tuple[str, ...], record: Record) -> None:
    """Give rows their name in our table: names of these rows differ between installations, their fields do not."""
    wanted = {mark.upper() for mark in marks}
    rows = [
        item for item in root.iter() if item is not root and wanted & {name.upper() for name in item.attrib}
    ]
    for row in rows:
        row.tag = record.name
        parent = row.getparent()
        if parent is not None and parent is not root:
            root.append(row)


def _credentials_problem(came: str) -> WireProblem:
    return WireProblem(
        code="bad_credentials_shape",
        where="arg0",
        came=came,
        expected="usermarker/condition，其 username、password 属性为 GBK 文本的 Base64",
        mend="按规范组装用户标识参数",
    )


def _unknown_root(name: str, expected: str) -> WireProblem:
    return WireProblem(
        code="unknown_root",
        where="arg1",
        came=f"根元素 {name[:40]}",
        expected=expected,
        mend="检查报文的根元素名称",
    )


def _other_operation(name: str, operation: Operation) -> WireProblem:
    return WireProblem(
        code="other_operation",
        where="arg1",
        came=f"经 {operation.name} 发来的 {name[:40]}",
        expected="与操作相符的根元素",
        mend="改用对应的操作；本次已按根元素受理",
        level="warning",
    )


def _empty_feedback(name: str) -> WireProblem:
    return WireProblem(
        code="empty_feedback",
        where=name[:40],
        came="没有任何记录的反馈",
        expected="每个请求单号至少一条记录（未查到时 KHZH 填“查无开户信息”）",
        mend="补充记录后重新反馈",
    )
