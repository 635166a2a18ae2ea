"""Days, amounts and numbers as court papers write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from zhixing.documents.domain import wording
from zhixing.documents.domain.fields import Party


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 3, 4), "二〇二六年三月四日"),
        (date(2026, 10, 10), "二〇二六年十月十日"),
        (date(2026, 12, 31), "二〇二六年十二月三十一日"),
        (date(2030, 11, 20), "二〇三〇年十一月二十日"),
    ],
)
def test_day_han(day: date, written: str) -> None:
    assert wording.day_han(day) == written


@pytest.mark.parametrize(
    ("amount", "figures", "capital"),
    [
        ("567323.54", "567323.54", "伍拾陆万柒仟叁佰贰拾叁元伍角肆分"),
        ("45000.00", "45000", "肆万伍仟元整"),
        ("1000000.01", "1000000.01", "壹佰万元零壹分"),
        ("0.05", "0.05", "伍分"),
        ("0.00", "0", "零元整"),
        ("10.10", "10.10", "壹拾元壹角"),
    ],
)
def test_amount_words(amount: str, figures: str, capital: str) -> None:
    assert wording.amount_figures(Decimal(amount)) == figures
    assert wording.amount_capital(Decimal(amount)) == capital


@pytest.mark.parametrize(
    ("months", "written"), [(12, "一年"), (36, "三年"), (18, "一年六个月"), (6, "六个月")]
)
def test_term_text(months: int, written: str) -> None:
    assert wording.term_text(months) == written


def test_document_number_counts_papers_of_a_case() -> None:
    case = "（2026）冀0930执123号"
    assert wording.document_number(case) == case
    assert wording.document_number(case, 1) == "（2026）冀0930执123号之一"
    assert wording.document_number(case, 12) == "（2026）冀0930执123号之十二"
    with pytest.raises(ValueError, match="正整数"):
        wording.document_number(case, -1)


def test_party_lines_leave_out_what_is_unknown() -> None:
    bare = Party(role="被执行人", name="㛃堃", is_person=True)
    assert wording.party_lines(bare) == ["被执行人：㛃堃。"]
    firm = Party(
        role="申请执行人",
        name="沧州某某有限公司",
        is_person=False,
        representative="孙志远",
        representative_title="经理",
        agent="李某，律师",
    )
    assert wording.party_lines(firm) == [
        "申请执行人：沧州某某有限公司。",
        "法定代表人：孙志远，经理。",
        "委托诉讼代理人：李某，律师。",
    ]
