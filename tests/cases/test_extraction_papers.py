"""Reading papers: kinds, encodings, and a clear problem for what cannot be read."""

from __future__ import annotations

import io
import zipfile

import paper_files
import pytest

from zhixing.cases.domain.extraction import Paper, read_paper

TEXT = "强制执行申请书\n申请执行人：周立民，男，汉族，联系电话13803171122。\n此致\n孟村回族自治县人民法院\n"


def _codes(read: object) -> list[str]:
    assert not isinstance(read, Paper)
    assert all(p.sentence and p.mend and p.field == "file" for p in read)  # type: ignore[union-attr]
    return [p.code for p in read]  # type: ignore[union-attr]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_text_in_any_usual_encoding_is_read(encoding: str) -> None:
    read = read_paper(TEXT.replace("\n", "\r\n").encode(encoding), "申请书.txt")
    assert isinstance(read, Paper)
    assert read.text == TEXT
    assert read.kind == "txt"


def test_word_document_gives_headers_paragraphs_and_tables_in_order() -> None:
    content = paper_files.as_docx(
        "被执行人财产线索清单\n姓名\t电话\n丁志强\t15100768899\n完", header="页眉案号（2025）冀0930执23号"
    )
    read = read_paper(content, "清单.docx")
    assert isinstance(read, Paper)
    assert read.text.split("\n") == [
        "页眉案号（2025）冀0930执23号",
        "被执行人财产线索清单",
        "姓名\t电话",
        "丁志强\t15100768899",
        "完",
    ]


def test_pdf_text_layer_is_read_page_by_page() -> None:
    read = read_paper(paper_files.as_pdf(TEXT + "说明\n" * 60), "判决书.pdf")
    assert isinstance(read, Paper)
    assert read.kind == "pdf"
    assert read.pages == 2
    assert "周立民，男，汉族，联系电话13803171122" in read.text


@pytest.mark.parametrize(
    ("content", "filename", "code"),
    [
        (b"", "a.txt", "paper.empty"),
        (b" \r\n\t\n", "a.txt", "paper.empty"),
        (b"\x00\x01\x02\xfe\xff\xee" * 500, "a.txt", "paper.unreadable"),
        (bytes(range(256)) * 20, "a.txt", "paper.unreadable"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 99, "a.jpg", "paper.unsupported"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, "a.png", "paper.unsupported"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 900, "a.doc", "paper.unsupported"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "a.docx",
            "paper.encrypted",
        ),
        (b"{\\rtf1\\ansi text}", "a.rtf", "paper.unsupported"),
        (b"PK\x03\x04 broken", "a.docx", "paper.unreadable"),
        (b"%PDF-1.7\nbroken", "a.pdf", "paper.unreadable"),
        (paper_files.scanned_pdf(), "a.pdf", "paper.scanned"),
        (paper_files.encrypted_pdf(TEXT), "a.pdf", "paper.encrypted"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(content: bytes, filename: str, code: str) -> None:
    assert _codes(read_paper(content, filename)) == [code]


def test_spreadsheet_is_refused_as_unsupported() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("xl/workbook.xml", "<x/>")
    assert _codes(read_paper(out.getvalue(), "表.xlsx")) == ["paper.unsupported"]


def test_empty_word_document_is_refused() -> None:
    assert _codes(read_paper(paper_files.as_docx(""), "空.docx")) == ["paper.empty"]


def test_size_limit_is_an_argument_and_its_edge_is_allowed() -> None:
    content = TEXT.encode()
    assert isinstance(read_paper(content, "a.txt", limit_bytes=len(content)), Paper)
    assert _codes(read_paper(content, "a.txt", limit_bytes=len(content) - 1)) == ["paper.too_large"]


def test_deleted_text_of_tracked_changes_is_left_out() -> None:
    content = paper_files.as_docx("电话13803171122")
    source, out = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name in source.namelist():
            body = source.read(name)
            if name == "word/document.xml":
                old = b"<w:r><w:t>\xe7\x94\xb5\xe8\xaf\x9d13803171122</w:t></w:r>"
                assert old in body
                new = (
                    b"<w:del><w:r><w:delText>13900000000</w:delText></w:r></w:del><w:ins>" + old + b"</w:ins>"
                )
                body = body.replace(old, new)
            package.writestr(name, body)
    read = read_paper(out.getvalue(), "修订.docx")
    assert isinstance(read, Paper)
    assert read.text == "电话13803171122"
