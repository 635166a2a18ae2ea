"""Reference price and network auctions, by article (DISP-01 to DISP-20, FUND-16)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from zhixing.kernel.errors import InvalidInput
from zhixing.law.book import book
from zhixing.law.errors import NoRuleInForce
from zhixing.law.realisation import (
    PriceFacts,
    applicant_deposit,
    auction_read,
    auction_timetable,
    default_deposit,
    first_round,
    network_price,
    no_surplus,
    price_validity,
    price_way,
    report_clocks,
    sale_round,
    second_round,
    set_off,
)
from zhixing.law.sheets import sheet_printed

D = Decimal
DAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("facts", "way"),
    [
        (PriceFacts(), "agreement"),
        (PriceFacts(agreement="failed", has_official_price=True), "official"),
        (PriceFacts(agreement="failed", has_official_price=True, official="failed"), "network"),
        (PriceFacts(agreement="failed"), "network"),
        (PriceFacts(agreement="failed", network_fit=False), "appraisal"),
        (PriceFacts(agreement="failed", network="failed"), "appraisal"),
        (PriceFacts(both_ask="official", has_official_price=True), "official"),
        (PriceFacts(both_ask="official"), "agreement"),  # there is no such price: the ask has no object
        (PriceFacts(both_ask="network"), "network"),
        (PriceFacts(both_ask="network", network_fit=False), "agreement"),
        (PriceFacts(both_ask="appraisal"), "appraisal"),
        (PriceFacts(appraisal_required=True, both_ask="network"), "appraisal"),
    ],
)
def test_price_way_in_the_order_of_the_law(facts: PriceFacts, way: str) -> None:
    found = price_way(facts, DAY)
    assert found.code == way
    assert found.steps[-1].law


def test_price_way_before_its_first_day() -> None:
    assert price_way(PriceFacts(), date(2018, 9, 1)).code == "agreement"
    with pytest.raises(NoRuleInForce):
        price_way(PriceFacts(), date(2018, 8, 31))


def test_network_price_is_the_mean_of_what_stands() -> None:
    results = {"甲": D("1000000.00"), "乙": D("1100000.00"), "丙": D("1000000.01")}
    assert network_price(results, DAY)[0] == D("1033333.34")  # 3,100,000.01 / 3 = 1,033,333.3366…
    assert network_price(results, DAY, objected={"乙"})[0] == D("1000000.01")  # .005 rounds up
    assert network_price(results, DAY, objected=set(results))[0] == D("1033333.34")
    with pytest.raises(ValueError):
        network_price({}, DAY)


def test_report_clocks_with_extensions() -> None:
    net = report_clocks("network", date(2026, 3, 2))
    assert (net.due, net.due_at_most) == (date(2026, 3, 5), date(2026, 3, 9))  # 8 March is a Sunday
    paper = report_clocks("appraisal", date(2026, 3, 2))
    # 30 days end on 1 April; 30 more on 1 May, a holiday until the 5th
    assert (paper.due, paper.ask_by, paper.due_at_most) == (
        date(2026, 4, 1),
        date(2026, 3, 27),
        date(2026, 5, 6),
    )


@pytest.mark.parametrize(
    ("price_on", "valid", "notice", "sale"),
    [
        ("2026-03-04", None, "2027-03-04", "2027-09-06"),  # 4 September 2027 is a Saturday
        ("2024-02-29", None, "2025-02-28", "2025-08-28"),  # leap day
        ("2026-03-04", "2026-09-03", "2026-09-03", "2027-03-03"),
        ("2026-03-04", "2028-03-04", "2027-03-04", "2027-09-06"),  # cut back to one year
    ],
)
def test_price_is_good_for_a_year_and_the_sale_for_six_months_more(price_on, valid, notice, sale) -> None:
    found = price_validity(
        date.fromisoformat(price_on), valid_until=date.fromisoformat(valid) if valid else None
    )
    assert (found.notice_until.isoformat(), found.sale_until.isoformat()) == (notice, sale)


def test_example_of_the_rulebook_two_million() -> None:
    """DISP-20: appraisal 2,000,000 → ≥ 1,400,000 (70,000–280,000) → ≥ 1,120,000 → sale 1,120,000."""
    first = first_round(D("2000000.00"), DAY)
    assert (first.floor, first.deposit_least, first.deposit_most) == (D("1400000"), D("70000"), D("280000"))
    second = second_round(first.start, DAY)
    assert (second.floor, sale_round(second.start).start) == (D("1120000"), D("1120000"))
    assert second_round(D("2000000.00"), DAY).floor == D(
        "1600000"
    )  # the cut is on the price of the first round


def test_floors_round_up_and_ceilings_down_to_the_cent() -> None:
    limits = first_round(D("100.01"), DAY)  # 70.007
    assert limits.floor == D("70.01")
    assert (limits.deposit_least, limits.deposit_most) == (D("3.51"), D("14.00"))
    with pytest.raises(NoRuleInForce):
        first_round(D("100.00"), date(2016, 12, 31))


@pytest.mark.parametrize(
    ("claim", "gap"), [("70000.01", "0"), ("70000.00", "0"), ("69999.99", "0.01"), ("0.00", "70000.00")]
)
def test_applicant_pays_only_the_gap_of_the_deposit(claim: str, gap: str) -> None:
    assert applicant_deposit(D("70000.00"), D(claim))[0] == D(gap)


@pytest.mark.parametrize(
    ("reserve", "applies"), [("699999.99", True), ("700000.00", True), ("700000.01", False)]
)
def test_sale_that_leaves_nothing(reserve: str, applies: bool) -> None:
    held = no_surplus(
        reserve=D(reserve), priority=D("680000"), costs=D("20000"), on=DAY, told_on=date(2026, 3, 2)
    )
    assert held.applies == applies
    assert held.ask_by == (date(2026, 3, 9) if applies else None)  # 7 March is a Saturday


def test_set_off_by_rank_then_lot_with_the_gap() -> None:
    one = set_off([("乙", 2, D("900")), ("甲", 1, D("600"))], reserve=D("700"))
    assert (one.takers, one.by_lot, one.gaps) == (("甲",), False, (("甲", D("100")),))
    two = set_off([("乙", 1, D("900")), ("甲", 1, D("600"))], reserve=D("700"))
    assert (two.by_lot, dict(two.gaps)) == (True, {"甲": D("100"), "乙": D("0")})
    with pytest.raises(ValueError):
        set_off([], reserve=D("700"))


def test_deposit_of_a_defaulting_bidder_in_order() -> None:
    uses, steps = default_deposit(D("100"), costs=D("10"), gap=D("60"), case_debt=D("50"))
    assert [int(amount) for _, amount in uses] == [10, 60, 30, 0, 0]
    assert all(step.law == ("netauction.24",) for step in steps)


GIVEN = {
    "asset": "immovable",
    "reference_price": "2000000.00",
    "controlled_on": "2026-01-12",
    "price_on": "2026-03-02",
    "notice_on": "2026-03-10",
}


def test_timetable_of_an_immovable() -> None:
    table = auction_timetable(auction_read(GIVEN))
    days = {row.code: row.day.isoformat() for row in table.rows}
    assert days == {
        "price_start": "2026-02-11",
        "sale_start": "2026-03-12",
        "valid_until": "2027-03-02",
        "sale_until": "2027-09-02",
        "tell_parties": "2026-03-07",
        "notice": "2026-03-10",
        "first": "2026-04-09",  # 30 days after the notice
        "first_end": "2026-04-10",
        "second_latest": "2026-05-11",  # 10 May 2026 is a Sunday, 9 May a working Saturday
        "second": "2026-04-25",
        "second_notice": "2026-04-10",
        "second_end": "2026-04-26",
        "ask_setoff": "2026-05-06",
        "sale_publish": "2026-05-11",
        "sale_end": "2026-07-10",
    }
    assert table.problems == ()
    assert [str(limits.floor) for limits in table.rounds] == ["1400000.00", "1120000.00", "1120000.00"]


def test_timetable_of_a_movable_and_its_sheet() -> None:
    table = auction_timetable(auction_read({**GIVEN, "asset": "movable", "applicant_claim": "1000.00"}))
    assert (table.day("first"), table.day("second")) == (
        date(2026, 3, 25),
        date(2026, 4, 2),
    )  # 15, then 7 days
    printed = sheet_printed(table.sheet(), book())
    assert printed["results"][0] == {"label": "一拍最低起拍价", "text": "1,400,000.00 元"}
    assert len(printed["tables"][0]["rows"]) == len(table.rows)
    assert table.as_json()["rounds"][0]["deposit_most"] == "280000.00"


def test_timetable_warns_of_every_broken_limit() -> None:
    table = auction_timetable(
        auction_read(
            {
                **GIVEN, "notice_on": "2027-03-03", "auction_on": "2027-03-31", "second_on": "2027-05-04",
                "first_start": "1399999.99", "second_start": "1000000.00", "priority": "1000000", "costs": "400000",
            }
        )
    )  # fmt: skip
    assert [p.field for p in table.problems if p.field] == [
        "notice_on", "auction_on", "second_on", "first_start", "second_start", "priority", "priority",
    ]  # fmt: skip
    assert {p.level for p in table.problems} == {"warning"}


def test_auction_read_tells_all_faults_at_once() -> None:
    with pytest.raises(InvalidInput) as refused:
        auction_read(
            {
                "asset": "ship",
                "reference_price": 2.5,
                "price_on": "2018-08-31",
                "notice_on": "2018-08-30",
                "y": 1,
            }
        )
    assert sorted(p.field or "" for p in refused.value.problems) == [
        "asset", "notice_on", "price_on", "reference_price", "y",
    ]  # fmt: skip
