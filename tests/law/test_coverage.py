"""Every rule of the two rule books stands somewhere, or it is said why not; docs/law-coverage.md says where."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from zhixing.law.book import book, load_book
from zhixing.law.coverage import (
    Listed,
    Reasons,
    coverage,
    coverage_faults,
    coverage_text,
    listed,
    reasons,
)
from zhixing.law.errors import BrokenTables

ROOT = Path(__file__).parents[2]
# How many rules each chapter of the rule books prints, counted by hand.
PRINTED = {
    "LAW": 4, "CN": 10, "ID": 15, "PT": 29, "N": 37, "CF": 4, "CL": 12, "A": 5, "TB": 23, "KPI": 27, "SV": 24, "PB": 14,
    "CC": 19, "AV": 8, "NIC": 32, "EXM": 24, "DUR": 22, "DEC": 15, "DET": 33, "EVA": 17, "INT": 25, "FEE": 6, "FUND": 20,
    "DIST": 10, "DISP": 18, "PRIV": 16,
}  # fmt: skip


def test_every_rule_has_a_place_or_a_reason() -> None:
    assert coverage_faults(coverage(ROOT)) == []


def test_page_is_up_to_date() -> None:
    """Mend by running `zhixing catalogue`."""
    written = (ROOT / "docs" / "law-coverage.md").read_text(encoding="utf-8")
    assert written == coverage_text(ROOT), "docs/law-coverage.md is stale: run zhixing catalogue"


def test_no_printed_rule_is_left_out_of_the_lists() -> None:
    def chapter(name: str) -> str:
        return "".join(c for c in name.partition("-")[0] if not c.isdigit())

    counted = Counter(chapter(one.id) for one in listed() if ":" not in one.id)
    assert counted == PRINTED


def test_places_exist() -> None:
    rules = book()
    tables = {*rules.table_ids(), *(name.rpartition(".")[0] or name for name in rules.series_ids())}
    for one in coverage(ROOT):
        assert {place.table for place in one.tables} <= tables | set(rules.series_ids())
        for place in (*one.code, *one.tests):
            base = ROOT / "src" if place.path.startswith("zhixing/") else ROOT
            assert (base / place.path).is_file(), place
    named = {name.partition(".")[0] for name in tables}
    assert {name.partition(".")[0] for name in reasons().confirmed_by} - {"else"} <= named


def lists(folder: Path, process: str) -> Path:
    for name, rules in (("process", process), ("money", "")):
        (folder / f"{name}.yaml").write_text(
            f"book: {name}\nsections:\n  - number: '1'\n    title: 章\n    rules:\n{rules or '      []'}\n",
            encoding="utf-8",
        )
    return folder


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ("      - {id: PT-01, title: 甲}\n      - {id: PT-01, title: 乙}", "PT-01 stands twice"),
        ("      - {id: PT-01}", "title is missing"),
        ("      - {id: PT-01, title: 甲, marks: Z}", "unknown mark"),
        ("      - {id: PT-01, title: 甲, where: law}", "unknown key where"),
    ],
)
def test_broken_list_is_refused(tmp_path: Path, rules: str, said: str) -> None:
    with pytest.raises(BrokenTables, match=said):
        listed(lists(tmp_path, rules))


NONE = Reasons(not_software={}, confirmed_by={"else": "执行局"})
TABLE = """
id: rate
meaning: 利率
unit: ratio
values:
  - {from: 2014-08-01, value: "0.1", source: [act], status: verified, rules: [PT-02]}
"""


def faults(folder: Path, *, rule: str, marks: str = "V", given: Reasons = NONE, doc: str = "") -> list[str]:
    """What is said of a list of one rule, of a book with one table that carries PT-02, and of one module."""
    (folder / "src" / "zhixing").mkdir(parents=True)
    (folder / "src" / "zhixing" / "one.py").write_text(f'"""{doc}"""\n', encoding="utf-8")
    (folder / "tables").mkdir()
    (folder / "tables" / "citations.yaml").write_text(
        "acts:\n  act: {short: 法, title: 法, tier: T1}\n", "utf-8"
    )
    (folder / "tables" / "rate.yaml").write_text(TABLE, encoding="utf-8")
    law_book = load_book(folder / "tables")
    rules = (
        Listed(id="PT-02", title="乙", marks="V", book="b", section="s"),
        *((Listed(id=rule, title="甲", marks=marks, book="b", section="s"),) if rule != "PT-02" else ()),
    )
    if rule == "PT-02":
        rules = (Listed(id="PT-02", title="乙", marks=marks, book="b", section="s"),)
    return coverage_faults(coverage(folder, rules=rules, given=given, law_book=law_book), given, law_book)


def test_rule_without_place_is_a_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, rule="PT-01") == ["PT-01（甲）: no table, function or reason"]


def test_docstring_and_short_range_are_places(tmp_path: Path) -> None:
    assert faults(tmp_path, rule="PT-03", doc="Periods (PT-01 to PT-04).") == []


def test_long_range_is_no_place(tmp_path: Path) -> None:
    assert faults(tmp_path, rule="PT-03", doc="Periods (PT-01 to PT-39).") == [
        "PT-03（甲）: no table, function or reason"
    ]


def test_reason_is_a_place_but_not_beside_a_table(tmp_path: Path) -> None:
    why = Reasons(not_software={"PT-02": "说明。"}, confirmed_by={"else": "执行局"})
    assert faults(tmp_path, rule="PT-02", given=why) == [
        "PT-02: is said not to be software, but stands in rate"
    ]


def test_uncertain_rule_needs_a_setting(tmp_path: Path) -> None:
    assert faults(tmp_path, rule="PT-02", marks="PU") == [
        "PT-02: the rule book is uncertain, but nothing of it is a setting"
    ]


def test_design_of_ours_is_not_shown_as_law(tmp_path: Path) -> None:
    assert faults(tmp_path, rule="PT-02", marks="D") == [
        "PT-02: no law stands behind it, but a row says so (rate)"
    ]


def test_id_that_no_list_knows_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "citations.yaml").write_text(
        "acts:\n  act: {short: 法, title: 法, tier: T1}\n", "utf-8"
    )
    (tmp_path / "tables" / "rate.yaml").write_text(TABLE.replace("PT-02", "PT-99"), encoding="utf-8")
    law_book = load_book(tmp_path / "tables")
    assert coverage_faults((), NONE, law_book) == ["rules: PT-99 in rate is not in the lists"]
