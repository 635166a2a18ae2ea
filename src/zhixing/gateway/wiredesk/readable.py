"""Canonical bodies as JSON that a person can read and write, and back. docs/wire-desk.md describes the shape.

Defaults are left out. Amounts and dates are their texts; a coded value is our word alone, or an object where the code
matters; bytes are ``{"base64": "…"}``; where several classes may stand, an object says its class in ``type``.
"""

from __future__ import annotations

import base64
import binascii
import types
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from zhixing.gateway.domain import messages
from zhixing.gateway.domain.values import Amount, Coded, When

_MOST_PROBLEMS = 50
_DEEPEST = 12


class Unreadable(ValueError):
    """JSON 不符合约定的写法。``problems`` 逐条说明。"""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def body_written(body: object) -> dict[str, Any]:
    """``{"type": …, "body": {…}}`` of a canonical body."""
    return {"type": type(body).__name__, "body": _written(body)}


def body_read(given: object) -> messages.Body:
    """The body that `body_written` wrote, or that a person wrote. Raises Unreadable with all problems at once."""
    problems: list[str] = []
    kinds = {kind.__name__: kind for kind in get_args(messages.Body)}
    name = given.get("type") if isinstance(given, dict) else None
    if not isinstance(given, dict) or name not in kinds:
        raise Unreadable([f"type：收到的是 {_told(name)}，应为 {'、'.join(kinds)} 之一，请写明报文种类。"])
    body = _read(kinds[str(name)], given.get("body", {}), "body", problems, 0)
    if problems:
        raise Unreadable(problems[:_MOST_PROBLEMS])
    return body


# --- writing ----------------------------------------------------------------------------------------------


def _written(value: Any, declared: Any = None) -> Any:
    match value:
        case Amount():
            return value.text if Amount.parse(value.text).value == value.value else _object(value)
        case When():
            return value.text() if When.parse(value.text()).value == value.value else _object(value)
        case Coded():
            if value == Coded.of(value.normalized):
                return value.normalized
            return _object(value)
        case StrEnum() | Decimal() | date():
            return str(value)
        case bytes():
            return {"base64": base64.b64encode(value).decode("ascii")}
        case tuple():
            return [_written(item, declared) for item in value]
        case dict():
            return dict(value)
    if is_dataclass(value):
        held = _object(value)
        return {"type": type(value).__name__, **held} if _is_open(declared) else held
    return value


def _object(value: Any) -> dict[str, Any]:
    hints = hints_of(type(value))
    return {
        item.name: _written(getattr(value, item.name), hints[item.name])
        for item in fields(value)
        if getattr(value, item.name) != default_of(item)
    }


def default_of(item: Any) -> object:
    """What a field holds when nobody says anything."""
    if item.default is not MISSING:
        return item.default
    return item.default_factory() if item.default_factory is not MISSING else MISSING


@lru_cache(maxsize=256)
def hints_of(cls: type) -> Mapping[str, Any]:
    """The annotations of a canonical class, resolved."""
    return get_type_hints(cls)


def _members(declared: Any) -> Sequence[Any]:
    """The classes an annotation allows, without None and through a tuple."""
    if get_origin(declared) is tuple:
        return _members(get_args(declared)[0])
    if get_origin(declared) in (Union, types.UnionType):
        return tuple(item for item in get_args(declared) if item is not type(None))
    return (declared,)


def _is_open(declared: Any) -> bool:
    return len(_members(declared)) > 1


# --- reading ----------------------------------------------------------------------------------------------


def _read(declared: Any, given: Any, where: str, problems: list[str], depth: int) -> Any:
    if depth > _DEEPEST:
        problems.append(f"{where}：嵌套过深，应不超过 {_DEEPEST} 层，请检查写法。")
        return None
    if get_origin(declared) is tuple:
        if not isinstance(given, list):
            problems.append(f"{where}：收到的是{_told(given)}，应为列表，请写成 […]。")
            return ()
        inner, *_ = get_args(declared)
        return tuple(
            _read(inner, item, f"{where}[{no}]", problems, depth + 1) for no, item in enumerate(given)
        )
    kinds = _members(declared)
    if given is None and len(kinds) < len(get_args(declared) or kinds):
        return None
    if set(kinds) <= {date, datetime}:
        return _day(given, where, problems)
    if len(kinds) > 1:
        return _one_of(kinds, given, where, problems, depth)
    return _single(kinds[0], given, where, problems, depth)


