"""Figures of management, worked by hand on one set of counts (KPI-01 to KPI-23, KPI-T1, KPI-T2)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from zhixing.kernel.errors import InvalidInput
from zhixing.law.book import book
from zhixing.law.errors import NoRuleInForce, UnknownRule
from zhixing.law.kpi import kpi_read, kpi_value

DAY = date(2026, 6, 30)
COUNTS: dict[str, Any] = {
    "accepted": 400, "closed": 320, "performed": 120, "terminated_round": 150, "terminated": 40,
    "realised": Decimal("1234567.89"), "applied": Decimal("5000000.00"), "closed_in_term": 300, "round_passed": 141,
    "days_to_close": 30_848, "resumed": 33, "round_stock": 1100, "overdue_nodes": 26, "petitions_closed": 19,
    "petitions": 20, "preserved": 90, "civil_docketed": 300, "days_to_pay": 1_290, "paid_items": 150,
    "paid_in_time": 147, "releasable_items": 160, "queried_in_time": 398, "implementation": 400, "open_long": 6,
    "open_all": 80, "forced": 60, "voluntary": 50, "settled": 10,
    "days_performed": 9_000, "property_in_term": 181, "property_closed": 200,
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("KPI-01", "0.3750", "37.50%"),  # 120 / 320
        ("KPI-02", "0.2469", "24.69%"),  # 1234567.89 / 5000000
        ("KPI-03", "0.9375", "93.75%"),  # 300 / 320
        ("KPI-04", "0.9400", "94.00%"),  # 141 / 150
        ("KPI-05", "0.8000", "80.00%"),  # 320 / 400
        ("KPI-06", "0.5313", "53.13%"),  # 170 / 320 = 0.53125, half up
        ("KPI-07", "0.4250", "42.50%"),  # 170 / 400
        ("KPI-08", "0.4688", "46.88%"),  # 150 / 320 = 0.46875, half up
        ("KPI-09a", "0.3750", "37.50%"),  # 150 / 400
        ("KPI-09b", "0.4688", "46.88%"),
        ("KPI-10", "0.2000", "20.00%"),  # 80 / 400
        ("KPI-11", "0.1250", "12.50%"),  # 40 / 320
        ("KPI-12", "96.40", "96.40 天"),  # 30848 / 320
        ("KPI-12b", "75.00", "75.00 天"),  # 9000 / 120
        ("KPI-13", "0.3750", "37.50%"),
        ("KPI-14", "96.40", "96.40 天"),
        ("KPI-15", "0.0300", "3.00%"),  # 33 / 1100
        ("KPI-16", "0.07", "0.07"),  # 26 / 400 = 0.065, half up
        ("KPI-17", "0.9500", "95.00%"),  # 19 / 20
        ("KPI-18", "0.3000", "30.00%"),  # 90 / 300
        ("KPI-19a", "8.60", "8.60 天"),  # 1290 / 150
        ("KPI-19b", "0.9188", "91.88%"),  # 147 / 160 = 0.91875
        ("KPI-20", "0.0500", "5.00%"),  # 20 / 400
        ("KPI-21", "0.9950", "99.50%"),  # 398 / 400
        ("KPI-22", "0.0750", "7.50%"),  # 6 / 80
        ("KPI-23a", "0.3750", "37.50%"),  # 120 / 320
        ("KPI-23b", "0.2469", "24.69%"),
        ("KPI-T1", "0.9050", "90.50%"),  # 181 / 200, target 90 %
    ],
)
def test_value(code: str, value: str, text: str) -> None:
    found = kpi_value(code, COUNTS, cut_off=DAY)
    assert (str(found.value), found.text) == (value, text)
    assert found.numerator_text
    assert found.denominator_text
    assert found.scope
    assert found.version
    assert not found.ranked


def test_every_figure_of_the_table_is_tested() -> None:
    tested = {mark.args[1][i][0] for mark in test_value.pytestmark for i in range(len(mark.args[1]))}  # type: ignore[attr-defined]
    assert {row.code for row in book().all_rows("kpi.indicators")} == tested


def test_shares_of_the_accepted_sum_to_one() -> None:
    """KPI-07 + KPI-09 + KPI-10 = 100%."""
    values = [kpi_value(code, COUNTS, cut_off=DAY).value for code in ("KPI-07", "KPI-09a", "KPI-10")]
    assert sum(value for value in values if value is not None) == 1


def test_both_parts_stand_next_to_the_value() -> None:
    found = kpi_value("KPI-06", COUNTS, cut_off=DAY)
    assert found.as_json()["numerator"] == {"text": "结案数 － 终本案件数", "value": "170"}
    assert found.as_json()["denominator"] == {"text": "结案数", "value": "320"}
    assert found.sheet().results[-1] == ("实结占结案数比例", "53.13%")
    assert kpi_value("KPI-04", COUNTS, cut_off=DAY).targets == (
        "曾公布的目标：无财产案件终本合格率不低于 90.00%",
    )


def test_nothing_counted_is_no_value() -> None:
    found = kpi_value("KPI-01", {"performed": 0, "closed": 0}, cut_off=DAY)
    assert (found.value, found.text) == (None, "—")


def test_ranking_is_refused_since_2024() -> None:
    with pytest.raises(InvalidInput) as raised:
        kpi_value("KPI-01", COUNTS, cut_off=date(2024, 1, 1), rank=True)
    assert raised.value.problems[0].code == "kpi.ranking"
    assert kpi_value("KPI-01", COUNTS, cut_off=date(2023, 12, 31), rank=True).ranked is False


def test_all_bad_counts_are_told_at_once() -> None:
    with pytest.raises(InvalidInput) as raised:
        kpi_value("KPI-06", {"closed": 0.5, "terminated_round": -1}, cut_off=DAY)  # type: ignore[dict-item]
    assert [problem.field for problem in raised.value.problems] == [
        "counts.closed",
        "counts.terminated_round",
    ]
    with pytest.raises(InvalidInput):
        kpi_value("KPI-01", {"closed": 1}, cut_off=DAY)


def test_unknown_figure_and_day_before_the_first() -> None:
    with pytest.raises(UnknownRule):
        kpi_value("KPI-99", COUNTS, cut_off=DAY)
    with pytest.raises(NoRuleInForce):
        kpi_value("KPI-01", COUNTS, cut_off=date(2015, 12, 31))


def test_reading() -> None:
    code, counts, cut_off = kpi_read(
        {"code": "KPI-02", "cut_off": "2026-06-30", "counts": {"realised": "10.00", "applied": 40}}
    )
    assert kpi_value(code, counts, cut_off=cut_off).value == Decimal("0.2500")
    with pytest.raises(InvalidInput) as raised:
        kpi_read({"code": "KPI-98", "cut_off": "2015-12-31", "counts": {"x": 1, "closed": 1.5}})
    assert {problem.field for problem in raised.value.problems} == {
        "code",
        "cut_off",
        "counts.x",
        "counts.closed",
    }
