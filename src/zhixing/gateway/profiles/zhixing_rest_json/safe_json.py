"""JSON from outside, read so that it can do no harm and so that no number is rounded."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from zhixing.gateway.domain.problems import WireProblem

MOST_DEPTH = 24
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"?', re.DOTALL)
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BOM = b"\xef\xbb\xbf"


class NumberText(str):
    """A JSON number as it was written: never a float, however long."""

    __slots__ = ()


class _Refused(ValueError):
    def __init__(self, problem: WireProblem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def parse_json(content: bytes, *, max_bytes: int) -> Any | WireProblem:
    """The value, numbers as `NumberText`, or what is wrong with the text."""
    if len(content) > max_bytes:
        return _told(
            "too_large", f"{len(content)} 字节的报文", f"不超过 {max_bytes} 字节", "分请求单号拆分后分次发送"
        )
    content = content.removeprefix(_BOM).strip()
    if not content:
        return _told("empty", "空内容", "JSON 报文", "检查报文是否组装完整后重新发送")
    if _depth(content) > MOST_DEPTH:
        return _told(
            "too_deep", f"超过 {MOST_DEPTH} 层的嵌套", f"不超过 {MOST_DEPTH} 层", "按接口文档组织报文"
        )
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _told(
            "bad_charset",
            f"第 {error.start + 1} 字节处不是 UTF-8 的内容",
            "UTF-8 编码的文本",
            "检查编码字符集",
        )
    try:
        return _LOADS.decode(text)
    except _Refused as refused:
        return refused.problem
    except json.JSONDecodeError as error:
        return _told(
            "not_json",
            f"无法解析的 JSON（第 {error.lineno} 行第 {error.colno} 列处出错）",
            "格式完整的 JSON",
            "检查报文是否被截断、引号和括号是否成对后重新发送",
        )
    except (ValueError, RecursionError):
        return _told("not_json", "无法解析的 JSON", "格式完整的 JSON", "检查报文后重新发送")


def has_forbidden(text: str) -> bool:
    """Whether a text holds control characters, half surrogates or noncharacters, which no store can keep."""
    return _FORBIDDEN.search(text) is not None


def kept_text(value: Any) -> str:
    """The text under which `ext` keeps an unknown value: a string as it is, anything else as JSON."""
    if isinstance(value, str) and not isinstance(value, NumberText) and not _reads_as_json(value):
        return value
    return _dumped(value)


def kept_value(text: str) -> Any:
    """The value that `kept_text` wrote; numbers as `NumberText`."""
    try:
        return _LOADS.decode(text)
    except (ValueError, RecursionError):
        return text


def name_escaped(name: str) -> str:
    """A field name as one step of a dotted path."""
    return name.replace("%", "%25").replace(".", "%2E")


def name_read(step: str) -> str:
    """The field name of one step of a dotted path."""
    return step.replace("%2E", ".").replace("%25", "%")


def dumped(value: Any) -> bytes:
    """Bytes of a message; numbers go out as they came."""
    return _dumped(value).encode()


def _dumped(value: Any) -> str:
    match value:
        case NumberText():
            return str(value)
        case dict():
            return "{" + ",".join(f"{_quoted(key)}:{_dumped(held)}" for key, held in value.items()) + "}"
        case list():
            return "[" + ",".join(map(_dumped, value)) + "]"
        case str():
            return _quoted(value)
        case _:
            return json.dumps(value)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _reads_as_json(text: str) -> bool:
    # Cheap first: most texts start like no JSON value.
    if not text or text[0] not in '"[{-0123456789tfn \t\r\n':
        return False
    try:
        _LOADS.decode(text)
    except (ValueError, RecursionError):
        return False
    return True


def _depth(content: bytes) -> int:
    """Deepest nesting; looks no further once it is too deep."""
    depth = deepest = 0
    for byte in _STRING.sub(b"", content).translate(None, _NOT_BRACKETS):
        if byte in b"[{":
            depth += 1
            deepest = max(deepest, depth)
            if deepest > MOST_DEPTH:
                break
        else:
            depth -= 1
    return deepest


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    held = dict(pairs)
    if len(held) != len(pairs):
        raise _Refused(
            _told(
                "duplicate_name", "同一对象中重复的字段名", "每个字段名只出现一次", "删去重复的字段后重新发送"
            )
        )
    return held


def _constant(_name: str) -> NoReturn:
    raise _Refused(_told("not_json", "NaN 或者 Infinity", "JSON 规定的值", "金额用文本，没有的值不要写出"))


_LOADS = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_float=NumberText, parse_int=NumberText, parse_constant=_constant
)


def _told(code: str, came: str, expected: str, mend: str) -> WireProblem:
    return WireProblem(code=code, came=came, expected=expected, mend=mend)
