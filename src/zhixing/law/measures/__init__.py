"""Seals, seizures and freezes over time: length, renewal, rank, succession, lifting, transfer (DUR-01 to DUR-21)."""

from __future__ import annotations

from zhixing.law.measures.conditions import Condition, Verdict
from zhixing.law.measures.disposal import DisposalFacts, disposal_transfer
from zhixing.law.measures.duties import duties_for
from zhixing.law.measures.lifts import LiftFacts, Trigger, lift_triggers
from zhixing.law.measures.outsiders import (
    ReceivableState,
    home_buyer_objection,
    receivable_state,
    third_party_property,
    unregistered_sale,
)
from zhixing.law.measures.periods import MeasureInput, MeasureLife, measure_life, measure_read
from zhixing.law.measures.ranks import Queue, QueueInput, RankedOrder, Realised, Turn, queue_read
from zhixing.law.measures.succession import succession

__all__ = [
    "Condition",
    "DisposalFacts",
    "LiftFacts",
    "MeasureInput",
    "MeasureLife",
    "Queue",
    "QueueInput",
    "RankedOrder",
    "Realised",
    "ReceivableState",
    "Trigger",
    "Turn",
    "Verdict",
    "disposal_transfer",
    "duties_for",
    "home_buyer_objection",
    "lift_triggers",
    "measure_life",
    "measure_read",
    "queue_read",
    "receivable_state",
    "succession",
    "third_party_property",
    "unregistered_sale",
]
