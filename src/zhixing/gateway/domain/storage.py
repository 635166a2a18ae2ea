"""Canonical objects as JSON text and back, losing nothing; and a fingerprint that ignores when it was sent."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from types import ModuleType
from typing import Any

from zhixing.gateway.domain import assets, canonical, messages, values

_VERSION = 1


def canonical_json(obj: object) -> str:
    """Text of one canonical object; equal objects give equal text (keys sorted, defaults left out)."""
    packed = {"v": _VERSION, "body": _pack(obj)}
    return json.dumps(packed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> Any:
    """The object `canonical_json` wrote. Raises ValueError when the text is not from there."""
    packed = json.loads(text)
    if not isinstance(packed, dict) or packed.get("v") != _VERSION:
        raise ValueError(f"not canonical JSON of version {_VERSION}")
    return _unpack(packed["body"])


def content_fingerprint(obj: object) -> str:
    """Hex SHA-256 of what an answer says, blind to the time it was sent and to the texts of numbers and dates."""
    return hashlib.sha256(canonical_json(_timeless(obj)).encode()).hexdigest()


@lru_cache(maxsize=1)
def _types() -> dict[str, type]:
    modules: tuple[ModuleType, ...] = (values, assets, canonical, messages)
    return {
        name: found
        for module in modules
        for name, found in vars(module).items()
        if isinstance(found, type) and (is_dataclass(found) or issubclass(found, StrEnum))
    }


@lru_cache(maxsize=256)
def _shape(cls: type) -> tuple[tuple[str, object], ...]:
    def default(item: Any) -> object:
        return item.default if item.default is not MISSING else item.default_factory()

    return tuple((item.name, default(item)) for item in fields(cls))


# Order matters: a datetime is a date, a StrEnum is a str.
_TAGGED: tuple[tuple[type, str, Callable[[Any], object]], ...] = (
    (bytes, "bytes", lambda value: base64.b64encode(value).decode()),
    (Decimal, "decimal", str),
    (datetime, "moment", lambda value: value.isoformat()),
    (date, "day", lambda value: value.isoformat()),
    (dict, "dict", dict),
)


def _pack(value: object) -> object:
    if isinstance(value, StrEnum):
        return {"@": type(value).__name__, "=": str(value)}
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, tuple):
        return [_pack(item) for item in value]
    for kind, tag, write in _TAGGED:
        if isinstance(value, kind):
            return {"@": tag, "=": write(value)}
    if not is_dataclass(value):
        raise TypeError(f"{type(value).__name__} is not part of the canonical model")
    packed: dict[str, object] = {"@": type(value).__name__}
    for name, default in _shape(type(value)):
        held = getattr(value, name)
        if held != default:
            packed[name] = _pack(held)
    return packed


def _unpack(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_unpack(item) for item in value)
    if not isinstance(value, dict):
        return value
    tag = value["@"]
    match tag:
        case "bytes":
            return base64.b64decode(value["="])
        case "decimal":
            return Decimal(value["="])
        case "moment":
            return datetime.fromisoformat(value["="])
        case "day":
            return date.fromisoformat(value["="])
        case "dict":
            return dict(value["="])
    cls = _types().get(tag)
    if cls is None:
        raise ValueError(f"unknown type {tag!r} in canonical JSON")
    if issubclass(cls, StrEnum):
        return cls(value["="])
    return cls(**{name: _unpack(held) for name, held in value.items() if name != "@"})


_SENT = ("responded_at", "reported_at")


def _timeless(value: Any) -> Any:
    """The same object without sending times, envelopes, and with numbers and dates reduced to their values."""
    match value:
        case values.Amount(value=Decimal() as number):
            return values.Amount(value=number.normalize())
        case values.When(value=date() as moment):
            return values.When(value=moment)
        case tuple():
            return tuple(_timeless(item) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed: dict[str, Any] = {item.name: _timeless(getattr(value, item.name)) for item in fields(value)}
    changed.update({name: None for name in _SENT if name in changed})
    if "envelope" in changed:
        changed["envelope"] = canonical.Envelope()
    return replace(value, **changed)
