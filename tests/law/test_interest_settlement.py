"""Interest: old settlement, currencies, ceilings, bankruptcy, what is told about rates; all worked by hand."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from zhixing.kernel.errors import InvalidInput
from zhixing.law.batch import recompute
from zhixing.law.book import book
from zhixing.law.clocks import two_clocks
from zhixing.law.interest import interest_compute, interest_read


def compute(**claim):
    return interest_compute(interest_read({"parts": debt()} | claim)).as_json()


def debt(amount="100000.00"):
    return [{"id": "p", "kind": "principal", "amount": amount}]


def test_rule_of_2009_clears_debt_and_interest_in_proportion():
    """180 days × 6 % ÷ 360 × 2 = 6 %: 20 000 ÷ 1.06 = 18 867.92 debt, 1 132.08 interest. 81 132.08 × 212 ÷ 3 000 = 5 733.33."""
    paid = [{"date": "2014-06-29", "amount": "20000.00", "by": "voluntary"}]
    told = compute(due="2013-12-31", as_of="2014-07-31", payments=paid, settings={"old_tier": "y1"})
    assert told["outstanding"]["parts"]["p"] == "81132.08"
    assert told["outstanding"]["extra_interest"]["p"] == "5733.33"
    assert told["extra_interest"] == "6865.41"


@pytest.mark.parametrize(
    ("day", "principal", "extra"),
    [
        ("2014-07-31", "955.23", "9.21"),  # last day of the old order: in proportion
        ("2014-08-01", "0.00", "981.94"),  # first day of the new order: debt first; 964.44 + 17.50
    ],
)  # fmt: skip
def test_order_of_settlement_changes_on_2014_08_01(day, principal, extra):
    """31 days × 5.60 % ÷ 360 × 2 = 0.964444 %: 100 000 ÷ 1.00964444 = 99 044.77; left 955.23 and on it 9.21."""
    paid = [{"date": day, "amount": "100000.00", "by": "transfer"}]
    left = compute(due="2014-06-30", as_of=day, payments=paid, settings={"old_tier": "m6"})["outstanding"]
    assert (left["parts"]["p"], left["extra_interest"]["p"]) == (principal, extra)


def test_two_payments_of_one_day_are_one():
    rate = [{"on": "p", "rate": "0.05%", "per": "day", "from": "2025-01-01"}]
    told = {"due": "2025-01-31", "as_of": "2025-06-30", "general_interest": rate}
    one = [{"date": "2025-03-31", "amount": "30000.00", "by": "voluntary"}]
    two = [{"date": "2025-03-31", "amount": amount, "by": "voluntary"} for amount in ("12345.67", "17654.33")]
    first, second = compute(**told, payments=one), compute(**told, payments=two)
    assert {**first, "steps": []} == {**second, "steps": []}


def test_steps_name_interest_before_the_principal_it_precedes():
    rate = [{"on": "p", "rate": "0.05%", "per": "day", "from": "2025-01-01"}]
    paid = [{"date": "2025-01-31", "amount": "2000.00", "by": "voluntary"}]
    steps = compute(due="2025-01-31", as_of="2025-01-31", general_interest=rate, payments=paid)["steps"]
    said = next(step["text"] for step in steps if "抵充" in step["text"])
    assert said.index("一般债务利息 1,550.00 元") < said.index("本金（p） 450.00 元")


def test_article_5_foreign_currency():
    """10 000 × 0.0175 % × 100 = 175.00 in its own units; at 7.2000 on the first day of delay 72 000 and 1 260.00."""
    told = {"due": "2025-01-01", "as_of": "2025-04-11", "currency": "USD", "parts": debt("10000.00")}
    assert compute(**told)["extra_interest"] == "175.00"
    turned = compute(**told, convert=[{"on": "2025-01-02", "rate": "7.2000"}])
    assert (turned["extra_interest"], turned["total_due"]) == ("1260.00", "73260.00")
    with pytest.raises(InvalidInput) as refused:
        compute(**told, convert=[{"on": "2025-01-01", "rate": "7.2000"}])
    assert [problem.field for problem in refused.value.problems] == ["convert"]


# 民间借贷规定第二十五、三十一条, on 100 000: agreed, cap, first, last, days of the year, supported
CAPS = [
    ("24%", {"contract": "2021-03-01"}, "2025-01-01", "2025-12-31", 365, "15400.00"),  # 4 × 3.85 %
    ("15.4%", {"contract": "2021-03-01"}, "2025-01-01", "2025-12-31", 365, "15400.00"),
    ("10%", {"contract": "2021-03-01"}, "2025-01-01", "2025-12-31", 365, "10000.00"),
    # ten days to 2020-08-19 at 24 %, ten days at four times the LPR of the day of filing (3.85 %): 666.67 + 427.78
    ("30%", {"contract": "2018-01-01", "filed": "2020-09-21"}, "2020-08-10", "2020-08-29", 360, "1094.44"),
    # filed under the earlier rule: 24 % to the end
    ("30%", {"contract": "2018-01-01", "filed": "2020-08-19"}, "2020-08-10", "2020-08-29", 360, "1333.33"),
]


@pytest.mark.parametrize(("rate", "cap", "first", "as_of", "base", "interest"), CAPS)
def test_four_times_cap(rate, cap, first, as_of, base, interest):
    clause = [{"on": "p", "rate": rate, "per": "year", "from": first, "cap": cap}]
    told = compute(due="2026-01-31", as_of=as_of, general_interest=clause, settings={"year_base": base})
    assert told["general_interest_before_due"] == interest


def test_bankruptcy_stops_on_the_day_of_acceptance():
    """50 days to 2025-02-20; without the day itself 49."""
    told = {"due": "2025-01-01", "as_of": "2025-12-31", "bankruptcy_accepted": "2025-02-20"}
    assert compute(**told)["extra_interest"] == "875.00"
    assert compute(**told, settings={"bankruptcy_day_counts": False})["extra_interest"] == "857.50"


@pytest.mark.parametrize(("as_of", "told"), [("2026-06-22", False), ("2026-06-23", True)])
def test_a_day_beyond_the_last_checked_lpr_is_told(as_of, told):
    clause = [{"on": "p", "rate": "LPR1Y", "from": "2026-01-01"}]
    steps = compute(due="2026-01-31", as_of=as_of, general_interest=clause)["steps"]
    assert any("只核对到 2026-06-22" in step["text"] for step in steps) is told


# day, one year, over five years: 4.25 % and 4.85 % at the start, then the change points of the published list
LPR = """2019-08-20 4.25 4.85  2019-09-20 4.20 4.85  2019-11-20 4.15 4.80  2020-02-20 4.05 4.75  2020-04-20 3.85 4.65
2021-12-20 3.80 4.65  2022-01-20 3.70 4.60  2022-05-20 3.70 4.45  2022-08-22 3.65 4.30  2023-06-20 3.55 4.20
2023-08-21 3.45 4.20  2024-02-20 3.45 3.95  2024-07-22 3.35 3.85  2024-10-21 3.10 3.60  2025-05-20 3.00 3.50
2026-06-22 3.00 3.50""".split()


def test_published_lpr():
    for rule, place in (("rates.lpr.y1", 1), ("rates.lpr.y5", 2)):
        found = [(entry.since.isoformat(), f"{entry.value * 100:.2f}") for entry in book().history(rule)]
        assert found == list(zip(LPR[::3], LPR[place::3], strict=True))


def test_the_mix_of_the_benchmark_is_computed_as_it_is_explained():
    place = Path(__file__).parents[1] / "bench" / "law_cases.py"
    spec = importlib.util.spec_from_file_location("law_cases", place)
    assert spec is not None
    assert spec.loader is not None
    mix = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(mix)
    cases = list(mix.cases_made(0, 120))
    for case, numbers in zip(cases, recompute(cases), strict=True):
        both = two_clocks(case.clocks)
        assert (numbers.internal_due, numbers.creditor_due) == (both.internal.due, both.creditor.due)
        if case.claim is None:
            continue
        told = interest_compute(case.claim)
        sums = (told.general_before_due, told.general_after_due, told.extra, told.open_total, told.surplus)
        assert [int(value * 100) for value in sums] == [
            numbers.general_before_due, numbers.general_after_due, numbers.extra, numbers.outstanding, numbers.surplus
        ]  # fmt: skip
