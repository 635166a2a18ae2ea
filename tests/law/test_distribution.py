"""Distribution plans: the rulebook's worked example, and by article (DIST-01 to DIST-10)."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhixing.kernel.errors import InvalidInput
from zhixing.law.book import book
from zhixing.law.distribution import distribution_plan, distribution_read
from zhixing.law.sheets import sheet_printed

D = Decimal
DAY = date(2026, 3, 4)


def plan_of(data: dict):
    return distribution_plan(distribution_read(data, today=DAY))


def claim(principal: str, **more) -> dict:
    return {"principal": principal, **more}


def creditor(name: str, *claims: dict, place: int | None = None, **more) -> dict:
    found = {"id": name, "name": f"债权人{name}", "claims": list(claims), **more}
    if place:
        found["seals"] = [{"place": place}]
    return found


def case(debtor: str, amount: str, *creditors: dict, costs: str = "0.00", fee: str = "0.00", **more) -> dict:
    return {
        "debtor": debtor,
        "on": "2026-03-04",
        "proceeds": [{"id": "house", "amount": amount, "costs": costs}],
        "enforcement_fee": fee,
        "creditors": list(creditors),
        **more,
    }


# Price 1,500,000; costs 25,000; fee 17,400; mortgage 600,000; A 400,000, B 900,000, C 700,000; sealed C, A, B.
EXAMPLE = {
    "debtor": "person",
    "on": "2026-03-04",
    "proceeds": [{"id": "house", "amount": "1500000.00", "costs": "25000.00"}],
    "creditors": [
        creditor("bank", claim("600000.00", kind="mortgage", asset="house", title=False)),
        creditor("A", claim("400000.00"), place=2),
        creditor("B", claim("900000.00"), place=3),
        creditor("C", claim("700000.00"), place=1),
    ],
}


def shares(plan) -> dict[str, str]:
    return {share.creditor: str(share.amount) for share in plan.shares}


def test_worked_example_person_in_proportion() -> None:
    plan = plan_of(EXAMPLE)
    assert (plan.scheme, plan.costs, plan.fee, plan.net) == (
        "participation", D("25000.00"), D("17400.00"), D("1457600.00"),
    )  # fmt: skip
    assert shares(plan) == {"A": "171520.00", "B": "385920.00", "C": "300160.00", "bank": "600000.00"}
    assert plan.surplus == 0
    assert plan.refused == ()  # the bank has no title, but its right covers its claim
    text = " ".join(step.text for step in plan.steps)
    assert "857,600.00" in text
    assert "42.88%" in text
    owed = {share.creditor: share.owed for share in plan.shares}
    assert owed == {"A": D("228480.00"), "B": D("514080.00"), "C": D("399840.00"), "bank": D(0)}
    assert all(step.law for step in plan.steps)


def test_worked_example_company_by_order_of_sealing() -> None:
    plan = plan_of({**EXAMPLE, "debtor": "enterprise"})
    assert plan.scheme == "sealing"
    assert shares(plan) == {"A": "157600.00", "B": "0.00", "C": "700000.00", "bank": "600000.00"}


def test_seals_by_day_give_the_same_order_and_equal_days_share() -> None:
    data = deepcopy({**EXAMPLE, "debtor": "enterprise"})
    for item, day in zip(data["creditors"][1:], ("2025-02-01", "2025-03-01", "2025-01-01"), strict=True):
        item["seals"] = [{"on": day}]
    assert shares(plan_of(data))["A"] == "157600.00"
    data["creditors"][2]["seals"] = [{"on": "2025-02-01"}]  # A and B on one day: 157,600 × 4/13 and 9/13
    assert (shares(plan_of(data))["A"], shares(plan_of(data))["B"]) == ("48492.31", "109107.69")


def test_sheet_and_json_carry_everything() -> None:
    plan = plan_of({**EXAMPLE, "served": {"plan_on": "2026-03-05"}})
    printed = sheet_printed(plan.sheet(), book())
    assert [table["title"] for table in printed["tables"]] == ["分配明细（元）", "期限"]
    assert printed["book_hash"] == plan.book_hash
    found = plan.as_json()
    assert {share["creditor"]: share["share"] for share in found["shares"]}["A"] == "171520.00"
    assert found["clocks"][0]["due"] == "2026-03-20"
    assert found["net"] == "1457600.00"


def test_objection_clocks_run_fifteen_days_each_and_move_off_a_holiday() -> None:
    served = {"plan_on": "2026-09-16", "objection_told_on": "2026-10-20", "opposition_told_on": "2026-11-02"}
    plan = plan_of({**EXAMPLE, "on": "2026-09-16", "served": served})
    assert [(clock.code, clock.due) for clock in plan.clocks] == [
        ("plan.objection", date(2026, 10, 8)),  # 1 October is a holiday until the 7th
        ("plan.oppose", date(2026, 11, 4)),
        ("plan.sue", date(2026, 11, 17)),
    ]


# creditor, changes, code of the refusal
REFUSED = [
    ("no_title", {"claims": [claim("100.00", title=False)]}),
    ("late", {"claims": [claim("100.00")], "applied_on": "2026-03-04"}),
    ("too_early", {"claims": [claim("100.00")], "applied_on": "2024-12-31"}),
]


@pytest.mark.parametrize(("code", "change"), REFUSED)
def test_refused_creditor_gets_nothing_and_is_told_why(code: str, change: dict) -> None:
    plan = plan_of(
        case(
            "person",
            "1000.00",
            creditor("A", claim("5000.00")),
            {"id": "X", **change},
            started_on="2025-01-01",
        )
    )
    assert [(r.creditor, r.code) for r in plan.refused] == [("X", code)]
    assert plan.refused[0].law
    assert shares(plan) == {"A": "1000.00"}


@pytest.mark.parametrize(
    ("day", "in_time"), [("2026-03-02", True), ("2026-03-03", True), ("2026-03-04", False)]
)
def test_cut_off_is_the_day_before_distribution_unless_the_plan_says_otherwise(
    day: str, in_time: bool
) -> None:
    data = case(
        "person", "100.00", creditor("A", claim("100.00")), creditor("B", claim("100.00"), applied_on=day)
    )
    assert (shares(plan_of(data)).get("B") == "50.00") == in_time
    data["settings"] = {"cut_off_on": "2026-03-02"}
    assert bool(plan_of(data).refused) == (day != "2026-03-02")


def test_company_creditor_without_a_measure_has_no_part_in_sealing_order() -> None:
    data = case(
        "enterprise", "1000.00", creditor("A", claim("500.00"), place=1), creditor("B", claim("800.00"))
    )
    plan = plan_of(data)
    assert [(r.creditor, r.code, r.law) for r in plan.refused] == [("B", "no_participation", ("cpli.514",))]
    assert plan.surplus == D("500.00")
    assert plan.problems[0].code == "distribution.surplus"


def test_solvent_person_pays_by_order_of_measures_and_one_title_in_proportion() -> None:
    two = (creditor("A", claim("300.00"), place=2), creditor("B", claim("300.00"), place=1))
    assert shares(plan_of(case("person", "400.00", *two, insolvent=False))) == {"A": "100.00", "B": "300.00"}
    one = plan_of(case("enterprise", "400.00", *two, one_title=True))
    assert (one.scheme, shares(one)) == ("one_title", {"A": "200.00", "B": "200.00"})


@pytest.mark.parametrize("stage", ["agreed", "accepted", "declared"])
def test_bankruptcy_stays_the_distribution(stage: str) -> None:
    plan = plan_of({**EXAMPLE, "debtor": "enterprise", "bankruptcy": stage})
    assert (plan.scheme, plan.shares) == ("stayed", ())
    assert plan_of({**EXAMPLE, "debtor": "enterprise", "bankruptcy": "refused"}).scheme == "sealing"


def test_priorities_on_one_thing_in_order_and_equal_ranks_share() -> None:
    """1,000: construction 300, first mortgage 400, then two equal second mortgages of 400 share 300."""
    lots = [
        creditor("D", claim("400.00", kind="mortgage", asset="house", rank=2)),
        creditor("C", claim("400.00", kind="mortgage", asset="house", rank=2)),
        creditor("B", claim("400.00", kind="mortgage", asset="house", rank=1)),
        creditor("A", claim("300.00", kind="construction", asset="house")),
        creditor("E", claim("900.00")),
    ]
    plan = plan_of(case("person", "1000.00", *lots))
    assert shares(plan) == {"A": "300.00", "B": "400.00", "C": "150.00", "D": "150.00", "E": "0.00"}


def test_priority_reaches_only_its_thing_and_the_rest_is_ordinary_with_a_title() -> None:
    """House 100 to the mortgage of 300; car 200 shared by its rest of 200 and another 200; without title nothing more."""
    data = case(
        "person", "100.00",
        creditor("bank", claim("300.00", kind="mortgage", asset="house")), creditor("A", claim("200.00")),
    )  # fmt: skip
    data["proceeds"].append({"id": "car", "amount": "200.00"})
    assert shares(plan_of(data)) == {"bank": "200.00", "A": "100.00"}
    data["creditors"][0]["claims"][0]["title"] = False
    plan = plan_of(data)
    assert shares(plan) == {"bank": "100.00", "A": "200.00"}
    assert [(r.code, r.partly) for r in plan.refused] == [("no_title", True)]


def test_criminal_liability_changes_the_order() -> None:
    """法释〔2014〕13号 art 13: medical 100, mortgage 200, restitution 300, civil 400 in part, fine and confiscation 0."""
    kinds = [("fine", "50.00"), ("ordinary", "400.00"), ("medical", "100.00"), ("confiscation", "70.00"),
             ("restitution", "300.00")]  # fmt: skip
    lots = [creditor(kind, claim(amount, kind=kind)) for kind, amount in kinds]
    lots.append(creditor("mortgage", claim("200.00", kind="mortgage", asset="house")))
    assert shares(plan_of(case("person", "850.00", *lots, criminal=True))) == {
        "medical": "100.00", "mortgage": "200.00", "restitution": "300.00", "ordinary": "250.00",
        "fine": "0.00", "confiscation": "0.00",
    }  # fmt: skip
    with pytest.raises(InvalidInput) as refused:
        plan_of(case("person", "850.00", *lots))
    assert {p.code for p in refused.value.problems} == {"distribution.criminal"}


def test_doubled_part_comes_last_unless_the_plan_includes_it() -> None:
    """100 to share: A 100 + doubled 50, B 100. Last: 50/50. Included: 60/40, money before doubled part."""
    data = case(
        "person", "100.00", creditor("A", claim("100.00", doubled="50.00")), creditor("B", claim("100.00"))
    )
    assert shares(plan_of(data)) == {"A": "50.00", "B": "50.00"}
    data["settings"] = {"include_doubled": True}
    plan = plan_of(data)
    assert shares(plan) == {"A": "60.00", "B": "40.00"}
    assert (plan.shares[0].owed_principal, plan.shares[0].owed_doubled) == (D("40.00"), D("50.00"))
    data["settings"], data["proceeds"][0]["amount"] = {}, "230.00"
    assert shares(plan_of(data)) == {"A": "130.00", "B": "100.00"}


def test_first_sealer_bonus_is_nothing_by_default_and_at_most_a_fifth() -> None:
    two = (creditor("A", claim("100.00"), place=1), creditor("B", claim("100.00"), place=2))
    data = case("person", "100.00", *two)
    assert shares(plan_of(data)) == {"A": "50.00", "B": "50.00"}
    data["settings"] = {"first_sealer_bonus": "20%"}  # 20 first, then 80 on 80 and 100: 35.56 and 44.44
    assert shares(plan_of(data)) == {"A": "55.56", "B": "44.44"}
    data["settings"] = {"first_sealer_bonus": "0.21"}
    with pytest.raises(InvalidInput):
        plan_of(data)


def test_livelihood_claims_lead_only_by_setting() -> None:
    data = case(
        "person", "100.00", creditor("A", claim("100.00", kind="wages")), creditor("B", claim("100.00"))
    )
    assert shares(plan_of(data)) == {"A": "50.00", "B": "50.00"}
    data["settings"] = {"livelihood_first": True}
    assert shares(plan_of(data)) == {"A": "100.00", "B": "0.00"}


def test_disputed_amount_is_deposited_and_an_unfixed_claim_reserved() -> None:
    data = case(
        "person", "100.00", creditor("A", claim("100.00", interest="20.00")),
        creditor("B", claim("120.00", title=False, pending=True)),
        disputed=[{"creditor": "A", "amount": "30.00"}],
    )  # fmt: skip
    a, b = plan_of(data).shares
    assert (a.amount, a.deposited, a.payable) == (D("50.00"), D("30.00"), D("20.00"))
    assert (b.amount, b.deposited, b.payable) == (D("50.00"), D("50.00"), D("0.00"))
    assert (a.owed_interest, a.owed_principal) == (D("0.00"), D("70.00"))  # interest is paid first


def test_costs_and_fee_come_first_even_if_nothing_is_left() -> None:
    plan = plan_of(case("person", "100.00", creditor("A", claim("100.00")), costs="60.00", fee="50.00"))
    assert (plan.costs, plan.fee, shares(plan)) == (D("60.00"), D("40.00"), {"A": "0.00"})


def test_all_faults_of_the_input_are_told_at_once() -> None:
    bad = {
        "debtor": "ghost", "on": "2015-02-03", "bankruptcy": "agreed", "colour": "red",
        "proceeds": [{"id": "h", "amount": 5.5}, {"id": "h", "amount": "1.00", "costs": "2.00"}],
        "creditors": [
            {"id": "A", "claims": [{"kind": "mortgage", "principal": "-1"}]},
            {"id": "A", "claims": [{"principal": "0"}], "seals": [{"asset": "x", "place": 1}, {"on": "2025-01-01"}]},
        ],
        "disputed": [{"creditor": "Z", "amount": "1.00"}],
        "served": {"opposition_told_on": "2026-01-01"},
    }  # fmt: skip
    with pytest.raises(InvalidInput) as refused:
        plan_of(bad)
    fields = {problem.field for problem in refused.value.problems}
    assert {
        "debtor", "on", "bankruptcy", "colour", "proceeds.0.amount", "proceeds.1.costs", "proceeds", "creditors",
        "creditors.0.claims.0.asset", "creditors.0.claims.0.principal", "creditors.1.claims.0.principal",
        "creditors.1.seals.0.asset", "disputed.0.creditor", "served.opposition_told_on",
    } <= fields  # fmt: skip
    assert all(problem.mend for problem in refused.value.problems)


CENTS = st.integers(min_value=0, max_value=10_000_000).map(lambda cents: str(D(cents).scaleb(-2)))
SOME = st.integers(min_value=1, max_value=10_000_000).map(lambda cents: str(D(cents).scaleb(-2)))
CLAIMS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["mortgage", "construction", "tax_later", "wages", "ordinary", "ordinary"]),
        "principal": SOME,
        "interest": CENTS,
        "doubled": CENTS,
        "rank": st.integers(1, 2),
    }
)


@st.composite
def cases(draw) -> dict:
    lots = []
    for no, claims in enumerate(
        draw(st.lists(st.lists(CLAIMS, min_size=1, max_size=2), min_size=1, max_size=5))
    ):
        for item in claims:
            if item["kind"] in ("mortgage", "construction"):
                item["asset"] = draw(st.sampled_from(["house", "car"]))
        for index, item in enumerate(claims):
            item["id"] = str(index + 1)
        lots.append({"id": f"P{no}", "claims": claims, "seals": [{"place": draw(st.integers(1, 3))}]})
    return {
        "debtor": draw(st.sampled_from(["person", "enterprise"])),
        "on": "2026-03-04",
        "proceeds": [{"id": "house", "amount": draw(SOME)}, {"id": "car", "amount": draw(CENTS)}],
        "enforcement_fee": draw(CENTS),
        "creditors": lots,
        "settings": {
            "include_doubled": draw(st.booleans()),
            "livelihood_first": draw(st.booleans()),
            "first_sealer_bonus": draw(st.sampled_from(["0", "0.1", "0.2"])),
        },
    }


@settings(max_examples=25, deadline=None)
@given(data=cases())
def test_plan_sums_exactly_and_nobody_gets_more_than_his_claim(data: dict) -> None:
    plan = plan_of(data)
    assert plan.gross == plan.costs + plan.fee + sum(s.amount for s in plan.shares) + plan.surplus
    assert plan.surplus >= 0
    for share in plan.shares:
        assert 0 <= share.amount <= share.claimed
        assert share.claimed - share.amount == share.owed
        assert min(share.owed_principal, share.owed_interest, share.owed_doubled) >= 0
        assert share.payable + share.deposited == share.amount


@settings(max_examples=25, deadline=None)
@given(data=cases())
def test_lower_rank_gets_nothing_before_the_higher_one_is_full(data: dict) -> None:
    plan = plan_of({**data, "debtor": "person"})
    first = [s for s in plan.shares if s.kind == "tax_later"]
    money = {id(s): s.owed_principal + s.owed_interest for s in plan.shares}
    common = [
        line for s in plan.shares for line in s.lines if not line[1] and line[0] != "设立担保后欠缴的税款"
    ]
    if any(money[id(s)] for s in first):
        assert not common
    for asset in ("house", "car"):
        built = [s for s, d in _with(plan, data, "construction", asset) if money[id(s)]]
        if built:  # a builder is not full: no mortgage got anything out of the thing
            got = [
                line for s, _ in _with(plan, data, "mortgage", asset) for line in s.lines if line[1] == asset
            ]
            assert not got
    unpaid = [s for s in plan.shares if s.kind in ("ordinary", "wages") and money[id(s)]]
    if unpaid and not data["settings"]["include_doubled"]:
        assert not any("加倍" in title for s in plan.shares for title, _, _ in s.lines)


def _with(plan, data: dict, kind: str, asset: str) -> list:
    given_claims = {(c["id"], item["id"]): item for c in data["creditors"] for item in c["claims"]}
    return [
        (s, given_claims[s.creditor, s.claim])
        for s in plan.shares
        if s.kind == kind and given_claims[s.creditor, s.claim].get("asset") == asset
    ]


@settings(max_examples=25, deadline=None)
@given(st.lists(SOME, min_size=2, max_size=8), SOME)
def test_ordinary_claims_share_within_a_cent_of_the_proportion(amounts: list[str], pool: str) -> None:
    lots = [creditor(f"P{no}", claim(amount)) for no, amount in enumerate(amounts)]
    plan = plan_of(case("person", pool, *lots))
    whole = sum(D(amount) for amount in amounts)
    ratio = min(D(1), D(pool) / whole)
    for share in plan.shares:
        assert abs(share.amount - share.claimed * ratio) < D("0.01")


@settings(max_examples=25, deadline=None)
@given(data=cases(), seed=st.randoms(use_true_random=False))
def test_order_of_the_input_does_not_matter(data: dict, seed) -> None:
    before = plan_of(data)
    turned = deepcopy(data)
    seed.shuffle(turned["creditors"])
    seed.shuffle(turned["proceeds"])
    for item in turned["creditors"]:
        seed.shuffle(item["claims"])
    after = plan_of(turned)
    assert after.shares == before.shares
    assert after.surplus == before.surplus
