"""Tables of the gateway."""

from __future__ import annotations

from zhixing.gateway.models.agency import Agency, AgencyHealth, AgencyKind, AgencySecret, SecretKind
from zhixing.gateway.models.door import CallCount, CourtKey, Nonce
from zhixing.gateway.models.exchange import Outbound, Package, PackageState
from zhixing.gateway.models.inbound import TO_REVIEW, Inbound, Outcome, Review
from zhixing.gateway.models.order import Failure, Order, OrderKind, OrderState, RequestSeries
from zhixing.gateway.models.score import ScoreDay, Uptime

__all__ = [
    "TO_REVIEW",
    "Agency",
    "AgencyHealth",
    "AgencyKind",
    "AgencySecret",
    "CallCount",
    "CourtKey",
    "Failure",
    "Inbound",
    "Nonce",
    "Order",
    "OrderKind",
    "OrderState",
    "Outbound",
    "Outcome",
    "Package",
    "PackageState",
    "RequestSeries",
    "Review",
    "ScoreDay",
    "SecretKind",
    "Uptime",
]
