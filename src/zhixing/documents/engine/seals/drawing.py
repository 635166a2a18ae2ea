"""The round seal of a court, drawn once as outlines and put out as PDF content or SVG.

Letters become outlines, so that a seal needs no font where it is shown and adds nothing to a page's text.
Coordinates: millimetres, origin in the centre, y upward.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from fontTools.pens.basePen import BasePen

if TYPE_CHECKING:
    from zhixing.documents.engine.fonts import FontSet

DIAMETER_MM = 42.0
RED = (0.784, 0.125, 0.102)
_RING_MM = 1.1
_STAR_MM = 7.0  # outer radius
_LETTER_MM = 6.2  # full height of a letter on the arc
_BASELINE_MM = 13.0  # radius of the foot of the letters
_LINE_MM = 3.6  # letters of the straight line under the star
_ARC_MAX = math.radians(252)
_ARC_MAX_WITH_LINE = math.radians(208)  # leaves the lower third to the straight line
_KAPPA = 0.5522847498
_POINTS_PER_MM = 72 / 25.4

Segment = tuple[str, tuple[float, ...]]
"""("m" | "l" | "c" | "h", coordinates) as in PDF."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """A drawn seal: `ring` is stroked, `filled` is filled (even-odd off)."""

    diameter_mm: float
    ring: tuple[Segment, ...]
    filled: tuple[Segment, ...]

    def pdf(self) -> tuple[bytes, float]:
        """Content stream in points with the origin at the lower left, and the side of its square box in points."""
        side = self.diameter_mm * _POINTS_PER_MM
        red = " ".join(f"{c:.3f}" for c in RED)
        scale = f"{_POINTS_PER_MM:.5f} 0 0 {_POINTS_PER_MM:.5f} {side / 2:.3f} {side / 2:.3f} cm"
        parts = [f"q {scale} {red} rg {red} RG {_RING_MM} w"]
        parts += [_pdf_segment(s) for s in self.ring] + ["S"]
        parts += [_pdf_segment(s) for s in self.filled] + ["f Q"]
        return "\n".join(parts).encode(), side

    def svg(self) -> str:
        """Stand-alone image for pages and previews."""
        half = self.diameter_mm / 2
        red = "#{:02x}{:02x}{:02x}".format(*(round(c * 255) for c in RED))
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-half} {-half} {2 * half} {2 * half}">'
            f'<path fill="none" stroke="{red}" stroke-width="{_RING_MM}" d="{_svg_path(self.ring)}"/>'
            f'<path fill="{red}" d="{_svg_path(self.filled)}"/></svg>'
        )


@lru_cache(maxsize=512)
def seal_draw(fonts: FontSet, court: str, line: str = "") -> Seal:
    """The seal of this court; `line` stands under the star, e.g. 执行专用章.

    Names of any length keep the same letter height: long names take more of the arc, then narrower letters.
    Raises: GlyphsMissing.
    """
    fonts.check(court + line)
    face = fonts.bold.open()
    try:
        glyphs = _Glyphs(face)
        arc = _ARC_MAX_WITH_LINE if line else _ARC_MAX
        filled = [*_star(lift=1.2 if line else 0.0), *_arc_letters(glyphs, court, arc)]
        if line:
            filled += _straight_letters(glyphs, line)
    finally:
        face.close()
    ring = _circle(DIAMETER_MM / 2 - _RING_MM / 2 - 0.1)
    return Seal(diameter_mm=DIAMETER_MM, ring=tuple(ring), filled=tuple(filled))


class _Glyphs:
    """Outlines of letters in the unit em square, y upward, with their ink box."""

    def __init__(self, face: Any) -> None:
        self._set = face.getGlyphSet()
        self._names = face.getBestCmap()
        self._em = face["head"].unitsPerEm

    def outline(self, letter: str) -> list[Segment]:
        pen = _Segments(self._set)
        self._set[self._names[ord(letter)]].draw(pen)
        # Chinese fonts place the square from 12 % below to 88 % above the baseline.
        return [
            (op, tuple(v / self._em + (0.12 if i % 2 else 0.0) for i, v in enumerate(at)))
            for op, at in pen.segments
        ]


class _Segments(BasePen):
    """Collects an outline; the base class turns TrueType curves into the cubic curves that PDF knows.

    The names of the methods are given by fontTools.
    """

    def __init__(self, glyph_set: Any) -> None:
        super().__init__(glyph_set)
        self.segments: list[Segment] = []

    def _moveTo(self, pt: Any) -> None:
        self.segments.append(("m", tuple(pt)))

    def _lineTo(self, pt: Any) -> None:
        self.segments.append(("l", tuple(pt)))

    def _curveToOne(self, pt1: Any, pt2: Any, pt3: Any) -> None:
        self.segments.append(("c", (*pt1, *pt2, *pt3)))

    def _closePath(self) -> None:
        self.segments.append(("h", ()))


def _arc_letters(glyphs: _Glyphs, text: str, arc: float) -> list[Segment]:
    """Letters on the upper arc, each upright to the centre, evenly spaced and symmetric to the vertical axis."""
    count = len(text)
    wanted = math.radians(25.5) * max(count - 1, 1)
    step = min(wanted, arc) / max(count - 1, 1)
    # The foot of a letter is on the smaller circle: its width must fit there, with a little air.
    width = min(_LETTER_MM * 0.8, step * _BASELINE_MM * 1.02)
    drawn: list[Segment] = []
    for place, letter in enumerate(text):
        angle = (place - (count - 1) / 2) * step
        drawn += _placed(glyphs.outline(letter), width, _LETTER_MM, angle)
    return drawn


def _placed(outline: list[Segment], width: float, height: float, angle: float) -> list[Segment]:
    """Unit outline → letter standing on the baseline circle at `angle` (clockwise from the top)."""
    cos, sin = math.cos(angle), math.sin(angle)

    def move(x: float, y: float) -> tuple[float, float]:
        across, up = (x - 0.5) * width, _BASELINE_MM + y * height
        return across * cos + up * sin, up * cos - across * sin

    return [(op, _mapped(at, move)) for op, at in outline]


def _straight_letters(glyphs: _Glyphs, text: str) -> list[Segment]:
    advance = min(_LINE_MM * 1.12, 24.0 / len(text))
    drawn: list[Segment] = []
    for place, letter in enumerate(text):
        left = (place - len(text) / 2) * advance

        def move(x: float, y: float, left: float = left) -> tuple[float, float]:
            return left + x * advance * 0.94, -11.6 + y * _LINE_MM

        drawn += [(op, _mapped(at, move)) for op, at in glyphs.outline(letter)]
    return drawn


def _mapped(at: tuple[float, ...], move: Any) -> tuple[float, ...]:
    return tuple(v for i in range(0, len(at), 2) for v in move(at[i], at[i + 1]))


def _star(*, lift: float) -> list[Segment]:
    inner = _STAR_MM * math.sin(math.radians(18)) / math.sin(math.radians(54))
    points = []
    for corner in range(10):
        radius = inner if corner % 2 else _STAR_MM
        angle = math.radians(36 * corner)
        points.append((radius * math.sin(angle), radius * math.cos(angle) + lift))
    return [("m", points[0]), *(("l", p) for p in points[1:]), ("h", ())]


def _circle(radius: float) -> list[Segment]:
    k = radius * _KAPPA
    return [
        ("m", (radius, 0.0)),
        ("c", (radius, k, k, radius, 0.0, radius)),
        ("c", (-k, radius, -radius, k, -radius, 0.0)),
        ("c", (-radius, -k, -k, -radius, 0.0, -radius)),
        ("c", (k, -radius, radius, -k, radius, 0.0)),
        ("h", ()),
    ]


def _pdf_segment(segment: Segment) -> str:
    op, at = segment
    return " ".join([*(f"{v:.3f}" for v in at), op])


def _svg_path(segments: tuple[Segment, ...]) -> str:
    letters = {"m": "M", "l": "L", "c": "C", "h": "Z"}
    parts = []
    for op, at in segments:
        turned = (f"{-v if i % 2 else v:.2f}" for i, v in enumerate(at))
        parts.append(letters[op] + " ".join(turned))
    return "".join(parts)
