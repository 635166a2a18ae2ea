"""JSON objects as element trees and back, so that the registry family's field tables serve this format as well.

Names the tables know are read in any case. A value they do not know is kept as text, from which it comes back as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from lxml import etree

from zhixing.gateway.domain.problems import WireProblem
from zhixing.gateway.profiles.context import MOST_PROBLEMS
from zhixing.gateway.profiles.fields import Record
from zhixing.gateway.profiles.zhixing_rest_json.safe_json import (
    NumberText,
    has_forbidden,
    kept_text,
    kept_value,
)

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,60}")
_WRAPPED = "_ZX"


class Names:
    """What the tables know: leaf names, and lists with the name of their rows."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.leaves: set[str] = set()
        self.lists: dict[str, str] = {}
        for record in records:
            self._add(record)

    def _add(self, record: Record) -> None:
        self.leaves |= {item.code for item in record.fields}
        for child in record.children:
            self.lists[child.container] = child.record.name
            self._add(child.record)


def element_of(
    name: str, value: dict[str, Any], names: Names, problems: list[WireProblem], where: str
) -> etree._Element:
    """The tree of one object. Faults are noted, the rest is read."""
    root = etree.Element(name)
    for key, held in value.items():
        _put(root, key, held, names, problems, f"{where}/{key[:40]}")
    return root


def _put(
    root: etree._Element, key: str, held: Any, names: Names, problems: list[WireProblem], where: str
) -> None:
    upper = key.upper()
    if upper in names.lists:
        _put_list(root, upper, held, names, problems, where)
        return
    if upper in names.leaves:
        if held is None:
            return
        if isinstance(held, dict | list):
            note(problems, "not_text", where, "对象或者数组", "文本")
            return
        tag, text = upper, held if isinstance(held, str) else str(held).lower()
    else:
        tag, text = _tag(key), kept_text(held)
    if has_forbidden(text) or has_forbidden(key) or (not isinstance(held, str) and "\\u00" in text):
        note(problems, "control_character", where, "含控制字符的文本", "不含控制字符的文本")
        return
    etree.SubElement(root, tag).text = text


def _put_list(
    root: etree._Element, name: str, held: Any, names: Names, problems: list[WireProblem], where: str
) -> None:
    if held is None or held == "":
        return
    if not isinstance(held, list):
        came = "JSON 数字" if isinstance(held, NumberText) else "对象" if isinstance(held, dict) else "文本"
        note(problems, "not_array", where, came, "数组")
        return
    container = etree.SubElement(root, name)
    for no, row in enumerate(held):
        if isinstance(row, dict):
            container.append(element_of(names.lists[name], row, names, problems, f"{where}/{no}"))
        else:
            note(problems, "not_object", f"{where}/{no}", "不是对象的值", "对象")


def value_of(element: etree._Element, names: Names, *, is_lower: bool) -> dict[str, Any]:
    """The object of one tree. Known names in lower case in what the court sends, in upper case in what registries answer."""
    out: dict[str, Any] = {}
    for child in element:
        tag = str(child.tag)
        known = tag.lower() if is_lower else tag
        if tag in names.lists:
            out[known] = [value_of(row, names, is_lower=is_lower) for row in child]
        elif tag in names.leaves:
            out.setdefault(known, child.text or "")
        elif len(child) or child.attrib:
            out.setdefault(tag, etree.tostring(child, encoding="unicode", with_tail=False))
        else:
            out.setdefault(_key(tag), kept_value(child.text or ""))
    return out


def note(problems: list[WireProblem], code: str, where: str, came: str, expected: str) -> None:
    """Note an error, up to the cap."""
    if len(problems) < MOST_PROBLEMS:
        problems.append(
            WireProblem(
                code=code, where=where[:200], came=came, expected=expected, mend="改正该字段后重新应答"
            )
        )


def _tag(key: str) -> str:
    """A name as an element may bear it; any other is written as the digits of its bytes."""
    if _NAME.fullmatch(key):
        return key
    return _WRAPPED + key.encode("utf-8", "replace").hex()


def _key(tag: str) -> str:
    if not tag.startswith(_WRAPPED):
        return tag
    try:
        return bytes.fromhex(tag.removeprefix(_WRAPPED)).decode("utf-8")
    except ValueError:
        return tag
