"""Where SMS and mail end up: one SQLite file in the home folder, newest first."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from simworld.institutions.clock import now, stamp

_SCHEMA = """
create table if not exists sms(id integer primary key autoincrement, number text not null, text text not null, at text not null, sender_key text unique);
create index if not exists sms_number on sms(number, id);
create table if not exists mail(
  id integer primary key autoincrement, recipient text not null, sender text not null, subject text not null,
  raw blob not null, at text not null, sender_key text unique
);
create index if not exists mail_recipient on mail(recipient, id);
"""


@dataclass(slots=True, kw_only=True)
class Letter:
    """One mail to one recipient, opened."""

    id: int
    recipient: str
    sender: str
    subject: str
    at: str
    text: str
    attachments: list[tuple[str, str, bytes]] = field(default_factory=list)


class Inbox:
    """Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=30)
        self._db.row_factory = sqlite3.Row
        self._db.executescript("pragma journal_mode=wal;" + _SCHEMA)

    def _run(self, sql: str, *values: object) -> list[sqlite3.Row]:
        with self._lock:
            return self._db.execute(sql, values).fetchall()

    def add_sms(self, number: str, text: str, sender_key: str = "") -> int:
        """Store one text message; returns its id. The same `sender_key` again stores nothing more."""
        self._run(
            "insert into sms(number, text, at, sender_key) values (?, ?, ?, ?) on conflict do nothing",
            number,
            text,
            stamp(now()),
            sender_key or None,
        )
        if sender_key:
            return self._run("select id from sms where sender_key = ?", sender_key)[0][0]
        return self._run("select max(id) from sms where number = ?", number)[0][0]

    def add_mail(self, recipients: list[str], raw: bytes) -> None:
        """Store one mail once for every recipient; a repeated Message-ID stores nothing more."""
        message = BytesParser(policy=policy.default).parsebytes(raw)
        key = str(message.get("Message-ID", "")).strip()
        for recipient in recipients:
            self._run(
                "insert into mail(recipient, sender, subject, raw, at, sender_key) values (?, ?, ?, ?, ?, ?)"
                " on conflict do nothing",
                recipient,
                str(message.get("From", "")),
                str(message.get("Subject", "")),
                raw,
                stamp(now()),
                f"{key} {recipient}" if key else None,
            )

    def numbers(self) -> list[tuple[str, int, str]]:
        """Each phone number with messages: number, how many, time of the last; latest first."""
        rows = self._run("select number, count(*), max(at) from sms group by number order by max(id) desc")
        return [tuple(row) for row in rows]

    def sms(self, number: str = "", limit: int = 200) -> list[dict]:
        """Messages of one number or of all, newest first."""
        rows = self._run("select * from sms where ? in ('', number) order by id desc limit ?", number, limit)
        return [{"id": r["id"], "to": r["number"], "text": r["text"], "at": r["at"]} for r in rows]

    def boxes(self) -> list[tuple[str, int, str]]:
        """Each mailbox with mail: address, how many, time of the last; latest first."""
        rows = self._run(
            "select recipient, count(*), max(at) from mail group by recipient order by max(id) desc"
        )
        return [tuple(row) for row in rows]

    def mail(self, recipient: str = "", limit: int = 100) -> list[Letter]:
        """Mail of one box or of all, newest first, opened."""
        rows = self._run(
            "select * from mail where ? in ('', recipient) order by id desc limit ?", recipient, limit
        )
        return [_letter(row) for row in rows]

    def letter(self, number: int) -> Letter | None:
        """One mail by id."""
        rows = self._run("select * from mail where id = ?", number)
        return _letter(rows[0]) if rows else None

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()


def _letter(row: sqlite3.Row) -> Letter:
    message = BytesParser(policy=policy.default).parsebytes(row["raw"])
    attachments = [
        (part.get_filename() or "附件", part.get_content_type(), part.get_payload(decode=True) or b"")
        for part in message.iter_attachments()
    ]
    return Letter(
        id=row["id"],
        recipient=row["recipient"],
        sender=row["sender"],
        subject=row["subject"],
        at=row["at"],
        text=_body(message),
        attachments=attachments,
    )


def _body(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    try:
        return str(part.get_content()) if part is not None else ""
    except (LookupError, UnicodeDecodeError):
        return "（正文的字符集无法识别）"
