"""The number by which documents and certificates are asked for, in whichever form a client writes it."""

from __future__ import annotations

import re

from lxml import etree

from zhixing.gateway.domain.problems import WireProblem
from zhixing.gateway.profiles.context import Reading, Writing
from zhixing.gateway.profiles.layers import LayerFault, base64_bytes
from zhixing.gateway.profiles.safe_xml import Limits, local_name, parse_xml

_CODES = {"WSBH", "BDHM", "CXQQDH"}
# A number in clear. Tried first: most of these would pass as Base64 too, but never mean it.
_CLEAR = re.compile(r"[A-Za-z]{0,6}[0-9]{4,40}")
# What Base64 of a number looks like once decoded: printable, no blanks.
_NUMBER = re.compile(r"[0-9A-Za-z\u3400-\u9fff()（）〔〕\[\]\-_/.第号]{4,100}")


def read_key_text(
    text: str, where: str, reading: Reading, problems: list[WireProblem], limits: Limits
) -> str | None:
    """The number: in clear, as Base64 of its text, or as XML (again in clear or Base64) with WSBH or BDHM."""
    text = text.strip()
    if _CLEAR.fullmatch(text):
        return text
    content = text.encode() if text.startswith("<") else _decoded(text)
    if content is None:
        return text
    if content.lstrip().startswith(b"<"):
        root = parse_xml(content, limits=limits, where=where, inner_charset="gb18030")
        if isinstance(root, WireProblem):
            problems.append(root)
            return None
        key = _key_inside(root, reading)
        if not key:
            problems.append(_no_key(where))
        return key or None
    try:
        decoded = content.decode(reading.layer.charset)
    except UnicodeDecodeError:
        return text
    return decoded if _NUMBER.fullmatch(decoded) else text


def write_key_text(key: str, writing: Writing, problems: list[WireProblem]) -> str:
    """The number in clear, or as Base64, as the dialect's ``key_form`` says."""
    if writing.dialect.settings["key_form"] == "plain":
        return key
    raw = writing.raw(key, "key")
    problems.extend(writing.problems)
    return raw


def _decoded(text: str) -> bytes | None:
    try:
        return base64_bytes(text)
    except LayerFault:
        return None


def _key_inside(root: etree._Element, reading: Reading) -> str:
    for element in root.iter():
        for name, raw in element.attrib.items():
            if name.upper() in _CODES:
                return _lenient(raw, reading)
        if local_name(element).upper() in _CODES and element.text:
            return _lenient(element.text, reading)
    return ""


def _lenient(raw: str, reading: Reading) -> str:
    raw = raw.strip()
    if _CLEAR.fullmatch(raw):
        return raw
    try:
        return reading.layer.text(raw).strip()
    except LayerFault:
        return raw


def _no_key(where: str) -> WireProblem:
    return WireProblem(
        code="missing_key",
        where=where,
        came="不含 WSBH、CXQQDH 或 BDHM 的 XML",
        expected="文书编号或请求单号",
        mend="填写文书编号或请求单号后重新发送",
    )
