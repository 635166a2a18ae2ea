"""Files made at test time: Word and PDF variants of a text, encrypted and scanned ones."""

from __future__ import annotations

import io

import docx
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

LINE_WIDTH = 72  # half-width columns on a line of the PDF
LINES_PER_PAGE = 40


def as_docx(text: str, *, header: str = "") -> bytes:
    """A Word document: lines with tabs become rows of a table, the others paragraphs."""
    document = docx.Document()
    if header:
        document.sections[0].header.paragraphs[0].text = header
    table = None
    for line in text.split("\n"):
        cells = line.split("\t")
        if len(cells) == 1:
            table = None
            document.add_paragraph(line)
            continue
        if table is None or len(table.columns) != len(cells):
            table = document.add_table(rows=0, cols=len(cells))
        for cell, value in zip(table.add_row().cells, cells, strict=True):
            cell.text = value
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def wrapped(text: str, width: int = LINE_WIDTH) -> list[str]:
    """Lines broken at the edge of a page, wherever that is; rows of tables are printed across."""
    lines: list[str] = []
    for line in text.split("\n"):
        if "\t" in line or "|" in line:
            lines.append(line)
            continue
        piece, taken = "", 0
        for char in line:
            size = 2 if char > "\u2e7f" else 1
            if taken + size > width:
                lines.append(piece)
                piece, taken = "", 0
            piece += char
            taken += size
        lines.append(piece)
    return lines


def as_pdf(text: str) -> bytes:
    """A PDF with a text layer; its font is named, not embedded, so no font file is needed."""
    lines = [line.replace("\t", "    ") for line in wrapped(text)]
    pages = [lines[start : start + LINES_PER_PAGE] for start in range(0, len(lines), LINES_PER_PAGE)]
    widest = max(sum(12 if char > "\u2e7f" else 6 for char in line) for line in lines)
    return _pdf([_content(page) for page in pages], width=max(595, widest + 120))


def scanned_pdf(pages: int = 2) -> bytes:
    """A PDF whose pages hold a drawing and no text."""
    return _pdf([b"0.5 g 50 50 300 400 re f"] * pages)


def encrypted_pdf(text: str) -> bytes:
    """A PDF that opens only with a password."""
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(as_pdf(text))))
    writer.encrypt("owner-password", "user-password")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _content(lines: list[str]) -> bytes:
    shown = ["BT /F1 11 Tf 60 780 Td 18 TL"]
    shown += [f"<{line.encode('utf-16-be').hex()}> Tj T*" if line else "T*" for line in lines]
    return "\n".join([*shown, "ET"]).encode()


def _to_unicode() -> bytes:
    ranges = [f"<{high:02x}00> <{high:02x}ff> <{high:02x}00>" for high in range(256)]
    blocks = [ranges[start : start + 100] for start in range(0, 256, 100)]
    body = "\n".join(f"{len(block)} beginbfrange\n" + "\n".join(block) + "\nendbfrange" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{body}\nendcmap end end"
    ).encode()


def _stream(body: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(body), body)


def _pdf(contents: list[bytes], *, width: int = 595) -> bytes:
    first = 7
    kids = " ".join(f"{first + 2 * index} 0 R" for index in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>",
        (
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000 /W [32 126 500]"
            b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 5 0 R >>"
        ),
        (
            b"<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880"
            b" /Descent -120 /CapHeight 700 /StemV 80 >>"
        ),
        _stream(_to_unicode()),
    ]
    for index, content in enumerate(contents):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d 842] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
            % (width, first + 2 * index + 1)
        )
        objects.append(_stream(content))
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()
