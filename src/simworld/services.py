"""Local mail and SMS: an SMTP server, an SMS gateway, and one small web page to read both.

Everything listens on 127.0.0.1 only. Nothing is ever sent on.
"""

from __future__ import annotations

import base64
import hmac
import json
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, quote, urlsplit

from aiosmtpd.controller import Controller

from simworld import pages
from simworld.inbox import Inbox

HOST = "127.0.0.1"
MAX_SMS_BYTES = 20_000
MAX_MAIL_BYTES = 60 * 1024 * 1024


class _Mailbox:
    """aiosmtpd handler: keeps whatever comes."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        self.inbox.add_mail(list(envelope.rcpt_tos), envelope.content)
        return "250 Message accepted"


class Services:
    """SMTP and web in threads of this process.

    Args: sms_token: what a sender must put into the X-Token header (or Authorization: Bearer); empty lets all in.
    """

    def __init__(self, *, home: Path, web_port: int, smtp_port: int, sms_token: str = "") -> None:
        self.inbox = Inbox(home / "inbox.sqlite3")
        self.smtp = Controller(
            _Mailbox(self.inbox), hostname=HOST, port=smtp_port, data_size_limit=MAX_MAIL_BYTES
        )
        handler = type("Handler", (_Handler,), {"inbox": self.inbox, "token": sms_token})
        self.web = ThreadingHTTPServer((HOST, web_port), handler)
        self.web.daemon_threads = True

    def start(self) -> None:
        """Begin to listen."""
        self.smtp.start()
        Thread(target=self.web.serve_forever, args=(0.1,), name="services-web", daemon=True).start()

    def stop(self) -> None:
        """Stop listening and close the file."""
        self.smtp.stop()
        self.web.shutdown()
        self.web.server_close()
        self.inbox.close()


class _Handler(BaseHTTPRequestHandler):
    inbox: Inbox
    token: str
    server_version, sys_version = "simworld", ""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: addresses of these pages carry phone numbers."""

    def do_GET(self) -> None:
        """Pages, JSON for tests, attachments."""
        parts = urlsplit(self.path)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/":
            self._html(pages.index(self.inbox))
        elif parts.path == "/phone":
            self._html(pages.phone(self.inbox, query.get("n", "")))
        elif parts.path == "/mail":
            self._html(pages.mail(self.inbox, query.get("box", "")))
        elif parts.path == "/mail/attachment":
            self._attachment(query)
        elif parts.path == "/sms.json":
            self._json({"sms": self.inbox.sms(query.get("n", ""))})
        elif parts.path == "/mail.json":
            self._json({"mail": [_mail_json(m) for m in self.inbox.mail(query.get("box", ""))]})
        elif parts.path == "/health":
            self._json({"ok": True})
        else:
            self._json({"error": "没有这个页面"}, HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        """The SMS gateway: POST /sms {"to", "text", optional "id"}; one id is one message however often it comes."""
        if urlsplit(self.path).path != "/sms":
            self._json({"error": "没有这个接口"}, HTTPStatus.NOT_FOUND)
            return
        length = int(self.headers.get("Content-Length") or 0)
        if length > MAX_SMS_BYTES:
            self.close_connection = True
            self._json(
                {"error": f"请求 {length} 字节，最多 {MAX_SMS_BYTES} 字节"},
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            )
            return
        body = self.rfile.read(length)
        if not self._is_allowed():
            self._json({"error": "短信口令不符"}, HTTPStatus.FORBIDDEN)
            return
        try:
            data = json.loads(body)
            to, text, key = str(data["to"]), str(data["text"]), str(data.get("id", ""))
        except (ValueError, KeyError, TypeError, AttributeError):
            self._json({"error": '请求体应为 {"to": "手机号", "text": "内容"}'}, HTTPStatus.BAD_REQUEST)
            return
        self._json({"id": self.inbox.add_sms(to, text, key), "accepted": True})

    def _is_allowed(self) -> bool:
        given = self.headers.get("X-Token") or self.headers.get("X-SMS-Token") or ""
        bearer = self.headers.get("Authorization", "")
        if not given and bearer.startswith("Bearer "):
            given = bearer[7:]
        return not self.token or hmac.compare_digest(given.encode(), self.token.encode())

    def _attachment(self, query: dict[str, str]) -> None:
        letter = self.inbox.letter(int(query.get("id", "0"))) if query.get("id", "").isdigit() else None
        place = int(query.get("n", "0")) if query.get("n", "0").isdigit() else -1
        if letter is None or not 0 <= place < len(letter.attachments):
            self._json({"error": "没有这个附件"}, HTTPStatus.NOT_FOUND)
            return
        name, kind, content = letter.attachments[place]
        disposition = f"attachment; filename*=UTF-8''{quote(name)}"
        self._answer(content, kind, HTTPStatus.OK, {"Content-Disposition": disposition})

    def _html(self, text: str) -> None:
        self._answer(text.encode("utf-8"), "text/html; charset=utf-8", HTTPStatus.OK, {})

    def _json(self, data: object, status: HTTPStatus = HTTPStatus.OK) -> None:
        body = json.dumps(data, ensure_ascii=False).encode("utf-8")
        self._answer(body, "application/json; charset=utf-8", status, {})

    def _answer(self, body: bytes, kind: str, status: HTTPStatus, more: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "X-Content-Type-Options": "nosniff", **more}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _mail_json(letter) -> dict:
    return {
        "id": letter.id,
        "to": letter.recipient,
        "from": letter.sender,
        "subject": letter.subject,
        "text": letter.text,
        "at": letter.at,
        "attachments": [
            {"name": name, "type": kind, "size": len(content), "base64": base64.b64encode(content).decode()}
            for name, kind, content in letter.attachments
        ],
    }
