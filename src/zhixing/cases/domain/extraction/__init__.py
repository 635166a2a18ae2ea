"""Identity and asset clues out of papers: `read_paper(bytes, name)` and `extract(text)`. Pure: no Django, no clock."""

from __future__ import annotations

from zhixing.cases.domain.extraction.engine import extract
from zhixing.cases.domain.extraction.model import TITLES, Check, Clue, Extraction, Kind, PartyKind, Role
from zhixing.cases.domain.extraction.paper import LIMIT_BYTES, Paper, read_paper

__all__ = [
    "LIMIT_BYTES",
    "TITLES",
    "Check",
    "Clue",
    "Extraction",
    "Kind",
    "Paper",
    "PartyKind",
    "Role",
    "extract",
    "read_paper",
]
