"""Search for leads on evasion (规避执行): pure, set-based, over any number of cases at once. A lead is never a finding."""

from zhixing.inquiry.domain.evasion.columns import TABLES, Limits, frames
from zhixing.inquiry.domain.evasion.engine import search

__all__ = ["TABLES", "Limits", "frames", "search"]
