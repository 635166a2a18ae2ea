"""Extraction measured on the corpus: as text, as Word document, as PDF."""

from __future__ import annotations

import hashlib
import time

import extraction_scoring as scoring
import paper_files
import pytest

from zhixing.cases.domain.extraction import Paper, extract, read_paper

NAMES = scoring.paper_names()


def _text(name: str) -> str:
    return (scoring.PAPERS / f"{name}.txt").read_text(encoding="utf-8")


def _show(title: str, score: scoring.Score) -> None:
    print(f"\n{title}\n{score.table()}\n" + "\n".join(score.faults))


def test_corpus_is_extracted_with_high_precision_and_recall(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(NAMES) >= 14
    score = scoring.Score()
    for name in NAMES:
        scoring.score_paper(score, name, extract(_text(name)).as_json())
    with capsys.disabled():
        _show("extraction, text", score)
    assert score.precision() >= 0.97
    assert score.recall() >= 0.97


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_word_and_pdf_variants_are_extracted_alike(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    make = paper_files.as_docx if kind == "docx" else paper_files.as_pdf
    score = scoring.Score()
    for name in NAMES:
        paper = read_paper(make(_text(name)), f"{name}.{kind}")
        assert isinstance(paper, Paper)
        scoring.score_paper(score, name, extract(paper.text).as_json())
    with capsys.disabled():
        _show(f"extraction, {kind}", score)
    assert score.precision() >= 0.97
    assert score.recall() >= 0.97


@pytest.mark.parametrize("name", NAMES)
def test_every_span_is_exactly_the_raw_text(name: str) -> None:
    text = _text(name)
    answer = extract(text).as_json()
    assert answer["text_length"] == len(text)
    assert answer["text_sha256"] == hashlib.sha256(text.encode()).hexdigest()
    for kind, rows in answer.items():
        for row in rows if isinstance(rows, list) else []:
            start, end = row["span"]
            if kind == "parties":
                assert row["name"] in text[start:end].replace(" ", "").replace("(", "（").replace(")", "）")
                continue
            assert text[start:end] == row["raw"]
            assert len(row["context"]) <= 40
            assert row["check"]["ok"] in (True, False, None)


def test_paper_of_three_thousand_characters_takes_less_than_thirty_milliseconds() -> None:
    text = "\n".join(_text(name) for name in NAMES[:3])[:3000]
    extract(text)
    best = min(_timed(text) for _ in range(15))
    assert best < 0.030


def _timed(text: str) -> float:
    start = time.process_time()
    extract(text)
    return time.process_time() - start
