"""Puts list and places together: the state of every rule, and what is wrong with the whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from zhixing.law.book import LawBook, book
from zhixing.law.coverage.listed import Listed, Reasons, listed, reasons
from zhixing.law.coverage.places import (
    CodePlace,
    TablePlace,
    TestPlace,
    code_places,
    table_places,
    test_places,
)

if TYPE_CHECKING:
    from pathlib import Path

State = Literal["encoded", "setting", "not_software", "missing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """A rule and where it stands. why: the reason when it is not software."""

    rule: Listed
    state: State
    tables: tuple[TablePlace, ...] = ()
    code: tuple[CodePlace, ...] = ()
    tests: tuple[TestPlace, ...] = ()
    why: str = ""

    @property
    def told_only(self) -> bool:
        """Nothing computes it: sentences that a page shows to the person who decides."""
        ours = [place for place in self.code if place.name.startswith("law.")]
        tested = [place for place in self.tests if place.path.startswith("tests/law/")]
        return bool(self.tables) and all(place.told for place in self.tables) and not (ours or tested)

    @property
    def settings(self) -> tuple[TablePlace, ...]:
        """Those of its places that the court confirms."""
        return tuple(place for place in self.tables if place.default)


def coverage(
    checkout: Path,
    *,
    rules: tuple[Listed, ...] | None = None,
    given: Reasons | None = None,
    law_book: LawBook | None = None,
) -> tuple[Covered, ...]:
    """Every rule with its state, in the order of the books.

    Args:
        checkout: the folder with src/ and tests/ (without tests no test is named).
        rules, given, law_book: the platform's own when left out.
    """
    rules = listed() if rules is None else rules
    given = reasons() if given is None else given
    tables = table_places(law_book or book())
    code = code_places(checkout / "src" / "zhixing")
    tests = test_places(checkout / "tests")
    return tuple(
        _covered(rule, tables.get(rule.id, []), code.get(rule.id, []), tests.get(rule.id, []), given)
        for rule in rules
    )


def coverage_faults(
    found: tuple[Covered, ...], given: Reasons | None = None, law_book: LawBook | None = None
) -> list[str]:
    """What must not be: a rule without place or reason, with both, an unknown id in a table, doubt shown as settled."""
    given = given or reasons()
    known = {one.rule.id for one in found}
    faults = [
        f"{one.rule.id}（{one.rule.title}）: no table, function or reason"
        for one in found
        if one.state == "missing"
    ]
    faults += [
        f"reasons.yaml: {name} is not in the lists" for name in sorted(given.not_software.keys() - known)
    ]
    faults += [
        f"rules: {name} in {places[0].table} is not in the lists"
        for name, places in sorted(table_places(law_book or book()).items())
        if name not in known
    ]
    for one in found:
        marks, name = set(one.rule.marks), one.rule.id
        if one.state == "not_software" and one.tables:
            faults.append(f"{name}: is said not to be software, but stands in {one.tables[0].table}")
        if "U" in marks and one.state == "encoded" and not one.settings:
            faults.append(f"{name}: the rule book is uncertain, but nothing of it is a setting")
        own = marks and marks <= set("ULD") and not one.rule.example
        if own and one.state == "encoded" and not one.settings and not one.code:
            faults.append(f"{name}: no law stands behind it, but a row says so ({one.tables[0].table})")
    return faults


def _covered(
    rule: Listed, tables: list[TablePlace], code: list[CodePlace], tests: list[TestPlace], given: Reasons
) -> Covered:
    why = given.not_software.get(rule.id, "")
    state: State = "missing"
    if why:
        state = "not_software"
    elif tables:
        state = "setting" if all(place.default for place in tables) else "encoded"
    elif code or (rule.example and tests):
        state = "encoded"
    return Covered(
        rule=rule,
        state=state,
        tables=tuple(tables),
        code=tuple(code),
        tests=tuple(tests),
        why=why,
    )
