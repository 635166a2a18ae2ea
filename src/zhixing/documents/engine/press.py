"""The press: turns a paper into a PDF, a card into an image."""

from __future__ import annotations

import io
import json
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import segno
import typst
from PIL import Image

from zhixing.documents.domain.problems import DocumentError
from zhixing.documents.engine.fonts import fonts_load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from zhixing.documents.domain.calculation import CalculationSheet
    from zhixing.documents.domain.card import OfficerCard
    from zhixing.documents.domain.paper import Imprint, Paper

TEMPLATES = Path(__file__).resolve().parent.parent / "typst"
# PDF/A-2b: fonts embedded, no outside references, so that an archived paper looks the same in thirty years.
_STANDARD = "a-2b"
# The same, with files inside.
_STANDARD_ATTACHING = "a-3b"
_CARD_PPI = 300


class TypesettingFailed(DocumentError):
    """文书排版失败。"""

    def __init__(self, code: str, reason: str) -> None:
        self.code = code
        self.reason = reason
        super().__init__(f"文书（{code}）排版失败：{reason}。请把文书代号和时间告知系统管理员。")


class Press:
    """Typesets papers. Make one per process and share it: loading fonts takes most of a second.

    Thread-safe: one document is set at a time, as the compiler keeps its inputs between calls.
    """

    def __init__(self, *, fonts_dir: Path) -> None:
        self.fonts = fonts_load(fonts_dir)
        self._lock = threading.Lock()
        self._compiler = typst.Compiler(
            root=TEMPLATES,
            font_paths=typst.Fonts(
                include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts_dir]
            ),
        )

    def render(self, paper: Paper, imprint: Imprint | None = None, *, moment: datetime) -> bytes:
        """One paper as PDF/A-2b on A4 (PDF/A-3b when it carries a file).

        Args:
            paper: the checked content.
            imprint: verification code and address; None prints a preview, which cannot be sealed.
            moment: goes into the file as creation time; the same input and moment give the same bytes.
        Raises: GlyphsMissing, TypesettingFailed.
        """
        content = paper.print_data()
        if imprint is not None:
            content["imprint"] = imprint.model_dump(mode="json")
        qr = _qr_svg(imprint.verification_url) if imprint else ""
        standard = _STANDARD_ATTACHING if paper.attaches else _STANDARD
        return self._set(paper.code, content, qr=qr, moment=moment, fmt="pdf", standard=standard)

    def render_calculation(self, calculation: CalculationSheet, *, moment: datetime) -> bytes:
        """A calculation sheet as PDF/A-2b, without seal and verification code.

        Raises: GlyphsMissing, TypesettingFailed.
        """
        return self._set(calculation.code, calculation.print_data(), qr="", moment=moment, fmt="pdf")

    def render_many(
        self, papers: Iterable[tuple[Paper, Imprint | None]], *, moment: datetime
    ) -> Iterator[bytes]:
        """PDFs in the order of `papers`, one at a time, so that a batch never sits in memory as a whole."""
        for paper, imprint in papers:
            yield self.render(paper, imprint, moment=moment)

    def render_card(self, card: OfficerCard, *, moment: datetime, image_format: str = "png") -> bytes:
        """A specimen card, 85.6 × 54 mm at 300 dpi, as "png" or "jpeg"."""
        if image_format not in {"png", "jpeg"}:
            raise ValueError(f"证件图片格式应为 png 或 jpeg，收到 {image_format}。")
        content = card.model_dump(mode="json", context={"print": True})
        png = self._set("officer_card", content, qr="", moment=moment, fmt="png")
        return png if image_format == "png" else _jpeg(png)

    def _set(
        self,
        code: str,
        content: dict[str, Any],
        *,
        qr: str,
        moment: datetime,
        fmt: Literal["pdf", "png"],
        standard: str = _STANDARD,
    ) -> bytes:
        self.fonts.check("".join(_strings(content)))
        inputs = {"doc": json.dumps(content, ensure_ascii=False), "qr": qr}
        options: dict[str, Any] = {"pdf_standards": [standard]} if fmt == "pdf" else {"ppi": _CARD_PPI}
        try:
            with self._lock:
                made = self._compiler.compile(
                    input=TEMPLATES / f"{code}.typ",
                    format=fmt,
                    sys_inputs=inputs,
                    timestamp=moment,
                    **options,
                )
        except typst.TypstError as error:
            raise TypesettingFailed(code, error.message) from error
        if not made:
            raise TypesettingFailed(code, "没有排出任何一页")
        return made if isinstance(made, bytes) else made[0]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _qr_svg(url: str) -> str:
    """QR code without border: the footer gives it the white around it."""
    out = io.BytesIO()
    segno.make_qr(url, error="m").save(out, kind="svg", border=0, xmldecl=False, svgns=True, omitsize=True)
    return out.getvalue().decode()


def _jpeg(png: bytes) -> bytes:
    out = io.BytesIO()
    with Image.open(io.BytesIO(png)) as image:
        image.convert("RGB").save(out, "JPEG", quality=90, dpi=(_CARD_PPI, _CARD_PPI))
    return out.getvalue()
