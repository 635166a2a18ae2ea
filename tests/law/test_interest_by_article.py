"""Interest on claims, article by article, worked by hand; and against a plain day-by-day calculator."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from interest_by_day import by_day

from zhixing.kernel.errors import InvalidInput
from zhixing.law.interest import interest_compute, interest_read


def compute(**claim):
    return interest_compute(interest_read(claim)).as_json()


def debt(amount="100000.00", **more):
    return [{"id": "p", "kind": "principal", "amount": amount, **more}]


def doubled(due, as_of, amount="100000.00", **more):
    return compute(due=due, as_of=as_of, parts=debt(amount), **more)["extra_interest"]


# 迟延履行利息解释第一条、第二条: 100 000 × 0.0175 % = 17.50 a day, from the day after the last day for performance
FROM_THE_DAY_AFTER = [
    ("2025-03-10", "2025-03-09", "0.00"),  # not yet due
    ("2025-03-10", "2025-03-10", "0.00"),  # the last day for performance
    ("2025-03-10", "2025-03-11", "17.50"),  # the first day of delay
    ("2025-03-10", "2025-03-12", "35.00"),
    ("2024-02-28", "2024-02-29", "17.50"),  # leap day
    ("2024-02-28", "2024-03-01", "35.00"),
    ("2025-02-28", "2025-03-01", "17.50"),  # no leap day
    ("2024-12-31", "2025-12-31", "6387.50"),  # 365 days; no conversion by 360 or 365
    ("2023-12-31", "2024-12-31", "6405.00"),  # 366 days
]


@pytest.mark.parametrize(("due", "as_of", "extra"), FROM_THE_DAY_AFTER)
def test_article_1_and_2_days_of_delay(due, as_of, extra):
    assert doubled(due, as_of) == extra


def test_article_1_the_public_example_of_a_million():
    """1 000 000 × 0.0175 % × 100 days."""
    assert doubled("2025-01-01", "2025-04-11", "1000000.00") == "17500.00"


def test_article_1_what_bears_the_doubled_part():
    """General interest never does; costs do unless the court's setting says no."""
    parts = [*debt(), {"id": "c", "kind": "costs", "amount": "2000.00"}]
    rate = [{"on": "p", "rate": "0.05%", "per": "day", "from": "2025-01-01"}]
    told = {"due": "2025-01-01", "as_of": "2025-04-11", "parts": parts, "general_interest": rate}
    assert compute(**told)["extra_interest"] == "1785.00"  # 102 000 × 0.0175 % × 100
    assert compute(**told, settings={"include_costs": False})["extra_interest"] == "1750.00"
    for kind in ("damages", "penalty"):
        other = [*debt(), {"id": "c", "kind": kind, "amount": "2000.00"}]
        assert compute(**told | {"parts": other})["extra_interest"] == "1785.00"


def test_article_2_instalments_each_from_its_own_day():
    """60 000 for 59 days = 619.50; 40 000 for 31 days = 217.00."""
    parts = [
        {"id": "a", "kind": "principal", "amount": "60000.00", "due": "2025-01-31"},
        {"id": "b", "kind": "principal", "amount": "40000.00", "due": "2025-02-28"},
    ]
    assert compute(as_of="2025-03-31", parts=parts)["extra_interest"] == "836.50"


# 第三条: 2025-01-01 + 100 days; excluded from the first to the last day
EXCLUDED = [
    ([("2025-02-01", "2025-02-10")], "1575.00"),  # 90 days
    ([("2025-02-01", "2025-02-01")], "1732.50"),  # 99 days
    ([("2025-01-01", "2025-01-01")], "1750.00"),  # the last day for performance bears nothing anyway
    ([("2025-01-02", "2025-01-02")], "1732.50"),  # the first day of delay
    ([("2025-04-11", "2025-12-31")], "1732.50"),  # only the last day counted is touched
    ([("2025-02-01", "2025-02-10"), ("2025-02-11", "2025-02-20")], "1400.00"),  # 80 days
]


@pytest.mark.parametrize(("stays", "extra"), EXCLUDED)
def test_article_3_excluded_days(stays, extra):
    excluded = [{"from": first, "to": last, "reason": "非因债务人申请的中止执行"} for first, last in stays]
    assert doubled("2025-01-01", "2025-04-11", excluded=excluded) == extra


