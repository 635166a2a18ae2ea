"""Case numbers (案号): read, normalise, check, name the court (案号规定; rules CN-01 to CN-09)."""

from __future__ import annotations

from zhixing.law.case_numbers.courts import CourtPlace, court_of, court_place
from zhixing.law.case_numbers.parsing import (
    SUPREME,
    CaseNumber,
    ParsedCaseNumber,
    case_numbers_in,
    parse,
)
from zhixing.law.case_numbers.printing import case_number_json, case_number_problems, case_number_sheet

__all__ = [
    "SUPREME",
    "CaseNumber",
    "CourtPlace",
    "ParsedCaseNumber",
    "case_number_json",
    "case_number_problems",
    "case_number_sheet",
    "case_numbers_in",
    "court_of",
    "court_place",
    "parse",
]
