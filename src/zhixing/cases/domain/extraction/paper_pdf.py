"""Text layer of a PDF."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import pypdfium2 as pdfium

from zhixing.cases.domain.extraction.paper_problems import problem
from zhixing.kernel.errors import Problem

LOCK = threading.Lock()  # PDFium is not safe to call from several threads
LIMIT_PAGES = 500
FEW_CHARACTERS = 4  # a page number or a scanner's mark is no text layer


@dataclass(frozen=True, slots=True)
class Layer:
    """Text of all pages, their number, and the pages (from 1) without text."""

    text: str
    pages: int
    blank: tuple[int, ...]


def read(content: bytes, filename: str) -> Layer | tuple[Problem, ...]:
    """The text layer, or why there is none."""
    with LOCK:
        try:
            document = pdfium.PdfDocument(content)
        except pdfium.PdfiumError as error:
            return (_unopened(error, filename),)
        try:
            return _layer(document, filename)
        except pdfium.PdfiumError as error:
            return (_unopened(error, filename),)
        finally:
            document.close()


def _unopened(error: pdfium.PdfiumError, filename: str) -> Problem:
    if "password" in str(error).lower():
        sentence = f"文件“{filename}”设有打开密码，应为不加密的 PDF，"
        return problem("encrypted", sentence, "请取消密码后重新上传。")
    return problem("unreadable", f"文件“{filename}”已损坏，不能作为 PDF 打开，", "请重新导出后上传。")


def _layer(document: pdfium.PdfDocument, filename: str) -> Layer | tuple[Problem, ...]:
    count = len(document)
    if count > LIMIT_PAGES:
        sentence = f"文件“{filename}”共 {count} 页，超过上限 {LIMIT_PAGES} 页，"
        return (problem("too_large", sentence, "请按文书拆分后分别上传。"),)
    pages = [_page(document, index) for index in range(count)]
    blank = tuple(number for number, text in enumerate(pages, 1) if len(text.strip()) < FEW_CHARACTERS)
    if len(blank) == count:
        sentence = f"文件“{filename}”是扫描件，{count} 页都没有文字层，应为可以选中文字的 PDF，"
        return (problem("scanned", sentence, "请先作文字识别（OCR）再上传，或手工录入线索。"),)
    return Layer("\n".join(text.strip("\n") for text in pages), count, blank)


def _page(document: pdfium.PdfDocument, index: int) -> str:
    page = document[index]
    try:
        layer = page.get_textpage()
        try:
            return layer.get_text_bounded().replace("\r\n", "\n").replace("\r", "\n")
        finally:
            layer.close()
    finally:
        page.close()