@pytest.mark.parametrize("by", ["voluntary", "transfer", "auction"])
def test_article_3_the_day_of_payment_counts_and_the_days_after_do_not(by):
    """50 days to 2025-02-20: 875.00; the debt is paid, so nothing grows after."""
    paid = [{"date": "2025-02-20", "amount": "100000.00", "by": by}]
    told = compute(due="2025-01-01", as_of="2025-12-31", parts=debt(), payments=paid)
    assert told["extra_interest"] == "875.00"
    assert told["outstanding"]["parts"] == {"p": "0.00"}
    assert told["outstanding"]["total"] == "875.00"


# 第四条: first what the title fixed, then the doubled part (875.00 after 50 days)
PAID = [("99999.99", "0.01", "875.00", "0.00"), ("100000.00", "0.00", "875.00", "0.00"),
        ("100500.00", "0.00", "375.00", "0.00"), ("100875.00", "0.00", "0.00", "0.00"),
        ("101000.00", "0.00", "0.00", "125.00"), ("all", "0.00", "0.00", "0.00")]  # fmt: skip


@pytest.mark.parametrize(("amount", "principal", "extra", "surplus"), PAID)
def test_article_4_order_of_settlement(amount, principal, extra, surplus):
    paid = [{"date": "2025-02-20", "amount": amount, "by": "transfer"}]
    left = compute(due="2025-01-01", as_of="2025-02-20", parts=debt(), payments=paid)["outstanding"]
    assert (left["parts"]["p"], left["extra_interest"]["p"], left["surplus"]) == (principal, extra, surplus)


def test_civil_code_561_costs_then_interest_then_principal():
    """50 days × 50.00 = 2 500.00 general interest; 300 costs; of 3 000 paid, 200 reach the principal."""
    told = compute(
        due="2025-01-01", as_of="2025-02-20",
        parts=[*debt(), {"id": "c", "kind": "costs", "amount": "300.00"}],
        general_interest=[{"on": "p", "rate": "0.05%", "per": "day", "from": "2025-01-02"}],
        payments=[{"date": "2025-02-20", "amount": "3000.00", "by": "voluntary"}],
    )  # fmt: skip
    assert told["general_interest_before_due"] == "0.00"
    assert told["general_interest_after_due"] == "2500.00"
    assert told["outstanding"]["parts"] == {"p": "99800.00", "c": "0.00"}
    assert told["outstanding"]["general_interest"]["p"] == "0.00"


# 第七条: before 2014-08-01 twice the benchmark rate of the term (six months to a year since 2012-07-06: 6.00 %, year of 360 days)
OLD_AND_NEW = [
    ("2013-12-31", "2014-07-31", "7066.67"),  # 212 days × 100 000 × 6 % ÷ 360 × 2
    ("2013-12-31", "2014-08-01", "7084.17"),  # and the first day of the new rule: 17.50
    ("2014-07-31", "2014-08-01", "17.50"),  # delay that begins with the new rule
]


@pytest.mark.parametrize(("due", "as_of", "extra"), OLD_AND_NEW)
def test_article_7_old_law_up_to_the_change_and_new_law_after_it(due, as_of, extra):
    assert doubled(due, as_of, settings={"old_tier": "y1"}) == extra


def test_a_debt_of_2013_by_the_law_of_2013_and_then_by_the_new_one():
    """Due 2013-07-31: 365 days × 6.00 % ÷ 360 × 2 = 12 166.67 to 2014-07-31; then 100 days × 17.50 = 1 750.00."""
    assert doubled("2013-07-31", "2014-11-08", settings={"old_tier": "y1"}) == "13916.67"


# general interest on 100 000
GENERAL = [
    ("0.05%", "day", "2025-01-01", "2025-01-30", 360, "1500.00"),  # 30 days, the first and the last bear
    ("2%", "month", "2025-01-01", "2025-01-30", 360, "2000.00"),  # a month of 30 days
    ("12%", "year", "2025-01-01", "2025-01-30", 360, "1000.00"),
    ("12%", "year", "2025-01-01", "2025-12-31", 365, "12000.00"),
    ("36.5%", "year", "2024-02-28", "2024-03-01", 365, "300.00"),  # leap day: three days
    # LPR 3.45 % up to 2024-07-21, 3.35 % from 2024-07-22: two and three days of a year of 360
    ("LPR1Y", "year", "2024-07-20", "2024-07-24", 360, "47.08"),
    ("1.5*LPR1Y", "year", "2024-07-20", "2024-07-24", 360, "70.63"),  # 70.625 half up
    # four times the LPR of 2021-03-01 (3.85 %) for good: 15.40 %
    ("4*LPR1Y@2021-03-01", "year", "2024-07-20", "2024-07-24", 360, "213.89"),
    # benchmark up to 2019-08-19 (six months and less: 4.35 %), then the LPR (4.25 %): two days each
    ("benchmark", "year", "2019-08-18", "2019-08-21", 360, "47.78"),
    ("LPR1Y", "year", "2019-08-20", "2019-08-20", 360, "11.81"),  # the first day of the LPR
]


