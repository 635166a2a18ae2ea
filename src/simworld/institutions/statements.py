"""The court bank's statement feed: tells the court which money arrived on its enforcement account.

Each remittance is one line with a serial of its own. It is sent until the court names the serial as accepted.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging

import httpx

from simworld.config import Credentials
from simworld.institutions.books import Books
from simworld.institutions.clock import ticks
from simworld.institutions.freezing import yuan

PATH = "/gateway/statement/"
BATCH = 100


def signature(body: bytes, secret: str) -> str:
    """Hexadecimal HMAC-SHA256 of the exact bytes of the body."""
    return hmac.new(secret.encode("utf-8"), body, hashlib.sha256).hexdigest()


class StatementSender:
    """Sends pending transfers of one bank, grouped by the court's account, oldest first."""

    def __init__(self, books: Books, credentials: Credentials, court: str, cap_seconds: float) -> None:
        self.books, self.credentials, self.url, self.cap = books, credentials, court + PATH, cap_seconds
        self.client = httpx.Client(timeout=20.0, trust_env=False)
        self.log = logging.getLogger("simworld.statements")
        self.not_before, self.failures, self.was_refused = 0.0, 0, False

    def send_due(self) -> None:
        """Send what is pending; after a failure wait, doubling up to the cap."""
        if ticks() < self.not_before:
            return
        rows = self.books.rows(
            "select * from transfers where state = 'pending' order by rowid limit ?", BATCH
        )
        accounts = dict.fromkeys(row["payee_account"] for row in rows)
        for account in accounts:
            lines = [row for row in rows if row["payee_account"] == account]
            accepted = self._post(account, lines)
            if not accepted and self.was_refused and len(lines) > 1:
                # one line the court cannot take must not keep back the others
                for line in lines:
                    accepted |= self._post(account, [line])
            self._mark(accepted)
            if len(accepted) < len(lines):
                self._wait()
                return
        self.failures, self.not_before = 0, 0.0

    def _post(self, account: str, rows: list) -> set[str]:
        lines = [
            {
                "serial": row["serial"],
                "at": row["at"],
                "amount": yuan(row["amount_fen"]),
                "payer": row["payer"],
                "payer_account": row["account"],
                "memo": row["memo"],
            }
            for row in rows
        ]
        body = json.dumps({"account": account, "lines": lines}, ensure_ascii=False).encode("utf-8")
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "X-Agency": self.credentials.code,
            "X-Signature": signature(body, self.credentials.statement_secret),
        }
        self.was_refused = False
        try:
            answer = self.client.post(self.url, content=body, headers=headers)
            self.was_refused = 400 <= answer.status_code < 500
            accepted = answer.json().get("accepted", []) if answer.status_code == 200 else []
        except (httpx.HTTPError, ValueError, AttributeError):
            return set()
        return {str(serial) for serial in accepted} & {row["serial"] for row in rows}

    def _mark(self, serials: set[str]) -> None:
        with self.books.transaction() as db:
            db.executemany(
                "update transfers set state = 'accepted' where serial = ?", [(serial,) for serial in serials]
            )

    def _wait(self) -> None:
        if not self.failures:
            self.log.warning("statement_not_accepted")
        self.failures += 1
        self.not_before = ticks() + min(self.cap, 0.5 * 2 ** min(self.failures, 8))

    def close(self) -> None:
        """Close connections."""
        self.client.close()
