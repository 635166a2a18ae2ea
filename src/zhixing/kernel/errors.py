"""The root of our errors, and the one shape in which problems are told to people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong, told so that the reader can mend it.

    Attributes:
        code: stable dotted name; programs match on it, never on the text.
        sentence: what came and what was expected, in Chinese, one sentence.
        mend: what the reader should do now, in Chinese, one sentence.
        law: citation key of the law book, or None when no rule of law is involved.
        field: name of the field concerned, or None when it concerns the whole.
        level: an ``error`` stops the act; a ``warning`` may be overridden with a reason.
    """

    code: str
    sentence: str
    mend: str = ""
    law: str | None = None
    field: str | None = None
    level: Level = "error"

    @property
    def override(self) -> bool:
        """Whether a person may go on in spite of it, giving a reason."""
        return self.level == "warning"

    def __str__(self) -> str:
        return f"{self.sentence}{self.mend}"


class ZhixingError(Exception):
    """系统未能完成这一步。"""


class InvalidInput(ZhixingError):
    """填写的内容有误，请按提示逐项改正。"""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep all problems, so that the reader mends them in one go."""
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("；".join(str(problem) for problem in self.problems))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether at least one problem stops the act (warnings do not)."""
    return any(problem.level == "error" for problem in problems)