@pytest.mark.parametrize(("rate", "per", "first", "as_of", "base", "interest"), GENERAL)
def test_general_interest_by_rate(rate, per, first, as_of, base, interest):
    clause = [{"on": "p", "rate": rate, "per": per, "from": first}]
    told = compute(
        due="2026-01-31", as_of=as_of, parts=debt(), general_interest=clause, settings={"year_base": base}
    )
    assert told["general_interest_before_due"] == interest
    assert (told["general_interest_after_due"], told["extra_interest"]) == ("0.00", "0.00")


def test_the_issues_own_example():
    """69 days × 250; 100 days × 250 and 196 days × 171.125; 100 × 87.50 and 196 × 59.89375 = 11 739.175, half up."""
    told = compute(
        due="2025-03-10", parts=debt("500000.00"), excluded=[], as_of="2025-12-31",
        general_interest=[{"on": "p", "rate": "0.05%", "per": "day", "from": "2025-01-01"}],
        payments=[{"date": "2025-06-18", "amount": "200000.00", "by": "voluntary"},
                  {"date": "2025-12-31", "amount": "all", "by": "voluntary"}],
    )  # fmt: skip
    assert told["general_interest_before_due"] == "17250.00"
    assert told["general_interest_after_due"] == "58540.50"
    assert told["extra_interest"] == "20489.18"
    assert told["outstanding"]["total"] == "0.00"
    assert told["total_due"] == "596279.68"  # 500 000.00 + 17 250.00 + 58 540.50 + 20 489.18
    assert all(step["law"] for step in told["steps"][:3])


@pytest.mark.parametrize(
    ("claim", "field"),
    [
        ({"as_of": "2019-08-19", "general_interest": [{"on": "p", "rate": "LPR1Y", "per": "year", "from": "2019-08-19"}]}, "from"),
        ({"due": "1980-01-01", "as_of": "2020-01-01"}, "due"),
    ],
)  # fmt: skip
def test_a_day_before_the_first_value_is_refused(claim, field):
    with pytest.raises(Exception, match=r"早于|之前|没有") as refused:
        compute(**{"due": "2026-01-31", "parts": debt()} | claim)
    assert not isinstance(refused.value, (AssertionError, KeyError, TypeError))


