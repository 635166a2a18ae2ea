"""The loader refuses what is not law with a source; the book answers for a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from zhixing.law.approvals import chain_faults, chain_for
from zhixing.law.book import book, load_book
from zhixing.law.errors import BrokenTables, NoRuleInForce, UnknownRule
from zhixing.law.nodes import nodes_closed_by, nodes_opened_by, stage_after
from zhixing.law.steps import Step, steps_printed

if TYPE_CHECKING:
    from pathlib import Path

CITATIONS = """
acts:
  act: {short: 某法, title: 某某法, tier: T1, articles: 20}
  rule: {short: 某文, title: 某某文, number: 法〔2020〕1号, tier: T2, articles: 9, counter: 项}
articles:
  act.3: {gist: 说明}
aliases:
  topic: act.7
"""
RATE = """
id: rate
meaning: 日利率
unit: rate_per_day
checks: [non_negative, below_one]
values:
  - {from: 2014-08-01, value: "0.000175", source: [act.3], status: verified}
  - {from: 2020-01-01, value: "0.0002", source: [act.3], status: verified}
  - {from: 2024-01-01, value: null, source: [act.4], status: verified}
"""


SHARED = "from: 2015-01-01\nsource: [act.1]\nstatus: verified\nrows:\n"


def tables(folder: Path, **files: str) -> Path:
    """Write a folder of tables."""
    (folder / "citations.yaml").write_text(CITATIONS, encoding="utf-8")
    for name, content in files.items():
        (folder / f"{name}.yaml").write_text(content, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("day", "value"),
    [
        ("2014-08-01", "0.000175"),
        ("2019-12-31", "0.000175"),
        ("2020-01-01", "0.0002"),
        ("2023-12-31", "0.0002"),
    ],
)
def test_value_holds_from_its_first_day_until_the_next(tmp_path: Path, day: str, value: str) -> None:
    assert load_book(tables(tmp_path, rate=RATE)).at(date.fromisoformat(day)).value("rate") == Decimal(value)


def test_day_before_first_value_and_repeal_day_raise(tmp_path: Path) -> None:
    law_book = load_book(tables(tmp_path, rate=RATE))
    for day in (date(2014, 7, 31), date(2024, 1, 1)):
        with pytest.raises(NoRuleInForce):
            law_book.at(day).value("rate")
    with pytest.raises(UnknownRule):
        law_book.at(date(2020, 1, 1)).value("other")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            (", source: [act.3], status: verified}\n  - {from: 2020", ", status: verified}\n  - {from: 2020"),
            "without source",
        ),
        (("act.4", "act.99"), "not in citations"),
        (("unit: rate_per_day", "unit: per_mille"), "closed list"),
        (("meaning: 日利率", "meaning: 日利率\nremark: x"), "unknown key remark"),
        (("meaning: 日利率", "meaning: 日利率\nmeaning: 又"), "duplicate key meaning"),
        (('"0.0002"', '"2"'), "below_one"),
        (('"0.0002"', "0.0002"), "as text in quotes"),
        (("id: rate", "id: other"), "as the file's path"),
        (("from: 2020-01-01", "from: 2014-08-01"), "in order of from"),
        (("status: verified}\n  - {from: 2020", "status: sure}\n  - {from: 2020"), "status must be"),
    ],
)
def test_broken_table_is_refused_with_its_fault(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    assert change[0] in RATE
    with pytest.raises(BrokenTables, match=said):
        load_book(tables(tmp_path, rate=RATE.replace(*change, 1)))


def test_gap_is_only_what_a_null_declares(tmp_path: Path) -> None:
    """A value that ends says so with null; until the next one nothing is answered."""
    back = RATE + '  - {from: 2026-01-01, value: "0.0001", source: [act.5], status: verified}\n'
    law_book = load_book(tables(tmp_path, rate=back))
    for day in (date(2024, 1, 1), date(2025, 12, 31)):
        with pytest.raises(NoRuleInForce):
            law_book.at(day).value("rate")
    assert law_book.at(date(2026, 1, 1)).value("rate") == Decimal("0.0001")


YEAR = "id: {id}\nkind: calendar\nyear: {year}\nmeaning: 假日\nsource: [act.1]\nstatus: verified\n"


def test_missing_year_between_calendars_is_refused(tmp_path: Path) -> None:
    years = {f"y{year}": YEAR.format(id=f"y{year}", year=year) for year in (2023, 2024, 2026)}
    with pytest.raises(BrokenTables, match="2025 is missing between 2023 and 2026"):
        load_book(tables(tmp_path, **years))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("holidays: {元旦: [2023-01-01]}", "is no day of 2024"),
        ("holidays: {元旦: [2024-01-01, 2024-01-01]}", "a day stands twice"),
        ("holidays: {春节: [2024-02-04]}\nworking_weekends: [2024-02-04]", "a day stands twice"),
        ("working_weekends: [2024-02-05]", "is no weekend"),
        ("colour: red", "unknown key colour"),
    ],
)
def test_broken_calendar_is_refused(tmp_path: Path, wrong: str, said: str) -> None:
    with pytest.raises(BrokenTables, match=said):
        load_book(tables(tmp_path, y2024=YEAR.format(id="y2024", year=2024) + wrong + "\n"))


SCALE = """
id: scale
meaning: 分段
unit: brackets
values:
  - from: 2007-04-01
    value:
      - {to: "10000", flat: "50"}
      - {to: "500000", rate: "0.015"}
      - {to: null, rate: "0.01"}
    source: [act.1]
    status: verified
