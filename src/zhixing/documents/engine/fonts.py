"""The fonts that court papers are set in, and which characters they can show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import typst
from fontTools.ttLib import TTFont

from zhixing.documents.domain.problems import DocumentError

if TYPE_CHECKING:
    from pathlib import Path

FAMILIES = ("Noto Serif SC", "Noto Serif CJK SC")
"""In order of preference: the whole TTF family that the product brings, then the distribution's package."""

_REGULAR, _BOLD = 400, 700


class FontsMissing(DocumentError):
    """缺少文书字体。"""

    def __init__(self, directory: Path) -> None:
        super().__init__(
            f"字体目录 {directory} 里没有 {FAMILIES[0]} 的常规体（400）和粗体（700）。"
            "请运行 make setup 安装字体，或者把两个 TTF 文件放进该目录。"
        )


class GlyphsMissing(DocumentError):
    """字体缺字，文书不能生成。"""

    def __init__(self, characters: list[str]) -> None:
        self.characters = characters
        shown = "、".join(f"{c}（U+{ord(c):04X}）" for c in characters)
        super().__init__(
            f"文书字体里没有下列字，不能生成文书：{shown}。请核对姓名用字，或者换用标准字形后再试。"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One font file; `index` selects a face inside a collection."""

    path: str
    index: int

    def open(self) -> TTFont:
        """The font for reading outlines and metrics; tables load lazily."""
        return TTFont(self.path, fontNumber=self.index, lazy=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class FontSet:
    """Regular and bold of one family, with the characters that both can show."""

    family: str
    regular: Face
    bold: Face
    characters: frozenset[int]

    def check(self, text: str) -> None:
        """Refuse text that would print as boxes.

        Raises: GlyphsMissing, naming every character once.
        """
        missing = {ord(c) for c in text} - self.characters - {0x20, 0x09, 0x0A}
        if missing:
            raise GlyphsMissing([chr(c) for c in sorted(missing)])


def fonts_load(directory: Path) -> FontSet:
    """The first known family in this directory (searched with its subfolders) that has both weights.

    Raises: FontsMissing.
    """
    found = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[directory]
    ).fonts()
    for family in FAMILIES:
        faces = {
            f.weight: Face(path=f.path, index=f.index)
            for f in found
            if f.family == family and f.style == "normal" and f.path and f.weight in {_REGULAR, _BOLD}
        }
        if len(faces) == 2:
            shown = [frozenset(f.open().getBestCmap()) for f in faces.values()]
            return FontSet(
                family=family, regular=faces[_REGULAR], bold=faces[_BOLD], characters=shown[0] & shown[1]
            )
    raise FontsMissing(directory)
