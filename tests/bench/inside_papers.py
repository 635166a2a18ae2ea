"""One ruling made and sealed; one paper read."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import rjieba
from bench_figures import figure, quantile

from zhixing.cases.domain.extraction import Paper, extract, read_paper
from zhixing.courts.models import Court
from zhixing.documents.domain.kinds import paper_build
from zhixing.documents.domain.paper import Imprint
from zhixing.documents.services import press, seal_set
from zhixing.kernel.clock import now
from zhixing.processes.demo.materials import materials_fetch

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "documents"))
from documents_samples import SAMPLES

TIMES = 30
IMPRINT = Imprint(
    verification_code="7F3K-9QX2-M4TD",
    verification_url="http://127.0.0.1:8000/verify/7F3K-9QX2-M4TD",
    site="127.0.0.1:8000/verify",
)


def measure() -> Iterator[dict[str, Any]]:
    """Two figures."""
    yield _ruling()
    yield _extract()


def _ms(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _ruling() -> dict[str, Any]:
    court, moment = Court.objects.get(pk=130930), now().replace(microsecond=0)
    paper = paper_build("freeze_ruling", SAMPLES["freeze_ruling"])

    def made() -> bytes:
        return press().render(paper, IMPRINT, moment=moment)

    def sealed() -> bytes:
        return seal_set(made(), court=court, reason="测量", moment=moment)

    size = len(sealed())  # warms up fonts and keys
    whole = [_ms(sealed) for _ in range(TIMES)]
    bare = [_ms(made) for _ in range(TIMES)]
    return figure(
        "ruling rendered and sealed", quantile(whole, 0.5), "ms p50", peer=quantile(bare, 0.5),
        peer_is="rendered without seal", p95=round(quantile(whole, 0.95), 1), bytes=size,
    )  # fmt: skip


def _extract() -> dict[str, Any]:
    """Applications and judgments of the outside world, as text files."""
    texts = [text for material in materials_fetch(first=0, count=20) for text in material.texts.values()]

    def read(text: str) -> None:
        paper = read_paper(text.encode(), "paper.txt", limit_bytes=1_000_000)
        assert isinstance(paper, Paper)
        extract(paper.text)

    read(texts[0])
    whole = [_ms(lambda text=text: read(text)) for text in texts]
    list(rjieba.cut(texts[0]))
    bare = [_ms(lambda text=text: list(rjieba.cut(text))) for text in texts]
    return figure(
        "paper extracted", quantile(whole, 0.5), "ms p50", peer=quantile(bare, 0.5),
        peer_is="the same text cut into words only", p95=round(quantile(whole, 0.95), 1), papers=len(texts),
        characters=round(sum(map(len, texts)) / len(texts)),
    )  # fmt: skip
