"""One place where a text speaks of a party, the court or a law firm."""

from __future__ import annotations

from dataclasses import dataclass

COURT = -1
"""Owner of a number that belongs to the court, a notary, an arbitrator or another authority."""
FIRM_OWNER = -2
"""Owner of a number that belongs to a law firm; handed to its agent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place where an owner is spoken of; `modifier` marks one that only describes the next (张三之妻李四).

    `bracketed` is the sign that closes the brackets or quotation marks around the mention, or empty.
    """

    start: int
    end: int
    owner: int
    how: str = "name"
    modifier: bool = False
    bracketed: str = ""
