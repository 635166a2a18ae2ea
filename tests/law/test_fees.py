"""Court fees by article, at every bracket: one yuan below, at and one yuan above its limit (FEE-01 to FEE-30)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from zhixing.kernel.errors import InvalidInput
from zhixing.law.book import book
from zhixing.law.errors import NoRuleInForce, UnknownRule
from zhixing.law.fees import acceptance_fee, execution_base, execution_fee, preservation_fee
from zhixing.law.fees_input import fee_of, fee_read
from zhixing.law.fees_price import appraisal_fee, inquiry_fee
from zhixing.law.sheets import sheet_printed

D = Decimal
DAY = date(2026, 3, 4)
FIRST = date(2007, 4, 1)

# Worked by hand from the article: sum of the full brackets below, plus the rate of the open one.
EXECUTION_ART_14 = [
    ("0", "50.00"), ("8000", "50.00"), ("9999", "50.00"), ("10000", "50.00"), ("10001", "50.02"),
    ("50000", "650.00"), ("100000", "1400.00"), ("300000", "4400.00"),
    ("499999", "7399.99"), ("500000", "7400.00"), ("500001", "7400.01"), ("1000000", "12400.00"),
    ("1500000", "17400.00"), ("3000000", "32400.00"),
    ("4999999", "52399.99"), ("5000000", "52400.00"), ("5000001", "52400.01"), ("8000000", "67400.00"),
    ("9999999", "77400.00"), ("10000000", "77400.00"), ("10000001", "77400.00"), ("20000000", "87400.00"),
]  # fmt: skip
PRESERVATION_ART_14 = [
    ("0", "30.00"), ("999", "30.00"), ("1000", "30.00"), ("1001", "30.01"), ("5000", "70.00"), ("50000", "520.00"),
    ("99999", "1019.99"), ("100000", "1020.00"), ("100001", "1020.01"), ("300000", "2020.00"), ("500000", "3020.00"),
    ("800000", "4520.00"), ("895998", "4999.99"), ("895999", "5000.00"), ("896000", "5000.00"),
    ("896001", "5000.00"), ("9000000", "5000.00"),
]  # fmt: skip
ACCEPTANCE_ART_13 = [
    ("0", "50.00"), ("9999", "50.00"), ("10000", "50.00"), ("10001", "50.03"),
    ("99999", "2299.98"), ("100000", "2300.00"), ("100001", "2300.02"),
    ("199999", "4299.98"), ("200000", "4300.00"), ("200001", "4300.02"),
    ("499999", "8799.99"), ("500000", "8800.00"), ("500001", "8800.01"),
    ("999999", "13799.99"), ("1000000", "13800.00"), ("1000001", "13800.01"),
    ("1999999", "22799.99"), ("2000000", "22800.00"), ("2000001", "22800.01"),
    ("4999999", "46799.99"), ("5000000", "46800.00"), ("5000001", "46800.01"),
    ("9999999", "81799.99"), ("10000000", "81800.00"), ("10000001", "81800.01"),
    ("19999999", "141799.99"), ("20000000", "141800.00"), ("20000001", "141800.01"), ("30000000", "191800.00"),
]  # fmt: skip


@pytest.mark.parametrize(("amount", "fee"), EXECUTION_ART_14)
def test_execution_fee(amount: str, fee: str) -> None:
    assert execution_fee(D(amount), DAY).amount == D(fee)


@pytest.mark.parametrize(("amount", "fee"), PRESERVATION_ART_14)
def test_preservation_fee(amount: str, fee: str) -> None:
    assert preservation_fee(D(amount), DAY).amount == D(fee)


@pytest.mark.parametrize(("amount", "fee"), ACCEPTANCE_ART_13)
def test_acceptance_fee(amount: str, fee: str) -> None:
    assert acceptance_fee(D(amount), DAY).amount == D(fee)


@pytest.mark.parametrize(
    ("item", "amount", "fee", "status"),
    [
        ("divorce", None, "50.00", "default"),
        ("divorce", "200000", "50.00", "default"),
        ("divorce", "200001", "50.01", "default"),  # 0.005 rounds up
        ("divorce", "300000", "550.00", "default"),
        ("personality", "50000", "100.00", "default"),
        ("personality", "100000", "600.00", "default"),
        ("personality", "200000", "1100.00", "default"),
        ("other", None, "50.00", "default"),
        ("intellectual", None, "500.00", "default"),
        ("labour", "80000", "10.00", "verified"),
        ("administrative_ip", None, "100.00", "verified"),
        ("administrative", None, "50.00", "verified"),
        ("jurisdiction", None, "50.00", "default"),
    ],
)
def test_acceptance_fee_without_property(item: str, amount: str | None, fee: str, status: str) -> None:
    found = acceptance_fee(D(amount) if amount else None, DAY, item=item)
    assert (found.amount, found.status) == (D(fee), status)
    assert bool(found.notes) == (status == "default")


def test_acceptance_fee_halved_and_unknown_item() -> None:
    assert acceptance_fee(D(100_000), DAY, halved=True).amount == D("1150.00")
    assert acceptance_fee(None, DAY, item="labour", halved=True).amount == D("5.00")
    with pytest.raises(UnknownRule):
        acceptance_fee(None, DAY, item="nothing")
    with pytest.raises(InvalidInput):
        acceptance_fee(None, DAY)


@pytest.mark.parametrize("rule", [execution_fee, preservation_fee, acceptance_fee])
def test_first_day_and_day_before_the_measures(rule) -> None:
    assert rule(D(8000), FIRST).amount > 0
    with pytest.raises(NoRuleInForce):
        rule(D(8000), date(2007, 3, 31))
    with pytest.raises(TypeError):
        rule(8000.5, DAY)
    with pytest.raises(InvalidInput):
        rule(D(-1), DAY)


def test_base_of_the_execution_fee_takes_the_doubled_part_in_by_setting() -> None:
    base, step = execution_base(executed=D("300000.00"), doubled=D("5000.00"), on=DAY)
    assert base == D("305000.00")
    assert "setting" in step.law
    asked = fee_read(
        {"kind": "execution", "amount": "300000", "doubled": "5000", "on": "2026-03-04"}, today=DAY
    )
    assert fee_of(asked).amount == D("4475.00")  # 4,400 + 5,000 × 1.5 %


def test_fee_read_from_the_shell_and_its_sheet() -> None:
    asked = fee_read({"kind": "execution", "amount": "300000"}, today=DAY)
    printed = sheet_printed(fee_of(asked).sheet(), book())
    assert printed["results"] == [{"label": "执行申请费", "text": "4,400.00 元"}]
    assert printed["sources"] == ["诉讼费用交纳办法第十四条"]
    assert fee_of(asked).as_json()["fee"] == "4400.00"
    assert fee_of(fee_read({"kind": "preservation", "amount": None}, today=DAY)).amount == D("30.00")
    assert fee_of(fee_read({"kind": "acceptance", "item": "divorce"}, today=DAY)).amount == D("50.00")


def test_fee_read_tells_all_faults_at_once() -> None:
    with pytest.raises(InvalidInput) as refused:
        fee_read(
            {
                "kind": "court",
                "amount": 300000.5,
                "on": "2007-03-31",
                "item": "moon",
                "halved": "yes",
                "x": 1,
            },
            today=DAY,
        )
    assert sorted((p.field, p.code) for p in refused.value.problems) == [
        ("amount", "input.float"), ("halved", "input.flag"), ("item", "input.choice"), ("kind", "input.choice"),
        ("on", "fees.before_law"), ("x", "input.unknown"),
    ]  # fmt: skip
    assert all(p.sentence and p.mend for p in refused.value.problems)
    with pytest.raises(InvalidInput):
        fee_read({"kind": "execution", "amount": "-1"}, today=DAY)
    with pytest.raises(InvalidInput):
        fee_read({"kind": "acceptance"}, today=DAY)


def test_inquiry_fee_goes_to_the_nearest_platform_or_evenly() -> None:
    results = {"甲": D("980000"), "乙": D("1040000"), "丙": D("1020000")}
    one = inquiry_fee(results, deal_price=D("990000"), fee=D("100.00"), on=DAY)
    assert one.shares == (("甲", D("100.00")),)
    two = inquiry_fee(results, deal_price=D("1000000"), fee=D("100.01"), on=DAY)
    assert sum(share for _, share in two.shares) == D("100.01")
    assert [name for name, _ in two.shares] == ["丙", "甲"]
    with pytest.raises(NoRuleInForce):
        inquiry_fee(results, deal_price=D("1"), fee=D("1.00"), on=date(2018, 8, 31))


@pytest.mark.parametrize(
    ("outcome", "deal", "again", "mode", "base", "ratio"),
    [
        ("sold", "2200000", False, "on_base", "2000000", "1"),
        ("sold", "2000000", False, "on_base", "2000000", "1"),
        ("sold", "1400000", False, "on_base", "1400000", "1"),
        ("sold", "1400000", True, "on_base", "1400000", "0.3"),
        ("unsold", None, False, "actual", "0", "1"),
        ("withdrawn", None, False, "actual", "0", "1"),
        ("replaced", None, True, "none", "0", "0.3"),
    ],
)
def test_appraisal_fee_of_article_32(outcome, deal, again, mode, base, ratio) -> None:
    found = appraisal_fee(
        appraised=D("2000000"),
        outcome=outcome,
        deal_price=D(deal) if deal else None,
        issued_again=again,
        on=DAY,
    )
    assert (found.mode, found.base, found.ratio) == (mode, D(base), D(ratio))
    assert found.steps[-1].law == ("price.33",)
