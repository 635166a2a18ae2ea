"""Fees, delayed interest, ceilings and exempt money, with the worked values of the rulebook."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from zhixing.kernel.errors import InvalidInput
from zhixing.law.errors import NoRuleInForce
from zhixing.law.exempt import match_exempt, matches_exempt
from zhixing.law.fees import execution_fee, preservation_fee
from zhixing.law.interest import Payment, delayed_interest
from zhixing.law.overreach import control_ceiling

DAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("amount", "fee"),
    [
        ("0", "50.00"), ("8000", "50.00"), ("10000", "50.00"), ("10001", "50.02"), ("50000", "650.00"),
        ("100000", "1400.00"),
        ("300000", "4400.00"), ("500000", "7400.00"), ("1000000", "12400.00"), ("1500000", "17400.00"),
        ("3000000", "32400.00"),
        ("5000000", "52400.00"), ("8000000", "67400.00"), ("10000000", "77400.00"), ("20000000", "87400.00"),
    ],
)  # fmt: skip
def test_execution_fee_of_article_14(amount: str, fee: str) -> None:
    assert execution_fee(Decimal(amount), DAY).amount == Decimal(fee)


@pytest.mark.parametrize(
    ("amount", "fee"),
    [
        ("1000", "30.00"), ("5000", "70.00"), ("50000", "520.00"), ("100000", "1020.00"), ("300000", "2020.00"),
        ("500000", "3020.00"),
        ("800000", "4520.00"), ("895999", "5000.00"), ("896000", "5000.00"), ("9000000", "5000.00"),
    ],
)  # fmt: skip
def test_preservation_fee_of_article_14_with_its_cap(amount: str, fee: str) -> None:
    # 895,999 costs 4,999.995, which rounds to 5,000.00: the cap is reached one yuan early.
    assert preservation_fee(Decimal(amount), DAY).amount == Decimal(fee)


def test_fee_without_amount_is_a_setting_and_steps_carry_sources() -> None:
    fee = execution_fee(None, DAY)
    assert (fee.amount, fee.status) == (Decimal("50.00"), "default")
    assert all(step.law for step in execution_fee(Decimal(300_000), DAY).steps)


def test_fee_before_the_measures_and_of_a_negative_amount() -> None:
    assert execution_fee(Decimal(8000), date(2007, 4, 1)).amount == Decimal(50)
    with pytest.raises(NoRuleInForce):
        execution_fee(Decimal(8000), date(2007, 3, 31))
    with pytest.raises(InvalidInput):
        execution_fee(Decimal(-1), DAY)


def test_interest_int_22_by_slices_and_by_parts() -> None:
    """B 500,000, last day 2025-03-10; 200,000 on 2025-06-18, the rest on 2025-12-31: 19,040.00."""
    end = date(2025, 12, 31)
    whole = delayed_interest(
        principal=Decimal("500000.00"),
        due=date(2025, 3, 10),
        as_of=end,
        payments=[
            Payment(day=end, amount=Decimal("300000.00")),
            Payment(day=date(2025, 6, 18), amount=Decimal("200000.00")),
        ],
    )
    assert whole.amount == Decimal("19040.00")
    assert (whole.principal_left, whole.interest_left, whole.days) == (Decimal(0), Decimal("19040.00"), 296)
    first = delayed_interest(principal=Decimal("200000.00"), due=date(2025, 3, 10), as_of=date(2025, 6, 18))
    rest = delayed_interest(principal=Decimal("300000.00"), due=date(2025, 3, 10), as_of=end)
    assert (first.amount, rest.amount) == (Decimal("3500.00"), Decimal("15540.00"))


@pytest.mark.parametrize(
    ("principal", "due", "as_of", "amount"),
    [
        ("1000000.00", "2025-01-01", "2025-04-11", "17500.00"),  # 100 days
        ("100000.00", "2014-07-31", "2014-09-30", "1067.50"),  # 61 days, all under the new rule
        ("100000.00", "2024-02-28", "2024-03-01", "35.00"),  # leap day counts
        ("100000.00", "2025-03-10", "2025-03-10", "0.00"),  # last day of the period
        ("100000.00", "2025-03-10", "2025-03-11", "17.50"),  # first day of delay
        ("100000.00", "2025-03-10", "2025-03-01", "0.00"),
    ],
)
def test_interest_by_days(principal: str, due: str, as_of: str, amount: str) -> None:
    found = delayed_interest(
        principal=Decimal(principal), due=date.fromisoformat(due), as_of=date.fromisoformat(as_of)
    )
    assert found.amount == Decimal(amount)


def test_interest_before_the_first_of_august_2014_raises() -> None:
    with pytest.raises(NoRuleInForce):
        delayed_interest(principal=Decimal("100000.00"), due=date(2014, 7, 30), as_of=date(2014, 9, 30))


def test_payment_in_time_only_lowers_the_debt() -> None:
    found = delayed_interest(
        principal=Decimal("100.00"),
        due=date(2025, 3, 10),
        as_of=date(2025, 3, 20),
        payments=[Payment(day=date(2025, 3, 10), amount=Decimal("100.00"))],
    )
    assert (found.amount, found.principal_left, found.per_day) == (
        Decimal("0.00"),
        Decimal("0.00"),
        Decimal("0.00"),
    )


def test_payment_beyond_the_debt_goes_to_the_doubled_part_then_back() -> None:
    """10,000 for 100 days = 175.00; 10,200 paid leaves 25.00 over."""
    found = delayed_interest(
        principal=Decimal("10000.00"),
        due=date(2025, 1, 1),
        as_of=date(2025, 4, 11),
        payments=[Payment(day=date(2025, 4, 11), amount=Decimal("10200.00"))],
    )
    assert (found.amount, found.interest_left, found.surplus) == (
        Decimal("175.00"),
        Decimal("0.00"),
        Decimal("25.00"),
    )


def test_bad_interest_input_is_told_at_once() -> None:
    with pytest.raises(InvalidInput) as refused:
        delayed_interest(
            principal=Decimal(-1),
            due=date(2025, 1, 1),
            as_of=date(2025, 2, 1),
            payments=[
                Payment(day=date(2025, 3, 1), amount=Decimal(1)),
                Payment(day=date(2025, 1, 2), amount=1.5),
            ],  # type: ignore[arg-type]
        )
    assert sorted(p.code for p in refused.value.problems) == [
        "interest.negative",
        "interest.not_decimal",
        "interest.payment_after",
    ]


def test_control_up_to_the_claim_is_free_beyond_it_not() -> None:
    limits = {
        "claim": Decimal("500000.00"),
        "interest": Decimal("8750.00"),
        "costs": Decimal("7400.00"),
        "on": DAY,
    }
    exact = control_ceiling(**limits, controlled=Decimal("41206.55"), requested=Decimal("474943.45"))
    assert (exact.limit, exact.remaining, exact.excess, exact.problems) == (
        Decimal("516150.00"),
        Decimal("474943.45"),
        Decimal(0),
        (),
    )
    one_cent = control_ceiling(**limits, controlled=Decimal("41206.55"), requested=Decimal("474943.46"))
    assert one_cent.excess == Decimal("0.01")
    assert one_cent.problems[0].level == "warning"


def test_manifest_excess_is_an_error_unless_the_thing_is_indivisible() -> None:
    """20 % of 100,000 is the setting: 120,000.00 warns, 120,000.01 refuses."""
    at = control_ceiling(claim=Decimal("100000.00"), on=DAY, requested=Decimal("120000.00"))
    over = control_ceiling(claim=Decimal("100000.00"), on=DAY, requested=Decimal("120000.01"))
    house = control_ceiling(
        claim=Decimal("100000.00"), on=DAY, requested=Decimal("900000.00"), indivisible=True
    )
    assert [c.problems[0].level for c in (at, over, house)] == ["warning", "error", "warning"]
    assert over.problems[0].law == "seizure.19"


def test_nothing_left_to_control_when_paid() -> None:
    assert control_ceiling(claim=Decimal("100.00"), paid=Decimal("150.00"), on=DAY).remaining == Decimal(0)
    with pytest.raises(InvalidInput):
        control_ceiling(claim=Decimal(-1), on=DAY)


@pytest.mark.parametrize(
    ("label", "code", "action"),
    [
        ("马立群 工资卡", "EXM-01", "reserve"),
        ("某项目农民工工资专用账户", "EXM-02", "purpose"),
        ("信用证开证保证金", "EXM-03", "freeze_only"),
        ("社会保险基金支出户", "EXM-05", "block"),
        ("城镇职工养老金", "EXM-06", "reserve"),
        ("客户备付金集中存管账户", "EXM-12", "block"),
        ("商品房预售资金监管账户", "EXM-13", "purpose"),
        ("工会经费集中户", "EXM-17", "block"),
        ("按揭保证金账户", "EXM-19", "warn"),
        ("出口退税专用账户", "EXM-20", "block"),
        ("住房 公积金", "EXM-21", "warn"),
    ],
)
def test_exempt_money_by_its_label(label: str, code: str, action: str) -> None:
    match = match_exempt(label, DAY)
    assert match is not None
    assert (match.code, match.action) == (code, action)
    assert match.law
    assert match.words


def test_strictest_protection_comes_first_and_plain_accounts_have_none() -> None:
    assert [m.code for m in matches_exempt("农民工工资保证金账户", DAY)][:2] == ["EXM-02", "EXM-01"]
    assert match_exempt("活期储蓄存款", DAY) is None
    assert match_exempt("客户备付金", date(2024, 4, 30)) is None  # the regulation is in force from 2024-05-01
