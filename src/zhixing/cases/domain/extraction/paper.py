"""Read a paper as it was handed in: text, Word or PDF, or all the reasons why it cannot be read."""

from __future__ import annotations

from dataclasses import dataclass

from zhixing.cases.domain.extraction import paper_docx, paper_pdf, paper_text
from zhixing.cases.domain.extraction.paper_problems import problem
from zhixing.kernel.errors import Problem

LIMIT_BYTES = 20 * 1024 * 1024
LIMIT_CHARACTERS = 1_000_000  # far above any real paper; keeps a hostile file from occupying a worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The text of a paper; offsets of clues are offsets in `text`.

    Attributes:
        text: lines end with a line feed; rows of tables are lines whose cells are parted by tabs.
        kind: txt, docx or pdf.
        pages: number of pages of a PDF; 1 for the others, which carry none.
        blank_pages: pages (from 1) of a PDF that hold no text, so whatever is printed there was not read.
    """

    text: str
    kind: str
    pages: int = 1
    blank_pages: tuple[int, ...] = ()


def read_paper(
    content: bytes, filename: str, *, limit_bytes: int = LIMIT_BYTES
) -> Paper | tuple[Problem, ...]:
    """The paper, or the problems that keep it from being read.

    The kind is told from the content; the file name only names the paper in messages and breaks ties.

    Args:
        content: the file as it came.
        filename: as the person named it.
        limit_bytes: largest size that is read.
    """
    if len(content) > limit_bytes:
        return (_too_large(len(content), limit_bytes),)
    if not content.strip(b"\x00\t\r\n \xef\xbb\xbf"):
        return (problem("empty", f"文件“{filename}”是空的，没有内容可供识别，", "请检查后重新选择文件。"),)
    read = _by_kind(content, filename)
    if not isinstance(read, Paper):
        return read
    if not read.text.strip():
        sentence = f"文件“{filename}”里没有文字，应为有文字内容的诉讼材料，"
        return (problem("empty", sentence, "若文字是图片，请先作文字识别（OCR）再上传，或手工录入线索。"),)
    if len(read.text) > LIMIT_CHARACTERS:
        sentence = f"文件“{filename}”共 {len(read.text)} 字，超过上限 {LIMIT_CHARACTERS} 字，"
        return (problem("too_large", sentence, "请按文书拆分后分别上传。"),)
    return read


def _by_kind(content: bytes, filename: str) -> Paper | tuple[Problem, ...]:
    if b"%PDF-" in content[:1024]:
        read = paper_pdf.read(content, filename)
        if isinstance(read, tuple):
            return read
        return Paper(text=read.text, kind="pdf", pages=read.pages, blank_pages=read.blank)
    if content.startswith(b"PK\x03\x04"):
        text = paper_docx.read(content, filename)
        return text if isinstance(text, tuple) else Paper(text=text, kind="docx")
    unsupported = _unsupported(content, filename)
    if unsupported:
        return (unsupported,)
    text = paper_text.read(content, filename)
    return text if isinstance(text, tuple) else Paper(text=text, kind="txt")


SIGNATURES = (
    (b"\xff\xd8\xff", "图片（JPEG）"),
    (b"\x89PNG", "图片（PNG）"),
    (b"II*\x00", "图片（TIFF）"),
    (b"MM\x00*", "图片（TIFF）"),
    (b"GIF8", "图片（GIF）"),
    (b"BM", "图片（BMP）"),
    (b"Rar!", "压缩包（RAR）"),
    (b"7z\xbc\xaf", "压缩包（7z）"),
    (b"\x1f\x8b", "压缩包（gzip）"),
    (b"{\\rtf", "RTF 文档"),
    (b"ID3", "音频"),
)
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _unsupported(content: bytes, filename: str) -> Problem | None:
    if content.startswith(OLD_OFFICE):
        # A Word file with a password is the same container with a stream of this name (in UTF-16).
        if "EncryptedPackage".encode("utf-16-le") in content:
            sentence = f"文件“{filename}”设有打开密码，应为不加密的文件，"
            return problem("encrypted", sentence, "请在 Word 中取消密码后另存，再重新上传。")
        sentence = f"文件“{filename}”是旧版 Office 文档（.doc 等），应为 txt、docx 或带文字的 PDF，"
        return problem("unsupported", sentence, "请用 Word 或 WPS 另存为 docx 后重新上传。")
    for signature, name in SIGNATURES:
        if content.startswith(signature) and (len(signature) > 2 or not paper_text.is_plausible(content)):
            mend = "请转换格式后重新上传；图片须先作文字识别（OCR）。"
            return problem("unsupported", f"文件“{filename}”是{name}，应为 txt、docx 或带文字的 PDF，", mend)
    return None


def _too_large(size: int, limit: int) -> Problem:
    sentence = f"文件大小为 {size / 1048576:.1f} MB，超过上限 {limit / 1048576:.1f} MB，"
    return problem("too_large", sentence, "请拆分文件，或去掉其中的图片后重新上传。")
