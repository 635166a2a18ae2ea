"""Fields in and out of storage: validation problems in words, sensitive values sealed under the case's key."""

from __future__ import annotations

import base64
import json
import uuid
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from zhixing.acts.errors import ActRefused
from zhixing.acts.kinds import SENSITIVE, Act, ActFields
from zhixing.kernel.errors import Problem
from zhixing.platform.crypto import seal, unseal_text

_WORDS = {
    "missing": "没有填写",
    "extra_forbidden": "不是这个行为的字段，请删去",
    "decimal_parsing": "不是金额，请写成 1234.56",
    "decimal_max_places": "小数位太多，金额最多两位小数",
    "greater_than": "必须大于零",
    "greater_than_equal": "不能为负",
    "date_from_datetime_parsing": "不是日期，请写成 2026-03-04",
    "date_parsing": "不是日期，请写成 2026-03-04",
    "string_too_short": "没有填写",
    "string_too_long": "太长",
    "literal_error": "不在可选范围内",
    "enum": "不在可选范围内",
    "int_parsing": "不是整数",
    "uuid_parsing": "不是有效编号",
    "too_short": "至少选一项",
    "list_type": "应为列表",
    "bool_parsing": "请选是或否",
}


def fields_parse(act: Act, payload: dict[str, Any]) -> ActFields:
    """Validate a payload. Raises ActRefused with one problem per wrong field."""
    broken = [name for name, value in payload.items() if not _storable(value)]
    if broken:
        raise ActRefused(
            [
                Problem(
                    code="field.unstorable",
                    sentence=f"{_label(act, name)}：含有不能保存的字符或过大的数。",
                    mend="请删去后重新提交。",
                    field=name,
                )
                for name in broken
            ]
        )
    try:
        return act.Fields.model_validate(payload)
    except ValidationError as error:
        raise ActRefused([_problem(act, item) for item in error.errors()]) from None


def _storable(value: Any) -> bool:
    """Whether the database can keep it: text without NUL or lone surrogates, whole numbers of 64 bits."""
    if isinstance(value, str):
        return "\x00" not in value and not any("\ud800" <= char <= "\udfff" for char in value)
    if isinstance(value, int):
        return -(2**63) <= value < 2**63
    if isinstance(value, dict):
        return all(_storable(key) and _storable(inner) for key, inner in value.items())
    return all(_storable(inner) for inner in value) if isinstance(value, list | tuple) else True


def _label(act: Act, name: str) -> str:
    info = act.Fields.model_fields.get(name)
    return info.title if info and info.title else "字段"


def _problem(act: Act, item: ErrorDetails) -> Problem:
    path = [str(part) for part in item["loc"]]
    name = path[0] if path else ""
    info = act.Fields.model_fields.get(name)
    label = (info.title if info and info.title else name) + (
        "".join(f"（第{int(p) + 1}项）" if p.isdigit() else f" {p}" for p in path[1:])
    )
    said = _WORDS.get(item["type"])
    message = str(item.get("ctx", {}).get("error") or item["msg"]).removeprefix("Value error, ")
    sentence = f"{label}：{said}。" if said else f"{label}：{message}"
    return Problem(
        code=f"field.{item['type']}",
        sentence=sentence,
        mend="请改正后重新提交。",
        field=".".join(path) or None,
    )


def _sensitive_names(act: Act) -> set[str]:
    return {name for name, info in act.Fields.model_fields.items() if SENSITIVE in info.metadata}


def payload_seal(act: Act, fields: ActFields, subject: uuid.UUID | None) -> dict[str, Any]:
    """JSON of the fields, sensitive ones as {"sealed": base64}."""
    plain = fields.model_dump(mode="json")
    if subject is None:
        return plain
    names = _sensitive_names(act)
    return {
        name: {"sealed": base64.b64encode(seal(subject, json.dumps(value, ensure_ascii=False))).decode()}
        if name in names and value
        else value
        for name, value in plain.items()
    }


def payload_unseal(act: Act, stored: dict[str, Any], version: int, subject: uuid.UUID | None) -> ActFields:
    """Fields from storage, brought forward to the current version."""
    plain = {
        name: json.loads(unseal_text(subject, base64.b64decode(value["sealed"])))
        if isinstance(value, dict) and set(value) == {"sealed"} and subject is not None
        else value
        for name, value in stored.items()
    }
    return act.Fields.model_validate(act.upgrade(plain, version))
