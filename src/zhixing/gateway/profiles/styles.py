"""The two ways these families lay a row out in XML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from zhixing.gateway.profiles.context import Reading
from zhixing.gateway.profiles.layers import LayerFault
from zhixing.gateway.profiles.safe_xml import local_name

DIGEST = "MD5"


class AttributeStyle:
    """Values are attributes of the row; child elements are lists."""

    def cells(self, element: etree._Element, containers: frozenset[str]) -> Iterable[tuple[str, str]]:
        """All attributes, in order."""
        return element.items()

    def attributes(self, element: etree._Element) -> Iterable[tuple[str, str]]:
        """None: every attribute is a value here."""
        return ()

    def parts(self, element: etree._Element, containers: frozenset[str]) -> Iterable[etree._Element]:
        """All child elements."""
        return element

    def put(self, element: etree._Element, code: str, raw: str) -> None:
        """Set the attribute. Raises ValueError for a name XML does not allow."""
        element.set(code, raw)

    def digest(self, element: etree._Element, reading: Reading) -> str:
        """The MD5 attribute, "" when missing or unreadable."""
        return _plain(element.get(DIGEST) or "", reading)


class ElementStyle:
    """Values are leaf elements of the row; elements with children, and the known lists, are parts."""

    def cells(self, element: etree._Element, containers: frozenset[str]) -> Iterator[tuple[str, str]]:
        """Leaf elements in order. A text of nothing but blanks counts as empty: it is layout."""
        for child in element:
            if not len(child) and local_name(child).upper() not in containers and not child.attrib:
                text = child.text or ""
                yield local_name(child), text if text.strip() else ""

    def attributes(self, element: etree._Element) -> Iterator[tuple[str, str]]:
        """All attributes."""
        yield from element.attrib.items()

    def parts(self, element: etree._Element, containers: frozenset[str]) -> Iterator[etree._Element]:
        """Child elements that are no leaves."""
        for child in element:
            if len(child) or child.attrib or local_name(child).upper() in containers:
                yield child

    def put(self, element: etree._Element, code: str, raw: str) -> None:
        """Append the leaf element. Raises ValueError for a name XML does not allow."""
        etree.SubElement(element, code).text = raw

    def digest(self, element: etree._Element, reading: Reading) -> str:
        """The MD5 leaf, "" when missing or unreadable."""
        return _plain(element.findtext(DIGEST) or "", reading)


def _plain(raw: str, reading: Reading) -> str:
    try:
        return reading.layer.text(raw)
    except LayerFault:
        return ""


ATTRIBUTES = AttributeStyle()
ELEMENTS = ElementStyle()
