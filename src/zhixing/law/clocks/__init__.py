"""Two clocks per case: the internal term and the creditor's six-month right (PT-10 to PT-21).

They start on different days and have different lists of days that do not count: auction time stops the first only.
"""

from __future__ import annotations

from zhixing.law.clocks.counting import two_clocks
from zhixing.law.clocks.inputs import ClockInput, DeductedSpan, Extension, clock_read
from zhixing.law.clocks.result import Block, Clock, NotCounted, TwoClocks
from zhixing.law.clocks.spans import merge, spans_judged

__all__ = [
    "Block",
    "Clock",
    "ClockInput",
    "DeductedSpan",
    "Extension",
    "NotCounted",
    "TwoClocks",
    "clock_read",
    "merge",
    "spans_judged",
    "two_clocks",
]
