"""What refers from one table to another must be there: periods, chains, counts, stages; chains not below the law."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhixing.law.approvals import chain_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhixing.law.book import LawBook

_TERMS = ("term", "case_term", "most")  # fields that name periods


def crossing_faults(law_book: LawBook) -> list[str]:
    """One sentence for each reference that leads nowhere, and for each chain that the law does not allow."""
    tables = set(law_book.table_ids())
    known = {name: {row.code for row in law_book.all_rows(name)} for name in tables}
    faults: list[str] = []
    for table in sorted(tables):
        for row in law_book.all_rows(table):
            place = f"{table}: {row.code}"
            for field, wanted, code in _references(row):
                if wanted in tables and code not in known[wanted]:
                    faults.append(f"{place}: {field} {code} is not in {wanted}")
    if "approval.chains" in tables:
        faults += chain_faults(law_book)
    return faults


def _references(row: Any) -> Iterator[tuple[str, str, str]]:
    """(field, table it refers to, code)."""
    for field in _TERMS:
        for code in _codes(getattr(row, field, None)):
            yield field, "terms", code
    for code in _codes(getattr(row, "chain", None)):
        yield "chain", "approval.chains", code
    if hasattr(row, "closed_by"):
        yield "stage", "stages", row.stage
    if hasattr(row, "numerator"):
        for code in (*row.numerator, *row.denominator):
            yield "count", "kpi.counts", code.removeprefix("-")


def _codes(value: object) -> tuple[str, ...]:
    """The codes in a field; a field of the same name that holds an amount has none."""
    if isinstance(value, str) and value:
        return (value,)
    return value if isinstance(value, tuple) else ()
