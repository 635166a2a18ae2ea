"""Chinese words for wire names, drawn from the field tables of the formats; and what a desk may be asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from typing import Any, get_args

from zhixing.gateway.profiles.base import Wire
from zhixing.gateway.profiles.fields import Record
from zhixing.gateway.profiles.registry import profiles_known, wire_get
from zhixing.gateway.wiredesk.labels import has_label, label_of
from zhixing.gateway.wiredesk.readable import hints_of

# Their fields are called 编号 or 姓名, which says too little in a row of many.
_OWNED = frozenset({"Card", "Officer", "PayeeAccount"})
_ROOM = "zhixing.gateway.profiles."


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """One format as the desk offers it; operations by wire name with their meaning, where the format has any."""

    name: str
    charset: str
    dialects: tuple[str, ...]
    operations: dict[str, str]


def formats_offered() -> list[Offered]:
    """Every format of the registry."""
    return [_offered(name, dialects) for name, dialects in profiles_known().items()]


def operation_summary(wire: Wire, operation: str) -> str:
    """What an operation is for, in Chinese, "" when the format does not say."""
    return getattr(getattr(wire, "operations", {}).get(operation), "summary", "")


def _offered(name: str, dialects: tuple[str, ...]) -> Offered:
    wire = wire_get(name)
    operations = getattr(wire, "operations", {})
    told = {key: getattr(value, "summary", "") for key, value in operations.items()} if operations else {}
    return Offered(name=name, charset=wire.charset, dialects=dialects, operations=told)


def wire_label(row: str, code: str) -> str:
    """The Chinese word for a wire name inside a row of this name; "" when no table knows it."""
    by_row, by_code = _wire_labels()
    return by_row.get((row.upper(), code.upper())) or by_code.get(code.upper(), "")


@lru_cache(maxsize=1)
def _wire_labels() -> tuple[dict[tuple[str, str], str], dict[str, str]]:
    for name in profiles_known():
        wire_get(name)
    by_row: dict[tuple[str, str], str] = {}
    by_code: dict[str, str] = {}
    for record in _records():
        for item in record.fields:
            word = _label_at(record.cls, item.path)
            by_row.setdefault((record.name.upper(), item.code.upper()), word)
            by_code.setdefault(item.code.upper(), word)
    return by_row, by_code


def _records() -> Iterator[Record]:
    for name, module in sorted(sys.modules.items()):
        if name.startswith(_ROOM):
            yield from (held for held in vars(module).values() if isinstance(held, Record))


def _label_at(cls: type, path: str) -> str:
    """The word for the last part of a dotted path, with the class that holds it where the path leads to one."""
    holder: Any = cls
    parts = [part for part in path.split(".") if not part.isdigit()]
    for part in parts[:-1]:
        holder = _class_below(holder, part)
    owner = holder.__name__ if isinstance(holder, type) else ""
    last = parts[-1]
    word = label_of(owner, last)
    if owner in _OWNED and len(parts) > 1:
        return label_of("", parts[-2]) + word
    return "" if word == last and not has_label(owner, last) else word


def _class_below(holder: Any, part: str) -> Any:
    if not is_dataclass(holder) or part not in {item.name for item in fields(holder)}:
        return None
    found = hints_of(holder)[part] if isinstance(holder, type) else None
    while found is not None and not (isinstance(found, type) and is_dataclass(found)):
        found = next((item for item in get_args(found) if item is not type(None)), None)
    return found
