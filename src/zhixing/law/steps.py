"""How a result came about: one step per line, each with its source, printable for a reasoning section."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhixing.law.book import LawBook


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: what was done, what came of it, on which ground.

    Attributes:
        text: the step in Chinese, complete in itself.
        value: what came of it (a day, an amount), as text; empty when the step only explains.
        law: citation keys.
    """

    text: str
    value: str = ""
    law: tuple[str, ...] = ()


def steps_printed(steps: Sequence[Step], book: LawBook) -> list[dict[str, Any]]:
    """Steps for a page, a document or JSON: text, value, and citations as people read them."""
    return [
        {"no": no, "text": step.text, "value": step.value, "law": [book.cite(key).short for key in step.law]}
        for no, step in enumerate(steps, start=1)
    ]
