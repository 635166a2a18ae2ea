"""What a reader sees in a PDF: text, page sizes, fonts."""

from __future__ import annotations

import io

import pypdfium2
from pyhanko.pdf_utils.reader import PdfFileReader


def pages_text(pdf: bytes) -> list[str]:
    """Text layer of each page without white space, in reading order."""
    document = pypdfium2.PdfDocument(pdf)
    return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]


def text_of(pdf: bytes) -> str:
    """Text layer of all pages without white space."""
    return "".join(pages_text(pdf))


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page in points."""
    return [page.get_size() for page in pypdfium2.PdfDocument(pdf)]


def fonts_embedded(pdf: bytes) -> dict[str, bool]:
    """Name of each font on the pages → is its program inside the file?"""
    reader = PdfFileReader(io.BytesIO(pdf))
    found: dict[str, bool] = {}
    for index in range(int(reader.root["/Pages"]["/Count"])):
        page = reader.find_page_for_modification(index)[0].get_object()
        for font in page["/Resources"].get("/Font", {}).values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = inner["/FontDescriptor"]
            found[str(inner["/BaseFont"])] = any(f"/FontFile{n}" in descriptor for n in ("", "2", "3"))
    return found
