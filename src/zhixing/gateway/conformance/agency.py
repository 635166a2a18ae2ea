"""The other direction: plays an agency against a court's SOAP service. Asks and errs, but never answers a real request."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from zhixing.gateway.conformance.exchange import Exchange, Tape
from zhixing.gateway.conformance.rules import Rule, Verdict, failed, not_exercised, passed
from zhixing.gateway.domain.canonical import (
    AckResult,
    InquiryResult,
    Outcome,
    Request,
)
from zhixing.gateway.domain.messages import (
    AckList,
    Body,
    CertificateList,
    DocumentList,
    InquiryFeedback,
    KeyQuery,
    NoBody,
    RequestList,
)
from zhixing.gateway.profiles.base import Credentials, Operation, OperationKind, ParsedReply, Profile
from zhixing.gateway.profiles.soap import SoapMessage, read_envelope
from zhixing.kernel.clock import now

Send = Callable[[bytes], bytes]
_NOBODY_S = "99999999999999999999"
_MOST_LOOKED_AT = 3


@dataclass(slots=True)
class AgencyPlayed:
    """One run. ``send`` posts bytes to the court and gives back what it answers; it may raise CourtSilent."""

    profile: Profile
    credentials: Credentials
    send: Send
    tape: Tape = field(default_factory=Tape)
    replies: dict[str, ParsedReply] = field(default_factory=dict)
    raw: dict[str, bytes] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    listed: list[Request] = field(default_factory=list)

    def work(self) -> None:
        """Every call of the script, in order."""
        for kind, step in (
            (OperationKind.LIST_INQUIRIES, "inquiries"),
            (OperationKind.LIST_CONTROLS, "controls"),
        ):
            self._call(step, self._of(kind), NoBody())
            body = self.replies[step].body
            if isinstance(body, RequestList):
                self.listed += body.requests
        papers = self._of(OperationKind.CONTROL_DOCUMENTS, OperationKind.DOCUMENTS)
        for no, request in enumerate(self.listed[:_MOST_LOOKED_AT]):
            operation, key = papers, request.request_no
            inquiry = self._find(OperationKind.INQUIRY_DOCUMENTS)
            if request.kind == "inquiry" and inquiry is not None:
                operation, key = inquiry, request.document_no
            self._call(f"papers{no}", operation, KeyQuery(key=key))
            self._call(f"cards{no}", self._of(OperationKind.CERTIFICATES), KeyQuery(key=request.request_no))
        self._call("no_papers", papers, KeyQuery(key=_NOBODY_S))
        stranger = Credentials(username=self.credentials.username, password="conformance-wrong")  # noqa: S106
        self._call("wrong_password", self._of(OperationKind.LIST_INQUIRIES), NoBody(), stranger)
        feed = self._of(OperationKind.FEED_INQUIRY)
        unknown = InquiryFeedback(results=(InquiryResult(request_no=_NOBODY_S, outcome=Outcome.NOT_FOUND),))
        sound = self._call("unknown", feed, unknown)
        cut = sound.rfind(b"</", 0, sound.rfind(b"</", 0, sound.rfind(b"</", 0, sound.rfind(b"</"))))
        self._post("bad_base64", feed, sound[:cut] + b"!*" + sound[cut:])
        self._post("document_type", feed, b'<!DOCTYPE a [<!ENTITY b "c">]>' + sound.partition(b"?>")[2])
        self._post("no_operation", feed, sound.replace(feed.name.encode(), b"noSuchOperation"))

    def _find(self, *kinds: OperationKind) -> Operation | None:
        return next(
            (item for kind in kinds for item in self.profile.operations.values() if item.kind is kind), None
        )

    def _of(self, *kinds: OperationKind) -> Operation:
        found = self._find(*kinds)
        if found is None:
            raise LookupError(f"no operation for {kinds[0]}")
        return found

    def _call(self, step: str, operation: Operation, body: Body, who: Credentials | None = None) -> bytes:
        made = self.profile.build_call(operation, who or self.credentials, body).content
        self._post(step, operation, made)
        return made

    def _post(self, step: str, operation: Operation, content: bytes) -> None:
        answer = self.send(content)
        reply = self.profile.parse_reply(operation, answer)
        exchange = Exchange(no=0, at=now(), operation=operation.name, request=content, response=answer)
        exchange.body, exchange.action = reply.body, step
        self.numbers[step] = self.tape.add(exchange).no
        self.replies[step], self.raw[step] = reply, answer


# --- rules ------------------------------------------------------------------------------------------------


def _lists(run: AgencyPlayed) -> Verdict:
    for step in ("inquiries", "controls"):
        reply = run.replies[step]
        if not isinstance(reply.body, RequestList):
            told = reply.problems[0].sentence if reply.problems else "应答不是请求列表"
            return failed(told, run.numbers[step])
    return passed(f"列出 {len(run.listed)} 个请求", run.numbers["inquiries"], run.numbers["controls"])


def _papers(run: AgencyPlayed) -> Verdict:
    looked = [step for step in run.replies if step.startswith("papers")]
    if not looked:
        return not_exercised("没有列出请求")
    for step in looked:
        body = run.replies[step].body
        held = body.documents if isinstance(body, DocumentList) else ()
        if not held or not all(paper.content for paper in held):
            return failed("列出的请求没有法律文书，或者文书没有内容", run.numbers[step])
        for paper in held:
            if (
                paper.md5
                and paper.md5.lower() != hashlib.md5(paper.content, usedforsecurity=False).hexdigest()
            ):
                return failed("文书内容与 MD5 不符", run.numbers[step])
    return passed(f"看了 {len(looked)} 个请求")


def _cards(run: AgencyPlayed) -> Verdict:
    looked = [step for step in run.replies if step.startswith("cards")]
    if not looked:
        return not_exercised("没有列出请求")
    for step in looked:
        body = run.replies[step].body
        held = body.entries if isinstance(body, CertificateList) else ()
        if not any(item.officer.work_card.image or item.officer.official_card.image for item in held):
            return failed("列出的请求没有承办人证件图像", run.numbers[step])
    return passed(f"看了 {len(looked)} 个请求")


def _no_papers(run: AgencyPlayed) -> Verdict:
    body = run.replies["no_papers"].body
    if isinstance(body, DocumentList) and not body.documents:
        return passed("", run.numbers["no_papers"])
    return failed("对不存在的编号没有以错误信息或者空列表应答", run.numbers["no_papers"])


def _refuses(step: str) -> Callable[[AgencyPlayed], Verdict]:
    """Answered by a fault, an error text, or failed acknowledgements."""

    def judged(run: AgencyPlayed) -> Verdict:
        message = read_envelope(run.raw[step])
        if not isinstance(message, SoapMessage):
            return failed("应答不是 SOAP 报文", run.numbers[step])
        body = run.replies[step].body
        if message.is_fault or getattr(body, "error_message", ""):
            return passed("", run.numbers[step])
        if isinstance(body, AckList) and body.acks and all(ack.result is AckResult.FAIL for ack in body.acks):
            return passed("", run.numbers[step])
        return failed("没有以本格式的错误形式拒绝", run.numbers[step])

    return judged


def _fault(run: AgencyPlayed) -> Verdict:
    message = read_envelope(run.raw["no_operation"])
    if isinstance(message, SoapMessage) and message.is_fault:
        return passed("", run.numbers["no_operation"])
    return failed("没有以 SOAP Fault 应答", run.numbers["no_operation"])


RULES: tuple[Rule, ...] = (
    Rule(id="C-01", says="查询、控制请求列表可以解读", place="1.2、1.4", judge=_lists),
    Rule(id="C-02", says="列出的请求都有法律文书，内容与 MD5 相符", place="1.2 第 2 步", judge=_papers),
    Rule(id="C-03", says="列出的请求都有承办人证件图像", place="1.2 第 2 步", judge=_cards),
    Rule(id="C-04", says="不存在的编号得到错误信息或者空列表", place="1.2", judge=_no_papers),
    Rule(id="C-05", says="口令不对的调用被拒绝", place="1.6", judge=_refuses("wrong_password")),
    Rule(id="C-06", says="不存在的请求单号的反馈得到 fail", place="1.2 第 6 步", judge=_refuses("unknown")),
    Rule(id="C-07", says="不是 Base64 的反馈被拒绝", place="1.2", judge=_refuses("bad_base64")),
    Rule(id="C-08", says="带文档类型声明的反馈被拒绝", place="1.6", judge=_refuses("document_type")),
    Rule(id="C-09", says="不存在的操作得到 SOAP Fault", place="1.2", judge=_fault),
)
