"""The folder of answers: raw messages of any profile, and tables with a mapping. What cannot be read is set apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from zhixing.gateway.domain.canonical import InquiryResult
from zhixing.gateway.domain.messages import Body, FilePackage, InquiryFeedback, RollbackList
from zhixing.gateway.profiles.registry import profiles_known, wire_get
from zhixing.inquiry.offline.tables import TABLES, Mapping, TableFault, table_rows

MOST_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one file says about one request."""

    file: str
    profile: str
    result: InquiryResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a table, columns of the sieve."""

    file: str
    values: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """A file or a part of one that could not be taken, and why, in sentences."""

    file: str
    reasons: tuple[str, ...]


def folder_read(folder: Path, *, profile: str, mapping: Mapping | None) -> Iterator[Answer | Row | Apart]:
    """Every file below the folder in order of its name.

    Args:
        profile: name of the format of all messages; "" to try each format.
        mapping: how columns of CSV and Excel files are called; None sets such files apart.
    """
    for path in sorted(
        path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")
    ):
        name = str(path.relative_to(folder))
        if path.stat().st_size > MOST_BYTES:
            yield Apart(file=name, reasons=(f"文件超过 {MOST_BYTES // 1048576} MB，请分开后重试。",))
        elif path.suffix.lower() in TABLES:
            yield from _table(path, name, mapping)
        else:
            yield from _message(path.read_bytes(), name, profile)


def _table(path: Path, name: str, mapping: Mapping | None) -> Iterator[Row | Apart]:
    if mapping is None:
        yield Apart(file=name, reasons=("表格没有说明各列的含义，请用 --mapping 指定。",))
        return
    try:
        for values in table_rows(path, mapping):
            yield Row(file=name, values=values)
    except TableFault as fault:
        yield Apart(file=name, reasons=(str(fault),))


def _message(raw: bytes, name: str, profile: str) -> Iterator[Answer | Apart]:
    tries = []
    for known in [profile] if profile else list(profiles_known()):
        for dialect in profiles_known()[known]:
            read = wire_get(known, dialect).decode(raw)
            results = list(_results(read.body)) if read.body is not None else []
            if results and not read.errors:
                yield from (Answer(file=name, profile=known, result=result) for result in results)
                return
            tries.append((len(read.errors), [problem.sentence for problem in read.errors], read.body))
    # The format that understood most tells best what is wrong.
    _, reasons, body = min(tries, key=lambda found: (found[2] is None, found[0] or 99))
    if body is not None and not reasons:
        reasons = [f"这是 {type(body).__name__}，不是查询反馈，没有可以筛查的内容。"]
    yield Apart(file=name, reasons=tuple(reasons[:5]) or ("不是任何一种已知格式的报文。",))


def _results(body: Body) -> Iterator[InquiryResult]:
    match body:
        case InquiryFeedback():
            yield from body.results
        case RollbackList():
            return
        case FilePackage():
            for member in body.members:
                yield from _results(member.body)
