"""The bank message format of the WebService mode, read from the published field tables.

Attribute XML. Every attribute value is GBK bytes in Base64, then the whole XML text is Base64 again. The bytes of a
document are Base64 already before they become an attribute value, so they are wrapped twice inside the message.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from simworld.institutions.soap import local, parser

NAMESPACE = "http://syyh.service.webService.ckw.tdh/"
NO_ACCOUNT = "查无开户信息"
REFUSED = "业务审核未通过"


class BadMessageError(Exception):
    """收到的报文不是约定的格式。"""


@dataclass(slots=True)
class Node:
    """One element: lower-case name, decoded attributes under upper-case codes, children in order."""

    name: str
    values: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    # text as it stood on the wire, for fields whose encoding varies between servers
    raw: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, code: str) -> str:
        """The value of a code, empty when it was not sent."""
        return self.values.get(code.upper(), "").strip()

    def all(self, name: str) -> list[Node]:
        """Every element below with this name, at any depth, in document order."""
        found: list[Node] = []
        for child in self.children:
            if child.name == name.lower():
                found.append(child)
            found.extend(child.all(name))
        return found


def encode_value(text: str) -> str:
    """One attribute value: GBK, Base64. Characters outside GBK become numeric references, so none is lost."""
    return base64.b64encode(text.encode("gbk", "xmlcharrefreplace")).decode("ascii")


def decode_value(text: str) -> str:
    """Reverse of `encode_value`; a value that is no Base64 of GBK is taken as it stands."""
    try:
        return base64.b64decode("".join(text.split()), validate=True).decode("gbk")
    except (binascii.Error, UnicodeDecodeError):
        return text


def encode_message(root: Node) -> str:
    """A whole message as the string that goes into a SOAP parameter."""
    xml = etree.tostring(_element(root), encoding="UTF-8", xml_declaration=True)
    return base64.b64encode(xml).decode("ascii")


def _element(node: Node) -> etree._Element:
    element = etree.Element(node.name, {code: encode_value(v) for code, v in node.values.items()})
    element.extend(_element(child) for child in node.children)
    return element


def decode_message(text: str) -> Node:
    """The message inside a SOAP return value; unwrapped XML is accepted too.

    Raises: BadMessageError: no Base64 and no XML.
    """
    data = text.strip()
    if not data:
        return Node("empty")
    try:
        xml = data.encode() if data.startswith("<") else base64.b64decode(data)
        return _node(etree.fromstring(xml, parser()))
    except (binascii.Error, etree.XMLSyntaxError, ValueError) as error:
        raise BadMessageError(f"报文共 {len(data)} 个字符，既不是 Base64 也不是 XML。") from error


def _node(element: etree._Element) -> Node:
    node = Node(local(element).lower())
    for name, value in element.attrib.items():
        code = etree.QName(name).localname.upper()
        node.raw[code] = value
        node.values[code] = decode_value(value)
    node.children = [_node(child) for child in element if local(child)]
    return node


def user_marker(username: str, password: str) -> str:
    """First argument of every call: who is calling."""
    condition = Node("condition", {"username": username, "password": password})
    return encode_message(Node("usermarker", {}, [condition]))


def error_of(root: Node) -> str:
    """The error text a list or acknowledgement carries at its root, empty when there is none."""
    return root["errorMsg"] or root["errMsg"]


def content_of(node: Node, code: str, md5: str = "") -> bytes:
    """Binary content of an attribute, whether it was wrapped once or twice.

    The MD5 decides when it is there; otherwise the deepest layer that is still Base64.
    """
    layer = node.raw.get(code, "").encode()
    layers: list[bytes] = []
    for _ in range(3):
        try:
            layer = base64.b64decode(b"".join(layer.split()), validate=True)
        except binascii.Error:
            break
        layers.append(layer)
        if not layer:
            break
    if md5:
        for candidate in layers:
            if md5_of(candidate) == md5.lower():
                return candidate
    return layers[-1] if layers else b""


def md5_of(content: bytes) -> str:
    """Lower-case hexadecimal MD5, the format's integrity mark."""
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def content_value(content: bytes) -> str:
    """Binary content before it becomes an attribute value: the inner one of the two Base64 layers."""
    return base64.b64encode(content).decode("ascii")


def acknowledgements(root: Node) -> Iterable[tuple[str, bool, str]]:
    """Each answer to a feedback: request number, accepted?, message."""
    for item in root.all("jg"):
        # "fail" happens to be valid Base64, so the raw text is looked at first
        raw = item.raw.get("RESULT", "").strip().lower()
        word = raw if raw in ("success", "fail") else item["result"].lower()
        yield item["bdhm"], word == "success", item["msg"]
