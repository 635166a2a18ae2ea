"""The settings of a calculation as the law table gives them on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from zhixing.law.book import LawBook
from zhixing.law.interest.nouns import ORDER_WORDS, TIER_WORDS, Settings

_PLAIN = (
    "include_costs",
    "year_base_published",
    "year_base_agreed",
    "highest_tier",
    "general_beside_old",
    "excluded_under_old",
    "bankruptcy_day_counts",
)


def settings_default(law_book: LawBook, on: date, **changes: Any) -> Settings:
    """The court's settings on a day, with the changes of one calculation (recorded in `changed`).

    Raises:
        NoRuleInForce: the day lies before the first rule on delayed performance.
    """
    rules = law_book.at(on)
    values: dict[str, Any] = {name: rules.value(f"interest.{name}") for name in _PLAIN}
    tier = rules.value("interest.old_tier")
    found = Settings(
        order=tuple(rules.value("interest.order").split(",")),
        old_tier=None if tier == "auto" else tier,
        **values,
    )
    return replace(found, **changes, changed=tuple(sorted(changes))) if changes else found


def settings_notes(settings: Settings, law_book: LawBook, used: frozenset[str]) -> tuple[str, ...]:
    """One sentence per open point that mattered: the value taken and who confirms it."""
    notes = []
    for name in sorted(used - set(settings.changed)):
        entry = law_book.history(f"interest.{name}")[-1]
        if entry.status == "default":
            notes.append(
                f"{entry.meaning}：本次取“{_word(getattr(settings, name))}”，系统默认值，由使用法院确认。"
            )
    return tuple(notes)


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "→".join(ORDER_WORDS[str(part)] for part in value)
    return "按迟延长短" if value is None else TIER_WORDS.get(str(value), str(value))
