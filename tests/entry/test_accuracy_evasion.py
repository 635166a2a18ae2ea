"""Figures of the search for evasion on a small world; the world is the same for the same seed."""

from __future__ import annotations

from pathlib import Path

from simworld.accuracy.evasion_honest import HONEST
from simworld.accuracy.evasion_schemes import SCHEMES
from simworld.accuracy.evasion_world import case_make, evasion_write
from zhixing.entry.accuracy_evasion import evasion_measured


def test_figures_stand_where_they_are_promised(tmp_path: Path) -> None:
    """Precision 95 %, recall 80 %, with look-alikes in the world; a margin for the small number of cases."""
    evasion_write("test", 250, tmp_path)
    figures, faults = evasion_measured(tmp_path)
    told = {row["figure"]: row for row in figures}
    assert set(told) == {"evasion_precision", "evasion_recall", "evasion_abstentions"}
    assert told["evasion_precision"]["high"] >= 0.95
    assert told["evasion_precision"]["value"] >= 0.94
    assert told["evasion_recall"]["value"] >= 0.80
    wrong = told["evasion_precision"]["n"] * (1 - told["evasion_precision"]["value"])
    assert round(wrong) == sum(fault["figure"] == "evasion_precision" for fault in faults)


def test_the_world_holds_every_scheme_and_look_alike_and_is_repeatable() -> None:
    cases = [case_make("test", number) for number in range(400)]
    told = {(row["episode"], row["evasive"]) for case in cases for row in case.truth}
    assert {name for name, evasive in told if evasive} >= {scheme.__name__ for scheme, _ in SCHEMES}
    assert {name for name, evasive in told if not evasive} >= {scheme.__name__ for scheme, _ in HONEST}
    again = case_make("test", 7)
    assert (again.flows, again.dealings, again.truth) == (cases[7].flows, cases[7].dealings, cases[7].truth)
