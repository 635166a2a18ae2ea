"""Reads single fields of a JSON input and keeps every problem, so that the reader mends them in one go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

from zhixing.kernel.errors import InvalidInput, Problem
from zhixing.kernel.money import money

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LAST_YEAR = 2999  # a later year is a slip of the keyboard, and the day after the last day must exist
_DAY = '请填写日期，例如 "2025-03-10"。'
_AMOUNT = '请用文本填写金额，例如 "500000.00"。'


class Fields:
    """Problems of one input; each method returns None after having told what was wrong."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def tell(self, code: str, field: str, sentence: str, mend: str, law: str | None = None) -> None:
        """Keep a problem; `code` without its prefix, the sentence without its closing comma."""
        self.problems.append(
            Problem(code=f"interest.{code}", sentence=f"{sentence}，", mend=mend, law=law, field=field)
        )

    def refuse(self) -> None:
        """Raise InvalidInput when there is a problem."""
        if self.problems:
            raise InvalidInput(self.problems)

    def rows(self, data: Mapping[str, Any], name: str) -> list[tuple[str, Mapping[str, Any]]]:
        """(path, mapping) of each element of a list; an absent list is empty."""
        value = data.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            self.tell("not_a_list", name, f"{name} 应当是列表，收到的是{_kind(value)}", "请写成 [ … ]。")
            return []
        found = []
        for index, row in enumerate(value):
            path = f"{name}.{index}"
            if isinstance(row, Mapping):
                found.append((path, row))
            else:
                self.tell(
                    "not_a_mapping", path, f"{path} 应当是一组字段，收到的是{_kind(row)}", "请写成 { … }。"
                )
        return found

    def known(self, data: Mapping[str, Any], allowed: Iterable[str], path: str = "") -> None:
        """Refuse keys that are not listed."""
        names = tuple(allowed)
        for key in data:
            if key not in names:
                field = f"{path}.{key}" if path else str(key)
                self.tell(
                    "unknown_key", field, f"不认识的字段 {field}", f"可以使用的字段有：{'、'.join(names)}。"
                )

    def day(self, data: Mapping[str, Any], name: str, path: str = "", *, needed: bool = True) -> date | None:
        """A day written YYYY-MM-DD."""
        field, value = _field(path, name), data.get(name)
        if value is None:
            if needed:
                self.tell("missing", field, f"缺少 {field}", _DAY)
            return None
        found = value if type(value) is date else None
        if isinstance(value, str) and _ISO_DAY.fullmatch(value):
            with suppress(ValueError):
                found = date.fromisoformat(value)
        if found is not None and found.year <= _LAST_YEAR:
            return found
        self.tell("not_a_day", field, f"{field} 的“{str(value)[:30]}”不是日期", _DAY)
        return None

    def amount(self, data: Mapping[str, Any], name: str, path: str) -> Decimal | None:
        """An amount ≥ 0 as text (or a whole number, or a Decimal from a program)."""
        field, value = _field(path, name), data.get(name)
        if value is None:
            self.tell("missing", field, f"缺少 {field}", _AMOUNT)
            return None
        if self.is_float(field, value):
            return None
        if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
            self.tell("not_an_amount", field, f"{field} 应当是金额，收到的是{_kind(value)}", _AMOUNT)
            return None
        try:
            found = money(value)
        except InvalidInput as error:
            for problem in error.problems:
                self.tell("not_an_amount", field, f"{field}：{problem.sentence.rstrip('，')}", problem.mend)
            return None
        if found < 0:
            self.tell("negative", field, f"{field} 是负数 {value}", "请填写不小于零的金额。")
            return None
        return found

    def is_float(self, field: str, value: object) -> bool:
        """Whether a JSON number with a fraction came, which cannot hold cents; told when so."""
        if isinstance(value, float):
            self.tell(
                "float",
                field,
                f"{field} 是{'负的' if value < 0 else ''}浮点数 {value}，不能精确表示金额和利率",
                f'请写成不小于零的文本，例如 "{abs(value)}"。'
                if value < 0
                else f'请写成文本，例如 "{value}"。',
            )
            return True
        return False

    def word(
        self, data: Mapping[str, Any], name: str, path: str, words: Iterable[str], default: str | None = None
    ) -> str | None:
        """One of a list of words."""
        field, value, allowed = _field(path, name), data.get(name, default), tuple(words)
        if value is None:
            self.tell("missing", field, f"缺少 {field}", f"请填写其中之一：{'、'.join(allowed)}。")
            return None
        if value not in allowed:
            self.tell(
                "unknown_word",
                field,
                f"{field} 的“{str(value)[:30]}”不在可选范围内",
                f"请填写其中之一：{'、'.join(allowed)}。",
            )
            return None
        return str(value)

    def flag(self, data: Mapping[str, Any], name: str, path: str) -> bool | None:
        """True or false."""
        field, value = _field(path, name), data.get(name)
        if isinstance(value, bool):
            return value
        self.tell(
            "not_a_flag",
            field,
            f"{field} 应当是 true 或 false，收到的是{_kind(value)}",
            "请填写 true 或 false。",
        )
        return None


def _field(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _kind(value: object) -> str:
    words = {
        bool: "真假值",
        int: "整数",
        float: "浮点数",
        str: "文本",
        list: "列表",
        dict: "一组字段",
        type(None): "空值",
    }
    return words.get(type(value), type(value).__name__)
