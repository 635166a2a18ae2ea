"""SOAP envelopes of both families: named string parameters in, one string out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from zhixing.gateway.domain.problems import WireProblem
from zhixing.gateway.profiles.safe_xml import DEFAULT_LIMITS, Limits, local_name, parse_xml, serialize

SOAP_11 = "http://schemas.xmlsoap.org/soap/envelope/"
SOAP_12 = "http://www.w3.org/2003/05/soap-envelope"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_XSD = "http://www.w3.org/2001/XMLSchema"


@dataclass(frozen=True, slots=True, kw_only=True)
class SoapMessage:
    """One operation call or answer: local name of the body's element and its texts by local name, in order."""

    name: str
    texts: Mapping[str, str]
    version: str = SOAP_11
    is_fault: bool = False


def read_envelope(content: bytes, *, limits: Limits = DEFAULT_LIMITS) -> SoapMessage | WireProblem:
    """The call or answer in an envelope of SOAP 1.1 or 1.2, or what is wrong with it."""
    root = parse_xml(content, limits=limits, where="SOAP")
    if isinstance(root, WireProblem):
        return root
    if local_name(root) != "Envelope":
        return _shape_problem(f"以 {local_name(root)[:40]} 为根的 XML")
    body = next((child for child in root if local_name(child) == "Body"), None)
    call = next(iter(body), None) if body is not None else None
    if call is None:
        return _shape_problem("没有 Body 或 Body 为空的信封")
    version = SOAP_12 if str(root.tag).startswith("{" + SOAP_12) else SOAP_11
    name = local_name(call)
    if name == "Fault":
        # faultstring in 1.1, Reason/Text in 1.2; everything else in a fault is of no use to us.
        texts = {"fault": " ".join(text.strip() for text in call.itertext() if text.strip())}
        return SoapMessage(name=name, texts=texts, version=version, is_fault=True)
    return SoapMessage(
        name=name, texts={local_name(child): child.text or "" for child in call}, version=version
    )


def write_envelope(
    name: str,
    texts: Mapping[str, str],
    *,
    namespace: str,
    version: str = SOAP_11,
    is_typed: bool = False,
) -> bytes:
    """An envelope. ``is_typed`` marks each text as xsd:string, as RPC-style clients expect."""
    root, body = _open(version)
    call = etree.SubElement(body, f"{{{namespace}}}{name}", nsmap={"ns": namespace})
    for parameter, text in texts.items():
        element = etree.SubElement(call, parameter)
        element.text = text
        if is_typed:
            element.set(f"{{{_XSI}}}type", "xsd:string")
    return serialize(root)


def write_fault(sentence: str, *, version: str = SOAP_11) -> bytes:
    """A fault that says in words why the call could not be understood at all."""
    root, body = _open(version)
    fault = etree.SubElement(body, f"{{{version}}}Fault")
    if version == SOAP_12:
        code = etree.SubElement(fault, f"{{{version}}}Code")
        etree.SubElement(code, f"{{{version}}}Value").text = "soap:Sender"
        reason = etree.SubElement(fault, f"{{{version}}}Reason")
        text = etree.SubElement(reason, f"{{{version}}}Text")
        text.set("{http://www.w3.org/XML/1998/namespace}lang", "zh")
        text.text = sentence
    else:
        etree.SubElement(fault, "faultcode").text = "soap:Client"
        etree.SubElement(fault, "faultstring").text = sentence
    return serialize(root)


def _open(version: str) -> tuple[etree._Element, etree._Element]:
    root = etree.Element(f"{{{version}}}Envelope", nsmap={"soap": version, "xsi": _XSI, "xsd": _XSD})
    return root, etree.SubElement(root, f"{{{version}}}Body")


def _shape_problem(came: str) -> WireProblem:
    return WireProblem(
        code="not_soap",
        where="SOAP",
        came=came,
        expected="SOAP 1.1 或 1.2 信封，Body 中是一个操作",
        mend="按服务的 WSDL 组装请求",
    )
