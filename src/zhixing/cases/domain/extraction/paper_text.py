"""Plain text in UTF-8, UTF-16 or GB 18030."""

from __future__ import annotations

import codecs

from zhixing.cases.domain.extraction.paper_problems import problem
from zhixing.kernel.errors import Problem

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
PLAUSIBLE = 0.95  # share of ordinary characters below which decoded bytes are not text


def read(content: bytes, filename: str) -> str | tuple[Problem, ...]:
    """The text with plain line feeds, or why it is none."""
    text = _decoded(content)
    if text is None:
        sentence = f"文件“{filename}”无法按 UTF-8 或 GB18030 编码读出文字，应为 txt、docx 或带文字的 PDF，"
        return (
            problem("unreadable", sentence, "请确认文件没有损坏，并另存为 UTF-8 文本或 docx 后重新上传。"),
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_plausible(content: bytes) -> bool:
    """Whether bytes are text in one of the encodings."""
    return _decoded(content) is not None


def _decoded(content: bytes) -> str | None:
    """GB 18030 last: nearly any bytes decode in it, so the result must look like a paper."""
    encodings = [name for bom, name in BOMS if content.startswith(bom)] or ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_text(text):
            return text
    return None


def _is_text(text: str) -> bool:
    sample = text[:20_000]
    if "\x00" in sample:
        return False
    ordinary = sum(map(_is_ordinary, sample))
    return ordinary >= PLAUSIBLE * len(sample)


def _is_ordinary(char: str) -> bool:
    return (
        "\u4e00" <= char <= "\u9fa5"
        or " " <= char <= "~"
        or char in "\n\r\t\f\u00a0·×—―‘’“”…‰℃¥\ufeff\u200b"
        or "\u2010" <= char <= "\u203b"
        or "\u2460" <= char <= "\u257f"
        or "\u25a0" <= char <= "\u25ff"
        or "\u3000" <= char <= "\u301f"
        or "\uff01" <= char <= "\uffee"
    )
