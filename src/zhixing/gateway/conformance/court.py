"""A small court on a port: lists the cards of a script, hands out papers, takes feedback, keeps every byte."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from zhixing.gateway.conformance.cards import Script, share_of
from zhixing.gateway.conformance.exchange import Exchange, Tape
from zhixing.gateway.conformance.samples import certificates, documents
from zhixing.gateway.domain.canonical import Ack, AckResult, RequestKind
from zhixing.gateway.domain.messages import (
    AckList,
    Body,
    CertificateList,
    DocumentList,
    KeyQuery,
    RequestList,
    request_numbers,
)
from zhixing.gateway.profiles.base import Encoded, Operation, OperationKind, ParsedCall, Profile
from zhixing.gateway.profiles.safe_xml import Limits
from zhixing.kernel.clock import now

MOST_BYTES = 20 * 1024 * 1024
_LISTS = {OperationKind.LIST_INQUIRIES: RequestKind.INQUIRY, OperationKind.LIST_CONTROLS: RequestKind.CONTROL}
_ACKS = {
    "success": (AckResult.SUCCESS, ""),
    "correction": (AckResult.SUCCESS, ""),
    "more": (AckResult.SUCCESS, ""),
    "lost": (AckResult.SUCCESS, ""),
    "fail": (AckResult.FAIL, "系统繁忙，本次没有受理，请重新反馈"),
    "already": (AckResult.ALREADY, ""),
    "conflict": (AckResult.FAIL, "此前收到过内容不同的反馈，本次没有采用"),
}


class CourtPlayed:
    """The court's side of one run. Serves any SOAP profile; ``first`` is what the first list calls are answered."""

    def __init__(
        self,
        profile: Profile,
        script: Script,
        *,
        username: str,
        password: str,
        first: tuple[str, ...] = ("error", "empty"),
    ) -> None:
        self.profile, self.script, self.tape = profile, script, Tape()
        self.username, self.password, self.first = username, password, first
        self.polls: dict[RequestKind, list[tuple[int, str]]] = {kind: [] for kind in RequestKind}

    def serve(self, raw: bytes) -> tuple[bytes | None, bool]:
        """Bytes to answer, None to drop the connection; and whether they are a fault. One call at a time."""
        with self.tape.lock:
            call = self.profile.parse_call(raw, limits=Limits(max_bytes=MOST_BYTES))
            exchange = self.tape.add(_kept(call, now()))
            reply = self._answer(call, exchange)
            exchange.response = reply.content
            return (None if exchange.action == "lost" else reply.content), reply.is_fault

    def _answer(self, call: ParsedCall, exchange: Exchange) -> Encoded:
        operation = call.operation
        if operation is None or call.credentials is None or call.body is None:
            return self.profile.refuse(call)
        if (call.credentials.username, call.credentials.password) != (self.username, self.password):
            exchange.action = "wrong_password"
            return self.profile.refuse(call, "用户名或密码不对。")
        body = self._said(operation, call.body, exchange)
        return self.profile.build_response(operation, body, soap_version=call.soap_version)

    def _said(self, operation: Operation, body: Body, exchange: Exchange) -> Body:
        if operation.kind in _LISTS:
            return self._list(_LISTS[operation.kind], exchange)
        key = body.key if isinstance(body, KeyQuery) else ""
        if operation.kind is OperationKind.CERTIFICATES:
            return self._certificates(key, exchange)
        if operation.kind.has_key:
            return self._documents(key, exchange)
        return self._feedback(body, exchange)

    def _list(self, kind: RequestKind, exchange: Exchange) -> RequestList:
        polls = self.polls[kind]
        planned = self.first[len(polls)] if len(polls) < len(self.first) else "cards"
        polls.append((exchange.no, planned))
        exchange.action = planned
        if planned == "error":
            return RequestList(kind=kind, error_message="系统维护中，请稍后再取")
        cards = self.script.ready(kind) if planned == "cards" else []
        for card in cards:
            card.listings.append(exchange.no)
        return RequestList(kind=kind, requests=tuple(card.request for card in cards if card.request))

    def _documents(self, key: str, exchange: Exchange) -> DocumentList:
        cards = self.script.of_document(key)
        if not cards:
            return DocumentList(error_message="没有这一文书编号或者请求单号")
        for card in cards:
            card.document_calls.append(exchange.no)
        first = cards[0]
        number = first.request.document_no if first.request else ""
        return DocumentList(documents=documents(number, first.number, first.documents))

    def _certificates(self, key: str, exchange: Exchange) -> CertificateList:
        cards = self.script.of_document(key)
        if not cards:
            return CertificateList(error_message="没有这一请求单号")
        for card in cards:
            card.certificate_calls.append(exchange.no)
        return CertificateList(entries=certificates(cards[0].number, cards[0].certificates))

    def _feedback(self, body: Body, exchange: Exchange) -> AckList:
        acks = []
        for number in request_numbers(body):
            card, share = self.script.of_number(number), share_of(body, number)
            if card is None or share is None:
                acks.append(Ack(request_no=number, result=AckResult.FAIL, message="没有这一请求单号"))
                continue
            answer = self.script.take(card, share, exchange.no)
            if answer.ack == "lost":
                exchange.action = "lost"
            result, message = _ACKS[answer.ack]
            acks.append(Ack(request_no=number, result=result, message=message))
        return AckList(acks=tuple(acks))


def _kept(call: ParsedCall, moment: datetime) -> Exchange:
    held = call.credentials
    return Exchange(
        no=0,
        at=moment,
        operation=call.operation.name if call.operation else "",
        request=call.raw,
        body=call.body,
        problems=call.problems,
        key=call.body.key if isinstance(call.body, KeyQuery) else "",
        username=held.username if held else "",
        password=held.password if held else "",
    )


def listen(
    court: CourtPlayed, host: str, port: int, service: Callable[[str], str]
) -> tuple[ThreadingHTTPServer, threading.Thread]:
    """Open the port. Any path is served, ``?wsdl`` describes it. The caller shuts the server down.

    Raises OSError when the port is taken.
    """

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30

        def log_message(self, *args: Any) -> None:
            """Nothing: the tape keeps what matters."""

        def do_GET(self) -> None:
            location = f"http://{self.headers.get('Host', f'{host}:{port}')}{self.path.partition('?')[0]}"
            self._send(service(location).encode(), fault=False)

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            size = int(length) if length.isdigit() else 0
            if not 0 < size <= MOST_BYTES:
                self.send_error(413 if size else 411)
                return
            content, fault = court.serve(self.rfile.read(size))
            if content is None:
                self.close_connection = True
                self.connection.close()
                return
            self._send(content, fault=fault)

        def _send(self, content: bytes, *, fault: bool) -> None:
            self.send_response(500 if fault else 200)
            self.send_header("Content-Type", "text/xml; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    server = ThreadingHTTPServer((host, port), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    return server, thread
