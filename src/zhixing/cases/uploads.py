"""Several papers in one go: those that can be read are kept, for each of the others the reason is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from zhixing.cases.domain.prefill import PaperRead
from zhixing.cases.intake import paper_clues, paper_findings, paper_receive
from zhixing.cases.models import Case, Filing, Paper, Party
from zhixing.cases.services import filing_open
from zhixing.courts.models import Staff
from zhixing.kernel.errors import InvalidInput, Problem
from zhixing.kernel.text import normalise
from zhixing.platform.crypto import unseal_text

MOST_FILES = 30
ACCEPT = ".txt,.docx,.pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What came of an upload. filing is None while nothing could be kept. known: files that were there already."""

    filing: Filing | None
    papers: list[Paper]
    problems: list[Problem]
    known: int = 0


def filing_receive(
    files: Sequence[UploadedFile], *, staff: Staff, moment: datetime, filing: Filing | None = None
) -> Received:
    """Papers before there is a case. A filing is opened with the first paper that can be read."""

    def keep(file: UploadedFile, content: bytes) -> Paper:
        nonlocal filing
        place = filing or filing_open(staff=staff, moment=moment)
        before = set(Paper.objects.filter(filing=place).values_list("sha256", flat=True))
        paper = paper_receive(
            content=content,
            filename=_name(file),
            uploaded_by=staff.name,
            moment=moment,
            filing=place,
            limit=settings.PAPER_MAX_BYTES,
        )
        if paper.sha256 in before:
            raise _Known
        filing = place
        return paper

    papers, problems, known = _receive(files, keep)
    return Received(filing=filing, papers=papers, problems=problems, known=known)


def case_receive(files: Sequence[UploadedFile], *, case: Case, staff: Staff, moment: datetime) -> Received:
    """Papers of a case that exists: kept, and their clues proposed."""
    parties = {normalise(party.name): party for party in Party.objects.filter(case=case)}
    before = set(Paper.objects.filter(case=case).values_list("sha256", flat=True))

    def keep(file: UploadedFile, content: bytes) -> Paper:
        paper = paper_receive(
            content=content,
            filename=_name(file),
            uploaded_by=staff.name,
            moment=moment,
            case=case,
            limit=settings.PAPER_MAX_BYTES,
        )
        if paper.sha256 in before:
            raise _Known
        paper_clues(case, paper, parties)
        before.add(paper.sha256)
        return paper

    papers, problems, known = _receive(files, keep)
    return Received(filing=None, papers=papers, problems=problems, known=known)


def _receive(
    files: Sequence[UploadedFile], keep: Callable[[UploadedFile, bytes], Paper]
) -> tuple[list[Paper], list[Problem], int]:
    """Each file by itself: one that is refused takes none of the others with it."""
    papers: list[Paper] = []
    problems, known = _count_problems(files), 0
    for file in files[:MOST_FILES]:
        content, problem = _content(file)
        if problem:
            problems.append(problem)
            continue
        try:
            with transaction.atomic():
                papers.append(keep(file, content))
        except InvalidInput as refused:
            problems += _named(refused, file)
        except _Known:
            known += 1
    return papers, problems, known


def papers_read(papers: Sequence[Paper]) -> list[PaperRead]:
    """Papers with their text and findings, decrypted for the form."""
    return [
        PaperRead(
            name=paper.filename,
            text=unseal_text(paper.subject, paper.text_sealed),
            found=paper_findings(paper),
        )
        for paper in papers
    ]


class _Known(Exception):
    """The same bytes are there already."""


def _name(file: UploadedFile) -> str:
    return (file.name or "未命名").replace("/", "_").replace("\\", "_")


def _content(file: UploadedFile) -> tuple[bytes, Problem | None]:
    """The bytes, or why they are not even read. A file beyond the limit stays where the server put it and is dropped."""
    limit = settings.PAPER_MAX_BYTES
    if file.size is not None and file.size > limit:
        return b"", Problem(
            code="paper.too_large",
            field="papers",
            sentence=f"文件“{_name(file)}”有 {file.size / 1048576:.0f} MB，每份材料不超过 {limit / 1048576:.0f} MB，没有收下。",
            mend="请按文书拆分后分别上传；扫描件请先作文字识别。",
        )
    return file.read(), None


def _count_problems(files: Sequence[UploadedFile]) -> list[Problem]:
    if not files:
        return [
            Problem(
                code="paper.none",
                field="papers",
                sentence="没有选择文件。",
                mend="请选择申请书、执行依据等材料，可以一次选多份。",
            )
        ]
    if len(files) > MOST_FILES:
        return [
            Problem(
                code="paper.many",
                field="papers",
                sentence=f"一次选了 {len(files)} 份，只收下前 {MOST_FILES} 份。",
                mend="其余的请再上传一次。",
            )
        ]
    return []


def _named(refused: InvalidInput, file: UploadedFile) -> list[Problem]:
    """Problems with the file's name in front where the sentence does not say it."""
    name = _name(file)
    return [
        Problem(
            code=p.code,
            field="papers",
            mend=p.mend,
            level=p.level,
            law=p.law,
            sentence=p.sentence if name in p.sentence else f"文件“{name}”：{p.sentence}",
        )
        for p in refused.problems
    ]