BAD = [
    ({"due": "1980-01-01"}, ["due"]),
    ({"general_interest": [{"on": "p", "rate": "5%", "from": "2025-01-01"}]}, ["general_interest.0.per"]),
    ({"payments": [{"date": "1999-01-01", "amount": "1.00", "by": "voluntary"}]}, ["payments.0.date"]),
    ({"excluded": [{"from": "2025-02-01", "to": "2025-02-10"}, {"from": "2025-02-10", "to": "2025-02-12"}]}, ["excluded.1"]),
    ({"excluded": [{"from": "2025-02-10", "to": "2025-02-01"}]}, ["excluded.0"]),
    ({"parts": debt("-1.00")}, ["parts.0.amount"]),
    ({"parts": [{"id": "p", "kind": "principal", "amount": 1.5}]}, ["parts.0.amount"]),
    ({"parts": [{"id": "p", "kind": "principal", "amount": None}]}, ["parts.0.amount"]),
    ({"parts": [{"id": "p", "kind": "gift", "amount": "1.00"}]}, ["parts.0.kind"]),
    ({"parts": debt("NaN")}, ["parts.0.amount"]),
    ({"parts": debt("1e400")}, ["parts.0.amount"]),
    ({"parts": debt("9" * 10_000)}, ["parts.0.amount"]),
    ({"parts": []}, ["parts"]),
    ({"parts": "x"}, ["parts"]),
    ({"due": "2025-02-30"}, ["due"]),
    ({"as_of": ["2025-01-01"]}, ["as_of"]),
    ({"unknown": 1}, ["unknown"]),
    ({"payments": [{"date": "2025-02-01", "amount": "1.00", "by": "gift"}]}, ["payments.0.by"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "fields"), BAD, ids=[next(iter(wrong)) + str(no) for no, (wrong, _) in enumerate(BAD)]
)
def test_each_fault_is_named_with_its_field(wrong, fields):
    with pytest.raises(InvalidInput) as refused:
        interest_read({"due": "2025-01-01", "as_of": "2025-04-11", "parts": debt()} | wrong)
    told = [problem.field or "" for problem in refused.value.problems]
    assert all(any(place.startswith(field) for place in told) for field in fields), told
    assert all(problem.sentence and problem.mend for problem in refused.value.problems)


def test_all_faults_in_one_answer_also_on_the_shell(tmp_path):
    wrong = {
        "due": "2025-02-30", "as_of": "2025-04-11", "what": 1, "parts": [{"id": "p", "kind": "gift", "amount": -1.5}],
        "payments": [{"date": "x", "amount": "-3", "by": "voluntary"}],
    }  # fmt: skip
    file = tmp_path / "wrong.json"
    file.write_text(json.dumps(wrong))
    command = [sys.executable, "-m", "zhixing.entry.cli", "law", "interest", str(file), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    for field in ("due", "what", "parts.0.kind", "parts.0.amount", "payments.0.date", "payments.0.amount"):
        assert field in done.stdout
    assert "Traceback" not in done.stderr


days = st.integers(0, 500).map(lambda after: date(2023, 1, 1) + timedelta(days=after))
yuan = st.integers(1, 2_000_000).map(lambda fen: f"{Decimal(fen) / 100:.2f}")


@st.composite
def claims(draw):
    due = draw(days)
    parts = [{"id": "p", "kind": "principal", "amount": draw(yuan)}]
    if draw(st.booleans()):
        parts.append({"id": "c", "kind": "costs", "amount": draw(yuan)})
    if draw(st.booleans()):
        parts.append(
            {
                "id": "q",
                "kind": "principal",
                "amount": draw(yuan),
                "due": (due + timedelta(days=30)).isoformat(),
            }
        )
    claim = {
        "due": due.isoformat(), "as_of": (due + timedelta(days=draw(st.integers(0, 300)))).isoformat(), "parts": parts,
        "settings": {"year_base": draw(st.sampled_from([360, 365]))},
    }  # fmt: skip
    if draw(st.booleans()):
        rate, per = draw(st.sampled_from([("0.05%", "day"), ("13.7%", "year")]))
        since = due - timedelta(days=draw(st.integers(0, 60)))
        claim["general_interest"] = [{"on": "p", "rate": rate, "per": per, "from": since.isoformat()}]
    if draw(st.booleans()):
        first = due + timedelta(days=draw(st.integers(1, 40)))
        claim["excluded"] = [
            {"from": first.isoformat(), "to": (first + timedelta(days=9)).isoformat(), "reason": "中止"}
        ]
    last = date.fromisoformat(claim["as_of"])
    when = sorted({due + timedelta(days=after) for after in draw(st.lists(st.integers(1, 250), max_size=4))})
    claim["payments"] = [
        {"date": day.isoformat(), "amount": draw(yuan), "by": "voluntary"} for day in when if day <= last
    ]
    return claim


@settings(max_examples=60, deadline=None)
@given(claims())
def test_the_same_as_day_by_day(claim):
    told, plain = compute(**claim), by_day(claim)
    assert told["general_interest_before_due"] == plain["before"]
    assert told["general_interest_after_due"] == plain["after"]
    assert told["extra_interest"] == plain["extra"]
    assert told["outstanding"]["total"] == plain["open"]
    assert told["outstanding"]["surplus"] == plain["surplus"]


@settings(max_examples=40, deadline=None)
@given(yuan, st.integers(1, 200), st.integers(1, 200), st.integers(1, 99))
def test_by_time_slices_equals_by_parts_paid(amount, first, second, share):
    """迟延履行利息解释第三条: what is paid early runs to its own day, the rest to the end."""
    fen = int(Decimal(amount) * 100) * share // 100
    if not fen:
        return
    start = date(2023, 5, 5)
    paid_on, last = start + timedelta(days=first), start + timedelta(days=first + second)
    paid = f"{Decimal(fen) / 100:.2f}"
    slices = compute(
        due=start.isoformat(), as_of=last.isoformat(), parts=debt(amount),
        payments=[{"date": paid_on.isoformat(), "amount": paid, "by": "voluntary"}],
    )["extra_interest"]  # fmt: skip
    rest = Decimal(amount) - Decimal(paid)
    exact = (Decimal(paid) * first + rest * (first + second)) * Decimal("0.000175")
    assert abs(Decimal(slices) - exact) <= Decimal("0.005")


@settings(max_examples=30, deadline=None)
@given(claims(), st.integers(1, 60))
def test_without_a_payment_in_between_the_debt_only_grows(claim, more):
    later = date.fromisoformat(claim["as_of"]) + timedelta(days=more)
    now, then = compute(**claim), compute(**claim | {"as_of": later.isoformat()})
    assert Decimal(then["outstanding"]["total"]) >= Decimal(now["outstanding"]["total"])
