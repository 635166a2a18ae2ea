"""What every institution does: poll, take requests in, work them off, deliver the results, survive anything.

Order of saving. A request is saved when it is taken in. Working it off writes books, order rows and every message to
be sent in one transaction, before anything is sent. A message is marked sent only after the court answered. So a
crash at any point repeats at most a message, never an act; and the court answers a repeated message with "already
fed back", which counts as success.
"""

from __future__ import annotations

import json
import logging
import threading
from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from simworld.catalog import Agency
from simworld.config import Credentials, Settings
from simworld.institutions.books import Books, insert
from simworld.institutions.clock import now as court_now
from simworld.institutions.clock import ticks
from simworld.institutions.faults import DRIP, HUGE, fault_for, spoiled
from simworld.institutions.soap import CourtFaultError, CourtUnreachableError
from simworld.institutions.wire_bank import BadMessageError
from simworld.population import World

ALREADY = ("已反馈", "重复反馈", "already")
MAX_REFUSED_SENDS = 20
MAX_RESENDS = 3
MAX_BROKEN_SENDS = 5
RESEND_AFTER_SECONDS = 20.0
DOCUMENT_TRIES = 3


@dataclass(slots=True, kw_only=True)
class Taken:
    """A request as taken from the court's list."""

    kind: str
    request_no: str
    subject: str
    content: dict


@dataclass(slots=True, kw_only=True)
class Message:
    """One message to be sent. Only the final one must be accepted; others may be refused by the court."""

    operation: str
    body: str
    is_final: bool = True
    after_seconds: float = 0.0


@dataclass(slots=True)
class Pause:
    """Back-off after failures: doubles up to a cap, back to nothing after success."""

    first: float
    cap: float
    failures: int = 0
    until: float = field(default=0.0)

    def fail(self) -> None:
        """Wait longer."""
        self.failures += 1
        self.until = ticks() + min(self.cap, self.first * 2 ** min(self.failures - 1, 10))

    def succeed(self) -> None:
        """Wait no more."""
        self.failures, self.until = 0, 0.0


