"""What a bank message holds, whatever carries it: the XML of each body, shared by the SOAP and the file format."""

from __future__ import annotations

from collections.abc import Callable
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
    RequestList,
    RollbackList,
    TransactionFeedback,
)
from zhixing.gateway.domain.problems import WireProblem
from zhixing.gateway.profiles.acks import known_already, with_already_text
from zhixing.gateway.profiles.bank_soap_gbk import feedback_tables as answers
from zhixing.gateway.profiles.bank_soap_gbk import request_tables as orders
from zhixing.gateway.profiles.bank_soap_gbk.feedback import (
    entries_of,
    gather_receipts,
    is_empty,
    results_of,
    rows_of,
    transaction_rows_of,
)
from zhixing.gateway.profiles.context import Dialect, Reading, Writing
from zhixing.gateway.profiles.fields import Record
from zhixing.gateway.profiles.layers import Layer
from zhixing.gateway.profiles.records import read_record, write_record
from zhixing.gateway.profiles.safe_xml import local_name
from zhixing.gateway.profiles.styles import ATTRIBUTES

FEEDBACK_ROOTS = {
    "zhxxlist": answers.ACCOUNT_LIST,
    "wlxxlist": answers.TRANSACTION_LIST,
    "kzxxlist": answers.CONTROL_RESULTS,
    "hzxxlist": answers.RECEIPTS_ALONE,
    "htxxlist": answers.ROLLBACKS,
}
REQUEST_ROOTS = {"cxqqlist": orders.INQUIRY_LIST, "kzqqlist": orders.CONTROL_LIST}
_DOCUMENT_MARKS = ("WSNR", "WJMC", "WSBH")
_CERTIFICATE_MARKS = ("GZZ", "GWZ", "GZZBM", "GWZBM")
_BY_TYPE: dict[type, Callable[[Any], tuple[Record, Any]]] = {
    DocumentList: lambda body: (orders.DOCUMENT_LIST, body),
    CertificateList: lambda body: (orders.CERTIFICATE_LIST, body),
    RollbackList: lambda body: (answers.ROLLBACKS, body),
    TransactionFeedback: lambda body: (answers.TRANSACTION_LIST, transaction_rows_of(body)),
}


class BankPayload:
    """Reads and writes the XML of bank messages in one layer (charset, Base64 or not) and one dialect."""

    def __init__(self, layer: Layer, dialect: Dialect) -> None:
        self.layer = layer
        self.dialect = dialect

    def reading(self) -> Reading:
        """State for reading one message."""
        return Reading(layer=self.layer, dialect=self.dialect, style=ATTRIBUTES)

    def writing(self) -> Writing:
        """State for writing one message. Only a charset with gaps needs escapes."""
        can_escape = self.layer.charset != "utf-8"
        return Writing(
            layer=self.layer,
            dialect=self.dialect,
            style=ATTRIBUTES,
            date_separator="-",
            can_escape=can_escape,
        )

    # --- reading ------------------------------------------------------------------------------------------

    def read_feedback(self, root: etree._Element, problems: list[WireProblem], where: str) -> Body | None:
        """An answer of a bank, or a refusal of either side; its root says which."""
        name = local_name(root)
        record = FEEDBACK_ROOTS.get(name.lower())
        if record is None:
            expected = "、".join(item.name for item in FEEDBACK_ROOTS.values())
            problems.append(unknown_root(name, expected, where))
            return None
        gather_receipts(root)
        reading = self.reading()
        rows = read_record(record, root, reading)
        body: Body
        match rows:
            case answers.AccountList():
                body = results_of(rows, reading)
            case answers.TransactionRows():
                body = entries_of(rows)
            case _:
                body = rows
        problems.extend(reading.problems)
        if is_empty(body):
            problems.append(_empty_feedback(name))
        return body

    def read_requests(self, root: etree._Element, problems: list[WireProblem], where: str) -> Body | None:
        """A list of requests."""
        record = REQUEST_ROOTS.get(local_name(root).lower())
        if record is None:
            problems.append(unknown_root(local_name(root), "cxqqList 或 kzqqList", where))
            return None
        return self._read(record, root, problems)

    def read_documents(self, root: etree._Element, problems: list[WireProblem]) -> Body:
        """Legal documents, whatever their rows are called."""
        _rename_rows(root, _DOCUMENT_MARKS, orders.WS)
        return self._read(orders.DOCUMENT_LIST, root, problems)

    def read_certificates(self, root: etree._Element, problems: list[WireProblem]) -> Body:
        """Officers' cards, whatever their rows are called."""
        _rename_rows(root, _CERTIFICATE_MARKS, orders.ZJ)
        return self._read(orders.CERTIFICATE_LIST, root, problems)

    def read_acks(self, root: etree._Element, problems: list[WireProblem], where: str) -> Body | None:
        """Answers to a feedback."""
        if local_name(root).lower() != "result":
            problems.append(unknown_root(local_name(root), "result", where))
            return None
        return known_already(self._read(orders.RESULT, root, problems))

    def _read(self, record: Record, root: etree._Element, problems: list[WireProblem]) -> Any:
        reading = self.reading()
        body = read_record(record, root, reading)
        problems.extend(reading.problems)
        return body

    # --- writing ------------------------------------------------------------------------------------------

    def written(self, body: Body, problems: list[WireProblem]) -> etree._Element | None:
        """The XML of any body of either side; None for one that bank messages cannot say."""
        writing = self.writing()
        found = self._prepared(body, writing)
        if found is None:
            return None
        record, rows = found
        root = write_record(record, rows, None, writing)
        self._rename_root(root)
        problems.extend(writing.problems)
        return root

    def _prepared(self, body: Body, writing: Writing) -> tuple[Record, Any] | None:
        match body:
            case RequestList(kind=RequestKind.INQUIRY):
                return orders.INQUIRY_LIST, body
            case RequestList():
                return orders.CONTROL_LIST, body
            case InquiryFeedback():
                return answers.ACCOUNT_LIST, rows_of(body, writing)
            case ControlFeedback(results=(), receipts=receipts) if receipts:
                return answers.RECEIPTS_ALONE, body
            case ControlFeedback():
                return answers.CONTROL_RESULTS, body
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


def unknown_root(name: str, expected: str, where: str) -> WireProblem:
    """A root that is none of those expected."""
    return WireProblem(
        code="unknown_root",
        where=where,
        came=f"根元素 {name[:40]}",
        expected=expected,
        mend="检查报文的根元素名称",
    )


def _empty_feedback(name: str) -> WireProblem:
    return WireProblem(
        code="empty_feedback",
        where=name[:40],
        came="没有任何记录的反馈",
        expected="每个请求单号至少一条记录（未查到时 KHZH 填“查无开户信息”）",
        mend="补充记录后重新反馈",
    )
