"""Who may come through the door: addresses, networks, how often, and how many wrong tries.

Counts stand in one unlogged table that all web processes share. Each count is a statement of its own outside the call's
transaction, so that two calls of one agency never wait for each other.
"""

from __future__ import annotations

import hashlib
import ipaddress
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from zhixing.gateway.models import Agency
from zhixing.kernel.clock import court_date, now
from zhixing.law.book import book

MINUTE, QUARTER = 60, 900
# The database's clock: it is shared by all processes, and a clock frozen for a demonstration must not stop the counting.
_WINDOW = "to_timestamp(floor(extract(epoch FROM clock_timestamp()) / %s) * %s)"
_COUNT = f"""
INSERT INTO gateway_call_count AS held (who, since, calls) VALUES (%s, {_WINDOW}, 1)
ON CONFLICT (who, since) DO UPDATE SET calls = held.calls + 1 RETURNING calls
"""  # noqa: S608 — no outside text
_COUNTED = f"SELECT calls FROM gateway_call_count WHERE who = %s AND since = {_WINDOW}"  # noqa: S608 — no outside text


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """Where a call came from. meta: the request's headers as WSGI has them."""

    address: str
    meta: Mapping[str, str]
    moment: datetime

    def admits(self, agency: Agency) -> bool:
        """Whether this agency may call from there."""
        return network_admits(agency, self.address) and certificate_admits(agency, self.meta, self.moment)


def came_of(request: HttpRequest) -> Came:
    """Where a request came from."""
    return Came(address=client_address(request.META), meta=request.META, moment=now())


def client_address(meta: Mapping[str, str]) -> str:
    """Where a call came from. Behind trusted proxies the last address that no trusted proxy has; "" when unreadable.

    What a client writes into X-Forwarded-For stands left of what our proxies add, so it is read from the right.
    """
    address = meta.get("REMOTE_ADDR", "")
    if not is_within(address, settings.GATEWAY_TRUSTED_PROXIES):
        return _clean(address)
    for hop in reversed(meta.get("HTTP_X_FORWARDED_FOR", "")[-1000:].split(",")):
        address = hop.strip() or address
        if not is_within(address, settings.GATEWAY_TRUSTED_PROXIES):
            break
    return _clean(address)


def is_within(address: str, networks: Iterable[str]) -> bool:
    """Whether an address lies in one of these networks (CIDR). What cannot be read lies in none."""
    try:
        known = ipaddress.ip_address(address)
        return any(known in ipaddress.ip_network(network, strict=False) for network in networks)
    except ValueError:
        return False


def network_admits(agency: Agency, address: str) -> bool:
    """Whether the agency may call from there."""
    return not agency.networks or is_within(address, agency.networks)


def certificate_admits(agency: Agency, meta: Mapping[str, str], moment: datetime) -> bool:
    """Whether the client certificate is the agency's, where the reverse proxy checks certificates and tells us.

    The proxy must drop the header from outside. Agencies without a registered certificate are not bound to one. A
    registered fingerprint may bear its last day (``fingerprint@2027-01-31``, court time): an expired certificate is
    refused here even where the proxy lets it through, and two may stand side by side while the agency changes over.
    """
    known = agency.settings.get("certificates") or []
    if not known:
        return True
    name = settings.GATEWAY_CERTIFICATE_HEADER
    told = meta.get(f"HTTP_{name.upper().replace('-', '_')}", "") if name else ""
    is_proxy = is_within(meta.get("REMOTE_ADDR", ""), settings.GATEWAY_TRUSTED_PROXIES)
    return is_proxy and told.replace(":", "").lower() in _fingerprints(known, court_date(moment))


def _fingerprints(known: Iterable[object], day: date) -> set[str]:
    """Registered fingerprints that hold on a day. An unreadable last day holds nothing."""
    found = set()
    for item in known:
        fingerprint, _, until = str(item).lower().partition("@")
        # ISO days compare as texts; anything that is no day must not hold for ever.
        if not until or (re.fullmatch(r"\d{4}-\d{2}-\d{2}", until) and day.isoformat() <= until):
            found.add(fingerprint.replace(":", ""))
    return found


def address_admits(address: str, moment: datetime) -> bool:
    """Count a call of this address; False when it calls too often or failed too often."""
    rules = book().at(court_date(moment))
    if _count(f"from:{address}", MINUTE) > rules.value("gateway_door.address_calls_per_minute"):
        return False
    return _counted(f"fail:{address}", QUARTER) < rules.value("gateway_door.address_failures_most")


def agency_admits(agency: Agency, moment: datetime) -> bool:
    """Count a call of this agency; False when it calls too often."""
    most = agency.calls_per_minute or book().at(court_date(moment)).value("gateway_door.calls_per_minute")
    return _count(f"agency:{agency.pk}", MINUTE) <= most


def is_locked(address: str, name: str, moment: datetime) -> bool:
    """Whether this name failed too often from this address; other addresses are not locked out with it."""
    most = book().at(court_date(moment)).value("gateway_door.failures_most")
    return _counted(_pair(address, name), QUARTER) >= most


def failure_note(address: str, name: str) -> None:
    """Count a wrong try of this address, and of this name from it."""
    _count(f"fail:{address}", QUARTER)
    _count(_pair(address, name), QUARTER)


def counts_prune(moment: datetime) -> int:
    """Delete counts and nonces of windows that are over; how many."""
    window = 2 * book().at(court_date(moment)).value("gateway_door.signature_seconds")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM gateway_call_count WHERE since < clock_timestamp() - interval '1 hour'")
        gone = cursor.rowcount
        cursor.execute(
            "DELETE FROM gateway_nonce WHERE used_at < clock_timestamp() - make_interval(secs => %s)",
            [window],
        )
        return gone + cursor.rowcount


def _pair(address: str, name: str) -> str:
    # A digest: user names of agencies, or what a stranger typed, have no place in a counting table.
    return f"fail:{address[:39]}:{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:24]}"


def _clean(address: str) -> str:
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return ""


def _count(who: str, seconds: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [who, seconds, seconds])
        return cursor.fetchone()[0]


def _counted(who: str, seconds: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, [who, seconds, seconds])
        row = cursor.fetchone()
    return row[0] if row else 0
