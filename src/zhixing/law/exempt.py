"""Money that may not, or not fully, be enforced against, found by the words of an account's label.

A match is a proposal to a named judge, never a decision (个人信息保护法第二十四条).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhixing.kernel.text import normalise
from zhixing.law.book import LawBook, book
from zhixing.law.schemas import Exemption

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

# Strictest first: when a label fits several kinds, the one that protects most is proposed.
_STRICTNESS = ("block", "freeze_only", "purpose", "reserve", "warn")
ACTION_WORDS = {
    "block": "不得冻结、扣划",
    "freeze_only": "可以冻结，不得扣划",
    "purpose": "只能用于特定债权",
    "reserve": "保留必需部分",
    "warn": "需人工核实",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExemptMatch:
    """A kind of protected money that a label speaks of.

    Attributes:
        code: EXM-01 … EXM-24.
        action: block, freeze_only, purpose, reserve or warn.
        words: the words that were found in the label.
        exceptions: cases in which it may be enforced against all the same, in Chinese.
    """

    code: str
    title: str
    action: str
    action_text: str
    detail: str
    words: tuple[str, ...]
    exceptions: tuple[str, ...]
    law: tuple[str, ...]
    status: str


def match_exempt(label: str, on: date, law_book: LawBook | None = None) -> ExemptMatch | None:
    """The strictest protection that a label speaks of, or None. See `matches_exempt`."""
    found = matches_exempt(label, on, law_book)
    return found[0] if found else None


def matches_exempt(label: str, on: date, law_book: LawBook | None = None) -> tuple[ExemptMatch, ...]:
    """Every protection whose words stand in a label, strictest first, equal ones by code.

    Args:
        label: all text known of the account: name, category, remark.
        on: day by whose table it is judged.
        law_book: the platform's book when left out.
    """
    return _matches("exempt", label, on, law_book)


def exempt_things(label: str, on: date, law_book: LawBook | None = None) -> tuple[ExemptMatch, ...]:
    """Things under the eight heads of 查扣冻规定第三条 that a label speaks of (DUR-12). As `matches_exempt`."""
    return _matches("exempt_things", label, on, law_book)


def _matches(table: str, label: str, on: date, law_book: LawBook | None) -> tuple[ExemptMatch, ...]:
    text = normalise(label).replace(" ", "")
    rows = (law_book or book()).at(on).rows(table, Exemption)
    found = [_match(row, words) for row in rows if (words := _words_in(text, row.words))]
    return tuple(sorted(found, key=lambda match: (_STRICTNESS.index(match.action), match.code)))


def _words_in(text: str, words: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word in text)


def _match(row: Exemption, words: tuple[str, ...]) -> ExemptMatch:
    return ExemptMatch(
        code=row.code,
        title=row.title,
        action=row.action,
        action_text=ACTION_WORDS[row.action],
        detail=row.detail,
        words=words,
        exceptions=row.exceptions,
        law=row.source,
        status=row.status,
    )
