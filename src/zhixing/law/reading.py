"""Reads a JSON mapping field by field and keeps every fault, so that a person mends them all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from zhixing.kernel.errors import InvalidInput, Problem
from zhixing.kernel.money import ZERO, money

if TYPE_CHECKING:
    from collections.abc import Collection

_SHOWN = 40  # characters of what came that an error repeats


class Reader:
    """One mapping of the input. Child readers share the list of faults.

    A getter that finds a fault notes it and returns a harmless value, so that reading goes on.
    """

    def __init__(
        self,
        given: object,
        *,
        allowed: Collection[str],
        path: str = "",
        problems: list[Problem] | None = None,
    ) -> None:
        """Take what came; a key outside ``allowed`` is a fault."""
        self.path, self.problems = path, problems if problems is not None else []
        self._given: Mapping[str, Any] = {}
        if not isinstance(given, Mapping):
            self.fault(
                "", "input.not_a_mapping", f"{_seen(given)}不是一组字段，", "请填写 {名称: 值} 形式的内容。"
            )
            return
        self._given = given
        for key in given:
            if key not in allowed:
                known = "、".join(sorted(allowed))
                self.fault(
                    str(key), "input.unknown", f"字段“{str(key)[:_SHOWN]}”不认识，", f"可用的字段：{known}。"
                )

    def fault(self, name: str, code: str, sentence: str, mend: str, law: str | None = None) -> None:
        """Note a fault of a field, named by its path, e.g. ``creditors.0.claims.1.principal``."""
        self.problems.append(
            Problem(code=code, sentence=sentence, mend=mend, field=self.field(name) or None, law=law)
        )

    def field(self, name: str) -> str:
        """Path of a field from the root."""
        return ".".join(part for part in (self.path, name) if part)

    def has(self, name: str) -> bool:
        """Whether a value other than null came."""
        return self._given.get(name) is not None

    def text(self, name: str, *, required: bool = True, default: str = "") -> str:
        """A non-empty text."""
        came = self._given.get(name)
        if came is None or came == "":
            return self._missing(name, required, default)
        if not isinstance(came, str):
            self.fault(name, "input.not_text", f"{_seen(came)}不是文字，", "请填写带引号的文字。")
            return default
        return came.strip()

    def choice(
        self, name: str, choices: Mapping[str, str], *, required: bool = True, default: str = ""
    ) -> str:
        """One of the listed words (word → what it means in Chinese)."""
        came = self.text(name, required=required, default=default)
        if came and came not in choices and came != default:
            listed = "、".join(f"{key}（{title}）" for key, title in choices.items())
            self.fault(
                name, "input.choice", f"“{came[:_SHOWN]}”不在可选范围内，", f"请填写其中之一：{listed}。"
            )
            return default
        return came

    def amount(self, name: str, *, required: bool = True, default: Decimal = ZERO) -> Decimal:
        """Yuan ≥ 0 with at most two decimal places, written as text (a whole number is taken too)."""
        came = self._given.get(name)
        if came is None:
            return self._missing(name, required, default)
        if isinstance(came, (float, bool)):
            self.fault(
                name,
                "input.float",
                f"{_seen(came)}不是可靠的金额写法，",
                '请把金额写成文字，例如 "12300.50"。',
            )
            return default
        try:
            found = money(came)
        except (InvalidInput, TypeError) as error:
            told = error.problems[0] if isinstance(error, InvalidInput) else None
            sentence = told.sentence if told else f"{_seen(came)}不是金额，"
            self.fault(name, "input.amount", sentence, told.mend if told else '请填写文字，例如 "12300.50"。')
            return default
        if found < 0:
            self.fault(name, "input.negative", f"金额 {came} 是负数，", "请填写不小于零的金额。")
            return default
        return found

    def ratio(self, name: str, *, default: Decimal, most: Decimal = Decimal(1)) -> Decimal:
        """A share from 0 to ``most``, as text: ``"0.2"`` or ``"20%"``."""
        came = self._given.get(name)
        if came is None:
            return default
        text = came.strip() if isinstance(came, str) else ""
        number = text.removesuffix("%").removesuffix("％")
        if not number or not number.replace(".", "", 1).isdecimal() or not number.isascii():
            self.fault(name, "input.ratio", f"{_seen(came)}不是比例，", '请写成文字，例如 "0.2" 或 "20%"。')
            return default
        found = Decimal(number) / 100 if number != text else Decimal(number)
        if found > most:
            self.fault(name, "input.ratio", f"比例 {text} 超过 {most * 100:f}%，", "请核对后重新填写。")
            return default
        return found

    def whole(
        self, name: str, *, required: bool = False, least: int = 0, default: int | None = None
    ) -> int | None:
        """A whole number."""
        came = self._given.get(name)
        if came is None:
            return self._missing(name, required, default)
        if isinstance(came, bool) or not isinstance(came, int) or came < least:
            self.fault(
                name, "input.whole", f"{_seen(came)}不是不小于 {least} 的整数，", "请填写整数，例如 1。"
            )
            return default
        return came

    def day(self, name: str, *, required: bool = False) -> date | None:
        """A date as 2026-03-04."""
        came = self._given.get(name)
        if came is None or came == "":
            return self._missing(name, required, None)
        try:
            return date.fromisoformat(came if isinstance(came, str) else "")
        except ValueError:
            self.fault(name, "input.day", f"{_seen(came)}不是日期，", "请写成“年-月-日”，例如 2026-03-04。")
            return None

    def flag(self, name: str, *, default: bool = False) -> bool:
        """True or false."""
        came = self._given.get(name)
        if came is None:
            return default
        if not isinstance(came, bool):
            self.fault(name, "input.flag", f"{_seen(came)}不是“是”或“否”，", "请填写 true 或 false。")
            return default
        return came

    def rows(self, name: str, *, allowed: Collection[str], required: bool = True) -> list[Reader]:
        """A list of mappings; a required one is not empty."""
        came = self._given.get(name)
        if came is None or came == []:
            return self._missing(name, required, [])
        if isinstance(came, str) or not isinstance(came, Sequence):
            self.fault(name, "input.not_a_list", f"{_seen(came)}不是列表，", "请填写 [ … ] 形式的列表。")
            return []
        return [
            Reader(item, allowed=allowed, path=self.field(f"{name}.{index}"), problems=self.problems)
            for index, item in enumerate(came)
        ]

    def part(self, name: str, *, allowed: Collection[str]) -> Reader:
        """A mapping within; empty when it did not come."""
        return Reader(
            self._given.get(name) or {}, allowed=allowed, path=self.field(name), problems=self.problems
        )

    def finish(self) -> None:
        """Raise everything that was found.

        Raises:
            InvalidInput: at least one fault.
        """
        if self.problems:
            raise InvalidInput(self.problems)

    def _missing(self, name: str, required: bool, default: Any) -> Any:
        if required:
            self.fault(name, "input.missing", f"没有填写“{name}”，", "请补充。")
        return default


def _seen(came: object) -> str:
    return f"“{str(came)[:_SHOWN]}”"