"""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('"500000"', '"10000"'), "must rise"),
        (("to: null", 'to: "900000"'), "the last bracket has no limit"),
        (('to: "500000"', "to: null"), "has a limit"),
        ((', rate: "0.015"', ""), "either rate or flat"),
        (('rate: "0.015"', 'rate: "0.015", flat: "1"'), "either rate or flat"),
    ],
)
def test_brackets_with_a_gap_are_refused(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    load_book(tables(tmp_path, scale=SCALE))
    assert change[0] in SCALE
    with pytest.raises(BrokenTables, match=said):
        load_book(tables(tmp_path, scale=SCALE.replace(*change, 1)))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("odd", "id: odd\nkind: none\nmeaning: x\n", "unknown kind none"),
        ("odd", "id: odd\nkind: records\nschema: none\nmeaning: x\nrows: []\n", "unknown schema none"),
        ("odd", "id: odd\nmeaning: x\nunit: yuan\nvalues: []\n", "no values"),
        ("odd", "id: odd\nunit: yuan\nvalues: []\n", "meaning is missing"),
        ("odd", "- a\n- b\n", "a table is a mapping"),
        ("odd", "id: odd\nkind: group\nmeaning: x\nitems:\n  a: {meaning: x, unit: yuan, colour: red, values: []}\n", "a: unknown key colour"),
        ("odd", RATE.replace("id: rate", "id: odd").replace('"0.000175"', '"zero"'), "is no decimal number"),
        ("odd", RATE.replace("id: rate", "id: odd").replace('"0.000175"', '"-1"'), "non_negative"),
        ("odd", RATE.replace("id: rate", "id: odd").replace("below_one", "prime"), "unknown check prime"),
        ("odd", RATE.replace("id: rate", "id: odd").replace("rate_per_day", "days").replace('"0.000175"', '"1"'), "is no whole number"),
    ],
)  # fmt: skip
def test_other_broken_tables_are_refused(tmp_path: Path, name: str, content: str, said: str) -> None:
    with pytest.raises(BrokenTables, match=said):
        load_book(tables(tmp_path, **{name: content}))


def test_reference_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    terms = (
        "id: terms\nkind: records\nschema: term\nmeaning: 期限\n" + SHARED +
        "  - {code: a.b, title: 甲, amount: 1, unit: days, tier: T1}\n"
    )  # fmt: skip
    types = "id: types\nkind: records\nschema: case_type\nmeaning: 类型\n" + SHARED
    row = "  - {code: 执, title: 首执, family: implementation, case_term: a.b}\n"
    load_book(tables(tmp_path, terms=terms, types=types + row))
    with pytest.raises(BrokenTables, match=r"case_term a\.c is not in terms"):
        load_book(tables(tmp_path, terms=terms, types=types + row.replace("a.b", "a.c")))


@pytest.mark.parametrize("table", sorted({*book().table_ids()} - {"case_signs"}))
def test_day_before_the_first_row_of_every_table_has_no_row(table: str) -> None:
    """Nothing falls back: before its first day a code raises, and a table answers without rows."""
    rows = book().all_rows(table)
    first = min(row.since for row in rows)
    before = book().at(date.fromordinal(first.toordinal() - 1))
    assert before.rows(table) == ()
    with pytest.raises(NoRuleInForce):
        before.row(table, rows[0].code)


@pytest.mark.parametrize("rule", book().series_ids())
def test_day_before_the_first_value_of_every_rule_raises(rule: str) -> None:
    first = book().history(rule)[0].since
    with pytest.raises(NoRuleInForce):
        book().at(date.fromordinal(first.toordinal() - 1)).value(rule)
    book().at(first).value(rule)


def test_all_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    with pytest.raises(BrokenTables) as refused:
        load_book(tables(tmp_path, rate=RATE.replace("act.4", "act.99"), wrong="id: wrong\nkind: none\n"))
    assert len(refused.value.faults) >= 2


def test_hash_follows_content_not_layout(tmp_path: Path) -> None:
    first = load_book(tables(tmp_path, rate=RATE)).hash
    assert load_book(tables(tmp_path, rate="# a remark\n" + RATE)).hash == first
    assert load_book(tables(tmp_path, rate=RATE.replace("0.0002", "0.0003"))).hash != first


def test_row_with_unknown_field_or_twice_is_refused(tmp_path: Path) -> None:
    head = "id: modes\nkind: records\nschema: close_mode\nmeaning: 方式\n" + SHARED
    row = "  - {code: a, title: 甲, order: 1, case_types: [执]}\n"
    load_book(tables(tmp_path, modes=head + row))
    for wrong, said in (
        (row + row, "stands twice"),
        (row.replace("order: 1", "order: 1, colour: red"), "colour"),
    ):
        with pytest.raises(BrokenTables, match=said):
            load_book(tables(tmp_path, modes=head + wrong))


def test_citations_by_article_by_alias_and_by_act_name(tmp_path: Path) -> None:
    law_book = load_book(tables(tmp_path, rate=RATE))
    assert law_book.cite("act.12").short == "某法第十二条"
    assert law_book.cite("rule.7").short == "某文第七项"
    assert law_book.cite("topic").short == "某法第七条"
    assert law_book.short("act", "rule.2") == "某法、某文第二项"
    for wrong in ("act.21", "act.0", "nothing", "act.x"):
        with pytest.raises(UnknownRule):
            law_book.cite(wrong)


# The platform's own tables


def test_own_citations_read_as_printed_on_pages() -> None:
    assert book().cite("cpl.253").short == "民诉法第二百五十三条"
    assert book().cite("cpli.485").short == "民诉法解释第四百八十五条"
    assert book().cite("tenmusts.7").short == "十个必须第七项"
    assert book().cite("bank64").short == "法〔2018〕64号"
    assert book().citation("interest.1").number == "法释〔2014〕8号"


def test_there_are_thirty_seven_nodes_with_terms_and_stages_that_exist() -> None:
    rules = book().at(date(2026, 3, 4))
    assert [node.code for node in rules.nodes()] == [f"N{no:02}" for no in range(1, 38)]
    stages = {stage.code for stage in rules.stages()}
    for node in rules.nodes():
        assert node.stage in stages
        if node.term:
            assert rules.term(node.term).code == node.term


def test_nodes_and_stages_name_known_acts_only() -> None:
    known = {
        "cases.docket",
        "cases.assign",
        "cases.accept",
        "cases.confirm_clues",
        "cases.notice",
        "cases.whereabouts",
        "inquiry.declare",
        "inquiry.request",
        "inquiry.release",
        "inquiry.answer",
        "inquiry.open_packet",
        "inquiry.find",
        "control.freeze",
        "control.receipt",
        "control.notify_debtor",
        "control.renew",
        "control.release",
        "control.transfer",
        "funds.receive",
        "funds.match",
        "funds.payout",
        "funds.book",
        "cases.close",
        "cases.archive",
    }
    rules = book().at(date(2026, 3, 4))
    named = {act for node in rules.nodes() for act in (*node.opened_by, *node.closed_by)}
    named |= {act for stage in rules.stages() for act in (*stage.entered_by, *stage.finished_by)}
    assert named <= known


def test_docketing_opens_the_case_term_and_notice_closes_its_nodes() -> None:
    assert {"N05", "N06", "N10", "N37"} <= {node.code for node in nodes_opened_by("cases.docket")}
    assert {"N05", "N06", "N07"} <= {node.code for node in nodes_closed_by("cases.notice")}
    assert nodes_opened_by("cases.nothing") == ()


def test_stage_line_follows_the_acts() -> None:
    assert [stage.title for stage in book().at(date(2026, 3, 4)).stages()] == [
        "立案", "分案承办", "通知送达", "财产报告", "网络查询", "反馈比对", "冻结查封", "处置变价", "发放结案",
    ]  # fmt: skip
    assert stage_after([]) == "docket"
    assert stage_after(["cases.docket", "cases.assign", "cases.accept"]) == "notice"
    assert stage_after(["cases.docket", "inquiry.release", "inquiry.request"]) == "compare"


def test_menu_carries_reason_and_source_for_every_item() -> None:
    menu = book().at(date(2026, 3, 4)).menu()
    assert [item.order for item in menu] == list(range(1, len(menu) + 1))
    assert {item.profile for item in menu} >= {"bank-soap-gbk", "realty-soap-utf8"}
    transactions = next(item for item in menu if item.code == "transactions")
    assert transactions.needs_period
    assert transactions.needs_reason
    assert not transactions.first_choice
    assert [item.code for item in menu if item.stage == 2] == ["activity"]


def test_courts_of_hebei_form_one_tree_by_key() -> None:
    courts = {court.key: court for court in book().at(date(2026, 3, 4)).courts()}
    assert courts[0].name == "最高人民法院"
    assert sum(court.level == "intermediate" for court in courts.values()) == 11
    mengcun = courts[130930]
    assert (mengcun.code, mengcun.name, mengcun.short, mengcun.parent) == (
        "冀0930",
        "孟村回族自治县人民法院",
        "孟村",
        130900,
    )
    assert courts[130900].name == "河北省沧州市中级人民法院"
    cangzhou = sorted(c.code[-4:] for c in courts.values() if c.parent == 130900)
    assert cangzhou == [
        "0902",
        "0903",
        "0921",
        "0922",
        "0923",
        "0924",
        "0925",
        "0926",
        "0927",
        "0928",
        "0929",
        "0930",
        "0981",
        "0982",
        "0983",
        "0984",
    ]
    for court in courts.values():
        assert court.parent is None if court.key == 0 else court.parent in courts
        if court.level == "basic":
            assert court.parent == court.key // 100 * 100


def test_chains_meet_the_law_everywhere() -> None:
    assert chain_faults(book()) == []


def test_payout_in_hebei_asks_the_vice_president_elsewhere_not() -> None:
    assert [step.role for step in chain_for("funds.payout", 130930).steps] == [
        "funds_manager",
        "bureau_chief",
        "vice_president",
    ]
    assert [step.role for step in chain_for("funds.payout", 110101).steps] == [
        "funds_manager",
        "bureau_chief",
    ]
    assert [step.role for step in chain_for("inquiry.request", 130930).steps] == [
        "inquiry_officer",
        "bureau_chief",
    ]


@pytest.mark.parametrize(
    "key",
    [
        "deterrence.fine",
        "deterrence.detention",
        "deterrence.search",
        "deterrence.list",
        "deterrence.consumption",
        "cases.terminate",
    ],
)
def test_measures_that_the_law_reserves_to_the_president_end_with_him(key: str) -> None:
    assert chain_for(key, 130930).min_legal_role == "president"
    assert chain_for(key, 130930).steps[-1].role == "president"


def test_chain_below_the_law_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "approval").mkdir()
    (tmp_path / "approval" / "chains.yaml").write_text(
        "id: approval.chains\nkind: records\nschema: chain\nmeaning: 审批\n" + SHARED + ""
        "  - {code: fine, title: 罚款, min_legal_role: president, steps: [{role: president, name: 批准}]}\n"
        "  - {code: fine, court: 130000, title: 罚款, steps: [{role: bureau_chief, name: 批准}]}\n",
        encoding="utf-8",
    )
    with pytest.raises(BrokenTables) as refused:
        load_book(tables(tmp_path))
    assert list(refused.value.faults) == [
        (
            "approval.chains: fine (130000): no step reaches president, which the law asks for"
            "：“罚款”的审批链只有执行局长，低于法律要求的院长，请补上院长这一级"
        )
    ]


def test_unknown_chain_is_refused() -> None:
    with pytest.raises(UnknownRule):
        chain_for("no.such", 130930)


def test_steps_are_printed_with_their_sources() -> None:
    printed = steps_printed([Step(text="加总", value="1.00", law=("interest.1",))], book())
    assert printed == [{"no": 1, "text": "加总", "value": "1.00", "law": ["迟延履行利息解释第一条"]}]
