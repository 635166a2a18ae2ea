"""What screening says of a world with ground truth, compared with the truth, as figures with their intervals."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from math import sqrt
from pathlib import Path
from typing import Any

from zhixing.entry.screened_plan import plan_of
from zhixing.inquiry.offline.casefile import CaseFile, case_parse
from zhixing.inquiry.offline.messages import folder_read
from zhixing.inquiry.offline.run import screen_run
from zhixing.inquiry.offline.tables import mapping_read

_Z = 1.959964  # 95 %
_TODAY = date(2026, 11, 24)  # the case files name their day themselves
_OWN = "own"


class Tally:
    """Hits and trials per figure, and what went wrong."""

    def __init__(self) -> None:
        self.hits: Counter[str] = Counter()
        self.trials: Counter[str] = Counter()
        self.faults: list[dict[str, Any]] = []

    def count(self, figure: str, *, hit: bool, fault: dict[str, Any]) -> None:
        """One trial."""
        self.trials[figure] += 1
        self.hits[figure] += hit
        # Breaks and abstentions are counted when they happen: no fault to list when they do not.
        if not hit and not figure.endswith(("_breaks", "abstentions")):
            self.faults.append({"figure": figure} | fault)

    def lines(self) -> list[dict[str, Any]]:
        """One figure each; a figure without a trial is left out."""
        return [_figure(name, self.hits[name], trials) for name, trials in self.trials.items()]


def measured(folder: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Figures and faults of a folder written by `python -m simworld accuracy-world`."""
    tally = Tally()
    for told in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        truth = json.loads(told)
        place = folder / truth["case"]
        case = case_parse((place / "case.json").read_text(encoding="utf-8"), today=_TODAY)
        mapping = mapping_read((place / "map.json").read_text(encoding="utf-8"))
        screened = screen_run(case, folder_read(place / "answers", profile="", mapping=mapping))
        _judge(tally, case, truth, screened)
    return tally.lines(), tally.faults


def _judge(tally: Tally, case: CaseFile, truth: dict[str, Any], screened: dict[str, Any]) -> None:
    told: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for item in screened["items"]:
        told[item["request_no"], item["number"]].append(item)
    by_item: dict[int, dict[str, Any]] = {}
    for row in truth["lines"]:
        found = told[row["request_no"], row["number"]]
        item = found.pop(0) if found else None
        where = {"case": truth["case"], "truth": row, "rule": item and item["rule"]}
        if item is None and row["state"] == "empty":
            continue  # the format itself says so: an answer without lines
        tally.count("lines_read", hit=item is not None, fault=where)
        if item is not None:
            by_item[item["item"]] = row
        _identity(tally, row, item, where)
    _comparison(tally, truth, screened, by_item)
    if case.due is not None:
        _plan(tally, case.due, screened["items"], by_item, truth["case"])


def _identity(tally: Tally, row: dict[str, Any], item: dict[str, Any] | None, where: dict[str, Any]) -> None:
    verdict = item["verdict"] if item else "lost"
    if verdict == _OWN:
        tally.count("identity_precision", hit=row["owner"] == "self", fault=where)
    if row["owner"] != "self":
        return
    if row["state"] == "usable":
        tally.count("identity_recall", hit=verdict == _OWN, fault=where)
        tally.count("abstentions", hit=verdict == "unclear", fault={})
    else:
        wanted = {"contradicted": "unclear"}.get(row["state"], row["state"])
        if row["knowable"]:
            tally.count("other_verdicts", hit=verdict == wanted, fault=where)
    if item and verdict == _OWN and row["state"] == "usable":
        right = (item["class"], item["exempt"] or "") == (row["class"], row["exempt"])
        tally.count(
            "classification", hit=right, fault=where | {"class": item["class"], "exempt": item["exempt"]}
        )


def _comparison(
    tally: Tally, truth: dict[str, Any], screened: dict[str, Any], by_item: dict[int, dict[str, Any]]
) -> None:
    by_declared = {row["declared"]: row for row in screened["comparison"] if row["declared"]}
    by_number = {
        (row["person"], by_item[row["item"]]["number"]): row
        for row in screened["comparison"]
        if row["declared"] is None and row["item"] in by_item
    }
    for wanted in truth["compared"]:
        row = (
            by_declared.get(wanted["declared"])
            if wanted["declared"]
            else by_number.get((wanted["person"], wanted["number"]))
        )
        verdict = row["verdict"] if row else "none"
        tally.count(
            "comparison",
            hit=verdict == wanted["verdict"],
            fault={"case": truth["case"], "truth": wanted, "verdict": verdict},
        )


def _plan(
    tally: Tally, due: Decimal, items: list[dict[str, Any]], by_item: dict[int, dict[str, Any]], case: str
) -> None:
    """Floor: nothing protected, of others, twice or beyond what is free. Cap: the sum of divisible picks is within the claim."""
    plan = plan_of(items, due)
    total, picked = Decimal(0), set()
    for pick in plan["picks"]:
        row, amount = by_item[pick["item"]], Decimal(pick["amount"])
        is_safe = row["owner"] == "self" and not row["exempt"] and amount <= Decimal(row["available"] or 0)
        tally.count("plan_floor_breaks", hit=not (is_safe and row["number"] not in picked), fault={})
        picked.add(row["number"])
        total += amount
    tally.count("plan_cap_breaks", hit=total - Decimal(plan["over"]) > due, fault={"case": case})


def _figure(name: str, hits: int, trials: int) -> dict[str, Any]:
    share = hits / trials
    middle, width = (
        share + _Z**2 / (2 * trials),
        _Z * sqrt(share * (1 - share) / trials + _Z**2 / (4 * trials**2)),
    )
    scale = 1 + _Z**2 / trials
    value: float = hits if name.endswith("_breaks") else round(share, 6)
    low, high = max(0.0, (middle - width) / scale), min(1.0, (middle + width) / scale)
    if name.endswith("_breaks"):
        low, high = low * trials, high * trials
    return {"figure": name, "value": value, "low": round(low, 6), "high": round(high, 6), "n": trials}
