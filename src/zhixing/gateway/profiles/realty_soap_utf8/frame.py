"""The frame of registry messages: Message with ErrorMSG, Head and Data; leaf values in clear or Base64."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from lxml import etree

from zhixing.gateway.domain.canonical import Envelope
from zhixing.gateway.domain.problems import WireProblem
from zhixing.gateway.profiles.context import Dialect, Reading, Writing
from zhixing.gateway.profiles.layers import Layer, LayerFault, base64_text
from zhixing.gateway.profiles.realty_soap_utf8.dialect import LEAF_BASE64
from zhixing.gateway.profiles.realty_soap_utf8.request_tables import HEAD
from zhixing.gateway.profiles.records import read_record, write_record
from zhixing.gateway.profiles.safe_xml import local_name, parse_fragments, serialize
from zhixing.gateway.profiles.styles import ELEMENTS

_CLEAR = Layer(charset="utf-8", is_base64=False)
_WRAPPED = Layer(charset="utf-8", is_base64=True)
# Base64 in either mode, so they say nothing about the mode.
_PAPERS = {"WSNR", "GZZ", "GWZ"}
_OUTER = "Message/"
"""Prefix of unknown parts of the frame, kept with the envelope."""


@dataclass(slots=True, kw_only=True)
class Frame:
    """A message taken apart."""

    body: etree._Element
    envelope: Envelope = field(default_factory=Envelope)
    error_message: str = ""


def layer_of(part: etree._Element) -> Layer:
    """Whether the leaf values of a part are Base64: only if every one of them could be.

    No message in clear passes by chance: request numbers, dates and Chinese texts are not Base64 of UTF-8.
    """
    voted = False
    for leaf in part.iter():
        text = (leaf.text or "").strip()
        if len(leaf) or not text or local_name(leaf).upper() in _PAPERS:
            continue
        try:
            _WRAPPED.text(text)
        except LayerFault:
            return _CLEAR
        voted = True
    return _WRAPPED if voted else _CLEAR


def reading_of(part: etree._Element, dialect: Dialect) -> Reading:
    """State for reading one part, in the layer it was written in."""
    return Reading(layer=layer_of(part), dialect=dialect, style=ELEMENTS)


def writing_for(dialect: Dialect) -> Writing:
    """State for writing a message."""
    layer = _WRAPPED if LEAF_BASE64 in dialect.features else _CLEAR
    return Writing(layer=layer, dialect=dialect, style=ELEMENTS, date_separator="/", can_escape=False)


def open_frame(root: etree._Element, dialect: Dialect, problems: list[WireProblem]) -> Frame | None:
    """The parts of a message; a missing Head is allowed, a missing Data is not (unless ErrorMSG says why)."""
    if local_name(root).lower() != "message":
        problems.append(unknown_root(local_name(root), "Message"))
        return None
    outer = {f"{_OUTER}@{name}": text for name, text in root.attrib.items() if name.lower() != "errormsg"}
    error_message = next((text for name, text in root.attrib.items() if name.lower() == "errormsg"), "")
    body, envelope = None, Envelope()
    for part in root:
        name = local_name(part).lower()
        if name == "data" and body is None:
            body = part
        elif name == "head":
            reading = reading_of(part, dialect)
            envelope = read_record(HEAD, part, reading)
            problems.extend(reading.problems)
        else:
            kept = etree.tostring(part, encoding="unicode", with_tail=False)
            outer[f"{_OUTER}<>"] = outer.get(f"{_OUTER}<>", "") + kept
    if body is None:
        if not error_message:
            problems.append(unknown_root("没有 Data 的 Message", "含 Head 与 Data 的 Message"))
            return None
        body = etree.SubElement(root, "Data")
    envelope = replace(envelope, ext={**envelope.ext, **outer})
    return Frame(body=body, envelope=envelope, error_message=error_message)


def close_frame(body: etree._Element, envelope: Envelope, error_message: str, writing: Writing) -> str:
    """The wire text of a message around its Data."""
    root = etree.Element("Message")
    root.set("ErrorMSG", error_message)
    inner = {name: text for name, text in envelope.ext.items() if not name.startswith(_OUTER)}
    head = replace(
        envelope,
        signature=envelope.signature or writing.dialect.settings["digital_sign"],
        response_code=envelope.response_code or ("2040" if error_message else "0000"),
        ext=inner,
    )
    write_record(HEAD, head, root, writing)
    root.append(body)
    for name, text in envelope.ext.items():
        try:
            if name == f"{_OUTER}<>":
                root.extend(parse_fragments(text))
            elif name.startswith(f"{_OUTER}@"):
                root.set(name.removeprefix(f"{_OUTER}@"), text)
        except ValueError:
            writing.add(unknown_root(name[:40], "合法的扩展字段"))
    return wrap(root)


def wrap(root: etree._Element) -> str:
    """Base64 of the whole text."""
    return base64_text(serialize(root))


def unknown_root(name: str, expected: str) -> WireProblem:
    """A message that is not what the operation takes."""
    return WireProblem(
        code="unknown_root",
        where="feedbackinfo",
        came=f"根元素 {name[:40]}",
        expected=expected,
        mend="检查报文的元素名称",
    )
