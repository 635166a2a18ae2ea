"""The sieve and the reading of records, by hand-made answers (PRIV-06, NIC-31)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from inquiry_world import NAMESAKE_ID, RESIDENT_ID, account, house, result

from zhixing.gateway.domain.assets import Asset, AssetKind, FinancialAsset, Measure, SubAccount
from zhixing.gateway.domain.values import Amount
from zhixing.inquiry.domain.records import records_of
from zhixing.inquiry.domain.screening import Known, sieve

ON = date(2026, 3, 4)
AT = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)
KNOWN = Known(
    name="马立群",
    strong=frozenset({RESIDENT_ID}),
    phones=frozenset({"13812340174"}),
    addresses=frozenset({"孟村镇幸福路1号"}),
    accounts=frozenset({"6217000000001111"}),
)


def verdict(*assets: Asset, at: datetime = AT, seen: dict[str, Decimal | None] | None = None) -> list[str]:
    """Verdicts in order."""
    found = sieve(
        records_of(result(*assets, at=at)),
        known=KNOWN,
        seen={} if seen is None else seen,
        on=ON,
        stale_days=30,
    )
    return [item.verdict for item in found]


@pytest.mark.parametrize(
    ("asset", "expected"),
    [
        (account("6228480000000001", "100.00"), "own"),
        (account("6228480000000001", "100.00", remark=f"按户名匹配，开户证件号码{NAMESAKE_ID}"), "other"),
        (account("6228480000000001", "100.00", remark=f"按户名匹配，开户证件号码{RESIDENT_ID}"), "own"),
        (account("", "100.00"), "malformed"),
        (account("6228480000000001", "壹佰"), "malformed"),
        (account("6228480000000001", "-1.00"), "malformed"),
        (account("6228480000000001", "100.00", phone="13900000000", address="沧县旧州镇"), "unclear"),
        (account("6228480000000001", "100.00", phone="13900000000", address="孟村镇幸福路1号"), "own"),
        (account("6217000000001111", "100.00", phone="13900000000", address="沧县旧州镇"), "own"),
        (house("130930F0006"), "own"),
        (house("130930F0006", holder_id=NAMESAKE_ID), "other"),
    ],
)
def test_one_record_gets_the_verdict_its_evidence_supports(asset: Asset, expected: str) -> None:
    """A different strong number decides against; weaker contradictions are left to the judge."""
    assert verdict(asset) == [expected]


def test_the_same_account_told_twice_counts_once() -> None:
    """The second is a duplicate; an account of somebody else does not use up the number."""
    asset = account("6228480000000001", "100.00")
    assert verdict(asset, asset) == ["own", "duplicate"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [(datetime(2026, 2, 2, tzinfo=UTC), "own"), (datetime(2026, 2, 1, tzinfo=UTC), "stale")],
)
def test_older_than_thirty_days_is_stale_thirty_is_not(day: datetime, expected: str) -> None:
    """30 days before 4 March is 2 February."""
    assert verdict(account("6228480000000001", "100.00"), at=day) == [expected]


def test_products_held_through_a_namesakes_account_are_the_namesakes() -> None:
    """The bank's remark stands on the account; what is held through it has none of its own."""
    product = Asset(
        kind=AssetKind.FINANCIAL_ASSET,
        seq="1",
        detail=FinancialAsset(name="安心理财", product_no="P1", total_amount=Amount.of("10")),
    )
    outer = account("6228480000000001", "1.00", remark=f"按户名匹配，开户证件号码{NAMESAKE_ID}")
    assert verdict(Asset(seq="1", detail=outer.detail, remark=outer.remark, holdings=(product,))) == [
        "other",
        "other",
    ]


def test_products_held_through_an_account_found_by_name_are_left_to_a_person() -> None:
    """The bank's remark stands on the account; without a number neither it nor its products rest on one."""
    product = Asset(
        kind=AssetKind.FINANCIAL_ASSET,
        seq="1",
        detail=FinancialAsset(name="安心理财", product_no="P1", total_amount=Amount.of("10")),
    )
    outer = account("6228480000000001", "1.00", remark="按户名匹配")
    sub = SubAccount(seq="1", account_no="6228480000000001-01", balance=Amount.of("5"))
    whole = Asset(seq="1", detail=outer.detail, remark=outer.remark, holdings=(product,), sub_accounts=(sub,))
    assert verdict(whole) == ["unclear", "unclear", "unclear"]


def test_measures_of_one_account_do_not_lie_on_the_products_of_another() -> None:
    """Both accounts number their products from 1."""
    product = Asset(
        kind=AssetKind.FINANCIAL_ASSET,
        seq="1",
        detail=FinancialAsset(name="甲", product_no="P1", total_amount=Amount.of("10")),
    )
    other = Asset(
        kind=AssetKind.FINANCIAL_ASSET,
        seq="1",
        detail=FinancialAsset(name="乙", product_no="P2", total_amount=Amount.of("10")),
    )
    first = account("1111111111111111", "1.00")
    second = account("2222222222222222", "1.00")
    answer = result(
        Asset(
            seq="1",
            detail=first.detail,
            holdings=(product,),
            measures=(Measure(asset_seq="1", amount=Amount.of("5")),),
        ),
        Asset(seq="2", detail=second.detail, holdings=(other,)),
    )
    assert [
        (record.number, len(record.prior)) for record in records_of(answer) if record.kind == "wealth"
    ] == [("P1", 1), ("P2", 0)]


def test_available_is_never_more_than_the_balance_less_earlier_freezes() -> None:
    """10,000 with a freeze of 4,000 leaves 6,000, whatever the bank calls available; 3,000 told stays 3,000."""
    prior = (Measure(amount=Amount.of("4000.00")),)
    free = [
        sieve(
            records_of(result(account("1", "10000.00", available=told, prior=prior), at=AT)),
            known=KNOWN, seen={}, on=ON, stale_days=30,
        )[0].available
        for told in ("10000.00", "3000.00")
    ]  # fmt: skip
    assert free == [Decimal("6000.00"), Decimal("3000.00")]


def test_an_old_number_with_fifteen_digits_is_the_same_person() -> None:
    """130930197403070010 was 130930740307001."""
    assert verdict(house("130930F0006", holder_id="130930740307001")) == ["own"]


def test_another_debtor_of_the_same_case_is_set_apart() -> None:
    """What belongs to a co-debtor is his, and is not controlled under this inquiry."""
    known = replace(KNOWN, others=frozenset({NAMESAKE_ID}))
    records = records_of(result(house("130930F0006", holder_id=NAMESAKE_ID), at=AT))
    found = sieve(records, known=known, seen={}, on=ON, stale_days=30)
    assert [(item.verdict, item.rule) for item in found] == [("other", "P06")]


@pytest.mark.parametrize(("balance", "expected"), [("100.00", "duplicate"), ("99.00", "unclear")])
def test_what_another_bank_told_before_is_a_repetition_or_a_contradiction(
    balance: str, expected: str
) -> None:
    """The key is blind to the way the number is written."""
    before = {"cash:6228480000000001": Decimal("100.00")}
    assert verdict(account("6228480000000001", balance), seen=before) == [expected]
