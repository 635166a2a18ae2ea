"""A clean view of a paper's text for the recognisers, with a way back to the exact characters.

Full-width characters are folded, soft line wraps and invisible characters are left out, spoken digits become
digits. Every character of the view remembers where it stood, so a span found here is a span of the paper.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

from zhixing.cases.domain.extraction.tables import Cell, cells_of

INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\ufffe\ufffc")
SPECIAL = {
    **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
    **dict.fromkeys("\u00a0\u3000\u2002\u2003\u2009\u202f", " "),
    **dict.fromkeys("〔［【「", "("),
    **dict.fromkeys("〕］】」", ")"),
    **dict.fromkeys("○◯", "〇"),
    **dict.fromkeys("‧•・∙", "·"),
    **dict.fromkeys("\r\f\v\u2028\u2029", "\n"),
    "￥": "¥", "﹕": ":", "∶": ":", "﹐": ",", "﹔": ";", "｡": "。", "│": "|", "┃": "|",
}  # fmt: skip

SPOKEN = dict(zip("零〇一二三四五六七八九幺", "001234567891", strict=True))
SPOKEN_RUN = re.compile(
    r"[零〇一二三四五六七八九幺]{3,}(?:[ ,、.\-]{0,2}[零〇一二三四五六七八九幺]{2,})*(?!年)"
)
SPOKEN_MINIMUM = 7  # shorter runs are years, ordinals or counts

STARTS_AFRESH = re.compile(
    r"\s*(?:$|第[一二三四五六七八九十]+[条项]|被?申请(?:执行)?人|被执行人[:(]|被?上诉人|原告[:(]|被告[:(]|第三人[:(]|法定代表人|委托诉讼|"
    r"负责人:|保证人[:(]|担保人[:(]|债[权务]人[:(]|出借人[:(]|借款人[:(]|抵押人[:(]|此致|审判[长员]|书记员|问:|答:|"
    r"\[|[0-9]{4}[-/]|\S{2,12}[ ]+(?:[0-9]{4}[-/.年]|[0-9]{1,2}:[0-9]{2}))"
)
MAY_START_AFRESH = re.compile(r"\s*(?:[(]?[一二三四五六七八九十\d]{1,3}[)、.:,]|[^\s:,。]{2,8}:)")
ENDS = "。;:!?；：！？．"
UNWRAPPED = 110  # half-width columns; a text with longer lines was never wrapped at the edge of a page
NARROW = 36


def _fold(char: str) -> str:
    """One character for one character, so offsets stay."""
    if char < "\u0080":
        return "\n" if char in "\r\f\v" else char
    special = SPECIAL.get(char)
    if special is not None:
        return special
    if "\uff00" <= char <= "\uffef" or "\u2e80" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff":
        folded = unicodedata.normalize("NFKC", char)
        return folded if len(folded) == 1 else char
    return char


def _width(line: str) -> int:
    return sum(2 if char > "\u2e7f" else 1 for char in line)


def _is_row(line: str) -> bool:
    """Whether a line is a row of a table: tabs, bars, or many blanks."""
    return "\t" in line or "|" in line or line.strip().count(" ") >= 4


def _is_wrapped(line: str, following: str, column: int, full: int) -> bool:
    """Whether the break after `line` is only the edge of the page, not the end of a paragraph."""
    body = line.rstrip()
    if not column or not body or body[-1] in ENDS or _is_row(line) or _is_row(following):
        return False
    if following.startswith("  ") or STARTS_AFRESH.match(following):
        return False
    width = _width(body)
    if MAY_START_AFRESH.match(following):
        return full > 0 and width >= full - 1
    return width >= max(NARROW, column * 7 // 10)


def _columns(lines: list[str]) -> tuple[int, int]:
    """The width at which a text was wrapped, and the same again when several lines reach it; 0 for neither."""
    widths = [_width(line.rstrip()) for line in lines if not _is_row(line)]
    widest = max(widths, default=0)
    if not NARROW <= widest <= UNWRAPPED:
        return 0, 0
    return widest, widest if sum(width >= widest - 1 for width in widths) > 1 else 0


def _printed(source: str, lines: list[str]) -> list[str]:
    """The lines as they stand in the source: folding keeps lengths but narrows signs."""
    printed, offset = [], 0
    for line in lines:
        printed.append(source[offset : offset + len(line)])
        offset += len(line) + 1
    return printed


def _spoken(text: str) -> str:
    def digits(match: re.Match[str]) -> str:
        run = match.group()
        if sum(char in SPOKEN for char in run) < SPOKEN_MINIMUM:
            return run
        return "".join(SPOKEN.get(char, " " if char in ",、." else char) for char in run)

    return SPOKEN_RUN.sub(digits, text)


@dataclass(slots=True)
class View:
    """Folded text; `at[i]` is the offset in `source` of character `i` of `text`."""

    source: str
    text: str
    at: list[int]
    cells: list[Cell]

    @classmethod
    def of(cls, source: str) -> View:
        """Build the view of a paper's text."""
        folded = "".join(map(_fold, source))
        lines = folded.split("\n")
        printed = _printed(source, lines)
        column, full = _columns([line for line in printed if line.strip()])
        kept: list[str] = []
        at: list[int] = []
        offset = 0
        for number, line in enumerate(lines):
            following = lines[number + 1] if number + 1 < len(lines) else ""
            wrapped = number + 1 < len(lines) and _is_wrapped(printed[number], following, column, full)
            end = len(line.rstrip()) if wrapped else len(line)
            lead = len(line) - len(line.lstrip()) if number and at and kept[-1] != "\n" else 0
            for index in range(lead, end):
                if line[index] not in INVISIBLE:
                    kept.append(line[index])
                    at.append(offset + index)
            offset += len(line) + 1
            if not wrapped and number + 1 < len(lines):
                kept.append("\n")
                at.append(offset - 1)
        text = _spoken("".join(kept))
        return cls(source=source, text=text, at=at, cells=cells_of(text))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of the source behind a half-open span of the view."""
        return self.at[start], self.at[end - 1] + 1

    def cell_at(self, offset: int) -> Cell | None:
        """The table cell that holds the offset, or None outside tables."""
        index = bisect_right(self.cells, offset, key=lambda cell: cell.start) - 1
        if index >= 0 and offset < self.cells[index].end:
            return self.cells[index]
        return None

    def before(self, offset: int, size: int = 60) -> str:
        """What stands before the offset on its line, with the column heading in front inside a table."""
        line = self.text[max(0, self.text.rfind("\n", 0, offset) + 1, offset - size) : offset]
        cell = self.cell_at(offset)
        if cell is not None and cell.label:
            return f"{cell.label}:{self.text[cell.start : offset]}"
        return line
