"""Reads a result file that came from somewhere, for the page: only what the page shows, and only if it has the right shape."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from zhixing.gateway.conformance.rules import STATE_WORDS, State

_MOST_RULES = 300
_LONGEST = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownExchange:
    """One exchange of a rule."""

    no: int
    operation: str
    files: str
    request: str
    response: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRule:
    """One line of the page."""

    id: str
    says: str
    place: str
    state: str
    word: str
    note: str
    is_advice: bool
    exchanges: tuple[ShownExchange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownResult:
    """The page."""

    profile: str
    dialect: str
    role: str
    target: str
    started_at: str
    seconds: str
    rules: tuple[ShownRule, ...]

    @property
    def is_passed(self) -> bool:
        """Worked out again from the rules, not taken from the file."""
        states = [rule.state for rule in self.rules if not rule.is_advice]
        return State.PASSED in states and State.FAILED not in states

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many rules came out how, in words."""
        return [
            (word, sum(rule.state == state for rule in self.rules)) for state, word in STATE_WORDS.items()
        ]


def result_read(raw: bytes) -> ShownResult | None:
    """The result in a file, None when it is none. Never raises for what came."""
    try:
        held = json.loads(raw)
        if held["kit"] != 1 or not isinstance(held["rules"], list):
            return None
        return ShownResult(
            **{
                key: _text(held[key])
                for key in ("profile", "dialect", "role", "target", "started_at", "seconds")
            },
            rules=tuple(_rule(item) for item in held["rules"][:_MOST_RULES]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _rule(held: dict[str, Any]) -> ShownRule:
    state = State(held["state"])
    return ShownRule(
        id=_text(held["id"]),
        says=_text(held["says"]),
        place=_text(held["place"]),
        state=state,
        word=STATE_WORDS[state],
        note=_text(held["note"]),
        is_advice=held["is_advice"] is True,
        exchanges=tuple(
            ShownExchange(
                no=int(item["no"]),
                operation=_text(item["operation"]),
                files="　".join(_text(name) for name in item["files"]),
                request=_text(item["request"]),
                response=_text(item["response"]),
            )
            for item in held["exchanges"][:3]
        ),
    )


def _text(value: object) -> str:
    return str(value)[:_LONGEST]
