"""The phone and the mailbox: what is sent in is found on the pages and in the JSON."""

from __future__ import annotations

import base64
import json
import smtplib
import socket
import urllib.error
import urllib.request
from email.message import EmailMessage

import pytest

from simworld.services import Services


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@pytest.fixture
def services(tmp_path):
    made = Services(home=tmp_path, web_port=free_port(), smtp_port=free_port(), sms_token="token-1")
    made.start()
    yield made
    made.stop()


def get(services, path: str) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{services.web.server_port}{path}", timeout=5) as answer:
        return answer.read()


def post_sms(services, body: bytes, token: str) -> dict:
    headers = {"X-Token": token}
    request = urllib.request.Request(
        f"http://127.0.0.1:{services.web.server_port}/sms", data=body, headers=headers, method="POST"
    )
    with urllib.request.urlopen(request, timeout=5) as answer:
        return json.loads(answer.read())


def test_sms_appears_on_the_phone_and_in_json(services):
    text = "【孟村法院】开启码 482913，10分钟内有效。<b>"
    body = json.dumps({"to": "13831790174", "text": text}).encode()
    assert post_sms(services, body, "token-1")["accepted"]
    page = get(services, "/phone?n=13831790174").decode()
    assert '<span class="code">482913</span>' in page
    assert "&lt;b&gt;" in page
    assert '<meta http-equiv="refresh" content="5">' in page
    assert json.loads(get(services, "/sms.json?n=13831790174"))["sms"][0]["text"] == text
    assert json.loads(get(services, "/sms.json?n=1"))["sms"] == []


def test_message_sent_twice_under_one_id_is_kept_once(services):
    body = json.dumps({"to": "13831790174", "text": "甲", "id": "n-1"}).encode()
    assert post_sms(services, body, "token-1") == post_sms(services, body, "token-1")
    assert len(services.inbox.sms()) == 1


def test_sms_without_token_or_with_bad_body_is_refused(services):
    with pytest.raises(urllib.error.HTTPError, match="403"):
        post_sms(services, b'{"to":"1","text":"x"}', "wrong")
    with pytest.raises(urllib.error.HTTPError, match="400"):
        post_sms(services, b"[]", "token-1")


def test_mail_with_attachment_can_be_read_and_downloaded(services):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = (
        "fayuan@example.com",
        "judge@example.com",
        "查询反馈包",
    )
    message.set_content("附件为加密反馈包，口令另发。")
    message.add_attachment(b"PK\x03\x04", maintype="application", subtype="zip", filename="反馈包.zip")
    message["Message-ID"] = "<1@example.com>"
    with smtplib.SMTP("127.0.0.1", services.smtp.port, timeout=5) as smtp:
        smtp.send_message(message)
        # the sender lost the answer and sends again
        smtp.send_message(message)
    (letter,) = json.loads(get(services, "/mail.json?box=judge@example.com"))["mail"]
    assert letter["subject"] == "查询反馈包"
    assert letter["text"].strip() == "附件为加密反馈包，口令另发。"
    assert base64.b64decode(letter["attachments"][0]["base64"]) == b"PK\x03\x04"
    page = get(services, "/mail?box=judge@example.com").decode()
    assert "反馈包.zip" in page
    assert get(services, f"/mail/attachment?id={letter['id']}&n=0") == b"PK\x03\x04"
    with pytest.raises(urllib.error.HTTPError, match="404"):
        get(services, f"/mail/attachment?id={letter['id']}&n=9")


def test_messages_survive_a_restart(tmp_path):
    for round_number in (1, 2):
        made = Services(home=tmp_path, web_port=free_port(), smtp_port=free_port())
        made.start()
        made.inbox.add_sms("1", f"第{round_number}条")
        shown = made.inbox.sms("1")
        made.stop()
    assert [m["text"] for m in shown] == ["第2条", "第1条"]
