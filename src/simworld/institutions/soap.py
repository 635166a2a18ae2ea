"""A small SOAP 1.1 caller: named string parameters in, one string out."""

from __future__ import annotations

import time
from collections.abc import Iterator
from xml.sax.saxutils import escape

import httpx
from lxml import etree

_SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
_SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": True}


class CourtUnreachableError(Exception):
    """法院前置系统暂时连不上或未正常应答；稍后会自动重试。"""


class CourtFaultError(Exception):
    """法院前置系统以错误信息拒绝了本次调用。`reason` 为其原话。"""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def parser() -> etree.XMLParser:
    """An XML parser that fetches and expands nothing: what arrives is not trusted."""
    return etree.XMLParser(**_SAFE)


def local(element: etree._Element) -> str:
    """Tag name without namespace; empty for comments and instructions."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


class SoapCaller:
    """Calls one service. Not thread-safe: each institution has its own."""

    def __init__(self, url: str, namespace: str, timeout_seconds: float = 30.0) -> None:
        self.url, self.namespace = url, namespace
        self._client = httpx.Client(timeout=timeout_seconds, trust_env=False)

    def call(self, operation: str, parameters: dict[str, str], *, drip_seconds: float = 0.0) -> str:
        """Call `operation` with the parameters in the given order; `drip_seconds` spreads the bytes over this time.

        Raises: CourtUnreachableError: no connection, a time-out, or an answer that is no SOAP.
            CourtFaultError: a SOAP fault.
        """
        inner = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in parameters.items())
        body = (
            '<?xml version="1.0" encoding="UTF-8"?>'
            f'<soapenv:Envelope xmlns:soapenv="{_SOAP}" xmlns:q="{self.namespace}"><soapenv:Header/>'
            f"<soapenv:Body><q:{operation}>{inner}</q:{operation}></soapenv:Body></soapenv:Envelope>"
        )
        headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": '""'}
        content = body.encode("utf-8")
        if drip_seconds:
            headers["Content-Length"] = str(len(content))
        try:
            sent = dripping(content, drip_seconds) if drip_seconds else content
            answer = self._client.post(self.url, content=sent, headers=headers)
        except httpx.HTTPError as error:
            raise CourtUnreachableError(type(error).__name__) from error
        return self._read(answer)

    def _read(self, answer: httpx.Response) -> str:
        try:
            root = etree.fromstring(answer.content, parser())
        except (etree.XMLSyntaxError, ValueError) as error:
            raise CourtUnreachableError(f"HTTP {answer.status_code}, no SOAP") from error
        body = next((e for e in root.iter() if local(e) == "Body"), None)
        if body is None or not len(body):
            raise CourtUnreachableError(f"HTTP {answer.status_code}, SOAP without body")
        if local(body[0]) == "Fault":
            raise CourtFaultError(" ".join("".join(body[0].itertext()).split()))
        if answer.status_code >= 500:
            raise CourtUnreachableError(f"HTTP {answer.status_code}")
        leaf = next((e for e in body[0].iter() if e is not body[0] and local(e)), None)
        return (leaf.text or "") if leaf is not None else (body[0].text or "")

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()


def dripping(content: bytes, seconds: float, pieces: int = 50) -> Iterator[bytes]:
    """The bytes in small pieces with pauses between them."""
    size = max(1, len(content) // pieces)
    for start in range(0, len(content), size):
        yield content[start : start + size]
        time.sleep(seconds / pieces)
