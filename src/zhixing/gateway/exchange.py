"""What administrators see: agencies with their health and secrets, and the messages of one request, never their content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from zhixing.gateway.models import (
    Agency,
    AgencySecret,
    CourtKey,
    Inbound,
    Order,
    Outbound,
    Outcome,
    SecretKind,
)
from zhixing.kernel.clock import court_date
from zhixing.law.book import book
from zhixing.platform import files

SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretLine:
    """One secret as shown: never itself. state: holds, soon (ends soon), or overlap (replaced, still holds)."""

    kind: str
    name: str
    since: datetime
    until: datetime | None
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyLine:
    """One agency with what holds now."""

    agency: Agency
    last_seen_at: datetime | None
    failures: int
    is_closed: bool
    secrets: tuple[SecretLine, ...]

    @property
    def needs_care(self) -> bool:
        """Whether a secret ends soon, or none holds."""
        return not self.secrets or all(line.state != "holds" for line in self.secrets)


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageLine:
    """One message that speaks of a request: when, which way, what became of it. No content, no person.

    numbers: of the requests asked about that it speaks of.
    """

    way: str
    id: int
    agency: str
    profile: str
    operation: str
    at: datetime
    size: int
    told: str
    sha256: str
    numbers: tuple[str, ...] = ()


def agency_lines(*, moment: datetime) -> list[AgencyLine]:
    """Agencies by kind and code, with the secrets that hold now. Two statements."""
    warn = timedelta(days=book().at(court_date(moment)).value("gateway_door.secret_warn_days"))
    rows = Agency.objects.select_related("health").prefetch_related("secrets").order_by("kind", "code")
    return [_line(row, moment, warn) for row in rows]


def court_key_line() -> tuple[str, datetime] | None:
    """Name of the key by which the court signs, and since when; None before it signed anything."""
    return CourtKey.objects.values_list("name", "made_at").first()


def messages_of(request_no: str) -> list[MessageLine]:
    """Messages about one request that the caller's court may know of, oldest first. Three statements."""
    if not request_no:
        return []
    is_known = Order.objects.filter(request_no=request_no).exists()
    return _messages([request_no], sent=[request_no] if is_known else [])


def messages_of_case(case_id: int) -> list[MessageLine]:
    """Messages about all requests of a case that the caller's court may know of, oldest first. Three statements."""
    numbers = list(
        Order.objects.filter(case_id=case_id)
        .order_by("-queued_at")
        .values_list("request_no", flat=True)[:SHOWN]
    )
    return _messages(numbers, sent=numbers) if numbers else []


def _messages(numbers: list[str], *, sent: list[str]) -> list[MessageLine]:
    """sent: numbers of orders the caller may see. What went out stands under no court, and is known through them."""
    received = Inbound.objects.filter(request_no__in=numbers).select_related("agency").order_by("-pk")[:SHOWN]
    carried = Outbound.objects.filter(requests__overlap=sent).select_related("agency").order_by("-pk")
    among = set(sent)
    lines = chain(
        (_received(row) for row in received), (_sent(row, among) for row in carried[:SHOWN] if among)
    )
    return sorted(lines, key=lambda line: line.at)


def message_form(way: str, message_id: int) -> tuple[str, str, str]:
    """Format, version and operation of a message, by which the desk reads it; empty when there is no such message."""
    rows = (Inbound if way == "in" else Outbound).objects.filter(pk=message_id)
    row = rows.values_list("profile", "agency__dialect", "operation").first()
    return (row[0], row[1] or "", row[2]) if row else ("", "", "")


def message_bytes(way: str, message_id: int) -> bytes | None:
    """The bytes of one message as they came or went; None when there is no such message. Callers journal the reading."""
    if way == "in":
        digest = Inbound.objects.filter(pk=message_id).values_list("sha256", flat=True).first()
    else:
        row = Outbound.objects.filter(pk=message_id).first()
        is_own = row is not None and Order.objects.filter(request_no__in=row.requests).exists()
        digest = row.sha256 if row is not None and is_own else None
    return files.get(digest) if digest else None


def _line(row: Agency, moment: datetime, warn: timedelta) -> AgencyLine:
    health = getattr(row, "health", None)
    held = [
        secret
        for secret in row.secrets.all()
        if secret.valid_from <= moment and (secret.valid_until is None or secret.valid_until > moment)
    ]
    newest = {secret.kind: secret.pk for secret in sorted(held, key=lambda s: (s.valid_from, s.pk))}
    return AgencyLine(
        agency=row,
        last_seen_at=health.last_seen_at if health else None,
        failures=health.failures if health else 0,
        is_closed=bool(health and health.closed_until and health.closed_until > moment),
        secrets=tuple(
            _secret(secret, moment, warn, is_newest=newest[secret.kind] == secret.pk) for secret in held
        ),
    )


def _secret(secret: AgencySecret, moment: datetime, warn: timedelta, *, is_newest: bool) -> SecretLine:
    ends_soon = secret.valid_until is not None and secret.valid_until - moment < warn
    return SecretLine(
        kind=str(SecretKind(secret.kind).label),
        name=secret.name,
        since=secret.valid_from,
        until=secret.valid_until,
        state="overlap" if ends_soon and not is_newest else "soon" if ends_soon else "holds",
    )


def _received(row: Inbound) -> MessageLine:
    return MessageLine(
        way="in",
        id=row.pk,
        agency=row.agency.name if row.agency else "身份不明的来信单位",
        profile=row.profile,
        operation=row.operation,
        at=row.received_at,
        size=row.size,
        told=str(Outcome(row.outcome).label),
        sha256=row.sha256,
        numbers=(row.request_no,),
    )


def _sent(row: Outbound, among: set[str]) -> MessageLine:
    return MessageLine(
        way="out",
        id=row.pk,
        agency=row.agency.name if row.agency else "",
        profile=row.profile,
        operation=row.operation,
        at=row.sent_at,
        size=row.size,
        told=row.problem or "已发出",
        sha256=row.sha256,
        numbers=tuple(number for number in row.requests if number in among),
    )
