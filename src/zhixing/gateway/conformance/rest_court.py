"""The court's REST door for a run: signed calls in, signed answers out, every byte kept."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from zhixing.gateway.conformance.cards import Script, inquiry
from zhixing.gateway.conformance.court import MOST_BYTES, CourtPlayed
from zhixing.gateway.conformance.exchange import Exchange
from zhixing.gateway.conformance.samples import STRANGER
from zhixing.gateway.conformance.signed import Call, CourtKeys, Signed, headers_lower, signature_judge
from zhixing.gateway.domain.canonical import RequestKind
from zhixing.gateway.domain.messages import (
    Body,
    CertificateList,
    DocumentList,
    KeyQuery,
    NoBody,
    RequestList,
    request_numbers,
)
from zhixing.gateway.domain.problems import WireProblem, errors_only
from zhixing.gateway.profiles.base import Wire
from zhixing.gateway.profiles.safe_xml import Limits
from zhixing.gateway.profiles.zhixing_rest_json.openapi import openapi
from zhixing.gateway.profiles.zhixing_rest_json.operations import BASE, ENDPOINTS, Endpoint
from zhixing.kernel.clock import now

FIRST = ("error", "empty", "forged", "unsigned")


@dataclass(slots=True, kw_only=True)
class Answered:
    """An answer over HTTP."""

    status: int
    content: bytes
    headers: dict[str, str] = field(default_factory=dict)


class RestCourtPlayed(CourtPlayed):
    """The court's side of one run of our own format.

    ``first`` is what the first calls of each list are answered: error (503), empty, forged (a list under a signature that
    does not hold), unsigned (the same without any).
    """

    def __init__(
        self,
        wire: Wire,
        script: Script,
        *,
        key_id: str,
        public: Ed25519PublicKey,
        first: tuple[str, ...] = FIRST,
    ) -> None:
        # The base class only uses its profile to read and write SOAP, which this class does otherwise.
        super().__init__(wire, script, username=key_id, password="", first=first)  # pyright: ignore[reportArgumentType]: see above
        self.wire, self.public, self.keys = wire, public, CourtKeys()
        self.signatures: dict[int, Signed] = {}
        self.content_types: dict[int, str] = {}
        self.key_calls: list[int] = []
        self.rotated_at = 0
        self.forged = inquiry(script.number(999999), STRANGER, document=f"WS{script.stamp}99")

    def serve_call(self, call: Call) -> Answered | None:
        """The answer; None to drop the connection. One call at a time."""
        with self.tape.lock:
            path = "/" + call.url.partition("://")[2].partition("/")[2].partition("?")[0]
            if path == f"{BASE}/openapi.json":
                return _plain(openapi(call.url.removesuffix(path)))
            if path == f"{BASE}/keys":
                told = _plain(self.keys.document())
                exchange = Exchange(no=0, at=now(), operation="keys", request=b"", extension="json")
                exchange.response = told.content
                self.key_calls.append(self.tape.add(exchange).no)
                return told
            exchange = self.tape.add(
                Exchange(no=0, at=now(), operation="", request=_kept(call), extension="http")
            )
            answered = self._called(call, path, exchange)
            exchange.response = answered.content
            if not self.rotated_at and any(card.answers for card in self.script.cards):
                self.keys.rotate()
                self.rotated_at = exchange.no
            return None if exchange.action == "lost" else answered

    def _called(self, call: Call, path: str, exchange: Exchange) -> Answered:
        endpoint, key = _endpoint_of(call.method, path)
        if endpoint is None:
            exchange.problems = (_no_such(call.method),)
            return self._problem(call, 404, "接口文档中没有这一地址和方法。")
        exchange.operation, exchange.key = endpoint.operation.name, key
        if call.body:
            self.content_types[exchange.no] = call.headers.get("content-type", "")
        signed = signature_judge(call, key_id=self.username, public=self.public, moment=now())
        replayed = signed.nonce in {item.nonce for item in self.signatures.values() if item.nonce}
        self.signatures[exchange.no] = signed
        if signed.problem or not signed.is_fresh or not signed.has_nonce or replayed:
            exchange.action = "replayed" if replayed else "unsigned_call"
            return self._problem(call, 401, "签名无效、已过期或者已使用过。")
        body = self._read(endpoint, call, key, exchange)
        if body is None:
            return self._problem(call, 400, "没有受理，请改正全部问题后重新发送。", exchange.problems)
        exchange.body = body
        said = self._said(endpoint.operation, body, exchange)
        if isinstance(said, DocumentList | CertificateList) and said.error_message:
            return self._problem(call, 404, said.error_message)
        return self._listed(call, said, exchange) if isinstance(said, RequestList) else self._sent(call, said)

    def _read(self, endpoint: Endpoint, call: Call, key: str, exchange: Exchange) -> Body | None:
        if not endpoint.sends:
            return KeyQuery(key=key) if key else NoBody()
        read = self.wire.decode(
            call.body, operation=endpoint.operation.name, limits=Limits(max_bytes=MOST_BYTES)
        )
        exchange.problems = read.problems
        return None if errors_only(read.problems) else read.body

    def _listed(self, call: Call, said: RequestList, exchange: Exchange) -> Answered:
        match exchange.action:
            case "error":
                return self._problem(call, 503, "系统维护中，请稍后再取。", headers={"Retry-After": "1"})
            case "forged" | "unsigned" if said.kind is RequestKind.INQUIRY:
                content = self.wire.encode(RequestList(kind=said.kind, requests=(self.forged,))).content
                if exchange.action == "unsigned":
                    return Answered(status=200, content=content, headers=_JSON.copy())
                headers = self.keys.reply_headers(call, 200, content, forged=True)
                return Answered(status=200, content=content, headers=headers | _JSON)
        return self._sent(call, said)

    def _sent(self, call: Call, body: Body) -> Answered:
        return self._signed(call, 200, self.wire.encode(body).content, _JSON)

    def _problem(
        self,
        call: Call,
        status: int,
        detail: str,
        problems: tuple[WireProblem, ...] = (),
        headers: dict[str, str] | None = None,
    ) -> Answered:
        told = {
            "type": "about:blank",
            "title": "没有受理",
            "status": status,
            "detail": detail,
            "problems": [
                {"code": p.code, "where": p.where, "came": p.came, "expected": p.expected, "mend": p.mend}
                for p in errors_only(problems)
            ],
        }
        content = json.dumps(told, ensure_ascii=False).encode()
        return self._signed(call, status, content, _PROBLEM | (headers or {}))

    def _signed(self, call: Call, status: int, content: bytes, headers: dict[str, str]) -> Answered:
        made = self.keys.reply_headers(call, status, content)
        return Answered(status=status, content=content, headers=made | headers)

    @property
    def touched_forged(self) -> list[int]:
        """Calls that speak about the request which only a forged list named."""
        number = self.forged.request_no
        return [
            item.no
            for item in self.tape.exchanges
            if item.key == number or (item.body is not None and number in request_numbers(item.body))
        ]


_JSON = {"Content-Type": "application/json; charset=utf-8"}
_PROBLEM = {"Content-Type": "application/problem+json; charset=utf-8"}


def _plain(told: dict[str, Any]) -> Answered:
    return Answered(status=200, content=json.dumps(told, ensure_ascii=False).encode(), headers=_JSON.copy())


def _kept(call: Call) -> bytes:
    """The call as it is kept: request line, what belongs to the signature, content."""
    names = ("content-type", "content-digest", "signature-input", "signature")
    lines = [f"{name}: {call.headers[name]}" for name in names if name in call.headers]
    return "\r\n".join([f"{call.method} {call.url}", *lines, "", ""]).encode("utf-8", "replace") + call.body


def _endpoint_of(method: str, path: str) -> tuple[Endpoint | None, str]:
    if not path.startswith(f"{BASE}/"):
        return None, ""
    steps = path.removeprefix(BASE).split("/")
    for endpoint in ENDPOINTS:
        plan = endpoint.path.split("/")
        fits = len(plan) == len(steps) and all(
            wanted in ("{request_no}", came) for wanted, came in zip(plan, steps, strict=True)
        )
        if fits and endpoint.method == method:
            key = steps[plan.index("{request_no}")] if "{request_no}" in plan else ""
            return endpoint, key[:30]
    return None, ""


def _no_such(method: str) -> WireProblem:
    return WireProblem(
        code="no_operation",
        came=f"接口文档中没有的地址或者方法（{method[:10]}）",
        expected="接口文档 openapi.json 中的地址和方法",
        mend="按接口文档改正地址",
    )


def listen_rest(court: RestCourtPlayed, host: str, port: int) -> tuple[ThreadingHTTPServer, threading.Thread]:
    """Open the port. The caller shuts the server down. Raises OSError when the port is taken."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30

        def log_message(self, *args: Any) -> None:
            """Nothing: the tape keeps what matters."""

        def do_GET(self) -> None:
            self._serve(b"")

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            size = int(length) if length.isdigit() and len(length) < 12 else -1
            if not 0 <= size <= MOST_BYTES:
                self.close_connection = True
                self.send_error(413 if size > 0 else 411)
                return
            self._serve(self.rfile.read(size))

        def _serve(self, body: bytes) -> None:
            origin = f"http://{self.headers.get('Host', f'{host}:{port}')}"
            headers = headers_lower(dict(self.headers.items()))
            answered = court.serve_call(
                Call(method=self.command, url=f"{origin}{self.path}", headers=headers, body=body)
            )
            if answered is None:
                self.close_connection = True
                self.connection.close()
                return
            self.send_response(answered.status)
            for name, value in answered.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answered.content)))
            self.end_headers()
            self.wfile.write(answered.content)

    server = ThreadingHTTPServer((host, port), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    return server, thread
