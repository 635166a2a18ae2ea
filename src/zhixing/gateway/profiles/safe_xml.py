"""XML from outside, read so that it can do no harm."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from zhixing.gateway.domain.problems import WireProblem

# libxml2 refuses single texts beyond this length unless told otherwise.
_LIBXML_TEXT_LIMIT = 10_000_000
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_PROLOG = re.compile(rb"^\s*<\?xml[^>]*\?>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much of a message is read at all.

    Attributes:
        max_bytes: largest message, in bytes as received. Above ten million the parser's guard against huge texts is
            lifted for messages that need it; document types stay refused, so nothing can be amplified.
    """

    max_bytes: int = 10_000_000


DEFAULT_LIMITS = Limits()


def parse_xml(
    content: bytes,
    *,
    limits: Limits = DEFAULT_LIMITS,
    where: str = "",
    inner_charset: str = "",
) -> etree._Element | WireProblem:
    """The root element, or what is wrong with the text.

    Comments and processing instructions are dropped. ``inner_charset`` is tried when the text is not in the charset it
    declares: the bank family declares UTF-8 over GBK.
    """
    if len(content) > limits.max_bytes:
        return _too_large(len(content), limits, where)
    content = content.strip().removeprefix(b"\xef\xbb\xbf")
    if not content:
        return WireProblem(
            code="empty",
            where=where,
            came="空内容",
            expected="XML 报文",
            mend="检查报文是否组装完整后重新发送",
        )
    if _DECLARATION.search(content):
        return _document_type(where)
    root = _try_parse(content, None)
    if isinstance(root, etree.XMLSyntaxError) and inner_charset:
        again = _try_parse(_PROLOG.sub(b"", content), inner_charset)
        root = root if isinstance(again, etree.XMLSyntaxError) else again
    if isinstance(root, etree.XMLSyntaxError):
        line, column = root.position
        return WireProblem(
            code="not_xml",
            where=where,
            came=f"无法解析的 XML（第 {line} 行第 {column} 列处出错）",
            expected="格式完整的 XML",
            mend="检查报文是否被截断、标签是否成对后重新发送",
        )
    # A text in UTF-16 hides its document type from the search above.
    if root.getroottree().docinfo.internalDTD is not None:
        return _document_type(where)
    return root


def parse_fragments(text: str) -> list[etree._Element]:
    """Elements of a text that was once taken out of a message. Raises ValueError when it is not such a text."""
    wrapped = parse_xml(f"<kept>{text}</kept>".encode(), limits=Limits(max_bytes=50_000_000))
    if isinstance(wrapped, WireProblem):
        raise ValueError(wrapped.sentence)  # noqa: TRY004 — the text is wrong, not its type
    return list(wrapped)


def serialize(root: etree._Element) -> bytes:
    """The bytes of a message, with the declaration these families expect."""
    return b'<?xml version="1.0" encoding="UTF-8"?>' + etree.tostring(root, encoding="UTF-8")


def local_name(element: etree._Element) -> str:
    """Tag without namespace; clients differ in namespaces, never in names."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _try_parse(content: bytes, encoding: str | None) -> etree._Element | etree.XMLSyntaxError:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=len(content) > _LIBXML_TEXT_LIMIT,
        remove_comments=True,
        remove_pis=True,
        encoding=encoding,
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        return error


def _too_large(size: int, limits: Limits, where: str) -> WireProblem:
    return WireProblem(
        code="too_large",
        where=where,
        came=f"{size} 字节的报文",
        expected=f"不超过 {limits.max_bytes} 字节",
        mend="分请求单号拆分后分次发送",
    )


def _document_type(where: str) -> WireProblem:
    return WireProblem(
        code="document_type",
        where=where,
        came="带有文档类型声明（DOCTYPE/ENTITY）的 XML",
        expected="不含文档类型声明和实体的 XML",
        mend="去掉文档类型声明后重新发送",
    )
