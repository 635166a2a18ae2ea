"""Make the papers of an act: number, render, seal before the lock; store when the act takes effect."""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import connection

from zhixing.acts.kinds import ActContext, DocumentSpec, PreparedDocument
from zhixing.courts.models import Court
from zhixing.documents.domain.kinds import kind_of, paper_build
from zhixing.documents.domain.paper import Imprint, Paper, Series
from zhixing.documents.domain.wording import document_number
from zhixing.documents.engine.press import Press
from zhixing.documents.engine.seals.authority import Authority
from zhixing.documents.engine.seals.sealer import Sealer
from zhixing.documents.models import Document
from zhixing.kernel.ids import uuid7, verification_code
from zhixing.platform import files
from zhixing.platform.crypto import keyring


def papers_prepare(ctx: ActContext, specs: list[DocumentSpec]) -> list[PreparedDocument]:
    """Render and seal all papers of one act. Slow part: runs before the chain is locked.

    A paper whose series FOLLOWS takes the number of the ruling among the same papers, or the one in its data.
    """
    court = Court.objects.get(pk=ctx.court_key)
    prepared: list[PreparedDocument] = []
    ruling_number = ""
    for spec in specs:
        kind = kind_of(spec.kind)
        number = _number(kind, ctx, spec, ruling_number)
        if kind.series == Series.RULING:
            ruling_number = number
        data = {"court": court.name, "number": number, "issued_on": ctx.today, **spec.data}
        if "ruling_number" in kind.model_fields and not data.get("ruling_number"):
            data["ruling_number"] = ruling_number or None
        prepared.append(_make(court, ctx, spec, paper_build(spec.kind, data)))
    return prepared


def _number(kind: type[Paper], ctx: ActContext, spec: DocumentSpec, ruling_number: str) -> str:
    if spec.data.get("number"):
        return spec.data["number"]
    if kind.series == Series.RULING and ctx.case is not None:
        return document_number(ctx.case.number, _ruling_next(ctx.case.pk))
    if kind.series == Series.FOLLOWS and ruling_number:
        return ruling_number
    return ctx.case.number if ctx.case is not None else f"{ctx.today:%Y}-{ctx.court_key:06d}"


def _ruling_next(case_id: int) -> int:
    """Rulings of a case are counted in one row; a number of an act that lapses is not used again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO documents_ruling_series (case_id, last) VALUES (%s, 1) ON CONFLICT (case_id)"
            " DO UPDATE SET last = documents_ruling_series.last + 1 RETURNING last",
            [case_id],
        )
        return cursor.fetchone()[0]


def _make(court: Court, ctx: ActContext, spec: DocumentSpec, paper: Paper) -> PreparedDocument:
    code = verification_code()
    site = settings.RUNTIME.web_url
    imprint = Imprint(
        verification_code=code, verification_url=f"{site}/verify/{code}/", site=f"{site}/verify/"
    )
    content = press().render(paper, imprint, moment=ctx.moment.replace(microsecond=0))
    is_sealed = spec.seal and type(paper).sealed
    if is_sealed:
        content = seal_set(
            content, court=court, reason=f"{paper.label}用印", moment=ctx.moment.replace(microsecond=0)
        )
    return PreparedDocument(
        id=uuid7(),
        kind=spec.kind,
        title=paper.label,
        number=paper.number,
        sha256=hashlib.sha256(content).hexdigest(),
        key=spec.key or spec.kind,
        recipient=spec.recipient,
        content=content,
        code=code,
        sealed=is_sealed,
    )


def papers_store(ctx: ActContext, papers: list[PreparedDocument]) -> None:
    """Keep the papers of an act that takes effect."""
    for paper in papers:
        files.put(paper.content)
    Document.objects.bulk_create(
        [
            Document(
                id=paper.id,
                case_id=ctx.case.pk if ctx.case is not None else None,
                court_key=ctx.court_key,
                draft_id=ctx.draft_id,
                kind=paper.kind,
                key=paper.key,
                title=paper.title,
                number=paper.number,
                recipient=paper.recipient,
                code=paper.code,
                sha256=paper.sha256,
                size=len(paper.content),
                is_sealed=paper.sealed,
                made_at=ctx.moment,
            )
            for paper in papers
        ]
    )


def paper_draft(ctx: ActContext, spec: DocumentSpec, *, court: Court) -> Paper:
    """The paper as it would be made, checked but without a number. Raises ContentRefused with all that is missing."""
    number = f"{ctx.case.number}（拟）" if ctx.case is not None else "（拟）"
    data: dict[str, Any] = {"court": court.name, "number": number, "issued_on": ctx.today, **spec.data}
    kind = kind_of(spec.kind)
    if "ruling_number" in kind.model_fields and not data.get("ruling_number"):
        data["ruling_number"] = number
    return paper_build(spec.kind, data)


def paper_preview(ctx: ActContext, spec: DocumentSpec) -> bytes:
    """The paper as it would look, unsealed, for the approver. Takes no number."""
    court = Court.objects.get(pk=ctx.court_key)
    return press().render(paper_draft(ctx, spec, court=court), moment=ctx.moment.replace(microsecond=0))


def document_content(document: Document) -> bytes:
    """The final bytes."""
    return files.get(document.sha256)


def document_ids(papers: list[PreparedDocument], *keys: str) -> list[uuid.UUID]:
    """Ids of prepared papers by key prefix, in order."""
    return [paper.id for paper in papers if paper.key.startswith(keys)]


@lru_cache(maxsize=1)
def press() -> Press:
    """The typesetter, with our fonts; made once per process."""
    return Press(fonts_dir=settings.RUNTIME.fonts_dir)


def seal_set(content: bytes, *, court: Court, reason: str, moment: datetime) -> bytes:
    """Set the court's electronic seal. The seal is made at its first use, under the high court's authority."""
    code = f"{court.key:06d}"
    if code not in _seals_known:
        high = (
            Court.objects.filter(level=Court.Level.HIGH, key__lte=court.key, key_last__gte=court.key).first()
            or court
        )
        authority().seal_issue(
            court_code=code,
            court=court.name,
            high_code=f"{high.key:06d}",
            high_court=high.name,
            moment=moment - SEAL_LEAD,
        )
        _seals_known.add(code)
    return sealer().seal(content, court_code=code, reason=reason, moment=moment)


# Certificates start a year before the first signature made here, so that papers of running cases can be sealed.
SEAL_LEAD = timedelta(days=365)
_seals_known: set[str] = set()


@lru_cache(maxsize=1)
def authority() -> Authority:
    """The seal authority with its keys; made once per process."""
    return Authority(
        keys_dir=settings.RUNTIME.keys_dir / "seals", passphrase=keyring().blind("seal.passphrase", "v1")
    )


@lru_cache(maxsize=1)
def sealer() -> Sealer:
    """The sealer; made once per process, because loading keys is slow."""
    return Sealer(authority=authority(), fonts=press().fonts)
