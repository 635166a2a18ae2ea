"""Rules as data: what each says, where it comes from, and the function that judges it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from zhixing.gateway.conformance.exchange import Tape

R = TypeVar("R")


class State(StrEnum):
    """How a rule came out."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_EXERCISED = "not_exercised"


STATE_WORDS = {State.PASSED: "符合", State.FAILED: "不符合", State.NOT_EXERCISED: "未测到"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The outcome with its reason in Chinese and the numbers of the exchanges that show it."""

    state: State
    note: str = ""
    exchanges: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Generic[R]):
    """One rule. ``is_advice``: a failure is told, but does not fail the run."""

    id: str
    says: str
    place: str
    judge: Callable[[R], Verdict]
    is_advice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A rule with its verdict."""

    id: str
    says: str
    place: str
    is_advice: bool
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A whole run."""

    profile: str
    dialect: str
    role: str
    target: str
    started_at: str
    seconds: float
    judged: tuple[Judged, ...]
    tape: Tape

    @property
    def is_passed(self) -> bool:
        """No binding rule failed, and at least one was exercised."""
        states = [item.verdict.state for item in self.judged if not item.is_advice]
        return State.PASSED in states and State.FAILED not in states

    def count(self, state: State) -> int:
        """Rules with this outcome."""
        return sum(item.verdict.state is state for item in self.judged)


def judge_all(rules: tuple[Rule[R], ...], run: R) -> tuple[Judged, ...]:
    """Every rule on one run."""
    return tuple(
        Judged(
            id=rule.id, says=rule.says, place=rule.place, is_advice=rule.is_advice, verdict=rule.judge(run)
        )
        for rule in rules
    )


def passed(note: str = "", *exchanges: int) -> Verdict:
    """The rule holds."""
    return Verdict(state=State.PASSED, note=note, exchanges=exchanges[:10])


def failed(note: str, *exchanges: int) -> Verdict:
    """The rule is broken; the note says what came and what was expected."""
    return Verdict(state=State.FAILED, note=note, exchanges=exchanges[:10])


def not_exercised(note: str) -> Verdict:
    """Nothing came that the rule speaks about."""
    return Verdict(state=State.NOT_EXERCISED, note=note)
