"""Canonical objects as JSON values."""

from __future__ import annotations

import base64
import re
from typing import Any

from zhixing.gateway.domain.problems import WireProblem
from zhixing.gateway.domain.values import Amount, Coded, When
from zhixing.gateway.profiles.zhixing_rest_json.safe_json import has_forbidden, kept_value, name_read
from zhixing.gateway.profiles.zhixing_rest_json.shapes import (
    AMOUNT_PATTERN,
    DETAILS,
    MOMENT_PATTERN,
    Form,
    Slot,
    keeps_ext,
    slots_of,
)

_AMOUNT = re.compile(AMOUNT_PATTERN.strip("^$"), re.ASCII)
_MOMENT = re.compile(MOMENT_PATTERN.strip("^$"), re.ASCII)


def object_written(held: Any, problems: list[WireProblem], where: str = "") -> dict[str, Any]:
    """The JSON object of a canonical one; what cannot be said is a problem. Fields at their default are left out."""
    cls, out = type(held), {}
    for slot in slots_of(cls):
        value = getattr(held, slot.name)
        if value == slot.default and not slot.is_needed:
            continue
        out[slot.name] = _written(slot, value, held, problems, f"{where}/{slot.name}")
    if keeps_ext(cls):
        for path, text in held.ext.items():
            _put(out, [name_read(part) for part in path.split(".")], kept_value(text))
    return {name: value for name, value in out.items() if value is not None}


def _written(slot: Slot, value: Any, owner: Any, problems: list[WireProblem], where: str) -> Any:
    match slot.form:
        case Form.PART:
            return None if value is None else object_written(value, problems, where)
        case Form.DETAIL:
            if DETAILS.get(owner.kind) is not type(value):
                problems.append(_problem("wrong_detail", where, f"{owner.kind} 以外的财产内容"))
                return None
            return object_written(value, problems, where)
        case Form.PARTS:
            return [object_written(row, problems, f"{where}/{no}") for no, row in enumerate(value)]
        case Form.TEXTS:
            return [_text(row, problems, f"{where}/{no}") for no, row in enumerate(value)]
        case Form.BYTES:
            return base64.b64encode(value).decode()
        case Form.AMOUNT | Form.WHEN:
            return _measured(value, problems, where)
        case Form.CODED:
            return _coded(slot, value, problems, where)
        case _:
            return _text(str(value), problems, where)


def _text(text: str, problems: list[WireProblem], where: str) -> str:
    if has_forbidden(text):
        problems.append(_problem("control_character", where, "含控制字符的文本"))
    return text


def _measured(value: Amount | When | None, problems: list[WireProblem], where: str) -> str | None:
    if value is None:
        return None
    if value.value is None:
        problems.append(_problem("bad_value", where, "既不是数字也不是日期的文本"))
        return None
    if isinstance(value, Amount):
        return value.raw if _AMOUNT.fullmatch(value.raw) else format(value.value, "f")
    return value.raw if _MOMENT.fullmatch(value.raw) else When(value=value.value).text()


def _coded(slot: Slot, value: Coded | None, problems: list[WireProblem], where: str) -> str | None:
    if value is None:
        return None
    word = value.normalized or value.code
    if slot.words and word not in slot.words:
        problems.append(_problem("no_code", where, f"“{word}”", f"{'、'.join(slot.words)} 之一"))
    return word


def _put(out: dict[str, Any], path: list[str], value: Any) -> None:
    """Set an unknown field where it came from; what stands in its way wins."""
    place: Any = out
    for name in path[:-1]:
        step = (
            place[int(name)]
            if isinstance(place, list) and name.isdecimal() and int(name) < len(place)
            else (place.setdefault(name, {}) if isinstance(place, dict) else None)
        )
        if not isinstance(step, dict | list):
            return
        place = step
    if isinstance(place, dict):
        place.setdefault(path[-1], value)


def _problem(code: str, where: str, came: str, expected: str = "接口文档规定的值") -> WireProblem:
    return WireProblem(code=code, where=where, came=came, expected=expected, mend="改正该字段后重新发送")
