"""Previews of the papers of a waiting act, as pictures; nothing of them is stored or numbered."""

from __future__ import annotations

import hashlib
import io
import threading
from dataclasses import dataclass

import pypdfium2
from django.core.cache import cache
from PIL import Image

from zhixing.acts.kinds import ActContext, DocumentSpec
from zhixing.courts.models import Court
from zhixing.documents.domain.kinds import kind_of
from zhixing.documents.services import paper_draft, paper_preview

# Pixels per point: A4 becomes 1012 pixels wide, sharp at the width of the desk and on doubled screens.
SCALE = 1.7
GAP = 18  # pixels between two pages
DESK = (236, 233, 226)  # the colour of the desk, so that the gap looks like one
KEPT_SECONDS = 60
_pdfium = threading.Lock()  # the renderer is not thread-safe


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One paper of an act. no: its place among the act's papers."""

    no: int
    recipient: str
    sealed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """All papers of one kind."""

    kind: str
    label: str
    sheets: list[Sheet]


def tabs_of(ctx: ActContext, specs: list[DocumentSpec]) -> list[Tab]:
    """Papers grouped by kind, in the order in which the act names them.

    Raises ContentRefused for the first that could not be made, so that nobody approves what would then fail.
    """
    tabs: dict[str, Tab] = {}
    court = Court.objects.get(pk=ctx.court_key)
    for no, spec in enumerate(specs):
        paper_draft(ctx, spec, court=court)
        kind = kind_of(spec.kind)
        tab = tabs.setdefault(spec.kind, Tab(kind=spec.kind, label=kind.label, sheets=[]))
        tab.sheets.append(Sheet(no=no, recipient=spec.recipient, sealed=spec.seal and kind.sealed))
    return list(tabs.values())


def picture_of(ctx: ActContext, spec: DocumentSpec) -> bytes:
    """The paper as one PNG, pages below each other. The same content within a minute is rendered once."""
    content = f"{ctx.draft_id}|{ctx.today}|{spec.kind}|{spec.data!r}"
    key = f"preview:{hashlib.sha256(content.encode()).hexdigest()}"
    made = cache.get(key)
    if made is None:
        made = pdf_picture(paper_preview(ctx, spec))
        cache.set(key, made, KEPT_SECONDS)
    return made


def pdf_picture(content: bytes) -> bytes:
    """A PDF's pages as one tall PNG; form fields and seals are drawn too."""
    with _pdfium:
        pdf = pypdfium2.PdfDocument(content)
        pdf.init_forms()
        try:
            pages = [page.render(scale=SCALE, may_draw_forms=True).to_pil().convert("RGB") for page in pdf]
        finally:
            pdf.close()
    height = sum(page.height for page in pages) + GAP * (len(pages) - 1)
    sheet = Image.new("RGB", (max(page.width for page in pages), height), DESK)
    top = 0
    for page in pages:
        sheet.paste(page, (0, top))
        top += page.height + GAP
    out = io.BytesIO()
    # Text on white compresses well with a palette, and arrives five times faster.
    sheet.quantize(64).save(out, "PNG")
    return out.getvalue()
