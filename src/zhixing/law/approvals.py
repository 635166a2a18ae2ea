"""Who must approve a measure at a court, in order; the law's own minimum cannot be lowered."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import cast

from zhixing.law.book import LawBook, book
from zhixing.law.errors import BrokenTables, NoRuleInForce, UnknownRule
from zhixing.law.schemas import ApprovalFloor, Chain, ChainStep

__all__ = ["Chain", "ChainStep", "chain_faults", "chain_for", "chains_checked", "role_name"]

# Authority within a court, low to high. Roles beside the line (funds_manager, panel) only satisfy themselves.
_RANK = ("clerk", "assistant", "inquiry_officer", "judge", "bureau_chief", "vice_president", "president")
_BESIDE = ("funds_manager", "command_staff", "panel", "superior_court", "high_court")
_NAMES = {
    "clerk": "书记员",
    "assistant": "法官助理",
    "inquiry_officer": "查询员",
    "judge": "法官",
    "bureau_chief": "执行局长",
    "vice_president": "分管副院长",
    "president": "院长",
    "funds_manager": "案款管理员",
    "command_staff": "指挥中心",
    "panel": "合议庭",
    "superior_court": "上级法院",
    "high_court": "高级法院",
}


def role_name(role: str) -> str:
    """A role in Chinese."""
    return _NAMES.get(role, role)


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
        BrokenTables: some chain of the book stays below what the law asks.
    """
    source = law_book or book()
    chains_checked(source)
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
    """Chains that stay below the law, name an unknown role or lack a general row; one sentence each."""
    rows = [cast("Chain", row) for row in law_book.all_rows("approval.chains")]
    floors = _floors(law_book)
    faults = []
    for row in rows:
        place = f"approval.chains: {row.code}" + (f" ({row.court})" if row.court is not None else "")
        roles = {step.role for step in row.steps} | {row.min_legal_role} - {None}
        faults += [
            f"{place}: unknown role {role}" for role in sorted(filter(None, roles)) if role not in _NAMES
        ]
        general = [other for other in rows if other.code == row.code and other.court is None]
        if not general:
            faults.append(f"{place}: there is no general row")
        beside = [other for other in general if _overlap(row, other, general)]
        asked = (
            row.min_legal_role,
            *(other.min_legal_role for other in beside),
            *(floor.role for floor in floors if floor.code == row.code),
        )
        faults += [
            f"{place}: {_below(row, role)}"
            for role in dict.fromkeys(filter(None, asked))
            if not _reaches(row, role)
        ]
    known = {row.code for row in rows}
    faults += [
        f"approval.floors: {floor.code}: there is no chain" for floor in floors if floor.code not in known
    ]
    cited = {step.law for row in rows for step in row.steps if step.law}
    faults += [
        f"approval.chains: step law {name} is not in citations.yaml"
        for name in sorted(cited)
        if name not in law_book.citations
    ]
    return faults


def chains_checked(law_book: LawBook) -> None:
    """Refuse a book whose chains stay below the law. Looked at once per book.

    Raises:
        BrokenTables: with a sentence for each chain.
    """
    faults = _found(law_book)
    if faults:
        raise BrokenTables(faults)


def _below(row: Chain, role: str) -> str:
    has = "、".join(role_name(step.role) for step in row.steps)
    return (
        f"no step reaches {role}, which the law asks for：“{row.title}”的审批链只有{has}，"
        f"低于法律要求的{role_name(role)}，请补上{role_name(role)}这一级"
    )


def _floors(law_book: LawBook) -> tuple[ApprovalFloor, ...]:
    """The law's own minimum; a book without this table (of a test) has none."""
    if "approval.floors" not in law_book.table_ids():
        return ()
    return tuple(cast("ApprovalFloor", row) for row in law_book.all_rows("approval.floors"))


def _overlap(row: Chain, general: Chain, generals: list[Chain]) -> bool:
    """Whether a general row is in force at some time while the row is."""
    later = [other.since for other in generals if other.since > general.since]
    return not later or min(later) > row.since


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


@lru_cache(maxsize=8)
def _found(law_book: LawBook) -> tuple[str, ...]:
    return tuple(chain_faults(law_book))
