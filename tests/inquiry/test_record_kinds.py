"""Every kind of property becomes one line for the sieve; what it is worth and how much of it is free, by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from inquiry_world import RESIDENT_ID, account, result

from zhixing.gateway.domain.assets import Asset, SubAccount
from zhixing.gateway.domain.holdings import (
    HousingFundAccount,
    InsurancePolicy,
    PaymentAccount,
    SecuritiesHolding,
    Vehicle,
)
from zhixing.gateway.domain.values import Amount
from zhixing.inquiry.domain.records import records_of

AT = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)


def yuan(text):
    return Amount.of(text)


KINDS = [
    (Vehicle(plate_no="冀J12345", vin="LSVAU033872196385", owner_id_no=RESIDENT_ID), "vehicle", "冀J12345", None, None),
    (Vehicle(vin="LSVAU033872196385"), "vehicle", "LSVAU033872196385", None, None),
    # 1 000 units at 12.50, 400 of them free
    (
        SecuritiesHolding(account_no="A1", security_code="600000", quantity=yuan("1000"), available_quantity=yuan("400"),
                          unit_price=yuan("12.50")),
        "securities", "A1600000", "12500.00", "5000.00",
    ),
    # a loan on the policy goes before
    (InsurancePolicy(policy_no="P1", cash_value=yuan("8000"), loan_amount=yuan("3000")), "insurance", "P1", "8000", "5000"),
    (InsurancePolicy(policy_no="P1", cash_value=yuan("8000"), loan_amount=yuan("9000")), "insurance", "P1", "8000", "0"),
    (
        PaymentAccount(account_no="Z1", balance=yuan("100"), available=yuan("60"), wealth_balance=yuan("900")),
        "payment", "Z1", "1000", "960",
    ),
    (PaymentAccount(account_no="Z1", balance=yuan("100")), "payment", "Z1", "100", None),
    (HousingFundAccount(account_no="G1", balance=yuan("45000")), "housing_fund", "G1", "45000", None),
]  # fmt: skip


@pytest.mark.parametrize(("detail", "kind", "number", "balance", "available"), KINDS)
def test_kinds(detail, kind, number, balance, available):
    (record,) = records_of(result(Asset(seq="1", detail=detail), at=AT))
    assert (record.kind, record.number) == (kind, number)
    assert record.balance == (None if balance is None else Decimal(balance))
    assert record.available == (None if available is None else Decimal(available))


def test_a_sub_account_is_a_line_of_its_own_that_knows_its_main_account():
    main = account("6228480000000001", "100.00")
    sub = SubAccount(seq="1", account_no="6228480000000001-01", balance=yuan("5"))
    whole = Asset(seq="1", detail=main.detail, sub_accounts=(sub,))
    assert [(record.number, record.main) for record in records_of(result(whole, at=AT))] == [
        ("6228480000000001", ""),
        ("6228480000000001-01", "6228480000000001"),
    ]
