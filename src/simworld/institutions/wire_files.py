"""The file mode of the bank format, read from the published tables: attribute XML in UTF-8, packed in ZIP files.

Names: kind (4), bank code (17), batch number (30), for control feedback the request number, `.zip`. Members: QA, QI, QC from
the court; QR, QRI, QNA from the bank; QNR in a receipt for feedback that could not be processed.
"""

from __future__ import annotations

import base64
import binascii
import io
import os
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from simworld.institutions.soap import local, parser
from simworld.institutions.wire_bank import BadMessageError, Node

PACKAGE = re.compile(r"(CXQQ|KZQQ|CXFK|KZFK|CXHZ|KZHZ)(.{17})(.{30})(.*)\.zip", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Package:
    """A package as it lies in the folder: kind, batch and members by prefix."""

    path: Path
    kind: str
    batch: str
    members: dict[str, Node]


def packages(folder: Path, code: str) -> list[Package]:
    """Every whole package for this bank; what cannot be opened is left for the next look."""
    found = []
    for path in sorted(folder.glob("*.zip")):
        match = PACKAGE.fullmatch(path.name)
        if match is None or match[2] != code or path.name.startswith("."):
            continue
        try:
            found.append(Package(path, match[1].upper(), match[3], _members(path, code)))
        except (OSError, zipfile.BadZipFile, BadMessageError):
            continue
    return found


def _members(path: Path, code: str) -> dict[str, Node]:
    with zipfile.ZipFile(path) as packed:
        return {name.partition(code)[0]: decode(packed.read(name)) for name in packed.namelist()}


def write_package(folder: Path, name: str, members: dict[str, str | bytes], *, cut: bool = False) -> None:
    """Put a package there under a temporary name first, so that the court never sees half of it; `cut` breaks it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for member, content in members.items():
            packed.writestr(member, content)
    content = out.getvalue()
    draft = folder / f".{name}.tmp"
    with draft.open("wb") as target:
        target.write(content[: len(content) // 2] if cut else content)
        target.flush()
        os.fsync(target.fileno())
    draft.replace(folder / name)


def encode(root: Node) -> str:
    """A message as XML text with plain values."""
    return etree.tostring(_element(root), encoding="unicode")


def _element(node: Node) -> etree._Element:
    element = etree.Element(node.name, dict(node.values))
    element.extend(_element(child) for child in node.children)
    return element


def decode(content: bytes) -> Node:
    """The message of one member.

    Raises: BadMessageError: no XML.
    """
    try:
        return _node(etree.fromstring(content, parser()))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadMessageError("成员文件不是 XML。") from error


def _node(element: etree._Element) -> Node:
    values = {etree.QName(name).localname.upper(): value for name, value in element.attrib.items()}
    children = [_node(child) for child in element if local(child)]
    return Node(local(element).lower(), values, children, raw=dict(values))


def content_of(node: Node, code: str) -> bytes:
    """Bytes of a document or picture, Base64 once; empty when there are none or they cannot be read."""
    try:
        return base64.b64decode("".join(node.values.get(code, "").split()), validate=True)
    except binascii.Error:
        return b""
