"""Who must approve a measure at a court, in order; the law's own minimum cannot be lowered."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import cast

from zhixing.law.book import LawBook, book
from zhixing.law.errors import BrokenTables, NoRuleInForce, UnknownRule
from zhixing.law.schemas import Chain, ChainStep

__all__ = ["Chain", "ChainStep", "chain_faults", "chain_for"]

# Authority within a court, low to high. Roles beside the line (funds_manager, panel) only satisfy themselves.
_RANK = ("clerk", "assistant", "inquiry_officer", "judge", "bureau_chief", "vice_president", "president")
_BESIDE = ("funds_manager", "command_staff", "panel")


def chain_for(
    key: str, court_key: int | None = None, *, on: date | None = None, law_book: LawBook | None = None
) -> Chain:
    """The approval chain of a measure at a court.

    The court's own practice if there is one, else that of the court above it, else the general one.

    Args:
        key: code of the measure, e.g. ``control.freeze``.
        court_key: six-digit key of the court; None asks for the general chain.
        on: day by whose table; the newest rows when left out.
        law_book: the platform's book when left out.

    Raises:
        UnknownRule: no such measure. NoRuleInForce: not yet on that day.
    """
    source = law_book or book()
    if law_book is None:
        _checked()
    rows = [cast("Chain", row) for row in source.all_rows("approval.chains") if row.code == key]
    if not rows:
        raise UnknownRule(f"approval.chains.{key}")
    day = on or date.max
    in_force = [row for row in rows if row.since <= day]
    if not in_force:
        raise NoRuleInForce(f"approval.chains.{key}", day, min(row.since for row in rows))
    fitting = [
        row
        for row in in_force
        if row.court is None or (court_key is not None and _covers(row.court, court_key))
    ]
    return max(fitting, key=lambda row: (_narrowness(row.court), row.since))


def chain_faults(law_book: LawBook) -> list[str]:
    """Chains that fall below the law's minimum, name an unknown role or lack a general row."""
    rows = [cast("Chain", row) for row in law_book.all_rows("approval.chains")]
    faults = []
    general = {row.code: row for row in rows if row.court is None}
    for row in rows:
        place = f"approval.chains: {row.code}" + (f" ({row.court})" if row.court is not None else "")
        roles = {step.role for step in row.steps} | {row.min_legal_role} - {None}
        faults += [f"{place}: unknown role {role}" for role in roles if role not in (*_RANK, *_BESIDE)]
        if row.code not in general:
            faults.append(f"{place}: there is no general row")
        least = (row.min_legal_role, general[row.code].min_legal_role if row.code in general else None)
        faults += [
            f"{place}: no step reaches {role}, which the law asks for"
            for role in dict.fromkeys(filter(None, least))
            if not _reaches(row, role)
        ]
    cited = {step.law for row in rows for step in row.steps if step.law}
    faults += [
        f"approval.chains: step law {name} is not in citations.yaml"
        for name in sorted(cited)
        if name not in law_book.citations
    ]
    return faults


def _reaches(row: Chain, role: str) -> bool:
    roles = [step.role for step in row.steps]
    if role in _BESIDE:
        return role in roles
    return any(_RANK.index(other) >= _RANK.index(role) for other in roles if other in _RANK)


def _covers(court: int, below: int) -> bool:
    return court == 0 or court <= below <= court + _width(court)


def _width(court: int) -> int:
    """How many keys lie below a court: a province 9999, a city 99, a basic court none."""
    if court % 10_000 == 0:
        return 9_999
    return 99 if court % 100 == 0 else 0


def _narrowness(court: int | None) -> int:
    if court is None:
        return 0
    return {9_999: 2, 99: 3, 0: 4}[_width(court)] if court else 1


@lru_cache(maxsize=1)
def _checked() -> None:
    """The platform's chains are checked once, before the first is used."""
    faults = chain_faults(book())
    if faults:
        raise BrokenTables(faults)
