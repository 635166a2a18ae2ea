"""The bank profile: nine operations of the judicial inquiry and control service, attribute XML, GBK, Base64 twice."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lxml import etree

from zhixing.gateway.domain.messages import Body, KeyQuery
from zhixing.gateway.domain.problems import WireProblem
from zhixing.gateway.profiles.bank_soap_gbk.dialect import GENERATION_2017PLUS, POINT_TO_POINT
from zhixing.gateway.profiles.bank_soap_gbk.operations import NAMESPACE, OPERATIONS
from zhixing.gateway.profiles.bank_soap_gbk.payload import BankPayload
from zhixing.gateway.profiles.bank_soap_gbk.wsdl import wsdl_text
from zhixing.gateway.profiles.base import Credentials, Operation, OperationKind
from zhixing.gateway.profiles.context import Dialect
from zhixing.gateway.profiles.keys import read_key_text, write_key_text
from zhixing.gateway.profiles.layers import Layer, base64_text
from zhixing.gateway.profiles.safe_xml import Limits, local_name, serialize
from zhixing.gateway.profiles.soap_profile import Problems, SoapProfile, wrong_body

_FEEDBACK_KINDS = {
    "zhxxlist": {OperationKind.FEED_INQUIRY, OperationKind.FEED_TRANSACTIONS},
    "wlxxlist": {OperationKind.FEED_TRANSACTIONS},
    "kzxxlist": {OperationKind.FEED_CONTROL},
    "hzxxlist": {OperationKind.FEED_CONTROL},
    "htxxlist": {OperationKind.ROLLBACK},
}


class BankSoapGbk(SoapProfile):
    """`bank-soap-gbk`. See docs/profiles/bank-soap-gbk.md."""

    name: str = "bank-soap-gbk"
    charset: str = "gbk"
    namespace: str = NAMESPACE
    operations: Mapping[str, Operation] = MappingProxyType(OPERATIONS)

    def __init__(self, dialect: Dialect = GENERATION_2017PLUS) -> None:
        super().__init__(dialect)
        self.payload = BankPayload(Layer(charset="gbk", is_base64=True), dialect)

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
        reading = self.payload.reading()
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
        writing = self.payload.writing()
        root = etree.Element("usermarker")
        condition = etree.SubElement(root, "condition")
        condition.set("username", writing.raw(credentials.username, "username"))
        condition.set("password", writing.raw(credentials.password, "password"))
        problems.extend(writing.problems)
        return _wrap(root)

    def read_key(self, text: str, problems: Problems, limits: Limits) -> Body | None:
        """A number, in clear or Base64, or a small XML that holds one."""
        key = read_key_text(text, "arg1", self.payload.reading(), problems, limits)
        return None if key is None else KeyQuery(key=key)

    def write_key(self, key: str, problems: Problems) -> str:
        """The number in the dialect's form."""
        return write_key_text(key, self.payload.writing(), problems)

    # --- reading ------------------------------------------------------------------------------------------

    def read_feedback(self, operation: Operation, root: etree._Element, problems: Problems) -> Body | None:
        """An answer. Its root says what it is: one known client posts refusals through the wrong operation."""
        name = local_name(root)
        kinds = _FEEDBACK_KINDS.get(name.lower())
        if kinds is not None and operation.kind not in kinds:
            problems.append(_other_operation(name, operation))
        return self.payload.read_feedback(root, problems, "arg1")

    def read_answer(self, operation: Operation, root: etree._Element, problems: Problems) -> Body | None:
        """A court's list or acks."""
        match operation.kind:
            case OperationKind.LIST_INQUIRIES | OperationKind.LIST_CONTROLS:
                return self.payload.read_requests(root, problems, "arg1")
            case OperationKind.CERTIFICATES:
                return self.payload.read_certificates(root, problems)
            case kind if kind.has_key:
                return self.payload.read_documents(root, problems)
        return self.payload.read_acks(root, problems, "arg1")

    # --- writing ------------------------------------------------------------------------------------------

    def write_body(self, operation: Operation, body: Body, problems: Problems) -> str:
        """Any body of either side."""
        root = self.payload.written(body, problems)
        if root is None:
            problems.append(wrong_body(operation, body))
            return ""
        return _wrap(root)


def _wrap(root: etree._Element) -> str:
    # Declared as UTF-8, as the real services do; the values are Base64 of GBK, so the text is ASCII in practice.
    return base64_text(serialize(root))


def _credentials_problem(came: str) -> WireProblem:
    return WireProblem(
        code="bad_credentials_shape",
        where="arg0",
        came=came,
        expected="usermarker/condition，其 username、password 属性为 GBK 文本的 Base64",
        mend="按规范组装用户标识参数",
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
