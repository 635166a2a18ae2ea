"""The part of a SOAP profile that both families share: envelope, credentials, body, answers, refusals."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping

from lxml import etree

from zhixing.gateway.domain.canonical import Ack, AckResult, RequestKind
from zhixing.gateway.domain.messages import (
    AckList,
    Body,
    CertificateList,
    DocumentList,
    KeyQuery,
    NoBody,
    RequestList,
    request_numbers,
)
from zhixing.gateway.domain.problems import WireProblem, errors_only
from zhixing.gateway.profiles.base import (
    Credentials,
    Decoded,
    Encoded,
    Operation,
    OperationKind,
    ParsedCall,
    ParsedReply,
    kinds_of,
)
from zhixing.gateway.profiles.context import Dialect
from zhixing.gateway.profiles.layers import LayerFault, base64_bytes
from zhixing.gateway.profiles.safe_xml import DEFAULT_LIMITS, Limits, parse_xml
from zhixing.gateway.profiles.soap import SOAP_11, SoapMessage, read_envelope, write_envelope, write_fault

Problems = list[WireProblem]

# A refusal is read by a person at the agency; more than this is read by nobody.
_MOST_SENTENCES = 5


# A message of the desk is written for looking at, so whose call it is does not matter.
_NOBODY = Credentials(username="-", password="-")  # noqa: S106


class SoapProfile(ABC):
    """Base of the SOAP profiles; a family adds the payloads."""

    name: str
    charset: str
    operations: Mapping[str, Operation]
    is_typed: bool = False
    namespace: str

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect

    # --- what a family adds -------------------------------------------------------------------------------

    @abstractmethod
    def read_credentials(self, root: etree._Element, problems: Problems) -> Credentials | None:
        """User name and password of a usermarker."""

    @abstractmethod
    def write_credentials(self, credentials: Credentials, problems: Problems) -> str:
        """Wire text of a usermarker."""

    @abstractmethod
    def read_key(self, text: str, problems: Problems, limits: Limits) -> Body | None:
        """Document or request number that is asked for."""

    @abstractmethod
    def write_key(self, key: str, problems: Problems) -> str:
        """Wire text of a key."""

    @abstractmethod
    def read_feedback(self, operation: Operation, root: etree._Element, problems: Problems) -> Body | None:
        """What an agency answers."""

    @abstractmethod
    def read_answer(self, operation: Operation, root: etree._Element, problems: Problems) -> Body | None:
        """What a court answers."""

    @abstractmethod
    def write_body(self, operation: Operation, body: Body, problems: Problems) -> str:
        """Wire text of a body of either side."""

    def result_name(self, operation: Operation) -> str:
        """Name of the element that holds the answer."""
        return "return"

    # --- the court's side ---------------------------------------------------------------------------------

    def parse_call(self, raw: bytes, *, limits: Limits = DEFAULT_LIMITS) -> ParsedCall:
        """Read what an agency posted. Never raises for anything that came."""
        message = read_envelope(raw, limits=limits)
        if isinstance(message, WireProblem):
            return self._call(raw, None, None, None, [message])
        operation = self.operations.get(message.name)
        if operation is None:
            return self._call(raw, None, None, None, [self._unknown_operation(message)], message.version)
        problems: Problems = []
        texts = _by_position(message, operation)
        credentials = self._credentials(texts[0], operation, problems, limits)
        body: Body | None = NoBody()
        if len(operation.parameters) > 1:
            body = self._incoming(operation, texts[1], problems, limits)
        return self._call(raw, operation, credentials, body, problems, message.version)

    def build_response(self, operation: Operation, body: Body, *, soap_version: str = SOAP_11) -> Encoded:
        """Answer of the court: a list, or acks."""
        problems: Problems = []
        text = self.write_body(operation, body, problems)
        if errors_only(problems):
            return Encoded(content=b"", problems=tuple(problems))
        content = write_envelope(
            f"{operation.name}Response",
            {self.result_name(operation): text},
            namespace=self.namespace,
            version=soap_version,
            is_typed=self.is_typed,
        )
        return Encoded(content=content, problems=tuple(problems))

    def refuse(self, call: ParsedCall, sentence: str = "") -> Encoded:
        """Answer to a call that cannot be served, in the format's own error form."""
        sentence = sentence or _told(call.errors)
        if call.operation is None:
            content = write_fault(sentence, version=call.soap_version)
            return Encoded(content=content, is_fault=True)
        body = self._refusal(call.operation, call.request_numbers, sentence)
        return self.build_response(call.operation, body, soap_version=call.soap_version)

    # --- the agency's side --------------------------------------------------------------------------------

    def build_call(self, operation: Operation, credentials: Credentials, body: Body) -> Encoded:
        """What an agency posts."""
        problems: Problems = []
        texts = [self.write_credentials(credentials, problems)]
        if isinstance(body, KeyQuery):
            texts.append(self.write_key(body.key, problems))
        elif not isinstance(body, NoBody):
            texts.append(self.write_body(operation, body, problems))
        if errors_only(problems):
            return Encoded(content=b"", problems=tuple(problems))
        content = write_envelope(
            operation.name,
            dict(zip(operation.parameters, texts, strict=False)),
            namespace=self.namespace,
            is_typed=self.is_typed,
        )
        return Encoded(content=content, problems=tuple(problems))

    def parse_reply(
        self, operation: Operation, raw: bytes, *, limits: Limits = DEFAULT_LIMITS
    ) -> ParsedReply:
        """Read what the court answered. Never raises for anything that came."""
        message = read_envelope(raw, limits=limits)
        if isinstance(message, WireProblem):
            return ParsedReply(body=None, problems=(message,), raw=raw)
        problems: Problems = []
        body: Body | None = None
        if message.is_fault:
            problems.append(_fault_problem(message))
        else:
            text = next(iter(message.texts.values()), "")
            root = self.unwrap(text, self.result_name(operation), problems, limits)
            if root is not None:
                body = self.read_answer(operation, root, problems)
        return ParsedReply(body=None if errors_only(problems) else body, problems=tuple(problems), raw=raw)

    # --- either side --------------------------------------------------------------------------------------

    def decode(self, raw: bytes, *, operation: str = "", limits: Limits = DEFAULT_LIMITS) -> Decoded:
        """Read a call or an answer, told apart by the envelope; ``operation`` is for answers of unknown name."""
        message = read_envelope(raw, limits=limits)
        name = operation if isinstance(message, WireProblem) else message.name
        if not name.endswith("Response") and name != "Fault":
            call = self.parse_call(raw, limits=limits)
            return Decoded(
                operation=call.operation.name if call.operation else "", body=call.body, problems=call.problems,
                request_numbers=call.request_numbers, raw=raw,
            )  # fmt: skip
        known = self.operations.get(name.removesuffix("Response")) or self.operations.get(operation)
        if known is None:
            problem = self._unknown_operation(SoapMessage(name=name, texts={}))
            return Decoded(operation="", is_reply=True, body=None, problems=(problem,), raw=raw)
        reply = self.parse_reply(known, raw, limits=limits)
        numbers = tuple(number for number in request_numbers(reply.body) if number) if reply.body else ()
        return Decoded(
            operation=known.name, is_reply=True, body=reply.body, problems=reply.problems,
            request_numbers=numbers, raw=raw,
        )  # fmt: skip

    def encode(self, body: Body, *, operation: str = "") -> Encoded:
        """Write a body as the side that says it would: lists, papers, acks answer; the rest is called, without credentials."""
        kinds = kinds_of(body)
        fitting = [known for known in self.operations.values() if known.kind in kinds]
        chosen = next((known for known in fitting if known.name == operation or not operation), None)
        if chosen is None:
            named = self.operations.get(operation) or next(iter(self.operations.values()))
            return Encoded(content=b"", problems=(wrong_body(named, body),))
        if isinstance(body, (RequestList, DocumentList, CertificateList, AckList)):
            return self.build_response(chosen, body)
        return self.build_call(chosen, _NOBODY, body)

    # --- shared steps -------------------------------------------------------------------------------------

    def unwrap(self, text: str, where: str, problems: Problems, limits: Limits) -> etree._Element | None:
        """The XML below a parameter's outer Base64. Plain XML is read as well."""
        text = text.strip()
        if not text:
            problems.append(_missing(where))
            return None
        try:
            content = text.encode() if text.startswith("<") else base64_bytes(text)
        except LayerFault:
            problems.append(
                WireProblem(
                    code="bad_base64",
                    where=where,
                    came=f"{len(text)} 个字符、不是 Base64 的文本",
                    expected="整段 XML 的 Base64 文本",
                    mend="对整段 XML 做 Base64 编码，并检查是否被截断",
                )
            )
            return None
        root = parse_xml(content, limits=limits, where=where, inner_charset=self._fallback_charset)
        if isinstance(root, WireProblem):
            problems.append(root)
            return None
        return root

    @property
    def _fallback_charset(self) -> str:
        return "gb18030" if self.charset == "gbk" else ""

    def _credentials(
        self, text: str, operation: Operation, problems: Problems, limits: Limits
    ) -> Credentials | None:
        root = self.unwrap(text, operation.parameters[0], problems, limits)
        return None if root is None else self.read_credentials(root, problems)

    def _incoming(self, operation: Operation, text: str, problems: Problems, limits: Limits) -> Body | None:
        where = operation.parameters[1]
        if operation.kind.has_key:
            if not text.strip():
                problems.append(_missing(where))
                return None
            return self.read_key(text, problems, limits)
        root = self.unwrap(text, where, problems, limits)
        return None if root is None else self.read_feedback(operation, root, problems)

    def _call(
        self,
        raw: bytes,
        operation: Operation | None,
        credentials: Credentials | None,
        body: Body | None,
        problems: Problems,
        soap_version: str = SOAP_11,
    ) -> ParsedCall:
        numbers = tuple(number for number in request_numbers(body) if number) if body is not None else ()
        return ParsedCall(
            profile=self.name,
            operation=operation,
            credentials=credentials,
            body=None if errors_only(problems) else body,
            problems=tuple(problems),
            request_numbers=numbers,
            raw=raw,
            soap_version=soap_version,
        )

    def _unknown_operation(self, message: SoapMessage) -> WireProblem:
        return WireProblem(
            code="unknown_operation",
            where="SOAP/Body",
            came=f"操作 {message.name[:60]}",
            expected="、".join(self.operations),
            mend="按服务的 WSDL 选用操作名",
        )

    @staticmethod
    def _refusal(operation: Operation, numbers: tuple[str, ...], sentence: str) -> Body:
        match operation.kind:
            case OperationKind.LIST_INQUIRIES:
                return RequestList(kind=RequestKind.INQUIRY, error_message=sentence)
            case OperationKind.LIST_CONTROLS:
                return RequestList(kind=RequestKind.CONTROL, error_message=sentence)
            case OperationKind.CERTIFICATES:
                return CertificateList(error_message=sentence)
            case kind if kind.has_key:
                return DocumentList(error_message=sentence)
        acks = tuple(Ack(request_no=number, result=AckResult.FAIL, message=sentence) for number in numbers)
        return AckList(acks=acks, error_message=sentence)


