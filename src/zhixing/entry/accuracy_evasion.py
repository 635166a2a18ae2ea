"""What the search for evasion says of a world with ground truth: figures evasion_precision and evasion_recall."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from zhixing.entry.accuracy import Tally
from zhixing.gateway.domain.messages import TransactionFeedback
from zhixing.gateway.profiles.registry import wire_get
from zhixing.inquiry.domain.evasion import Limits, frames, search
from zhixing.inquiry.domain.evasion.reading import case_read
from zhixing.inquiry.domain.evasion.statements import statement_of
from zhixing.law.book import book

_TODAY = date(2026, 11, 24)


def evasion_measured(folder: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Figures and faults of the folder `evasion` that `python -m simworld accuracy-world` writes.

    precision: leads of which at least one record belongs to a scheme. recall: schemes told by at least one lead; what
    is only "unclear" counts as missed. A scheme that leaves nothing the search may see is in the world as well.
    """
    tally = Tally()
    tables, truth = _tables(folder), _truth(folder)
    told: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in search(frames(tables), Limits.of(book().at(_TODAY))).to_dicts():
        told[row["case"]].append(row)
    for case, episodes in truth.items():
        _judge(tally, case, episodes, told[case])
    return tally.lines(), tally.faults


def _judge(tally: Tally, case: str, episodes: list[dict[str, Any]], leads: list[dict[str, Any]]) -> None:
    schemes = [one for one in episodes if one["evasive"]]
    hidden = {record for one in schemes for record in one["records"]}
    named = {record: one["episode"] for one in episodes for record in one["records"]}
    firm = [lead for lead in leads if lead["strength"] != "unclear"]
    for lead in firm:
        looks = sorted({named[record] for record in lead["evidence"] if record in named})
        tally.count(
            "evasion_precision",
            hit=bool(hidden & set(lead["evidence"])),
            fault={"case": case, "rule": lead["rule"], "episodes": looks, "fen": lead["fen"]},
        )
    clear = {record for lead in firm for record in lead["evidence"]}
    asked = {record for lead in leads for record in lead["evidence"]}
    for one in schemes:
        records = set(one["records"])
        tally.count(
            "evasion_recall",
            hit=bool(records & clear),
            fault={"case": case, "episode": one["episode"], "unclear": bool(records & asked)},
        )
        tally.count(
            "evasion_abstentions", hit=bool(records & asked) and not records & clear, fault={"case": case}
        )


def _truth(folder: Path) -> dict[str, list[dict[str, Any]]]:
    lines = (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["case"]: row["episodes"] for row in map(json.loads, lines)}


def _tables(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """All cases through the reader of facts and the real format of the banks."""
    tables: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for place in sorted(path for path in folder.iterdir() if path.is_dir()):
        facts = json.loads((place / "facts.json").read_text(encoding="utf-8"))
        for name, rows in case_read(facts, place.name).items():
            tables[name] += rows
        for path in sorted((place / "statements").iterdir()):
            tables["flows"] += _flows(place.name, path.read_bytes())
    return tables


def _flows(case: str, raw: bytes) -> list[dict[str, Any]]:
    read = wire_get("bank-soap-gbk", "").decode(raw)
    if not isinstance(read.body, TransactionFeedback):
        raise TypeError(f"no statement: {[problem.sentence for problem in read.errors]}")
    return [
        row | {"case": case, "flow": row["serial"]}
        for entry in read.body.entries
        for row in statement_of(entry.account_no, entry.transactions).rows
    ]
