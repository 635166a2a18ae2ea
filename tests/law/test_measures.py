"""Measures over time by article: caps, renewal, rank, succession, lifting, transfer (DUR-01 to DUR-19)."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhixing.kernel.errors import InvalidInput
from zhixing.law.book import load_book
from zhixing.law.errors import NoRuleInForce
from zhixing.law.loading import TABLES
from zhixing.law.measures import (
    DisposalFacts,
    LiftFacts,
    MeasureInput,
    MeasureLife,
    QueueInput,
    RankedOrder,
    Realised,
    disposal_transfer,
    duties_for,
    home_buyer_objection,
    lift_triggers,
    measure_life,
    measure_read,
    queue_read,
    receivable_state,
    succession,
    third_party_property,
    unregistered_sale,
)
from zhixing.law.overreach import control_ceiling, control_value

D = date.fromisoformat


# 民诉法解释第四百八十五条
@pytest.mark.parametrize(
    ("kind", "start", "end"),
    [
        ("deposit", "2026-03-04", "2027-03-03"),
        ("movable", "2026-01-12", "2028-01-11"),
        ("movable", "2026-03-01", "2028-02-29"),
        ("real_estate", "2026-03-04", "2029-03-03"),
        ("equity", "2024-02-29", "2027-02-27"),  # no 29 February 2027: the anniversary is the 28th
        ("network_money", "2026-03-04", "2027-03-03"),
    ],
)
def test_cap_of_a_kind(kind: str, start: str, end: str) -> None:
    assert measure_life(MeasureInput(kind=kind, start=D(start))).end == D(end)


@pytest.mark.parametrize(
    ("done", "end", "told"),
    [
        ("2026-09-10", "2027-09-11", []),
        ("2026-09-11", "2027-09-11", []),  # the last day
        ("2026-09-12", "2026-09-11", ["measure.renewed_late"]),  # gone by law
    ],
)
def test_renewal_must_be_done_before_the_end(done: str, end: str, told: list[str]) -> None:
    life = measure_life(MeasureInput(kind="deposit", start=D("2025-09-12"), renewals=((D(done), None),)))
    assert life.end == D(end)
    assert [problem.code for problem in life.problems] == told


def test_renewals_have_no_limit_of_times_but_each_its_cap() -> None:
    done = tuple((D(f"{year}-03-01"), None) for year in (2021, 2022, 2023, 2024, 2025))
    life = measure_life(MeasureInput(kind="deposit", start=D("2020-03-04"), renewals=done))
    assert life.end == D("2026-03-03")
    assert len(life.periods) == 6


def test_one_renewal_per_period() -> None:
    """Renewals in advance would add up beyond the cap."""
    twice = ((D("2026-06-01"), None), (D("2026-06-02"), None))
    life = measure_life(MeasureInput(kind="deposit", start=D("2026-03-04"), renewals=twice))
    assert life.end == D("2028-03-03")
    assert [problem.code for problem in life.problems] == ["measure.renewed_early"]


@pytest.mark.parametrize(
    ("wanted", "end", "told"),
    [
        ("2027-03-02", "2027-03-02", []),
        ("2027-03-03", "2027-03-03", []),
        ("2027-03-04", "2027-03-03", ["measure.beyond_cap"]),
    ],
)
def test_order_may_be_shorter_never_longer(wanted: str, end: str, told: list[str]) -> None:
    life = measure_life(MeasureInput(kind="deposit", start=D("2026-03-04"), end=D(wanted)))
    assert life.end == D(end)
    assert [problem.code for problem in life.problems] == told


@pytest.mark.parametrize(("asked", "late"), [("2027-02-24", False), ("2027-02-25", True)])
def test_preservation_is_asked_for_seven_days_before(asked: str, *, late: bool) -> None:
    """财产保全规定第十八条; the period ends on 3 March 2027."""
    life = measure_life(
        MeasureInput(kind="deposit", start=D("2026-03-04"), preservation=True, asked=(D(asked),))
    )
    assert life.ask_until == D("2027-02-24")
    assert bool(life.problems) is late


@pytest.mark.parametrize(("as_of", "lapsed"), [("2027-03-03", False), ("2027-03-04", True)])
def test_lapse_is_automatic(as_of: str, *, lapsed: bool) -> None:
    assert measure_life(MeasureInput(kind="deposit", start=D("2026-03-04"), as_of=D(as_of))).lapsed is lapsed


def test_alerts_run_from_far_to_near() -> None:
    life = measure_life(MeasureInput(kind="deposit", start=D("2026-03-04")))
    assert [(life.end - alert).days for alert in life.alerts] == [60, 30, 15, 7, 3, 1]


def test_before_the_rule() -> None:
    with pytest.raises(NoRuleInForce):
        measure_life(MeasureInput(kind="deposit", start=D("2015-02-03")))
    with pytest.raises(InvalidInput) as refused:
        measure_read({"kind": "deposit", "start": "2015-02-03", "end": "2014-01-01", "z": 1})
    assert [problem.field for problem in refused.value.problems] == ["z", "end", "start"]
    with pytest.raises(InvalidInput) as refused:
        measure_read({"kind": "dreams", "start": "2026-03-04"})
    assert refused.value.problems[0].field == "kind"


def test_sheet_and_json_of_a_measure() -> None:
    given = measure_read(
        {
            "kind": "real_estate",
            "start": "2023-03-04",
            "renewals": [{"done": "2026-02-01"}],
            "as_of": "2026-03-04",
        }
    )
    life = measure_life(given)
    assert life.as_json()["end"] == "2029-03-03"
    assert ("最后有效日", "2029-03-03") in life.sheet().results


# Years by the statute (民诉法解释第四百八十五条), not by the table.
CAPS = {"deposit": 1, "movable": 2, "real_estate": 3, "equity": 3}


def beyond_cap(kind: str, life: MeasureLife) -> bool:
    """Whether some period reaches the same day of the year `cap` years on (29 February: 1 March) or later."""
    for first, last in life.periods:
        leap = (first.month, first.day) == (2, 29)
        year = first.year + CAPS[kind]
        if last >= (date(year, 3, 1) if leap else first.replace(year=year)):
            return True
    return False


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(CAPS)),
    st.dates(date(2016, 1, 1), date(2026, 1, 1)),
    st.integers(1, 2500),
    st.lists(st.tuples(st.integers(0, 3000), st.none() | st.integers(1, 2500)), max_size=5),
)
def test_no_measure_outlives_its_cap(
    kind: str, start: date, length: int, renewed: list[tuple[int, int | None]]
) -> None:
    """Whatever last day the order or a renewal names."""
    renewals = tuple(
        (start + timedelta(days=days), start + timedelta(days=days + more) if more else None)
        for days, more in sorted(renewed, key=lambda one: one[0])
    )
    end = start + timedelta(days=length)
    life = measure_life(MeasureInput(kind=kind, start=start, end=end, renewals=renewals))
    assert not beyond_cap(kind, life)
    for (_, last), (first, _) in zip(life.periods, life.periods[1:], strict=False):
        assert first == last + timedelta(days=1)


def test_a_table_with_longer_periods_would_be_noticed(tmp_path: Path) -> None:
    """The property can fail: with two years for deposits the cap of the statute is passed."""
    shutil.copytree(TABLES, tmp_path / "tables")
    file = tmp_path / "tables" / "durations.yaml"
    text = file.read_text(encoding="utf-8")
    assert "wealth_deposit], years: 1" in text
    file.write_text(text.replace("wealth_deposit], years: 1", "wealth_deposit], years: 2"), encoding="utf-8")
    wrong = load_book(tmp_path / "tables")
    given = MeasureInput(kind="deposit", start=date(2026, 1, 12))
    assert beyond_cap("deposit", measure_life(given, wrong))
    assert not beyond_cap("deposit", measure_life(given))


# 查扣冻规定第二十六、二十七条
def queue(
    *orders: RankedOrder, as_of: str, realised: Realised | None = None
) -> list[tuple[str, str, date | None]]:
    """Names, states and first days in order of rank."""
    found = succession(QueueInput(kind="real_estate", orders=orders, as_of=D(as_of), realised=realised))
    return [(turn.order.name, turn.ending, turn.start) for turn in found.turns]


FIRST = RankedOrder(name="甲", served=D("2023-01-10"))
SECOND = RankedOrder(name="乙", served=D("2023-02-01"))
THIRD = RankedOrder(name="丙", served=D("2023-03-01"))


def lifted(order: RankedOrder, on: str) -> RankedOrder:
    """The same order, lifted."""
    return RankedOrder(name=order.name, served=order.served, lifted=D(on))


def test_first_served_is_first_whoever_comes_first_in_the_list() -> None:
    assert queue(SECOND, FIRST, as_of="2024-01-01") == [
        ("甲", "in_force", D("2023-01-10")),
        ("乙", "waiting", None),
    ]


@pytest.mark.parametrize(
    ("as_of", "states"),
    [
        ("2026-01-09", ["in_force", "waiting", "waiting"]),  # last day of three years
        ("2026-01-10", ["lapsed", "in_force", "waiting"]),
        ("2029-01-09", ["lapsed", "in_force", "waiting"]),  # the second's own three years
        ("2029-01-10", ["lapsed", "lapsed", "in_force"]),
    ],
)
def test_lapse_lets_the_next_one_in(as_of: str, states: list[str]) -> None:
    assert [state for _, state, _ in queue(FIRST, SECOND, THIRD, as_of=as_of)] == states


def test_period_of_a_waiting_order_begins_when_it_matures() -> None:
    found = succession(
        QueueInput(kind="real_estate", orders=(lifted(FIRST, "2025-06-01"), SECOND), as_of=D("2026-01-01"))
    )
    assert found.turns[1].periods == ((D("2025-06-01"), D("2028-05-31")),)


def test_renewal_keeps_the_rank_and_the_others_waiting() -> None:
    renewed = RankedOrder(name="甲", served=FIRST.served, renewals=(D("2025-12-01"),))
    assert [state for _, state, _ in queue(renewed, SECOND, as_of="2026-02-01")] == ["in_force", "waiting"]


def test_renewal_while_waiting_renews_nothing() -> None:
    renewed = RankedOrder(name="乙", served=SECOND.served, renewals=(D("2024-01-01"),))
    found = succession(
        QueueInput(kind="real_estate", orders=(lifted(FIRST, "2025-06-01"), renewed), as_of=D("2026-01-01"))
    )
    assert found.turns[1].end == D("2028-05-31")


def test_one_withdrawn_while_waiting_is_passed_over() -> None:
    found = queue(lifted(FIRST, "2025-06-01"), lifted(SECOND, "2024-01-01"), THIRD, as_of="2026-01-01")
    assert found == [
        ("甲", "lifted", D("2023-01-10")),
        ("乙", "withdrawn", None),
        ("丙", "in_force", D("2025-06-01")),
    ]


@pytest.mark.parametrize(("whole", "second"), [(True, "realised"), (False, "in_force")])
def test_sale_ends_those_who_wait_unless_something_is_left(*, whole: bool, second: str) -> None:
    found = queue(FIRST, SECOND, as_of="2024-06-01", realised=Realised(on=D("2024-05-01"), whole=whole))
    assert [state for _, state, _ in found] == ["realised", second]


def test_investigators_seal_keeps_its_rank() -> None:
    """刑事涉财产执行规定第五条."""
    carried = RankedOrder(name="刑", served=D("2023-06-01"), investigators=D("2022-12-01"))
    assert [name for name, _, _ in queue(FIRST, carried, as_of="2024-01-01")] == ["刑", "甲"]


def test_what_lies_ahead_is_not_looked_at() -> None:
    assert queue(lifted(FIRST, "2025-06-01"), THIRD, as_of="2023-02-10") == [
        ("甲", "in_force", D("2023-01-10"))
    ]


def test_queue_from_json_with_all_faults() -> None:
    found = succession(
        queue_read(
            {
                "kind": "real_estate",
                "as_of": "2026-06-01",
                "orders": [
                    {"name": "甲", "served": "2023-01-10", "lifted": "2026-05-20"},
                    {"name": "乙", "served": "2023-02-01"},
                ],
            }
        )
    )
    assert found.as_json()["in_force"] == "乙"
    assert found.sheet().results == (("当日有效", "乙"),)
    with pytest.raises(InvalidInput) as refused:
        queue_read({"kind": "real_estate", "orders": [{"served": "2026-01-02", "lifted": "2026-01-01"}]})
    assert [problem.field for problem in refused.value.problems] == [
        "as_of",
        "orders.0.lifted",
        "orders.0.name",
    ]


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(st.dates(date(2016, 1, 1), date(2022, 1, 1)), st.none() | st.integers(0, 2000)), max_size=5),
    st.dates(date(2022, 1, 1), date(2030, 1, 1)),
)  # fmt: skip
def test_never_two_in_force_and_none_beyond_its_cap(raw: list[tuple[date, int | None]], as_of: date) -> None:
    orders = tuple(
        RankedOrder(name=str(no), served=served, lifted=served + timedelta(days=n) if n is not None else None)
        for no, (served, n) in enumerate(raw)
    )
    found = succession(QueueInput(kind="deposit", orders=orders, as_of=as_of))
    assert sum(turn.ending == "in_force" for turn in found.turns) <= 1
    ruled = [turn for turn in found.turns if turn.start is not None]
    for turn in ruled:
        assert turn.until is None or (
            turn.start is not None and turn.until - turn.start <= timedelta(days=366)
        )
    for earlier, later in zip(ruled, ruled[1:], strict=False):  # noqa: RUF007
        assert earlier.until is not None
        assert later.start is not None
        assert earlier.until <= later.start


# 查扣冻规定第二十八条 and others
@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ({}, []),
        ({"outstanding": Decimal("100.00"), "controlled": Decimal("100.00")}, []),
        ({"outstanding": Decimal("100.00"), "controlled": Decimal("100.01")}, ["excess"]),
        ({"outstanding": Decimal("0.00"), "controlled": Decimal("100.00")}, ["paid"]),
        ({"outsiders": True, "withdrawn": True}, ["third_party", "withdrawn"]),
        ({"security_and_consent": True}, ["security"]),
        ({"unsold": True}, ["unsold"]),
        ({"last_day": D("2026-03-04")}, []),
        ({"last_day": D("2026-03-03")}, ["expired"]),
        ({"realised": True}, ["realised"]),
        ({"equity_ruling": D("2026-03-02")}, ["excess_equity"]),
    ],
)
def test_grounds_of_lifting(facts: dict[str, object], codes: list[str]) -> None:
    found = lift_triggers(LiftFacts(on=D("2026-03-04"), **facts))  # type: ignore[arg-type]
    assert [trigger.ground.code for trigger in found] == codes


def test_excess_names_its_amount_and_shares_their_term() -> None:
    (excess,) = lift_triggers(
        LiftFacts(on=D("2026-03-04"), outstanding=Decimal("100.00"), controlled=Decimal("130.00"))
    )
    assert excess.amount == Decimal("30.00")
    (shares,) = lift_triggers(LiftFacts(on=D("2026-03-04"), equity_ruling=D("2026-03-02")))
    assert shares.due is not None
    assert shares.due.due == D("2026-03-09")  # seven days


# 法释〔2016〕6号、财产保全规定第二十一条
@pytest.mark.parametrize(
    ("changes", "allowed"),
    [
        ({}, True),
        ({"as_of": D("2026-03-11")}, False),  # the sixtieth day
        ({"as_of": D("2026-03-12")}, True),  # more than sixty
        ({"in_enforcement": False}, False),
        ({"priority_right": False}, False),
        ({"notice_published": True}, False),
    ],
)
def test_transfer_to_a_court_with_priority(changes: dict[str, object], *, allowed: bool) -> None:
    facts = {
        "route": "priority", "sealed": D("2026-01-10"), "as_of": D("2026-04-01"), "in_enforcement": True,
        "priority_right": True,
    } | changes  # fmt: skip
    found = disposal_transfer(DisposalFacts(**facts))  # type: ignore[arg-type]
    assert found.allowed is allowed
    assert found.first_day == D("2026-03-12")
    assert found.sheet().results[-1][1] == found.outcome


def test_letter_of_transfer_is_due_in_fifteen_days() -> None:
    facts = DisposalFacts(
        route="priority", sealed=D("2026-01-10"), as_of=D("2026-04-01"), in_enforcement=True, priority_right=True,
        requested=D("2026-03-16"),
    )  # fmt: skip
    assert disposal_transfer(facts).due == D("2026-03-31")


@pytest.mark.parametrize(
    ("changes", "allowed"),
    [
        ({}, True),
        ({"as_of": D("2026-01-10")}, False),  # one year to the day
        ({"as_of": D("2026-01-11")}, True),
        ({"disputed_thing": True}, False),
        ({"first_waiting": False}, False),
        ({"notice_published": True}, False),
    ],
)
def test_transfer_from_an_idle_preservation(changes: dict[str, object], *, allowed: bool) -> None:
    facts = {
        "route": "preservation", "sealed": D("2025-01-10"), "as_of": D("2026-04-01"), "in_enforcement": True,
        "first_waiting": True,
    } | changes  # fmt: skip
    assert disposal_transfer(DisposalFacts(**facts)).allowed is allowed  # type: ignore[arg-type]


# outsiders
def test_property_of_a_third_party_only_with_his_word() -> None:
    assert third_party_property(confirmed=True).allowed
    assert not third_party_property(confirmed=False).allowed


@pytest.mark.parametrize(
    ("facts", "may_seal"),
    [
        ((True, True, False), False),
        ((False, True, False), True),
        ((True, False, False), True),
        ((True, True, True), True),
    ],
)
def test_sold_but_still_registered(facts: tuple[bool, bool, bool], *, may_seal: bool) -> None:
    paid, possession, fault = facts
    assert unregistered_sale(paid_all=paid, possession=possession, at_fault=fault).allowed is may_seal


@pytest.mark.parametrize(("paid", "holds"), [("499999.99", False), ("500000.00", False), ("500000.01", True)])
def test_home_buyer_has_paid_more_than_half(paid: str, *, holds: bool) -> None:
    found = home_buyer_objection(
        on=D("2026-03-04"), contract_before_seal=True, residential=True, no_other_home=True,
        price=Decimal("1000000.00"), paid=Decimal(paid),
    )  # fmt: skip
    assert found.allowed is holds


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"as_of": D("2026-03-17")}, "waiting"),  # fifteen days from 2 March
        ({"as_of": D("2026-03-18")}, "enforceable"),
        ({"as_of": D("2026-04-01"), "objected": D("2026-03-17")}, "objected"),
        ({"as_of": D("2026-04-01"), "objected": D("2026-03-18")}, "enforceable"),
        ({"as_of": D("2026-04-01"), "objected": D("2026-03-10"), "fixed": True}, "enforceable"),
        ({"as_of": D("2026-03-10"), "objected": D("2026-03-10"), "fixed": True}, "waiting"),
        ({"as_of": D("2026-04-01"), "performed": D("2026-03-10")}, "performed"),
    ],
)
def test_matured_claim(facts: dict[str, object], state: str) -> None:
    assert receivable_state(served=D("2026-03-02"), **facts).state == state  # type: ignore[arg-type]


def test_duties_by_occasion() -> None:
    assert "co_owned" not in [row.code for row in duties_for(D("2026-03-04"))]
    codes = [row.code for row in duties_for(D("2026-03-04"), "co_owned", "payment")]
    assert {"effect", "rank", "record", "extends", "co_owned", "payment"} <= set(codes)
    assert "payment" not in [row.code for row in duties_for(D("2024-04-30"), "payment")], "before 国令第768号"


# 查扣冻规定第十九条
@pytest.mark.parametrize(
    ("market", "prior", "discount", "value"),
    [
        ("1000000.00", "0.00", None, "700000.00"),
        ("1000000.00", "600000.00", None, "100000.00"),
        ("1000000.00", "700000.01", None, "0.00"),
        ("1000000.00", "0.00", "0", "1000000.00"),
    ],
)
def test_what_a_thing_counts_towards_the_ceiling(
    market: str, prior: str, discount: str | None, value: str
) -> None:
    found = control_value(
        market=Decimal(market), on=D("2026-03-04"), prior_claims=Decimal(prior),
        discount=None if discount is None else Decimal(discount),
    )  # fmt: skip
    assert found.value == Decimal(value)


def test_ceiling_has_a_sheet_and_refuses_nonsense() -> None:
    found = control_ceiling(claim=Decimal("100.00"), on=D("2026-03-04"), controlled=Decimal("30.00"))
    assert found.sheet().results[-1] == ("还可以控制", "70.00 元")
    assert found.as_json()["limit"] == "100.00"
    with pytest.raises(InvalidInput):
        control_value(market=Decimal(-1), on=D("2026-03-04"), discount=Decimal(1))