def _by_position(message: SoapMessage, operation: Operation) -> list[str]:
    """Texts in the order of the operation's parameters: by name, else by position (clients rename arguments)."""
    if all(name in message.texts for name in operation.parameters):
        return [message.texts[name] for name in operation.parameters]
    texts = list(message.texts.values())
    return [*texts, *[""] * len(operation.parameters)][: len(operation.parameters)]


def _told(errors: Iterable[WireProblem]) -> str:
    sentences = [problem.sentence for problem in errors]
    more = len(sentences) - _MOST_SENTENCES
    told = "".join(sentences[:_MOST_SENTENCES]) + (f"另有 {more} 处问题。" if more > 0 else "")
    return told or "请求无法处理，请联系执行法院。"


def _missing(where: str) -> WireProblem:
    return WireProblem(
        code="missing_argument",
        where=where,
        came="空参数",
        expected=f"参数 {where} 的内容",
        mend=f"填写参数 {where} 后重新发送",
    )


def _fault_problem(message: SoapMessage) -> WireProblem:
    return WireProblem(
        code="soap_fault",
        where="SOAP/Body",
        came=f"错误应答：{message.texts['fault'][:400]}",
        expected="正常应答",
        mend="按应答所述原因处理",
    )


def wrong_body(operation: Operation, body: object) -> WireProblem:
    """A body that this operation has no words for."""
    return WireProblem(
        code="cannot_say",
        where=operation.name,
        came=type(body).__name__,
        expected="本格式能表达的报文",
        mend="改用与操作相符的报文",
    )
