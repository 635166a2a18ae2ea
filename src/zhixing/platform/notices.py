"""Put an SMS or a mail into the outbox, in the caller's transaction. The gateway room sends it."""

from __future__ import annotations

import base64
import json
import uuid
from dataclasses import dataclass
from datetime import datetime

from zhixing.platform.crypto import keyring
from zhixing.platform.models import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One file of a mail; the name is visible to mail servers, so it names nobody."""

    name: str
    content: bytes


def sms(
    *, to: str, text: str, reason: str, court_key: int, moment: datetime, case_id: int | None = None
) -> None:
    """Queue a short message to one phone number."""
    _queue(Notice.Channel.SMS, {"to": to, "text": text}, reason, court_key, case_id, moment)


def mail(
    *,
    to: str,
    subject: str,
    text: str,
    reason: str,
    court_key: int,
    moment: datetime,
    case_id: int | None = None,
    attachments: tuple[Attachment, ...] = (),
) -> None:
    """Queue a mail to one mailbox."""
    files = [{"name": item.name, "content": base64.b64encode(item.content).decode()} for item in attachments]
    content = {"to": to, "subject": subject, "text": text, "attachments": files}
    _queue(Notice.Channel.MAIL, content, reason, court_key, case_id, moment)


def content_of(notice: Notice) -> dict[str, object]:
    """Decrypt a waiting notice for sending."""
    return json.loads(keyring().unwrap(bytes(notice.sealed), notice.id.bytes))


def _queue(
    channel: str, content: dict, reason: str, court_key: int, case_id: int | None, moment: datetime
) -> None:
    key = uuid.uuid4()
    Notice.objects.create(
        id=key,
        channel=channel,
        sealed=keyring().wrap(json.dumps(content).encode(), key.bytes),
        reason=reason,
        court_key=court_key,
        case_id=case_id,
        created_at=moment,
        next_try_at=moment,
    )
