"""终结本次执行程序: the checklist before it and the work after it."""

from __future__ import annotations

from zhixing.law.checklist import Verdict
from zhixing.law.termination.after import next_requery, requery_days
from zhixing.law.termination.check import (
    TerminationInput,
    TerminationView,
    termination_check,
    termination_read,
)

__all__ = [
    "TerminationInput",
    "TerminationView",
    "Verdict",
    "next_requery",
    "requery_days",
    "termination_check",
    "termination_read",
]
