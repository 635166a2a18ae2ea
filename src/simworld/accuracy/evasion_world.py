"""A world for the search for evasion: cases with schemes and honest look-alikes, told by banks and registers."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any

from simworld.accuracy.evasion_case import TODAY, Case
from simworld.accuracy.evasion_honest import HONEST
from simworld.accuracy.evasion_schemes import SCHEMES
from simworld.accuracy.wires import envelope
from simworld.institutions import wire_bank
from simworld.institutions.wire_bank import Node, encode_message

_TIMES = ("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y%m%d%H%M%S")


def case_make(seed: str, number: int) -> Case:
    """One case with up to three schemes and two to six look-alikes."""
    case = Case(seed, number)
    rng = case.rng
    for table, count in ((SCHEMES, rng.choice((0, 1, 1, 2, 3))), (HONEST, rng.randint(2, 6))):
        for scheme in rng.choices([one for one, _ in table], [weight for _, weight in table], k=count):
            scheme(case)
    rng.shuffle(case.flows)
    return case


def evasion_write(seed: str, size: int, out: Path) -> None:
    """`size` cases below `out`, each facts.json and statements/*.xml in the banks' format, and truth.jsonl."""
    out.mkdir(parents=True, exist_ok=True)
    with (out / "truth.jsonl").open("x", encoding="utf-8") as told:
        for number in range(size):
            case = case_make(seed, number)
            name = f"case-{number:06d}"
            _case_write(case, out / name)
            told.write(json.dumps({"case": name, "episodes": case.truth}, ensure_ascii=False) + "\n")


def _case_write(case: Case, folder: Path) -> None:
    statements = folder / "statements"
    statements.mkdir(parents=True)
    days = {key: value.isoformat() for key, value in case.days.items()} | {"on": TODAY.isoformat()}
    facts: dict[str, Any] = {"case": days, "people": case.people, "ties": case.ties, "accounts": case.accounts,
                             "dealings": case.dealings, "holds": case.holds}  # fmt: skip
    (folder / "facts.json").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    rng = Random(f"{case.number}:{case.serial}")
    flows = sorted(case.flows, key=lambda row: (row["account"], row["at"]))
    for no, (account, rows) in enumerate(groupby(flows, key=lambda row: row["account"])):
        body = encode_message(
            Node("wlxxList", {}, [_row(rng, account, place, row) for place, row in enumerate(rows, 1)])
        )
        words = {"arg0": wire_bank.user_marker("b", "p"), "arg1": body}
        text = envelope(wire_bank.NAMESPACE, "shfeedXzcxwlxxInfo", words)
        (statements / f"{no:03d}.xml").write_text(text, encoding="utf-8")


def _row(rng: Random, account: str, place: int, row: dict[str, Any]) -> Node:
    """One booked line; one in a hundred cannot be read."""
    amount = row["yuan"]
    if rng.random() < 0.01:
        amount = f"{amount}元"
    elif rng.random() < 0.1:
        amount = f"{float(amount):,.2f}"
    name = row["name"]
    values = {
        "BDHM": f"1309302026{rng.randrange(10**6):06d}", "CCXH": "1", "KHZH": account, "WLXH": str(place), "JYZL": "转账",
        "ZJLX": rng.choice(("借", "支出", "付") if row["out"] else ("贷", "收入", "收")), "BZ": "156", "JE": amount,
        "JYSJ": f"{row['at']:{rng.choice(_TIMES)}}", "JYLSH": row["serial"], "ZCKZXM": name, "ZCKZH": row["to"],
        "JYDSZJHM": row["id_no"], "BEIZ": row["remark"],
    }  # fmt: skip
    return Node("wlxx", values)
