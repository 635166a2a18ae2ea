"""What a measure may be aimed at. The facts come from answers; the processes room tells where to find them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from zhixing.gateway.domain.canonical import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetFacts:
    """One screened record that a measure may rest on. screen must be 'own'."""

    finding_id: int
    case_id: int
    party_id: int
    agency_code: str
    agency_name: str
    category: str
    label: str
    target: Target
    subject: uuid.UUID
    screen: str
    available: Decimal | None
    balance: Decimal | None
    exempt_rule: str
    exempt_action: str
    prior_count: int


_source: list[Callable[[list[int]], dict[int, TargetFacts]]] = []


def register_source(source: Callable[[list[int]], dict[int, TargetFacts]]) -> None:
    """`source(finding ids) -> facts by id`; reads under the system's scope, since an approver may not see answers."""
    _source[:] = [source]


def facts_of(finding_ids: list[int]) -> dict[int, TargetFacts]:
    """Facts by finding id; unknown ids are absent."""
    return _source[0](finding_ids)
