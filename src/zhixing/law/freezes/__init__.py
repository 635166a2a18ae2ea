"""Freezes of one account as a pure state machine (NIC-30 to NIC-36).

Each freeze names an amount. In order of rank each holds what the earlier ones leave, up to its amount; money that arrives
later fills what is missing, and what lies above stays free. When an earlier freeze ends, the later ones gain by themselves.
"""

from __future__ import annotations

from zhixing.law.freezes.account import Account, FreezeOrder, Holding, account_open, holdings
from zhixing.law.freezes.history import FreezeHistory, FreezeInput, freeze_read, freeze_run
from zhixing.law.freezes.moves import (
    Credit,
    Debit,
    Deduct,
    Freeze,
    Lift,
    Move,
    Outcome,
    Renew,
    move_apply,
    settled,
)

__all__ = [
    "Account",
    "Credit",
    "Debit",
    "Deduct",
    "Freeze",
    "FreezeHistory",
    "FreezeInput",
    "FreezeOrder",
    "Holding",
    "Lift",
    "Move",
    "Outcome",
    "Renew",
    "account_open",
    "freeze_read",
    "freeze_run",
    "holdings",
    "move_apply",
    "settled",
]
