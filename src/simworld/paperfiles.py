"""The same papers as files: plain text, Word and PDF with a text layer."""

from __future__ import annotations

import io
import json
from pathlib import Path

import docx
import typst
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

# data goes in by sys_inputs, so that no text is ever read as markup
_TYPST = """
#let data = json(bytes(sys.inputs.at("data")))
#set page(paper: "a4", margin: (x: 2.8cm, y: 3cm), footer: align(center, text(9pt, context counter(page).display())))
#set text(font: ("Noto Serif SC", "Noto Serif CJK SC", "Source Han Serif SC", "SimSun"), size: 12pt, lang: "zh")
#set par(leading: 1em, spacing: 1em)
#align(center, text(18pt, weight: "bold", data.title))
#v(0.6em)
#for line in data.lines { if line == "" { v(0.4em) } else { par(first-line-indent: (amount: 2em, all: true), line) } }
"""


def render_pdf(source: str, data: dict, font_paths: list[str] | None = None) -> bytes:
    """Compile a typst source with `data` as its only input.

    Args: font_paths: folders searched before the system's fonts.
    """
    return typst.compile(
        source.encode(),
        font_paths=font_paths or [],
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )


def paper_pdf(text: str, font_paths: list[str] | None = None) -> bytes:
    """One paper as PDF; its first line becomes the heading."""
    title, *lines = text.strip("\n").split("\n")
    return render_pdf(_TYPST, {"title": title, "lines": lines}, font_paths)


def paper_docx(text: str) -> bytes:
    """One paper as a Word file; its first line becomes the heading."""
    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "FangSong", Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "FangSong")
    title, *lines = text.strip("\n").split("\n")
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = heading.add_run(title)
    run.bold, run.font.size = True, Pt(18)
    for line in lines:
        paragraph = document.add_paragraph(line)
        if line:
            paragraph.paragraph_format.first_line_indent = Pt(28)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def write_papers(
    texts: dict[str, str], folder: Path, formats: tuple[str, ...], font_paths: list[str] | None = None
) -> list[Path]:
    """Write every paper in every format (txt, docx, pdf) into `folder`; returns the files in that order."""
    folder.mkdir(parents=True, exist_ok=True)
    makers = {
        "txt": lambda text: text.encode("utf-8"),
        "docx": paper_docx,
        "pdf": lambda text: paper_pdf(text, font_paths),
    }
    unknown = [f for f in formats if f not in makers]
    if unknown:
        raise ValueError(f"不认识的文件格式：{'、'.join(unknown)}；可用 txt、docx、pdf。")
    written = []
    for name, text in texts.items():
        for extension in formats:
            path = folder / f"{name}.{extension}"
            path.write_bytes(makers[extension](text))
            written.append(path)
    return written
