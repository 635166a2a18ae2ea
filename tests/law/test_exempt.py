"""Money that may not, or not fully, be taken: every row of the table, and the reserve over all accounts (EXM-01 to EXM-24)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhixing.kernel.errors import InvalidInput
from zhixing.law.book import book
from zhixing.law.errors import NoRuleInForce, UnknownRule
from zhixing.law.exempt_accounts import exempt_view
from zhixing.law.exempt_input import exempt_read
from zhixing.law.sheets import sheet_printed

D = Decimal
DAY = date(2026, 3, 4)

# label, code, may be frozen, may be deducted (of 1,000; nobody lives on it)
ROWS = [
    ("工资代发户", "EXM-01", 1000, 1000),
    ("农民工工资专用账户", "EXM-02", 0, 0),
    ("信用证开证保证金", "EXM-03", 1000, 0),
    ("缴存准备金", "EXM-04", 0, 0),
    ("社会保险基金", "EXM-05", 0, 0),
    ("养老金", "EXM-06", 1000, 1000),
    ("信托专户", "EXM-07", 0, 0),
    ("基金托管", "EXM-08", 0, 0),
    ("客户交易结算资金", "EXM-09", 0, 0),
    ("结算备付金", "EXM-10", 0, 0),
    ("期货保证金", "EXM-11", 0, 0),
    ("支付机构备付金", "EXM-12", 0, 0),
    ("商品房预售资金监管账户", "EXM-13", 1000, 0),
    ("封闭贷款", "EXM-14", 0, 0),
    ("粮食收购资金", "EXM-15", 0, 0),
    ("特种预算存款", "EXM-16", 0, 0),
    ("党费", "EXM-17", 0, 0),
    ("企业年金", "EXM-18", 0, 0),
    ("贷款保证金专户", "EXM-19", 1000, 0),
    ("出口退税专户", "EXM-20", 0, 0),
    ("住房公积金", "EXM-21", 1000, 0),
    ("人寿保险", "EXM-22", 1000, 0),
    ("股权激励", "EXM-23", 1000, 0),
    ("财政专户", "EXM-24", 1000, 0),
    ("活期存款", "", 1000, 1000),
]


def view(*accounts: tuple[str, str], **more):
    data = {
        "accounts": [{"id": label, "label": label, "balance": amount} for label, amount in accounts],
        **more,
    }
    return exempt_view(exempt_read(data, today=DAY))


@pytest.mark.parametrize(("label", "code", "freeze", "deduct"), ROWS)
def test_each_row_of_the_table(label: str, code: str, freeze: int, deduct: int) -> None:
    found = view((label, "1000.00")).accounts[0]
    assert (found.code, found.may_freeze, found.may_deduct) == (code, D(freeze), D(deduct))
    assert found.law
    assert found.reason


def test_table_has_all_twenty_four_rows_each_with_its_rule_and_source() -> None:
    rows = book().at(DAY).rows("exempt")
    assert [row.code for row in rows] == [f"EXM-{no:02d}" for no in range(1, 25)]
    assert all(row.code in row.rules and row.source for row in rows)


def test_reserve_is_taken_once_from_wages_first_then_from_free_money() -> None:
    """Two persons, 800 a month: 1,600. Wages 1,000 are left whole, 600 of the savings; the block cannot serve."""
    found = view(
        ("社会保险基金", "9000.00"),
        ("活期存款", "5000.00"),
        ("工资卡", "1000.00"),
        persons=2,
        standard="800.00",
    )
    by_label = {v.account.label: v for v in found.accounts}
    assert found.reserve == D("1600.00")
    assert (by_label["工资卡"].reserved, by_label["工资卡"].may_freeze) == (D("1000.00"), D("0.00"))
    assert (by_label["活期存款"].reserved, by_label["活期存款"].may_deduct) == (D("600.00"), D("4400.00"))
    assert by_label["社会保险基金"].reserved == 0
    assert found.reserve_missing == 0


def test_reserve_counts_what_was_left_elsewhere_and_says_what_is_missing() -> None:
    found = view(("工资卡", "1000.00"), persons=3, standard="800.00", left_elsewhere="400.00")
    assert (found.reserve, found.reserve_missing) == (D("2000.00"), D("1000.00"))
    assert view(("工资卡", "1000.00"), persons=1, standard="800.00", left_elsewhere="900.00").reserve == 0


def test_local_standard_is_a_setting_with_town_and_country() -> None:
    rows = book().all_rows("living")
    assert {row.status for row in rows} == {"default"}
    assert all("setting" in row.source for row in rows)
    town, country = (
        view(("工资卡", "9000.00"), persons=1, residence=kind).reserve for kind in ("urban", "rural")
    )
    assert town >= country > 0
    assert any("本院设定" in note for note in view(("工资卡", "1.00"), persons=1).notes)


def test_purpose_served_and_exception_found_free_the_account_for_a_person_to_check() -> None:
    wages = ("农民工工资专用账户", "1000.00")
    assert view(wages, served="EXM-02").accounts[0].may_deduct == D("1000.00")
    data = {
        "accounts": [
            {"id": "1", "label": "信托专户", "balance": "10.00", "exception": "处理信托事务产生的债务"}
        ]
    }
    found = exempt_view(exempt_read(data, today=DAY)).accounts[0]
    assert (found.may_deduct, found.review) == (D("10.00"), True)


def test_sheet_and_json() -> None:
    found = view(("工资卡", "1000.00"), persons=1, standard="800.00")
    assert sheet_printed(found.sheet(), book())["results"][0]["text"] == "800.00 元"
    assert found.as_json()["accounts"][0]["may_deduct"] == "200.00"


def test_all_faults_at_once_and_a_day_before_the_standard() -> None:
    with pytest.raises(InvalidInput) as refused:
        exempt_read(
            {"on": "2023-12-31", "persons": 1, "region": "999999", "served": "EXM-99", "z": 1,
             "accounts": [{"id": "1", "label": "a", "balance": 1.5}, {"id": "1", "label": "b", "balance": "-1"}]},
            today=DAY,
        )  # fmt: skip
    assert sorted(p.field or "" for p in refused.value.problems) == [
        "accounts", "accounts.0.balance", "accounts.1.balance", "on", "region", "served", "z",
    ]  # fmt: skip
    with pytest.raises(NoRuleInForce):
        book().at(date(2023, 12, 31)).row("living", "130900")
    with pytest.raises(UnknownRule):
        book().at(DAY).row("living", "110000")


LABELS = st.sampled_from([label for label, *_ in ROWS])
MONEY = st.integers(0, 1_000_000).map(lambda cents: str(D(cents).scaleb(-2)))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(LABELS, MONEY), min_size=1, max_size=6, unique_by=lambda item: item[0]),
    st.integers(0, 4),
)
def test_never_more_than_the_balance_and_the_reserve_stays(accounts: list, persons: int) -> None:
    found = view(*accounts, persons=persons, standard="800.00")
    for line in found.accounts:
        assert 0 <= line.may_deduct <= line.may_freeze <= line.account.balance
    assert sum(v.reserved for v in found.accounts) + found.reserve_missing == found.reserve