class Institution(ABC):
    """One institution in one thread. Subclasses speak one wire format and keep one kind of books."""

    speaks_soap = False
    # how long the bytes of the next call take, for the fault of that name
    drip_seconds = 0.0

    def __init__(
        self,
        agency: Agency,
        credentials: Credentials,
        *,
        court: str,
        home: Path,
        world: World,
        settings: Settings,
    ) -> None:
        self.agency, self.credentials, self.settings, self.world = agency, credentials, settings, world
        self.court = court.rstrip("/")
        self.books = Books(home / "institutions" / f"{agency.key}.sqlite3", agency.kind)
        self.log = logging.getLogger(f"simworld.{agency.key}")
        self.pause = Pause(0.5, settings.backoff_cap_seconds)
        self._document_tries: dict[tuple[str, str], int] = {}

    def run(self, stop: threading.Event) -> None:
        """Work until told to stop; errors are logged by kind and never end the thread."""
        while not stop.is_set():
            try:
                self.step()
            except Exception as error:
                # type only: the text of an error may carry a name or an account number
                self.log.warning("step_failed error=%s", type(error).__name__)
                self.log.debug("step_failed", exc_info=True)
                self.pause.fail()
            stop.wait(self.settings.poll_seconds)
        self.close()

    def step(self) -> None:
        """One round: take in, work off, deliver."""
        if ticks() >= self.pause.until:
            try:
                self.take_in()
                self.pause.succeed()
            except CourtUnreachableError:
                self._away("court_unreachable")
            except CourtFaultError:
                self._away("court_refused_list")
            except BadMessageError:
                self._away("court_list_unreadable")
        self.work_off()
        self.deliver()

    def _away(self, event: str) -> None:
        if not self.pause.failures:
            self.log.warning("%s", event)
        self.pause.fail()

    # taking in

    @abstractmethod
    def listed(self) -> list[Taken]:
        """Open requests on the court's lists, inquiries before controls."""

    @abstractmethod
    def refusal_of(self, taken: Taken) -> str:
        """Why the request must be refused for lack of documents or certificates; empty when it is complete.

        Raises: CourtUnreachableError, CourtFaultError: ask again later.
        """

    def take_in(self) -> None:
        """Save every request not seen before."""
        for taken in self.listed():
            known = self.books.rows(
                "select state, done_at, resent from requests where kind = ? and request_no = ?",
                taken.kind,
                taken.request_no,
            )
            if known:
                self._still_listed(taken, known[0])
                continue
            refusal = self._checked(taken)
            if refusal is not None:
                self._save(taken, refusal)

    def _checked(self, taken: Taken) -> str | None:
        """Reason to refuse, empty for none; None when the court must be asked again."""
        key = (taken.kind, taken.request_no)
        try:
            return self.refusal_of(taken)
        except (CourtFaultError, BadMessageError) as error:
            self._document_tries[key] = self._document_tries.get(key, 0) + 1
            if self._document_tries[key] < DOCUMENT_TRIES:
                return None
            self._document_tries.pop(key)
            return "无法律文书" if isinstance(error, CourtFaultError) else "法律文书或证件无法读取"

    def _save(self, taken: Taken, refusal: str) -> None:
        settings = self.settings
        fault = "" if refusal else self._fault(taken)
        rng = Random(f"{settings.seed}:delay:{self.agency.code}:{taken.request_no}")
        delay = rng.uniform(*settings.delay_for(self.agency.code))
        if fault == "late":
            delay += rng.uniform(*settings.faults.late_seconds)
        with self.books.transaction() as db:
            insert(
                db,
                "requests",
                kind=taken.kind,
                request_no=taken.request_no,
                content=json.dumps(taken.content, ensure_ascii=False),
                refusal=refusal,
                state="open",
                seen_at=court_now().isoformat(),
                due_at=ticks() + delay,
                fault=fault,
            )
        self.log.info("taken kind=%s refused=%s fault=%s", taken.kind, bool(refusal), fault or "-")

    def _fault(self, taken: Taken) -> str:
        return fault_for(
            self.settings.faults,
            seed=self.settings.seed,
            code=self.agency.code,
            institution=self.agency.kind,
            kind=taken.kind,
            request_no=taken.request_no,
            subject=taken.subject,
        )

    def _still_listed(self, taken: Taken, row) -> None:
        """The court lists a request that was answered long ago: it may have lost the answer, so send it again."""
        if row["state"] != "done" or row["resent"] >= MAX_RESENDS:
            return
        if ticks() - row["done_at"] < RESEND_AFTER_SECONDS * (row["resent"] + 1):
            return
        with self.books.transaction() as db:
            db.execute(
                "update deliveries set state = 'pending', due_at = 0, attempts = 0 where id = (select max(id)"
                " from deliveries where kind = ? and request_no = ? and is_final = 1 and state = 'sent')",
                (taken.kind, taken.request_no),
            )
            db.execute(
                "update requests set resent = resent + 1, state = 'answered' where kind = ? and request_no = ?",
                (taken.kind, taken.request_no),
            )

    # working off

    @abstractmethod
    def work(self, db, kind: str, content: dict, refusal: str, fault: str, moment: datetime) -> list[Message]:
        """Do one request inside the transaction and return what is to be sent, in order."""

    def work_off(self) -> None:
        """Do every request that is due, each in its own transaction."""
        due = self.books.rows(
            "select * from requests where state = 'open' and due_at <= ? order by due_at", ticks()
        )
        for row in due:
            moment = court_now()
            if row["fault"] == "clock_skew":
                moment += timedelta(days=self.settings.faults.skew_days)
            with self.books.transaction() as db:
                messages = self.work(
                    db, row["kind"], json.loads(row["content"]), row["refusal"], row["fault"], moment
                )
                for message in self._spoiled(messages, row["fault"], row["request_no"]):
                    insert(
                        db,
                        "deliveries",
                        kind=row["kind"],
                        request_no=row["request_no"],
                        operation=message.operation,
                        body=message.body,
                        is_final=int(message.is_final),
                        due_at=ticks() + message.after_seconds,
                    )
                db.execute(
                    "update requests set state = 'answered' where kind = ? and request_no = ?",
                    (row["kind"], row["request_no"]),
                )

    def _spoiled(self, messages: list[Message], fault: str, request_no: str) -> list[Message]:
        """Messages with what the fault sends before the final one. Other carriers have faults of their own."""
        if fault == "never":
            # done in the books, told to nobody
            return []
        if not self.speaks_soap:
            return messages
        made = []
        for message in messages:
            *before, last = spoiled(message.body, fault, request_no) if message.is_final else [message.body]
            made += [Message(operation=message.operation, body=body, is_final=False) for body in before]
            made.append(replace(message, body=last))
        return made

    def _sent(self, row) -> tuple[bool, str]:
        """Send one message as its fault wants it: made huge, or slowly."""
        body, faults = row["body"], self.settings.faults
        self.drip_seconds = faults.drip_seconds if body.startswith(DRIP) else 0.0
        if body == HUGE:
            body = "A" * faults.huge_bytes
        try:
            return self.send(row["operation"], body.removeprefix(DRIP), row["request_no"])
        finally:
            self.drip_seconds = 0.0

    # delivering

    @abstractmethod
    def send(self, operation: str, body: str, request_no: str) -> tuple[bool, str]:
        """Send one message; returns accepted? and the court's words."""

    def deliver(self) -> None:
        """Send what is due; a message waits until the one before it in the same request is settled."""
        due = self.books.rows(
            "select * from deliveries d where state = 'pending' and due_at <= ? and not exists (select 1 from deliveries e"
            " where e.kind = d.kind and e.request_no = d.request_no and e.id < d.id and e.state = 'pending') order by id",
            ticks(),
        )
        for row in due:
            try:
                accepted, answer = self._sent(row)
            except CourtFaultError as fault:
                accepted, answer = False, fault.reason
            except BadMessageError:
                accepted, answer = False, "应答无法读取"
            except CourtUnreachableError:
                if not row["is_final"] and row["attempts"] >= MAX_BROKEN_SENDS:
                    # a broken message may well break the receiver; the true one must not wait for it forever
                    self._settled(row, False, "")
                    continue
                self._later(row, 1.0)
                self._away("court_unreachable")
                return
            self._settled(row, accepted or any(word in answer for word in ALREADY), answer)

    def _settled(self, row, accepted: bool, answer: str) -> None:
        if not accepted and row["is_final"] and row["attempts"] + 1 < MAX_REFUSED_SENDS:
            self._later(row, min(self.settings.backoff_cap_seconds, 0.5 * 2 ** min(row["attempts"], 8)))
            return
        state = "sent" if accepted or not row["is_final"] else "rejected"
        if state == "rejected":
            self.log.warning("feedback_rejected kind=%s attempts=%d", row["kind"], row["attempts"] + 1)
        with self.books.transaction() as db:
            db.execute(
                "update deliveries set state = ?, answer = ?, attempts = attempts + 1 where id = ?",
                (state, answer[:400], row["id"]),
            )
            db.execute(
                "update requests set state = 'done', done_at = ? where kind = ? and request_no = ? and not exists ("
                "select 1 from deliveries d where d.kind = requests.kind and d.request_no = requests.request_no"
                " and d.state = 'pending')",
                (ticks(), row["kind"], row["request_no"]),
            )

    def _later(self, row, seconds: float) -> None:
        with self.books.transaction() as db:
            db.execute(
                "update deliveries set due_at = ?, attempts = attempts + 1 where id = ?",
                (ticks() + seconds, row["id"]),
            )

    def close(self) -> None:
        """Close files and connections."""
        self.books.close()
