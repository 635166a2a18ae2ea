"""Each rule of the search for evasion by hand, beside its innocent twin (EVA-01 to EVA-17)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from zhixing.inquiry.domain.evasion import Limits, frames, search
from zhixing.inquiry.domain.evasion.reading import DEALING_KINDS, case_read, material_read
from zhixing.inquiry.domain.evasion.statements import statement_of
from zhixing.inquiry.domain.evasion.words import RULES, SIGNS, STRENGTHS, Facts, sentence
from zhixing.kernel.errors import InvalidInput
from zhixing.law.book import book

# Debt 2025-01-01, sued 2025-06-01, judged 2025-09-01, notice 2026-01-10, sealed 2026-01-20; looked at on 2026-11-24.
DAYS = {
    "on": date(2026, 11, 24), "debt_on": date(2025, 1, 1), "sued_on": date(2025, 6, 1), "judged_on": date(2025, 9, 1),
    "docketed_on": date(2026, 1, 5), "notice_on": date(2026, 1, 10), "sealed_on": date(2026, 1, 20),
    "restricted_on": date(2026, 2, 1), "bankruptcy_on": date(2026, 10, 1),
}  # fmt: skip
PEOPLE = [
    {"who": "d", "kind": "person", "name": "甲", "is_debtor": True},
    {"who": "s", "kind": "person", "name": "乙", "id_no": "S"},
    {"who": "c", "kind": "company", "name": "丙公司"},
    {"who": "x", "kind": "person", "name": "丁"},
]
TIES = [
    {"tie": "t1", "a": "d", "b": "s", "kind": "spouse"},
    {"tie": "t2", "a": "s", "b": "c", "kind": "controller"},
]
ACCOUNTS = [
    {"account": "D1", "owner": "d", "is_declared": True, "from": date(2024, 1, 1), "to": date(2026, 11, 20)},
    {"account": "S1", "owner": "s"},
    {"account": "C1", "owner": "c"},
    {"account": "X1", "owner": "x"},
]
LIMITS = Limits.of(book().at(date(2026, 11, 24)))


def flow(no: int, day: str, yuan: int, *, to: str = "S1", direction: str = "out", account: str = "D1", **more: Any) -> dict[str, Any]:  # fmt: skip
    return {"flow": str(no), "account": account, "direction": direction, "fen": yuan * 100, "other_account": to,
            "at": datetime.fromisoformat(day), **more}  # fmt: skip


def found(
    *, flows: Any = (), dealings: Any = (), holds: Any = (), accounts: Any = (), ties: Any | None = None,
    days: dict[str, Any] | None = None,
) -> list[tuple[str, str]]:  # fmt: skip
    """Rule and strength of every lead."""
    given = {"cases": [DAYS | (days or {})], "people": PEOPLE, "ties": TIES if ties is None else ties,
             "accounts": [*ACCOUNTS, *accounts], "flows": flows, "dealings": dealings, "holds": holds}  # fmt: skip
    rows = {name: [{"case": "1"} | row for row in table] for name, table in given.items()}
    return [(row["rule"], row["strength"]) for row in search(frames(rows), LIMITS).to_dicts()]


def deal(kind: str, on: str, **more: Any) -> list[dict[str, Any]]:
    row = {"dealing": "g", "kind": kind, "on": date.fromisoformat(on), "debtor": "d", "other": "s"} | more
    return [{k: v * 100 if k in ("price", "market", "assumed", "paid") else v for k, v in row.items()}]


LOAN = deal("loan", "2024-03-01", price=200_000)


@pytest.mark.parametrize(
    ("flows", "dealings", "leads"),
    [
        # 200,000 to the spouse four days after the judgment; less 8,000 for the household 192,000 are left
        ([flow(1, "2025-09-05", 200_000)], [], [("T01", "strong")]),
        # to the spouse's company: two steps
        ([flow(1, "2025-09-05", 200_000, to="C1")], [], [("T01", "strong")]),
        # to a stranger
        ([flow(1, "2025-09-05", 200_000, to="X1")], [], []),
        # before the debt
        ([flow(1, "2024-12-31", 200_000)], [], []),
        # in the household's measure: 8,000 a month, fourteen months
        ([flow(no, f"2025-{no:02}-10", 8_000) for no in range(1, 13)], [], []),
        # an old loan is repaid
        ([flow(1, "2025-09-05", 200_000)], LOAN, []),
        # the loan is newer than the suit and no money ever came: it explains nothing
        ([flow(1, "2025-09-05", 200_000)], deal("loan", "2025-07-01", price=200_000), [("T01", "strong")]),
        # the same with a voucher that the money came
        ([flow(1, "2025-09-05", 200_000)], deal("loan", "2025-07-01", price=200_000, paid=200_000), []),
        # lent in August, back in September
        ([flow(1, "2025-08-05", 200_000, direction="in"), flow(2, "2025-09-05", 200_000)], [], []),
        # the price of a flat sold to the spouse goes straight back
        (
            [flow(1, "2025-08-05", 200_000, direction="in"), flow(2, "2025-09-05", 200_000)],
            deal("sale", "2025-08-01", price=200_000, market=200_000),
            [("T01", "strong")],
        ),
        # wages by contract: 10,000 a month from May on, twelve months
        (
            [flow(no, f"2025-{no:02}-10", 10_000) for no in range(5, 13)],
            deal("employment", "2023-01-01", price=10_000),
            [],
        ),
        # between 60 and 100 per cent of what matters (50,000): left to a person
        ([flow(1, "2025-09-05", 45_000)], [], [("T01", "unclear")]),
        # known by the name alone; by the number of an identity card; by a number that is another's
        ([flow(1, "2025-09-05", 200_000, to="Z9", other_name="乙")], [], [("T01", "unclear")]),
        ([flow(1, "2025-09-05", 200_000, to="Z9", other_name="乙", other_id="S")], [], [("T01", "strong")]),
        ([flow(1, "2025-09-05", 200_000, to="Z9", other_name="乙", other_id="S2")], [], []),
        # a remark claims a purpose: below four times the measure a person asks first
        ([flow(1, "2025-09-05", 90_000, remark="学费")], [], [("T01", "unclear")]),
        ([flow(1, "2025-09-05", 500_000, remark="学费")], [], [("T01", "strong")]),
        # an agreement on cash pooling is there
        ([flow(1, "2025-09-05", 200_000)], deal("pooling", "2023-01-01"), [("T01", "unclear")]),
    ],
)
def test_money_to_those_close(flows: list[Any], dealings: list[Any], leads: list[tuple[str, str]]) -> None:
    assert found(flows=flows, dealings=dealings) == leads


def test_a_tie_that_ended_long_ago_is_none() -> None:
    """Divorced on 2023-01-01: a year later they are strangers; divorced in August 2025 they are not."""
    out = [flow(1, "2025-09-05", 200_000)]
    assert found(flows=out, ties=[TIES[0] | {"until": date(2023, 1, 1)}]) == []
    assert found(flows=out, ties=[TIES[0] | {"until": date(2025, 8, 1)}]) == [("T01", "strong")]
    assert found(flows=out, days={"debt_on": None}) == []


RELAY = [
    flow(1, "2025-09-05", 100_000, to="X1"),
    flow(2, "2025-09-07", 99_000, account="X1", to="S1"),
]


@pytest.mark.parametrize(
    ("flows", "dealings", "accounts", "leads"),
    [
        (RELAY, [], [], [("R01", "strong")]),
        # eight days later; 89 %; more than came
        ([RELAY[0], flow(2, "2025-09-13T00:00:01", 99_000, account="X1")], [], [], []),
        ([RELAY[0], flow(2, "2025-09-07", 89_000, account="X1")], [], [], []),
        ([RELAY[0], flow(2, "2025-09-07", 101_000, account="X1")], [], [], []),
        # goods were bought from the first receiver
        (RELAY, deal("trade", "2025-08-01", other="x", price=100_000), [], []),
        # home to a reported account: a product redeemed; to one that was not reported
        ([RELAY[0], flow(2, "2025-09-07", 100_000, account="X1", to="D1")], [], [], []),
        (
            [RELAY[0], flow(2, "2025-09-07", 100_000, account="X1", to="D9")],
            [],
            [{"account": "D9", "owner": "d"}],
            [("R01", "medium")],
        ),
        # three hops, told once
        (
            [RELAY[0], flow(2, "2025-09-06", 99_000, account="X1", to="Y1"), flow(3, "2025-09-07", 98_000, account="Y1")],
            [],
            [{"account": "Y1", "owner": "y"}],
            [("R01", "strong")],
        ),
    ],
)  # fmt: skip
def test_relays(flows: list[Any], dealings: list[Any], accounts: list[Any], leads: list[Any]) -> None:
    assert found(flows=flows, dealings=dealings, accounts=accounts) == leads


@pytest.mark.parametrize(
    ("dealings", "leads"),
    [
        # EVA-02: 69.99 % to a stranger; 70 %; 85 % to the spouse; 95 %; the mortgage taken over is part of the price
        (deal("sale", "2025-05-01", other="x", price=6999, market=10_000), [("P01", "strong")]),
        (deal("sale", "2025-05-01", other="x", price=7000, market=10_000), []),
        (deal("sale", "2025-03-01", price=8500, market=10_000), [("P01", "medium")]),
        (deal("sale", "2025-03-01", price=9500, market=10_000, paid=9500), []),
        (deal("sale", "2025-05-01", other="x", price=4000, assumed=5000, market=10_000), []),
        (deal("sale", "2024-05-01", price=1000, market=10_000), []),
        (deal("sale", "2025-05-01", other="x", price=5000, market=10_000, is_public=True), []),
        (
            deal("sale", "2025-05-01", other="x", price=5000, market=10_000, is_settled=True),
            [("P01", "unclear")],
        ),
        (deal("sale", "2025-05-01", other="x", price=5000), []),  # no market value: it abstains
        # EVA-01: a fair price that never came; proved by a voucher
        (deal("sale", "2025-05-01", price=10_000, market=10_000), [("G02", "medium")]),
        (deal("sale", "2025-05-01", price=10_000, market=10_000, paid=10_000), []),
        # EVA-03, EVA-05
        (deal("purchase", "2025-05-01", other="x", price=13_001, market=10_000), [("P02", "strong")]),
        (deal("purchase", "2025-05-01", other="x", price=13_000, market=10_000), []),
        (deal("purchase", "2025-03-01", price=12_000, market=10_000), [("P02", "medium")]),
        (deal("set_off", "2025-05-01", other="x", price=6000, market=10_000), [("P03", "strong")]),
        (deal("barter", "2025-05-01", other="x", price=9000, market=10_000), []),
        # EVA-01: gifts, waivers; on paper the debtor of the claim is insolvent
        (deal("gift", "2025-05-01", market=10_000), [("G01", "strong")]),
        (deal("gift", "2024-05-01", market=10_000), []),
        (deal("waiver", "2025-03-01", other="x", price=10_000), [("G01", "medium")]),
        (deal("waiver", "2025-03-01", other="x", price=10_000, is_settled=True), [("G01", "unclear")]),
        # EVA-04
        (deal("guarantee", "2025-07-01", price=10_000), [("G03", "strong")]),
        (deal("guarantee", "2025-07-01", price=10_000, is_settled=True), [("G03", "unclear")]),
        # EVA-06: after the seal; in possession before; dated back; long to a stranger far from any day
        (deal("lease", "2026-02-01", other="x", years=3), [("L01", "medium")]),
        (deal("lease", "2026-02-01", other="x", years=3, occupied_on=date(2025, 5, 1)), []),
        (
            deal("lease", "2025-12-01", other="x", signed_on=date(2025, 12, 1), occupied_on=date(2026, 3, 1), no_flow=True),
            [("L01", "strong")],
        ),
        (deal("lease", "2025-03-01", other="x", years=15), [("L01", "unclear")]),
        (deal("lease", "2025-03-01", other="x", years=5, price=90, market=100), []),
        # EVA-07
        (deal("title", "2025-08-01", price=1, no_flow=True, at_once=True), [("J01", "strong")]),
        (deal("title", "2025-08-01", price=1, at_once=True), [("J01", "unclear")]),
        (deal("title", "2025-08-01", price=1), []),
        (deal("title", "2025-08-01", other="x", price=1, no_flow=True), []),
        # EVA-09: nothing left to the debtor; half; before the debt; nobody knows how much
        (deal("partition", "2025-05-01", kept=0), [("D01", "strong")]),
        (deal("partition", "2025-05-01", kept=300), [("D01", "medium")]),
        (deal("partition", "2025-05-01", kept=450), []),
        (deal("partition", "2024-12-31", kept=0), []),
        (deal("partition", "2025-05-01"), [("D01", "unclear")]),
        # EVA-10: shares given away unpaid; the term still runs; paid in full
        (deal("capital", "2025-05-01", price=10_000, due_on=date(2025, 1, 1)), [("C02", "strong")]),
        (deal("capital", "2025-05-01", price=10_000, due_on=date(2030, 1, 1)), [("C02", "unclear")]),
        (deal("capital", "2025-05-01", price=0, due_on=date(2025, 1, 1)), []),
        # EVA-08, 11, 12, 13, 15, 16, 17
        (deal("related_account", "2025-05-01", price=10_000), [("S01", "medium")]),
        (deal("related_account", "2025-05-01", other="x"), []),
        (deal("mixing", "2025-05-01"), [("M01", "medium")]),
        (deal("mixing", "2025-05-01", is_settled=True), []),
        (deal("deregistration", "2026-01-05"), [("E01", "medium")]),
        (deal("deregistration", "2026-01-04"), []),
        (deal("free_taking", "2026-03-05", market=100), [("E02", "medium")]),
        (deal("free_taking", "2026-03-05", price=100), []),
        (deal("report", "2026-03-05"), [("B01", "medium")]),
        (deal("consumption", "2026-02-01"), [("B02", "medium")]),
        (deal("consumption", "2026-01-31"), []),
        (deal("consumption", "2026-02-01", is_settled=True), []),
        (deal("single_payment", "2026-04-01"), [("K01", "medium")]),
        (deal("single_payment", "2026-03-31"), []),
        (deal("voidable", "2025-10-01"), [("K02", "medium")]),
        (deal("voidable", "2026-10-02"), []),
    ],
)  # fmt: skip
def test_dealings(dealings: list[Any], leads: list[tuple[str, str]]) -> None:
    assert found(dealings=dealings) == leads


def test_frozen_money() -> None:
    """60,000 frozen of 80,000: 20,000 are free; what comes in is free too."""
    hold = [
        {"hold": "h", "account": "D1", "fen": 6_000_000, "balance": 8_000_000, "since": date(2026, 1, 20)}
    ]
    out = flow(1, "2026-03-01", 20_000, to="X1")
    assert found(flows=[out], holds=hold) == []
    assert found(flows=[out, flow(2, "2026-03-02", 1, to="X1")], holds=hold) == [("H01", "strong")]
    came = flow(3, "2026-02-02", 500, to="X1", direction="in")
    assert found(flows=[out, came, flow(2, "2026-03-02", 500, to="X1")], holds=hold) == []
    taken = flow(2, "2026-03-02", 60_000, to="K", other_name="某县人民法院", remark="司法扣划")
    assert found(flows=[out, taken], holds=hold) == []
    assert found(flows=[flow(1, "2026-01-19", 80_000, to="X1")], holds=hold) == []


def test_new_accounts_and_capital() -> None:
    fresh = {"account": "D9", "owner": "d", "opened": date(2026, 2, 1)}
    money = [flow(1, "2026-03-01", 10_000, account="D9", to="X1", direction="in")]
    assert found(flows=money, accounts=[fresh]) == [("A01", "medium")]
    assert found(flows=money, accounts=[fresh | {"is_declared": True}]) == []
    assert found(flows=money, accounts=[fresh | {"purpose": "代发工资户"}]) == []
    assert found(flows=money, accounts=[fresh | {"replaces": "D1"}]) == [("A01", "unclear")]
    assert found(flows=money, accounts=[fresh | {"opened": date(2026, 1, 10)}]) == []
    owner = [{"tie": "t", "a": "d", "b": "x", "kind": "shareholder"}]
    paid = flow(1, "2024-03-01", 100_000, to="X1", direction="in", remark="投资款")
    assert found(flows=[paid, flow(2, "2024-04-01", 50_000, to="X1")], ties=owner) == [("C01", "strong")]
    assert found(flows=[paid, flow(2, "2024-04-01", 49_000, to="X1")], ties=owner) == []
    assert found(flows=[paid, flow(2, "2024-06-01", 50_000, to="X1")], ties=owner) == []
    lent = deal("loan", "2023-01-01", other="x", price=50_000)
    assert found(flows=[paid, flow(2, "2024-04-01", 50_000, to="X1")], ties=owner, dealings=lent) == []


def test_order_and_other_cases_change_nothing() -> None:
    """Any order of rows, and ten other cases beside it, give the same leads."""
    rng = Random(7)
    rows = {"cases": [DAYS], "people": PEOPLE, "ties": TIES, "accounts": ACCOUNTS,
            "flows": [flow(no, (date(2025, 6, 1) + timedelta(days=no)).isoformat(), 30_000) for no in range(9)] + RELAY,
            "dealings": deal("gift", "2025-05-01", market=10_000)}  # fmt: skip
    for no, row in enumerate(rows["flows"]):
        row["flow"] = str(no)
    one = search(frames({k: [{"case": "1"} | r for r in v] for k, v in rows.items()}), LIMITS)
    many = {k: [{"case": str(c)} | r for c in range(10) for r in v] for k, v in rows.items()}
    for table in many.values():
        rng.shuffle(table)
    told = search(frames(many), LIMITS)
    assert one.height == 3
    assert told.filter(told["case"] == "1").drop("case").equals(one.drop("case"))
    assert told.height == 30


def test_every_rule_and_sign_has_words() -> None:
    rules = {row.code for row in book().at(date(2026, 11, 24)).rows("deterrence.evasion")}
    assert {code for code, _ in RULES.values()} == rules
    assert set(STRENGTHS) == {"strong", "medium", "unclear"}
    facts = Facts(debtor="甲", other="乙", on="2025-05-01", fen=1234, count=2, number=0.5)
    for rule in RULES:
        told = sentence(rule, facts)
        assert told.endswith("。")
        assert not any(word in told for word in ("有罪", "构成", "认定", "恶意", "逃避"))
    assert all(SIGNS.values())


def test_values_are_read_with_all_faults_at_once() -> None:
    with pytest.raises(InvalidInput) as refused:
        case_read({"case": {"on": "x"}, "ties": [{"tie": "1", "a": "d", "kind": "friend"}], "color": 1}, "1")
    assert {p.field for p in refused.value.problems} == {"case.on", "ties.0.b", "ties.0.kind", "color"}
    row = material_read("dealings", {"dealing": "1", "kind": "sale", "on": "2025-01-01", "debtor": "d", "price": "12.30", "kept": "30%"})  # fmt: skip
    assert (row["price"], row["kept"], row["on"]) == (1230, 300, date(2025, 1, 1))
    assert {"sale", "loan", "pooling"} <= set(DEALING_KINDS)


def test_statements_set_apart_what_cannot_be_read() -> None:
    from zhixing.gateway.domain.assets import Counterparty, Transaction
    from zhixing.gateway.domain.values import Amount, Coded, When

    def told(**more: Any) -> Transaction:
        return Transaction(
            **{"serial": "1", "direction": Coded.of("out"), "amount": Amount.of("12.30"), "time": When.parse("2025-01-02 08:00:00"),
               "counterparty": Counterparty(name="乙", account_no="S1")} | more
        )  # fmt: skip

    read = statement_of(
        "D1", [told(), told(), told(serial="2", amount=Amount(raw="十元")), told(serial="3", time=None)]
    )
    assert [(row["fen"], row["at"], row["other_account"]) for row in read.rows] == [
        (1230, datetime(2025, 1, 2, 8), "S1")
    ]
    assert read.apart == [("2", "金额“十元”不是大于零的数。"), ("3", "没有可以读出的时间。")]
