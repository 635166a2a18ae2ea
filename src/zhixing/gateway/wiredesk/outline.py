"""XML and JSON as indented lines, each value with its Chinese word; personal values hidden unless asked for."""

from __future__ import annotations

import binascii
from collections.abc import Iterator
from typing import Any

from lxml import etree

from zhixing.gateway.profiles.safe_xml import local_name
from zhixing.gateway.wiredesk import masking
from zhixing.gateway.wiredesk.tables import wire_label

_MOST = 4000
_DEEPEST = 24
_LONGEST = 400


def xml_outline(root: etree._Element, *, charset: str, clear: bool) -> tuple[list[str], bool]:
    """The lines, and whether the values were wrapped in Base64 and have been unwrapped."""
    is_wrapped = _wrapped(root, charset)
    lines: list[str] = []
    for depth, element in _walk(root, 0):
        if len(lines) > _MOST:
            lines.append("……以下省略")
            break
        _element(lines, element, depth, charset if is_wrapped else "", clear=clear)
    return lines, is_wrapped


def json_outline(held: Any, *, clear: bool, depth: int = 0, key: str = "") -> list[str]:
    """Lines of a JSON value; what lies too deep is left out."""
    pad = "  " * depth
    if isinstance(held, dict) and depth < _DEEPEST:
        lines = [f"{pad}{_keyed(key)}"] if key else []
        for name, value in list(held.items())[:_MOST]:
            lines += json_outline(value, clear=clear, depth=depth + 1, key=str(name)[:80])
        return lines[:_MOST]
    if isinstance(held, list) and depth < _DEEPEST:
        lines = [f"{pad}{_keyed(key)}：{len(held)} 项"]
        for value in held[:_MOST]:
            lines += json_outline(
                value, clear=clear, depth=depth + 1, key="-" if isinstance(value, dict) else key
            )
            if len(lines) > _MOST:
                return [*lines[:_MOST], "……以下省略"]
        return lines
    text = "" if held is None else str(held) if not isinstance(held, (dict, list)) else "（嵌套过深）"
    return [f"{pad}{_keyed(key)} = {_shown(key, text, clear=clear)}"]


def _keyed(key: str) -> str:
    word = wire_label("", key)
    return f"{key}（{word}）" if word else key


def _walk(element: etree._Element, depth: int) -> Iterator[tuple[int, etree._Element]]:
    # A stack of its own: a message may nest deeper than Python calls.
    waiting = [(depth, element)]
    while waiting:
        level, current = waiting.pop()
        yield level, current
        children = [(level + 1, child) for child in current if isinstance(child.tag, str)]
        waiting.extend(reversed(children))


def _element(lines: list[str], element: etree._Element, depth: int, charset: str, *, clear: bool) -> None:
    pad, name = "  " * min(depth, _DEEPEST), local_name(element)[:80]
    text = (element.text or "").strip()
    if len(element) == 0 and not element.attrib and text:
        row = local_name(parent) if (parent := element.getparent()) is not None else ""
        lines.append(f"{pad}{_named(row, name)} = {_value(name, text, charset, clear=clear)}")
        return
    lines.append(f"{pad}{name}")
    for full, raw in list(element.attrib.items())[:200]:
        code = str(full).rpartition("}")[2][:80]
        lines.append(f"{pad}  {_named(name, code)} = {_value(code, str(raw), charset, clear=clear)}")


def _named(row: str, code: str) -> str:
    word = wire_label(row, code)
    return f"{code}（{word}）" if word else code


def _value(code: str, raw: str, charset: str, *, clear: bool) -> str:
    if not charset or not raw:
        return _shown(code, raw, clear=clear)
    try:
        content = binascii.a2b_base64("".join(raw.split()), strict_mode=True)
    except ValueError:
        return f"⚠ 不是 Base64：{_shown(code, raw, clear=clear)}"
    try:
        return _shown(code, content.decode(charset), clear=clear)
    except UnicodeDecodeError:
        return f"⚠ 不能按 {charset.upper()} 解码的 {len(content)} 字节" + (
            f"：{content[:40].hex(' ')}" if clear else ""
        )


def _shown(code: str, text: str, *, clear: bool) -> str:
    if masking.is_secret(code):
        return "（不显示）"
    told = text if clear else masking.wire_masked(code, text)
    told = told.replace("\n", "⏎").replace("\r", "")
    return f"{told[:_LONGEST]}……（共 {len(told)} 字）" if len(told) > _LONGEST else told


def _wrapped(root: etree._Element, charset: str) -> bool:
    """Whether the values are Base64 of text: most of the first ones must say so, since one bad value is no proof."""
    seen = fitting = 0
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        held = [str(raw) for code, raw in element.attrib.items() if not str(code).startswith("{")]
        if len(element) == 0 and (element.text or "").strip():
            held.append((element.text or "").strip())
        for raw in filter(None, held):
            seen += 1
            fitting += _is_wrapped(raw, charset)
        if seen > 200:
            break
    return seen > 0 and fitting * 2 >= seen


def _is_wrapped(raw: str, charset: str) -> bool:
    try:
        text = binascii.a2b_base64("".join(raw.split()), strict_mode=True).decode(charset)
    except (ValueError, UnicodeDecodeError):
        return False
    return text.isprintable()
