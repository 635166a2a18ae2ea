"""Rows to canonical objects and back, by the field tables, in either style."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import lru_cache
from typing import Any

from lxml import etree

from zhixing.gateway.domain.problems import WireProblem
from zhixing.gateway.profiles.context import Reading, Writing
from zhixing.gateway.profiles.fields import TEXT, Child, Field, Record
from zhixing.gateway.profiles.layers import LayerFault
from zhixing.gateway.profiles.safe_xml import local_name, parse_fragments

ESCAPE_MARK = "ZXZY"
"""Extra value that names the escaped values of a row, separated by commas (知行转义)."""

_Read = Callable[..., object]
_NOTHING: dict[str, str] = {}
_NOBODY: frozenset[str] = frozenset()


class Plan:
    """A record table, worked out for speed."""

    def __init__(self, record: Record) -> None:
        self.codes: dict[str, tuple[Field, str, str, _Read, bool]] = {}
        for item in record.fields:
            part, _, attribute = item.path.rpartition(".")
            self.codes[item.code] = (item, part, attribute, item.converter.read, item.converter is TEXT)
        self.folded = {code.upper(): row for code, row in self.codes.items()}
        self.children = {child.container.upper(): child for child in record.children if child.container}
        self.inline = {child.record.name.upper(): child for child in record.children if not child.container}
        self.containers = frozenset(self.children) | frozenset(self.inline)
        self.parts = sorted(record.parts.items(), key=lambda pair: -pair[0].count("."))
        self.required = tuple(item for item in record.fields if item.need)
        self.keeps_unknown = any(item.name == "ext" for item in fields(record.cls))


@lru_cache(maxsize=512)
def plan_of(record: Record) -> Plan:
    """The worked-out form of a table."""
    return Plan(record)


def read_record(record: Record, element: etree._Element, reading: Reading) -> Any:
    """The canonical object of one row. Problems are collected; the object is complete as far as it could be read."""
    plan = plan_of(record)
    held: dict[str, dict[str, Any]] = {"": {}}
    ext: dict[str, str] = {}
    outer = reading.escaped
    reading.escaped = _escaped_codes(element, reading)
    # The inner loop of large messages: a value seen before in this message costs one look-up.
    codes, clean = plan.codes, _NOTHING if reading.escaped else reading.clean
    for code, raw in reading.style.cells(element, plan.containers):
        row = codes.get(code) or plan.folded.get(code.upper())
        if row is None:
            _keep_unknown(ext, code, raw, reading)
            continue
        if not raw:
            continue
        _, part, attribute, read, is_text = row
        group = held.get(part)
        if group is None:
            group = held[part] = {}
        elif attribute in group:
            _keep_unknown(ext, code, raw, reading)
            continue
        value = clean.get(raw) if is_text else None
        group[attribute] = read(raw, element, code, reading) if value is None else value
    reading.escaped = outer
    for name, raw in reading.style.attributes(element):
        ext[f"@{name}"] = raw
    if len(element):
        for part_element in reading.style.parts(element, plan.containers):
            _read_part(plan, part_element, held, ext, reading)
    _check_required(plan, held, element, reading)
    return _build(record, plan, held, ext)


def _escaped_codes(element: etree._Element, reading: Reading) -> frozenset[str]:
    marked = element.get(ESCAPE_MARK)
    if marked is None:
        return _NOBODY
    named = reading.text(marked, element, ESCAPE_MARK)
    return frozenset(code for code in named.split(",") if code)


def _keep_unknown(ext: dict[str, str], code: str, raw: str, reading: Reading) -> None:
    if code == ESCAPE_MARK:
        return
    try:
        text = reading.resolved(reading.layer.text(raw), code)
    except LayerFault:
        # Nobody told us how this value is wrapped: keep it as it stands.
        ext[f"@{code}"] = raw
        return
    name, count = code, 2
    while name in ext:
        name = f"{code}#{count}"
        count += 1
    ext[name] = text


def _keep_fragment(ext: dict[str, str], container: str, element: etree._Element) -> None:
    key = f"<{container}>"
    ext[key] = ext.get(key, "") + etree.tostring(element, encoding="unicode", with_tail=False)


def _read_part(
    plan: Plan,
    element: etree._Element,
    held: dict[str, dict[str, Any]],
    ext: dict[str, str],
    reading: Reading,
) -> None:
    name = local_name(element).upper()
    if child := plan.inline.get(name):
        rows: list[Any] = [read_record(child.record, element, reading)]
    elif child := plan.children.get(name):
        rows = _read_container(child, element, ext, reading)
    else:
        _keep_fragment(ext, "", element)
        return
    part, _, attribute = child.path.rpartition(".")
    held.setdefault(part, {}).setdefault(attribute, []).extend(rows)


def _read_container(
    child: Child, container: etree._Element, ext: dict[str, str], reading: Reading
) -> list[Any]:
    for name, raw in container.attrib.items():
        ext[f"{child.container}@{name}"] = raw
    wanted, plan = child.record.name.upper(), plan_of(child.record)
    rows = []
    for element in container:
        if local_name(element).upper() == wanted or _looks_like(plan, element, reading):
            rows.append(read_record(child.record, element, reading))
        else:
            _keep_fragment(ext, child.container, element)
    return rows


def _looks_like(plan: Plan, element: etree._Element, reading: Reading) -> bool:
    """Whether an element of another name holds our fields: lists are known by name better than their rows."""
    return any(code.upper() in plan.folded for code, _ in reading.style.cells(element, plan.containers))


def _check_required(
    plan: Plan, held: dict[str, dict[str, Any]], element: etree._Element, reading: Reading
) -> None:
    for item in plan.required:
        _, part, attribute, _, _ = plan.codes[item.code]
        if held.get(part, {}).get(attribute):
            continue
        reading.add(_missing_field(item, reading.place(element, item.code)))


def _missing_field(item: Field, where: str) -> WireProblem:
    return WireProblem(
        code="missing_field",
        where=where,
        came="空值",
        expected=f"必填项 {item.code}",
        mend=f"补填 {item.code} 后重新发送",
        level="error" if item.need == "must" else "warning",
    )


def _build(record: Record, plan: Plan, held: dict[str, dict[str, Any]], ext: dict[str, str]) -> Any:
    for child in record.children:
        part, _, attribute = child.path.rpartition(".")
        rows = held.get(part, {}).get(attribute)
        if rows is not None:
            held[part][attribute] = tuple(rows)
    for path, value in record.fixed.items():
        part, _, attribute = path.rpartition(".")
        held.setdefault(part, {})[attribute] = value
    for path, (cls, is_optional) in plan.parts:
        values = held.pop(path, None)
        if not values and is_optional:
            continue
        part, _, attribute = path.rpartition(".")
        if attribute.isdigit():
            # The only row of a repeated part, such as the one officer a header names.
            part, _, attribute = part.rpartition(".")
            held.setdefault(part, {})[attribute] = (cls(**values or {}),)
        else:
            held.setdefault(part, {})[attribute] = cls(**values or {})
    if plan.keeps_unknown and ext:
        held[""]["ext"] = ext
    return record.cls(**held[""])


def write_record(record: Record, obj: Any, parent: etree._Element | None, writing: Writing) -> etree._Element:
    """The row of one canonical object, appended to ``parent``."""
    element = etree.Element(record.name) if parent is None else etree.SubElement(parent, record.name)
    outer, writing.escaped = writing.escaped, []
    for item in record.fields:
        _write_field(item, value_at(obj, item.path), element, writing)
    ext: dict[str, str] = getattr(obj, "ext", None) or {}
    write_unknown(ext, element, writing)
    if writing.escaped:
        writing.style.put(element, ESCAPE_MARK, writing.layer.raw(",".join(writing.escaped)))
    writing.escaped = outer
    for child in record.children:
        rows = value_at(obj, child.path) or ()
        if child.accepts is not None:
            rows = [row for row in rows if child.accepts(row)]
        if not rows and not child.always:
            continue
        container = etree.SubElement(element, child.container) if child.container else element
        for row in rows:
            write_record(child.record, row, container, writing)
    write_kept_parts(ext, element, writing)
    return element


def _write_field(item: Field, value: Any, element: etree._Element, writing: Writing) -> None:
    is_empty = value is None or value == item.converter.empty
    if item.feature and item.feature not in writing.dialect.features:
        if not is_empty:
            writing.add(
                WireProblem(
                    code="not_in_dialect",
                    where=item.code,
                    came="有值的字段",
                    expected=f"版本“{writing.dialect.name}”所支持的字段",
                    mend="确认该协助单位的接口版本；该字段本次未写出",
                    level="warning",
                )
            )
        return
    if is_empty and item.need == "must":
        writing.add(_missing_field(item, item.code))
    writing.style.put(element, item.code, "" if is_empty else item.converter.write(value, item.code, writing))


def value_at(obj: Any, path: str) -> Any:
    """The attribute at a dotted path; None where a part on the way is missing."""
    for name in path.split("."):
        if obj is None:
            return None
        if name.isdigit():
            obj = obj[int(name)] if len(obj) > int(name) else None
        else:
            obj = getattr(obj, name, None)
    return obj


def write_unknown(ext: dict[str, str], element: etree._Element, writing: Writing) -> None:
    """Write back values no table knows, under the names they came by."""
    for name, text in ext.items():
        if "<" in name or "@" in name:
            continue
        try:
            writing.style.put(element, name.partition("#")[0], writing.raw(text, name))
        except ValueError:
            writing.add(_bad_kept(name))


def write_kept_parts(ext: dict[str, str], element: etree._Element, writing: Writing) -> None:
    """Write back elements no table knows: ``<container>`` holds fragments, ``container@name`` an attribute."""
    for name, text in ext.items():
        try:
            if name.startswith("<"):
                _container(element, name[1:-1]).extend(parse_fragments(text))
            elif "@" in name:
                container, _, attribute = name.partition("@")
                _container(element, container).set(attribute, text)
        except ValueError:
            writing.add(_bad_kept(name))


def _container(element: etree._Element, name: str) -> etree._Element:
    if not name:
        return element
    found = element.find(name)
    return etree.SubElement(element, name) if found is None else found


def _bad_kept(name: str) -> WireProblem:
    return WireProblem(
        code="bad_kept_field",
        came=f"不能作为字段名的“{name[:40]}”",
        expected="合法的字段名",
        mend="检查扩展字段的名称",
    )
