"""The real-estate registry's message format: element XML, UTF-8, Base64 as a whole, leaves optionally too."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator

from lxml import etree

from simworld.institutions.soap import local, parser
from simworld.institutions.wire_bank import BadMessageError

NAMESPACE = "http://ip.service.webService.ckw.tdh/"
RIGHT_LISTS = ("TDSYQ", "JSYDSYQ", "FDCQ", "HYSYQ", "GJZWSYQ", "LQ", "DYAQ", "YGDJ", "CFDJ")

# a leaf is text; a branch is a list of (tag, content) pairs, because tags repeat and their order matters
Content = str | list[tuple[str, "Content"]]


def b64(text: str) -> str:
    """UTF-8 text in Base64."""
    return base64.b64encode(text.encode("utf-8")).decode("ascii")


def encode(
    root: str, content: Content, *, leaf_base64: bool, attributes: dict[str, str] | None = None
) -> str:
    """A message as the string that goes into a SOAP parameter."""
    element = etree.Element(root, attributes or {})
    _fill(element, content, leaf_base64)
    return base64.b64encode(etree.tostring(element, encoding="UTF-8", xml_declaration=True)).decode("ascii")


def _fill(element: etree._Element, content: Content, leaf_base64: bool) -> None:
    if isinstance(content, str):
        element.text = b64(content) if leaf_base64 and content else content
        return
    for tag, inner in content:
        _fill(etree.SubElement(element, tag), inner, leaf_base64)


class Record:
    """One element read case-insensitively; leaves already decoded."""

    def __init__(self, element: etree._Element, *, leaf_base64: bool) -> None:
        self._element, self._leaf = element, leaf_base64

    def raw(self, tag: str) -> str:
        """Text of a direct child as it stood on the wire."""
        for child in self._element:
            if local(child).upper() == tag.upper():
                return (child.text or "").strip()
        return ""

    def __getitem__(self, tag: str) -> str:
        text = self.raw(tag)
        return _decoded(text) if self._leaf else text

    def all(self, tag: str) -> Iterator[Record]:
        """Every element with this tag below, in document order."""
        for element in self._element.iter():
            if element is not self._element and local(element).upper() == tag.upper():
                yield Record(element, leaf_base64=self._leaf)


class Received(Record):
    """A whole message. `leaf_base64` says how its leaves were written."""

    def __init__(self, text: str) -> None:
        data = text.strip() or "<Message/>"
        try:
            xml = data.encode() if data.startswith("<") else base64.b64decode(data)
            element = etree.fromstring(xml, parser())
        except (binascii.Error, etree.XMLSyntaxError, ValueError) as error:
            raise BadMessageError(f"报文共 {len(data)} 个字符，既不是 Base64 也不是 XML。") from error
        scope = next((e for e in element.iter() if local(e).upper() == "DATA"), element)
        leaves = [e.text.strip() for e in scope.iter() if local(e) and not len(e) and (e.text or "").strip()]
        self.leaf_base64 = bool(leaves) and all(_is_base64(leaf) for leaf in leaves)
        super().__init__(element, leaf_base64=self.leaf_base64)

    @property
    def error(self) -> str:
        """The error text at the root, empty when there is none."""
        for name, value in self._element.attrib.items():
            if etree.QName(name).localname.upper() in ("ERRORMSG", "ERRMSG"):
                return value.strip()
        return ""


def _is_base64(text: str) -> bool:
    try:
        base64.b64decode(text, validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        # binary contents (documents) are Base64 in either style
        return len(text) > 200
    return True


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return text


def user_marker(username: str, password: str) -> str:
    """Who is calling; each of the two values is Base64 of its own."""
    condition: Content = [("USERNAME", b64(username)), ("PASSWORD", b64(password))]
    return encode("USERMARKER", [("CONDITION", condition)], leaf_base64=False)


def request_marker(request_no: str, form: str = "xml") -> str:
    """Which request documents or certificates are asked for.

    The published tables only say that the parameter contains the number, so its form is a setting.
    """
    if form == "plain":
        return request_no
    if form == "base64":
        return b64(request_no)
    return encode("WSBHINFO", [("CONDITION", [("CXQQDH", b64(request_no))])], leaf_base64=False)


def message(data: Content, *, created: str, leaf_base64: bool) -> str:
    """A feedback: Message with Head and Data. `created` is yyyy/MM/dd HH:mm:ss."""
    head: Content = [
        ("CREATETIME", created),
        ("DIGITALSIGN", "SIMULATED"),
        ("RESPONSECODE", "0000"),
        ("RESPONSEINFO", "成功"),
    ]
    body: Content = [("Head", head), ("Data", data)]
    return encode("Message", body, leaf_base64=leaf_base64, attributes={"ErrorMSG": ""})


def acknowledgements(received: Received) -> Iterable[tuple[str, bool, str]]:
    """Each answer to a feedback: request number, accepted?, message."""
    for item in received.all("JG"):
        word = item.raw("RESULT").lower()
        if word not in ("success", "fail"):
            word = _decoded(item.raw("RESULT")).lower()
        yield item["CXQQDH"], word == "success", item["MSG"]
