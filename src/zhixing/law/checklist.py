"""Checklists: which items of a table are met by the evidence at hand, and what is missing for the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from zhixing.law.schemas import Evidence, Point

STATES = {"met": "已满足", "missing": "未满足", "not_needed": "不需要"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One item. missing: the evidence that is not there, with the debtor's name where it goes by debtor."""

    code: str
    title: str
    state: Literal["met", "missing", "not_needed"]
    missing: tuple[str, ...]
    law: tuple[str, ...]
    rules: tuple[str, ...]
    is_setting: bool = False


def judged(
    rows: Iterable[Point],
    evidence: Mapping[str, Evidence],
    facts: frozenset[str],
    debtors: Mapping[str, frozenset[str]],
) -> tuple[Verdict, ...]:
    """Hold each row against the facts.

    A row asks each debtor when any of its evidence goes by debtor, else the case. Of several ways the one with the
    least missing is told.

    Args:
        evidence: the table of evidence by code.
        facts: evidence of the case. debtors: evidence of each debtor by name.
    """
    return tuple(_judge(row, evidence, facts, debtors) for row in rows)


def _judge(
    row: Point, evidence: Mapping[str, Evidence], facts: frozenset[str], debtors: Mapping[str, frozenset[str]]
) -> Verdict:
    named = {code for way in row.ways for code in way} | set(row.unless)
    by_debtor = any(evidence[code].per == "debtor" for code in named)
    askings = [(f"（{name}）", facts | own) for name, own in debtors.items()] if by_debtor else [("", facts)]
    missing: list[str] = []
    excused = 0
    for label, known in askings:
        if known.intersection(row.unless):
            excused += 1
            continue
        lacks = min(([code for code in way if code not in known] for way in row.ways), key=len, default=[])
        missing += [
            f"{evidence[code].title}{label if evidence[code].per == 'debtor' else ''}" for code in lacks
        ]
    state: Literal["met", "missing", "not_needed"] = "met"
    if missing:
        state = "missing"
    elif askings and excused == len(askings):
        state = "not_needed"
    return Verdict(
        code=row.code,
        title=row.title,
        state=state,
        missing=tuple(dict.fromkeys(missing)),
        law=row.source,
        rules=row.rules,
        is_setting=row.status == "default",
    )
