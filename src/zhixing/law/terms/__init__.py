"""Periods of time that the law names: when they end, what stops them, which there are (PT-01 to PT-07, PT-30 to PT-39)."""

from __future__ import annotations

from zhixing.law.terms.counting import (
    Deadline,
    TermNeedsLength,
    TermNeedsMoment,
    add_months,
    deadline,
    term_days,
)
from zhixing.law.terms.rules import TermChoice, TermGroup, term_codes, term_groups, term_length, terms_listed
from zhixing.law.terms.service import announcement_served, restoration_asked

__all__ = [
    "Deadline",
    "TermChoice",
    "TermGroup",
    "TermNeedsLength",
    "TermNeedsMoment",
    "add_months",
    "announcement_served",
    "deadline",
    "restoration_asked",
    "term_codes",
    "term_days",
    "term_groups",
    "term_length",
    "terms_listed",
]
