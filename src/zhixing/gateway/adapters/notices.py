"""Send waiting SMS and mail. At least once by nature; a row is marked in the transaction that locked it."""

from __future__ import annotations

import base64
import smtplib
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import httpx
from django.conf import settings
from django.db import transaction

from zhixing.platform import scope
from zhixing.platform.crashpoints import crash_here
from zhixing.platform.models import Notice
from zhixing.platform.notices import content_of

BATCH = 50
TIMEOUT_SECONDS = 5
# Doubling from two seconds up to ten minutes.
LONGEST_WAIT = timedelta(minutes=10)


def notices_send(*, moment: datetime) -> tuple[int, int]:
    """Send up to one batch, oldest first. Returns (sent, failed)."""
    sent = failed = 0
    for _ in range(BATCH):
        with scope.system("gateway.notices_send"), transaction.atomic():
            notice = (
                Notice.objects.select_for_update(skip_locked=True)
                .filter(sent_at=None, next_try_at__lte=moment)
                .order_by("next_try_at")
                .first()
            )
            if notice is None:
                break
            if _try(notice, moment):
                sent += 1
            else:
                failed += 1
    return sent, failed


def _try(notice: Notice, moment: datetime) -> bool:
    try:
        content = content_of(notice)
        crash_here("notices.before_send")
        _sms(content, notice) if notice.channel == Notice.Channel.SMS else _mail(content, notice)
    except (httpx.HTTPError, OSError, smtplib.SMTPException) as error:
        notice.attempts += 1
        notice.next_try_at = moment + min(timedelta(seconds=2 ** min(notice.attempts, 12)), LONGEST_WAIT)
        notice.last_error = type(error).__name__
        notice.save(update_fields=["attempts", "next_try_at", "last_error"])
        return False
    crash_here(f"notices.{notice.channel}.sent")
    notice.sent_at, notice.sealed = moment, None
    notice.save(update_fields=["sent_at", "sealed"])
    return True


def _sms(content: dict[str, Any], notice: Notice) -> None:
    answer = httpx.post(
        f"{settings.RUNTIME.services_url}/sms",
        json={"to": content["to"], "text": content["text"], "id": str(notice.pk)},
        headers={"X-Token": settings.RUNTIME.sms_token},
        timeout=TIMEOUT_SECONDS,
    )
    answer.raise_for_status()


def _mail(content: dict[str, Any], notice: Notice) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = (
        "zhixing@court.example",
        content["to"],
        content["subject"],
    )
    message["Message-ID"] = f"<{notice.pk}@zhixing.example>"
    message.set_content(content["text"])
    for item in content["attachments"]:
        message.add_attachment(
            base64.b64decode(item["content"]),
            maintype="application",
            subtype="octet-stream",
            filename=item["name"],
        )
    with smtplib.SMTP("127.0.0.1", settings.RUNTIME.smtp_port, timeout=TIMEOUT_SECONDS) as server:
        server.send_message(message)
