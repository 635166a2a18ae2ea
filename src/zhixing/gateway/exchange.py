"""What administrators see: agencies with their health and secrets, and the messages of one request, never their content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from django.db.models import Exists

from zhixing.gateway.models import Agency, AgencySecret, Inbound, Order, Outbound, Outcome, SecretKind
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
    """One message that speaks of a request: when, which way, what became of it. No content, no person."""

    way: str
    id: int
    agency: str
    profile: str
    operation: str
    at: datetime
    size: int
    told: str
    sha256: str


def agency_lines(*, moment: datetime) -> list[AgencyLine]:
    """Agencies by kind and code, with the secrets that hold now. Two statements."""
    warn = timedelta(days=book().at(court_date(moment)).value("gateway_door.secret_warn_days"))
    rows = Agency.objects.select_related("health").prefetch_related("secrets").order_by("kind", "code")
    return [_line(row, moment, warn) for row in rows]


def messages_of(request_no: str) -> list[MessageLine]:
    """Messages about one request that the caller's court may know of, oldest first. Two statements."""
    if not request_no:
        return []
    received = Inbound.objects.filter(request_no=request_no).select_related("agency").order_by("-pk")[:SHOWN]
    # What went out stands under no court; whoever may see the order may know what carried it.
    sent = Outbound.objects.filter(
        Exists(Order.objects.filter(request_no=request_no)), requests__contains=[request_no]
    )
    sent = sent.select_related("agency").order_by("-pk")
    lines = chain((_received(row) for row in received), (_sent(row) for row in sent[:SHOWN]))
    return sorted(lines, key=lambda line: line.at)


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
    )


def _sent(row: Outbound) -> MessageLine:
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
    )