def _one_of(kinds: Sequence[Any], given: Any, where: str, problems: list[str], depth: int) -> Any:
    by_name = {kind.__name__: kind for kind in kinds}
    name = given.get("type") if isinstance(given, dict) else None
    if name not in by_name:
        problems.append(f"{where}.type：收到的是{_told(name)}，应为 {'、'.join(by_name)} 之一，请写明种类。")
        return None
    rest = {key: value for key, value in given.items() if key != "type"}
    return _single(by_name[name], rest, where, problems, depth)


def _single(kind: Any, given: Any, where: str, problems: list[str], depth: int) -> Any:
    if kind in (Amount, When) and isinstance(given, (str, int)) and not isinstance(given, bool):
        return kind.parse(str(given))
    if kind is Coded and isinstance(given, str):
        return Coded.of(given)
    if kind is bytes:
        return _bytes(given, where, problems)
    if is_dataclass(kind) and isinstance(kind, type):
        return _dataclass(kind, given, where, problems, depth)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        words = [str(item) for item in kind]
        if given in words:
            return kind(given)
        problems.append(f"{where}：收到的是{_told(given)}，应为 {'、'.join(words)} 之一，请改正。")
        return None
    return _plain(kind, given, where, problems)


def _plain(kind: Any, given: Any, where: str, problems: list[str]) -> Any:
    origin = get_origin(kind) or kind
    if origin is dict and isinstance(given, dict) and all(isinstance(item, str) for item in given.values()):
        return dict(given)
    if kind is str and isinstance(given, str):
        return given
    if kind is bool and isinstance(given, bool):
        return given
    if kind is int and isinstance(given, int) and not isinstance(given, bool):
        return given
    if kind is Decimal and isinstance(given, str):
        try:
            return Decimal(given)
        except ArithmeticError:
            pass
    expected = {dict: "字段名对文本的对象", str: "文本", bool: "true 或者 false", int: "整数"}.get(
        origin, "约定的写法"
    )
    problems.append(f"{where}：收到的是{_told(given)}，应为{expected}，请改正。")
    return None


def _day(given: Any, where: str, problems: list[str]) -> date | None:
    try:
        return date.fromisoformat(given) if len(given) == len("2026-03-05") else datetime.fromisoformat(given)
    except (TypeError, ValueError):
        problems.append(f"{where}：收到的是{_told(given)}，应为 2026-03-05 这样的日期，请改正。")
        return None


def _bytes(given: Any, where: str, problems: list[str]) -> bytes:
    text = given.get("base64") if isinstance(given, dict) else None
    if isinstance(text, str):
        try:
            return base64.b64decode(text, validate=True)
        except binascii.Error:
            pass
    problems.append(f'{where}：收到的是{_told(given)}，应为 {{"base64": "…"}}，请对文件内容做 Base64 编码。')
    return b""


def _dataclass(kind: type, given: Any, where: str, problems: list[str], depth: int) -> Any:
    if not isinstance(given, dict):
        problems.append(f"{where}：收到的是{_told(given)}，应为对象，请写成 {{…}}。")
        return None
    hints = hints_of(kind)
    known = {item.name for item in fields(kind)}
    for name in given.keys() - known - {"type"}:
        near = "、".join(sorted(known)[:12])
        problems.append(
            f"{where}.{str(name)[:40]}：没有这个字段，{kind.__name__} 的字段有 {near} 等，请核对名称。"
        )
    values = {
        name: _read(hints[name], given[name], f"{where}.{name}", problems, depth + 1)
        for name in (item.name for item in fields(kind))
        if name in given
    }
    return kind(**values)


def _told(given: object) -> str:
    match given:
        case None:
            return "空"
        case bool() | int() | float():
            return f"数字或者真假值 {given}"
        case str():
            return f"“{given[:20]}”"
        case list():
            return "列表"
    return "对象"
