"""Text of a Word document: headers, paragraphs, tables and text boxes in reading order, then footers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from zhixing.cases.domain.extraction.paper_problems import problem
from zhixing.kernel.errors import Problem

UNPACKED_LIMIT = 200 * 1024 * 1024  # a small file that unpacks to more is a trap, not a paper
BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
NOT_TEXT = {qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent"), FALLBACK, qn("w:instrText")}


def read(content: bytes, filename: str) -> str | tuple[Problem, ...]:
    """The text of the document, or why it is none."""
    refused = _refused(content, filename)
    if refused:
        return (refused,)
    try:
        document = docx.Document(io.BytesIO(content))
        return "\n".join(_lines(document))
    except (
        PackageNotFoundError,
        KeyError,
        ValueError,
        etree.XMLSyntaxError,
        zipfile.BadZipFile,
        AttributeError,
    ):
        return (_broken(filename),)


def _broken(filename: str) -> Problem:
    sentence = f"文件“{filename}”已损坏，不能作为 docx 打开，"
    return problem("unreadable", sentence, "请用 Word 或 WPS 打开并另存后重新上传。")


def _refused(content: bytes, filename: str) -> Problem | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
            size = sum(entry.file_size for entry in package.infolist())
            locked = any(entry.flag_bits & 1 for entry in package.infolist())
    except zipfile.BadZipFile:
        return _broken(filename)
    if locked:
        sentence = f"文件“{filename}”是加密的压缩包，应为不加密的 txt、docx 或 PDF，"
        return problem("encrypted", sentence, "请解密后单独上传其中的文书。")
    if size > UNPACKED_LIMIT:
        return problem("too_large", f"文件“{filename}”解开后超过 200 MB，", "请去掉其中的图片后重新上传。")
    if "word/document.xml" not in names:
        sentence = f"文件“{filename}”是压缩包或其他 Office 文件，应为 txt、docx 或带文字的 PDF，"
        return problem("unsupported", sentence, "请转换格式或解压后重新上传。")
    return None


def _lines(document: Document) -> Iterator[str]:
    seen: set[int] = set()
    parts = [part for section in document.sections for part in (section.header, section.first_page_header)]
    for header in parts:
        if not header.is_linked_to_previous and id(header._element) not in seen:  # noqa: SLF001 - no public way to the element
            seen.add(id(header._element))  # noqa: SLF001
            yield from _blocks(header._element)  # noqa: SLF001
    yield from _blocks(document._element.body)  # noqa: SLF001
    for section in document.sections:
        if not section.footer.is_linked_to_previous:
            yield from (line for line in _blocks(section.footer._element) if len(line.strip()) > 6)  # noqa: SLF001


def _blocks(container: etree._Element) -> Iterator[str]:
    for child in container:
        if child.tag == qn("w:p"):
            yield _paragraph(child)
            for box in child.iter(qn("w:txbxContent")):
                if not any(above.tag == FALLBACK for above in box.iterancestors()):
                    yield from _blocks(box)
        elif child.tag == qn("w:tbl"):
            yield from _rows(child)
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:smartTag")):
            yield from _blocks(child)


def _rows(table: etree._Element) -> Iterator[str]:
    """One line for each row; a table inside a cell follows its row."""
    for row in table.iter(qn("w:tr")):
        if next(row.iterancestors(qn("w:tbl")), None) is not table:
            continue
        cells = [cell for cell in row.iter(qn("w:tc")) if next(cell.iterancestors(qn("w:tr")), None) is row]
        texts = []
        for cell in cells:
            paragraphs = [
                _paragraph(p).replace("\n", " ").replace("\t", " ").strip() for p in cell.findall(qn("w:p"))
            ]
            texts.append(" ".join(text for text in paragraphs if text))
        yield "\t".join(texts)
        for cell in cells:
            for inner in cell.findall(qn("w:tbl")):
                yield from _rows(inner)


def _paragraph(paragraph: etree._Element) -> str:
    """Text as it is seen: inserted text counts, deleted text does not."""
    pieces: list[str] = []
    _collect(paragraph, pieces)
    return "".join(pieces)


def _collect(element: etree._Element, pieces: list[str]) -> None:
    for child in element:
        tag = str(child.tag)
        if tag in NOT_TEXT or tag == qn("w:pPr"):
            continue
        if tag == qn("w:t"):
            pieces.append(child.text or "")
        elif tag in BREAKS:
            pieces.append(BREAKS[tag])
        else:
            _collect(child, pieces)
