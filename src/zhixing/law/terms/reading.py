"""Reads the JSON of a rule's input: every value by its kind, every problem with its place, nothing unknown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

from zhixing.kernel.clock import COURT_ZONE
from zhixing.kernel.errors import InvalidInput, Problem
from zhixing.kernel.money import money

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Fields:
    """One object of the input. Ask for each field once; `done` then tells what was not asked for.

    Problems gather in one list for the whole input, with field paths such as ``spans.0.from``.
    """

    def __init__(self, given: object, problems: list[Problem], path: str = "") -> None:
        """Take the object as it came; anything but an object is a problem and then reads as empty."""
        self.problems, self._path = problems, path
        self._asked: set[str] = set()
        self._given: Mapping[str, Any] = {}
        if isinstance(given, Mapping):
            self._given = cast("Mapping[str, Any]", given)
        else:
            self.wrong("", "应为一个 JSON 对象", f"收到 {_said(given)}")

    def wrong(self, name: str, expected: str, came: str, code: str = "input.wrong") -> None:
        """Add a problem: what came, and what would be right."""
        field = self._at(name)
        self.problems.append(
            Problem(
                code=code,
                sentence=f"{field or '输入'}：{came}，",
                mend=f"{expected}。",
                field=field or None,
            )
        )

    def has(self, name: str) -> bool:
        """Whether a field was given and is not null."""
        return self._given.get(name) is not None

    def day(self, name: str, *, needed: bool = False) -> date | None:
        """A day written YYYY-MM-DD."""
        value = self._take(name, needed, "请填写日期，例如 2026-03-04")
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        if isinstance(value, str) and _DAY.fullmatch(value.strip()):
            try:
                return date.fromisoformat(value.strip())
            except ValueError:
                self.wrong(
                    name, "请填写存在的日期，例如 2026-03-04", f"没有 {value.strip()} 这一天", "input.day"
                )
                return None
        self.wrong(name, "请填写日期，例如 2026-03-04", f"收到 {_said(value)}", "input.day")
        return None

    def moment(self, name: str, *, needed: bool = False) -> date | datetime | None:
        """A day, or a moment such as 2026-03-04T10:20; without zone it is court time."""
        value = self._given.get(name)
        if not isinstance(value, str) or len(value.strip()) <= 10:
            return self.day(name, needed=needed)
        self._asked.add(name)
        try:
            found = datetime.fromisoformat(value.strip().replace(" ", "T"))
        except ValueError:
            expected = "请填写日期或者时刻，例如 2026-03-04T10:20"
            self.wrong(name, expected, f"收到 {_said(value)}", "input.moment")
            return None
        return found if found.tzinfo else found.replace(tzinfo=COURT_ZONE)

    def text(self, name: str, *, needed: bool = False, expected: str = "请填写文字") -> str:
        """A text, trimmed; empty when it was not given."""
        value = self._take(name, needed, expected)
        if value is None:
            return ""
        if isinstance(value, str):
            return value.strip()
        self.wrong(name, expected, f"收到 {_said(value)}", "input.text")
        return ""

    def choice(self, name: str, options: Sequence[str], *, default: str = "", needed: bool = False) -> str:
        """One of a closed list."""
        listed = f"应为 {'、'.join(options)} 之一"
        value = self._take(name, needed, listed)
        if value is None:
            return default
        if isinstance(value, str) and value in options:
            return value
        self.wrong(name, listed, f"收到 {_said(value)}", "input.choice")
        return default

    def count(self, name: str, *, least: int = 0, needed: bool = False) -> int | None:
        """A whole number, `least` at least."""
        expected = f"请填写不小于 {least} 的整数"
        value = self._take(name, needed, expected)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and value >= least:
            return value
        self.wrong(name, expected, f"收到 {_said(value)}", "input.count")
        return None

    def flag(self, name: str) -> bool:
        """True or false; false when it was not given."""
        value = self._take(name, False, "")
        if value is None or isinstance(value, bool):
            return bool(value)
        self.wrong(name, "请填写 true 或 false", f"收到 {_said(value)}", "input.flag")
        return False

    def amount(self, name: str, *, needed: bool = False, positive: bool = False) -> Decimal | None:
        """Yuan as text with at most two decimals; never a JSON number with a fraction."""
        expected = '金额请写成文字，单位元，例如 "12300.50"'
        value = self._take(name, needed, expected)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
            self.wrong(name, expected, f"收到 {_said(value)}", "input.amount")
            return None
        try:
            found = money(value)
        except InvalidInput as error:
            self.wrong(name, expected, error.problems[0].sentence.rstrip("，"), "input.amount")
            return None
        if found < 0 or (positive and found == 0):
            self.wrong(
                name, "金额应大于零" if positive else "金额不能是负数", f"收到 {found}", "input.amount"
            )
            return None
        return found

    def rows(self, name: str) -> list[Fields]:
        """The objects of a list, each with its own path; empty when it was not given."""
        value = self._take(name, False, "")
        if value is None:
            return []
        if not isinstance(value, (list, tuple)):
            self.wrong(name, "请填写列表", f"收到 {_said(value)}", "input.list")
            return []
        listed = cast("Sequence[object]", value)
        return [Fields(row, self.problems, self._at(f"{name}.{no}")) for no, row in enumerate(listed)]

    def done(self) -> None:
        """Tell of every key that nobody asked for."""
        for name in self._given:
            if name not in self._asked:
                known = "、".join(sorted(self._asked)) or "（没有）"
                self.wrong(name, f"可用的有 {known}", "不认识这一项", "input.unknown")

    def _take(self, name: str, needed: bool, expected: str) -> Any:  # private, always named
        self._asked.add(name)
        value = self._given.get(name)
        if value is None or value == "":
            if needed:
                self.wrong(name, expected, "没有填写", "input.missing")
            return None
        return value

    def _at(self, name: str) -> str:
        return ".".join(part for part in (self._path, name) if part)


def refuse(problems: Sequence[Problem]) -> None:
    """Raise all problems at once when there is an error among them.

    Raises:
        InvalidInput: with every problem.
    """
    if any(problem.level == "error" for problem in problems):
        raise InvalidInput(problems)


def _said(value: object) -> str:
    """What came, short; a JSON fraction is named as such."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "一个对象"
    if isinstance(value, (list, tuple)):
        return "一个列表"
    kind = "小数 " if type(value).__name__ == "float" else ""
    return f"{kind}“{str(value)[:40]}”"
