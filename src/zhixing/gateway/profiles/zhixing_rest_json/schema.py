"""JSON Schema (2020-12) of every message, drawn from the same plan by which messages are read."""

from __future__ import annotations

from typing import Any

from zhixing.gateway.domain.assets import Asset
from zhixing.gateway.profiles.zhixing_rest_json.operations import TYPES
from zhixing.gateway.profiles.zhixing_rest_json.shapes import (
    AMOUNT_PATTERN,
    DETAILS,
    MOMENT_PATTERN,
    NUMBER_PATTERN,
    Form,
    Slot,
    slots_of,
)
from zhixing.gateway.profiles.zhixing_rest_json.titles import CLASS_TITLES, TITLES

# No control characters; what a store cannot keep is refused.
TEXT_PATTERN = r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]*$"
_ROWS_NEEDED = {"inquiry_feedback": "results", "transaction_feedback": "entries", "rollbacks": "rollbacks"}


def schemas(prefix: str = "#/components/schemas/") -> dict[str, Any]:
    """Schemas by name: one per message type and one per canonical class below it."""
    out: dict[str, Any] = {}
    for kind, cls in TYPES.items():
        if kind in ("key", "none"):
            continue
        out[kind] = _message(kind, cls, out, prefix)
    return dict(sorted(out.items()))


def _message(kind: str, cls: type, out: dict[str, Any], prefix: str) -> dict[str, Any]:
    body = _object(cls, out, prefix)
    body["properties"] = {"type": {"const": kind, "title": "报文种类"}, **body["properties"]}
    body["required"] = ["type", *body.get("required", [])]
    if kind in _ROWS_NEEDED:
        body["properties"][_ROWS_NEEDED[kind]]["minItems"] = 1
    if kind == "control_feedback":
        body["anyOf"] = [
            {"required": [name], "properties": {name: {"minItems": 1}}} for name in ("results", "receipts")
        ]
    return body


def _object(cls: type, out: dict[str, Any], prefix: str) -> dict[str, Any]:
    slots = slots_of(cls)
    made: dict[str, Any] = {
        "type": "object",
        "title": CLASS_TITLES.get(cls.__name__, cls.__name__),
        "properties": {
            slot.name: _field(slot, out, prefix) for slot in slots if slot.form is not Form.DETAIL
        },
        "additionalProperties": True,
    }
    needed = [slot.name for slot in slots if slot.is_needed]
    return made | ({"required": needed} if needed else {})


def _field(slot: Slot, out: dict[str, Any], prefix: str) -> dict[str, Any]:
    title = {"title": TITLES[slot.name]} if slot.name in TITLES else {}
    match slot.form:
        case Form.PART:
            return _reference(slot.inner or object, out, prefix)
        case Form.PARTS:
            return title | {"type": "array", "items": _reference(slot.inner or object, out, prefix)}
        case Form.TEXTS:
            return title | {"type": "array", "items": {"type": "string", "pattern": TEXT_PATTERN}}
        case Form.AMOUNT:
            return title | {"type": "string", "pattern": AMOUNT_PATTERN, "examples": ["1234.56"]}
        case Form.WHEN:
            return title | {"type": "string", "pattern": MOMENT_PATTERN, "examples": ["2026-03-05 09:30:00"]}
        case Form.NUMBER:
            return title | {"type": "string", "pattern": NUMBER_PATTERN}
        case Form.BYTES:
            return title | {"type": "string", "contentEncoding": "base64", "format": "byte"}
        case Form.ENUM:
            return title | {"enum": [str(item) for item in (slot.inner or ())]}  # pyright: ignore[reportGeneralTypeIssues]: an enumeration
    return title | ({"enum": list(slot.words)} if slot.words else {"type": "string", "pattern": TEXT_PATTERN})


def _reference(cls: type, out: dict[str, Any], prefix: str) -> dict[str, Any]:
    if cls.__name__ not in out:
        out[cls.__name__] = {}  # stands for itself while its own parts are drawn
        out[cls.__name__] = _asset(out, prefix) if cls is Asset else _object(cls, out, prefix)
    return {"$ref": f"{prefix}{cls.__name__}"}


def _asset(out: dict[str, Any], prefix: str) -> dict[str, Any]:
    """One variant per kind, since the kind decides what ``detail`` holds."""
    variants = []
    for kind, cls in DETAILS.items():
        variant = _object(Asset, out, prefix)
        variant["title"] = CLASS_TITLES[cls.__name__]
        variant["properties"] |= {"kind": {"const": str(kind)}, "detail": _reference(cls, out, prefix)}
        variants.append(variant)
    return {"title": CLASS_TITLES["Asset"], "oneOf": variants}
