"""What is wrong with a message, told to the side that can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from zhixing.kernel.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class WireProblem:
    """One fault of a message.

    Attributes:
        code: stable word for programs, such as ``bad_base64``.
        came: what came, in Chinese. Never holds names, numbers of persons or accounts: it goes to logs.
        expected: what was expected, in Chinese.
        mend: what the sender should do, in Chinese.
        where: path inside the message, such as ``zhxxList/zhxx[2]/@YE``.
        level: an ``error`` makes the message unusable; a ``warning`` is kept beside a usable one.
    """

    code: str
    came: str
    expected: str
    mend: str
    where: str = ""
    level: Literal["error", "warning"] = "error"

    @property
    def sentence(self) -> str:
        """The fault in one Chinese sentence."""
        place = f"{self.where}：" if self.where else ""
        return f"{place}收到的是{self.came}，应为{self.expected}，请{self.mend}。"

    def as_problem(self) -> Problem:
        """The same fault in the shape that pages show."""
        place = f"{self.where}：" if self.where else ""
        return Problem(
            code=f"wire.{self.code}",
            sentence=f"{place}收到的是{self.came}，应为{self.expected}。",
            mend=f"请{self.mend}。",
            field=self.where or None,
            level=self.level,
        )

    def __str__(self) -> str:
        return self.sentence


def errors_only(problems: Iterable[WireProblem]) -> tuple[WireProblem, ...]:
    """The faults that make a message unusable, in order."""
    return tuple(problem for problem in problems if problem.level == "error")
