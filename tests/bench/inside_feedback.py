"""Feedback kept from the agencies, decoded and screened again as the worker did; nothing is written."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from bench_figures import figure
from lxml import etree

from zhixing.gateway.inbox import LIMITS, part_of
from zhixing.gateway.models import Inbound, OrderKind, Outcome
from zhixing.gateway.profiles.registry import profile_get
from zhixing.inquiry.domain.records import records_of
from zhixing.inquiry.domain.screening import Known, sieve
from zhixing.inquiry.findings import known_of
from zhixing.inquiry.models import Request
from zhixing.kernel.clock import today
from zhixing.platform import files, scope

MOST = 300
STALE_DAYS = 30  # any: the verdict does not change the work


def measure() -> Iterator[dict[str, Any]]:
    """One figure per profile."""
    for name in ("bank-soap-gbk", "realty-soap-utf8"):
        with scope.system("bench.feedback"):
            jobs = _jobs(name)
        assert jobs, f"No answer of {name} is kept."
        _once(name, *jobs[0])
        began = time.perf_counter()
        records = sum(_once(name, *job) for job in jobs)
        rate = len(jobs) / (time.perf_counter() - began)
        began = time.perf_counter()
        for raw, *_ in jobs:
            etree.fromstring(raw)
        bare = len(jobs) / (time.perf_counter() - began)
        yield figure(
            f"feedback decoded and screened: {name}", rate, "messages/s", peer=bare,
            peer_is="SOAP envelope parsed by lxml only", messages=len(jobs), records=records,
        )  # fmt: skip


def _jobs(name: str) -> list[tuple[bytes, str, Known]]:
    """Bytes, request number and what the case knows of the person; read before the clock starts."""
    kept = list(
        Inbound.objects.filter(profile=name, outcome=Outcome.PROCESSED, order__kind=OrderKind.INQUIRY)
        .select_related("order")
        .order_by("id")[:MOST]
    )
    requests = Request.objects.select_related("party").in_bulk({row.order.reference for row in kept})
    known = {key: known_of(request) for key, request in requests.items()}
    return [(files.get(row.sha256), row.order.request_no, known[row.order.reference]) for row in kept]


def _once(name: str, raw: bytes, request_no: str, known: Known) -> int:
    call = profile_get(name).parse_call(raw, limits=LIMITS)
    result = part_of(call.body, request_no, OrderKind.INQUIRY)
    return len(sieve(records_of(result), known=known, seen={}, on=today(), stale_days=STALE_DAYS))
