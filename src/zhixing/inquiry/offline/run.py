"""Case file and folder through sieve, classes and comparison; the answer as plain values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from zhixing.gateway.domain.canonical import Outcome
from zhixing.inquiry.domain.records import asked_holder, records_of
from zhixing.inquiry.domain.screening import line_of
from zhixing.inquiry.domain.sieve import ITEMS, KNOWN, Settings, frame, sentence, sift
from zhixing.inquiry.domain.sieve.classes import hold_sentence, with_classes
from zhixing.inquiry.domain.sieve.cleaning import folded, number_key
from zhixing.inquiry.domain.sieve.comparing import ASKS, DECLARED, FOUND, REASONS, Limits, compared
from zhixing.inquiry.offline.casefile import CaseFile
from zhixing.inquiry.offline.messages import Answer, Apart, Row
from zhixing.law.book import book
from zhixing.law.schemas import Exemption
from zhixing.law.terms import deadline

_SHOWN = (
    "file", "request_no", "person", "kind", "class", "number", "label", "balance", "available", "currency", "as_of",
    "verdict", "rule", "reason", "is_strong", "hold", "hold_reason", "exempt", "exempt_action", "thing",
)  # fmt: skip


def screen_run(case: CaseFile, told: Iterable[Answer | Row | Apart]) -> dict[str, Any]:
    """Everything about a case's answers.

    Returns: {"items": [...], "answers": [...], "comparison": [...], "apart": [...], "summary": {...}}; each item keeps the
    file it came from; amounts are texts in yuan.
    """
    found = list(told)
    apart: list[dict[str, Any]] = [
        {"file": one.file, "reasons": list(one.reasons)} for one in found if isinstance(one, Apart)
    ]
    numbers = {person.id: no for no, person in enumerate(case.persons)}
    lines, answers = [], []
    for one in found:
        if isinstance(one, Answer):
            _take_answer(case, one, numbers, lines, answers, apart)
        elif isinstance(one, Row):
            _take_row(case, one, numbers, lines, apart)
    items = _judged(case, lines, numbers)
    return {
        "items": items,
        "answers": answers,
        "comparison": _comparison(case, items, numbers),
        "apart": apart,
        "summary": dict(sorted(Counter(item["verdict"] for item in items).items())) | {"apart": len(apart)},
    }


def _take_answer(
    case: CaseFile, one: Answer, numbers: dict[str, int], lines: list[dict[str, Any]], answers: list[dict[str, Any]],
    apart: list[dict[str, Any]],
) -> None:  # fmt: skip
    result = one.result
    person = case.person_of(result.request_no)
    if not person:
        apart.append(
            {
                "file": one.file,
                "request_no": result.request_no,
                "reasons": ["请求单号不在案件文件中，不知道查询的是谁。"],
            }
        )
        return
    answers.append(
        {"file": one.file, "profile": one.profile, "request_no": result.request_no, "person": person,
         "outcome": str(result.outcome), "note": result.outcome_text}
    )  # fmt: skip
    if result.outcome != Outcome.FOUND:
        return
    asked = case.persons[numbers[person]]
    ids = [value for kind, value in asked.identifiers if kind == "id"]
    for record in records_of(result):
        line = line_of(len(lines), asked_holder(record, ids, [asked.name]), case.received_on)
        lines.append(
            line
            | {
                "ask": numbers[person],
                "order": len(answers),
                "file": one.file,
                "request_no": result.request_no,
                "person": person,
            }
        )


def _take_row(
    case: CaseFile,
    one: Row,
    numbers: dict[str, int],
    lines: list[dict[str, Any]],
    apart: list[dict[str, Any]],
) -> None:
    request_no = one.values.get("request_no", "")
    person = one.values.get("person") or case.person_of(request_no)
    if person not in numbers:
        apart.append({"file": one.file, "request_no": request_no, "reasons": ["这一行没有说明查询的是谁。"]})
        return
    values = {key: value for key, value in one.values.items() if key in ITEMS}
    lines.append(
        values | {"item": len(lines), "ask": numbers[person], "order": 1_000_000 + len(lines), "version": 1,
                  "received": case.received_on, "file": one.file, "request_no": request_no, "person": person}
    )  # fmt: skip


def _judged(case: CaseFile, lines: list[dict[str, Any]], numbers: dict[str, int]) -> list[dict[str, Any]]:
    if not lines:
        return []
    rules = book().at(case.received_on)
    items = frame([{key: value for key, value in line.items() if key in ITEMS} for line in lines], ITEMS)
    judged = with_classes(
        sift(
            items,
            frame(_known(case, numbers), KNOWN),
            settings=Settings(stale_days=rules.value("inquiry.stale_days")),
        ),
        rules.rows("exempt", Exemption),
    )
    told = []
    for line, row in zip(lines, judged.iter_rows(named=True), strict=True):
        values = {**row, "file": line["file"], "request_no": line["request_no"], "person": line["person"],
                  "balance": _yuan(row["balance_fen"]), "available": _yuan(row["available_fen"]), "currency": row["currency_code"],
                  "as_of": row["told_on"].isoformat() if row["told_on"] else None, "reason": sentence(row["rule"]),
                  "hold_reason": hold_sentence(row["hold"]) if row["hold"] else None}  # fmt: skip
        told.append({"item": row["item"]} | {name: values[name] for name in _SHOWN})
    return told


def _known(case: CaseFile, numbers: dict[str, int]) -> list[dict[str, Any]]:
    rows = []
    for person in case.persons:
        ask = numbers[person.id]
        rows.append({"ask": ask, "kind": "name", "value": person.name, "whose": "self"})
        for kind, value in person.identifiers:
            rows.append({"ask": ask, "kind": kind, "value": value, "whose": "self"})
            if kind == "id":
                rows += [
                    {"ask": other, "kind": "id", "value": value, "whose": "party"}
                    for other in numbers.values() if other != ask
                ]  # fmt: skip
    return rows


def _comparison(case: CaseFile, items: list[dict[str, Any]], numbers: dict[str, int]) -> list[dict[str, Any]]:
    """Declared against found for every debtor; number and place compared in the sieve's cleaned form."""
    rules = book().at(case.received_on)
    declared = pl.DataFrame(
        [
            {"declared": no, "ask": numbers[item.person], "kind": item.kind, "number": item.number, "tail": item.tail or item.number[-4:],
             "place": item.place, "fen": None if item.amount is None else int(item.amount * 100)}
            for no, item in enumerate(case.declared)
        ],
        schema=dict(DECLARED),
    ).with_columns(number_key(pl.col("number")), folded(pl.col("place")))  # fmt: skip
    own = [item for item in items if item["verdict"] == "own"]
    found = pl.DataFrame(
        [
            {"item": item["item"], "ask": numbers[item["person"]], "kind": item["class"], "number": item["number"],
             "tail": item["number"][-4:], "place": "", "fen": None if item["balance"] is None else int(Decimal(item["balance"]) * 100),
             "opened": None, "ended": None}
            for item in own
        ],
        schema=dict(FOUND),
    ).with_columns(number_key(pl.col("number")))  # fmt: skip
    asks = pl.DataFrame(
        [
            {"ask": no, "reported_on": case.reported_on.get(person), "lookback_from": _lookback(case.noticed_on.get(person)),
             "kinds_asked": sorted({item["class"] for item in items if item["person"] == person})}
            for person, no in numbers.items()
        ],
        schema=dict(ASKS),
    )  # fmt: skip
    limits = Limits(
        tolerance=int(rules.value("inquiry.amount_tolerance") * 1000),
        material_fen=int(rules.value("inquiry.material_gap") * 100),
    )
    names = {no: person for person, no in numbers.items()}
    return [
        {
            "person": names[row["ask"]],
            "declared": None if row["declared"] is None else case.declared[row["declared"]].id,
            "item": row["item"],
            "verdict": row["verdict"],
            "reason": REASONS[row["reason"]],
            "gap": _yuan(row["gap_fen"]),
            "is_material": row["is_material"],
        }
        for row in compared(declared, found, asks, limits=limits).iter_rows(named=True)
    ]


def _lookback(noticed_on: date | None) -> date | None:
    return None if noticed_on is None else deadline(noticed_on, "declaration.look_back").due


def _yuan(fen: int | None) -> str | None:
    return None if fen is None else f"{Decimal(fen) / 100:.2f}"
