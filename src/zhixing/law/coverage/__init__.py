"""Where every rule of the two rule books stands: in a table, in a function, as a setting, or not in software and why.

The lists (`process.yaml`, `money.yaml`, `reasons.yaml`) hold ids, titles and reasons, never a place: places are found in
the tables' own `rules:` and in docstrings that cite an id, so that the page cannot claim what is not there.
"""

from zhixing.law.coverage.judging import Covered, coverage, coverage_faults
from zhixing.law.coverage.listed import Listed, Reasons, listed, reasons
from zhixing.law.coverage.page import coverage_text
from zhixing.law.coverage.places import CodePlace, TablePlace, TestPlace

__all__ = [
    "CodePlace",
    "Covered",
    "Listed",
    "Reasons",
    "TablePlace",
    "TestPlace",
    "coverage",
    "coverage_faults",
    "coverage_text",
    "listed",
    "reasons",
]
