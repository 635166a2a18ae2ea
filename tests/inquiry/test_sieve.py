"""The sieve's rules, one line of an answer each: what came, which rule decides, what the verdict is."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from zhixing.inquiry.domain.sieve import EARLIER, ITEMS, KNOWN, RULES, Settings, frame, sift
from zhixing.inquiry.domain.sieve.classes import hold_sentence, with_classes
from zhixing.law.book import book
from zhixing.law.schemas import Exemption

RECEIVED = date(2026, 11, 24)
# The worked example of GB 11643, born 1949-12-31; its old form is 110105491231002.
DEBTOR, OTHER_PARTY, STRANGER = "11010519491231002X", "130930199001010016", "110105194912310038"
COMPANY = "91350100M000100Y43"  # the worked example of GB 32100
KNOWN_ROWS = [
    {"ask": 1, "kind": "id", "value": DEBTOR, "whose": "self"},
    {"ask": 1, "kind": "name", "value": "张昇", "whose": "self"},
    {"ask": 1, "kind": "former_name", "value": "张大升", "whose": "self"},
    {"ask": 1, "kind": "phone", "value": "138 0000 0000", "whose": "self"},
    {"ask": 1, "kind": "address", "value": "河北省孟村县一号", "whose": "self"},
    {"ask": 1, "kind": "account", "value": "6222000000009999", "whose": "self"},
    {"ask": 1, "kind": "id", "value": OTHER_PARTY, "whose": "party"},
    {"ask": 2, "kind": "id", "value": COMPANY, "whose": "self"},
    {"ask": 2, "kind": "name", "value": "沧州某某商贸有限公司", "whose": "self"},
    {"ask": 3, "kind": "name", "value": "李晓明", "whose": "self"},
]


def line(no, **told):
    return {
        "item": no, "ask": 1, "order": no, "version": 1, "received": RECEIVED, "kind": "cash",
        "number": f"6222000000{no:04d}", "balance": "100.00", "available": "80.00", "as_of": "2026-11-20",
    } | told  # fmt: skip


def judged(*lines, earlier=()):
    return sift(
        frame(list(lines), ITEMS), frame(KNOWN_ROWS, KNOWN), frame(list(earlier), EARLIER),
        settings=Settings(stale_days=30),
    )  # fmt: skip


CASES = [
    # whose is it
    ({}, "P18", "own"),
    ({"holder_id": DEBTOR, "holder_name": "张昇"}, "P01", "own"),
    ({"holder_id": "110105 491231 002"}, "P03", "own"),
    ({"holder_id": "１１０１０５１９４９１２３１００２ｘ", "holder_name": "张升"}, "P01", "own"),
    ({"holder_id": "110105194912310O2X", "holder_name": "张 昇"}, "P01", "own"),
    ({"holder_id": "IIO1051949I231002X", "holder_name": "張昇"}, "P01", "own"),
    ({"holder_id": DEBTOR, "holder_name": "章升"}, "P02", "own"),
    ({"holder_id": DEBTOR, "holder_name": "张大升"}, "P01", "own"),
    ({"holder_id": DEBTOR, "holder_name": "王五"}, "P05", "unclear"),
    ({"ask": 2, "holder_id": COMPANY, "holder_name": "沧州新名商贸有限公司"}, "P04", "own"),
    ({"ask": 2, "holder_id": "M000100Y-4", "holder_name": "沧州某某商贸有限公司"}, "P01", "own"),
    ({"ask": 2, "holder_name": "沧州另一商贸有限公司"}, "P13", "unclear"),
    ({"holder_id": OTHER_PARTY}, "P06", "other"),
    ({"holder_id": STRANGER, "holder_name": "张昇"}, "P07", "other"),
    ({"holder_id": "110105194912310021"}, "P08", "unclear"),
    ({"holder_id": "11010519491213002X"}, "P08", "unclear"),
    ({"holder_id": "1101051949123100X"}, "P08", "unclear"),
    ({"holder_id": "999999999999999999"}, "P09", "unclear"),
    ({"holder_id": "120105**********2X"}, "P10", "other"),
    ({"holder_id": "110105**********2X"}, "P11", "unclear"),
    ({"holder_name": "李四"}, "P12", "other"),
    ({"holder_name": "章升"}, "P13", "unclear"),
    ({"number": "6222 0000 0000 9999"}, "P15", "own"),
    ({"phone": "13911112222", "address": "北京市二号"}, "P16", "unclear"),
    ({"phone": "13911112222", "address": "孟村县一号"}, "P18", "own"),
    ({"phone": "13911112222"}, "P18", "own"),
    ({"ask": 3, "holder_name": "李晓明"}, "P17", "unclear"),
    ({"remark": "按户名匹配"}, "P17", "unclear"),
    ({"remark": "按户名匹配", "holder_id": DEBTOR}, "P03", "own"),
    # is there anything
    ({"number": "查无开户信息"}, "S01", "empty"),
    ({"number": "无此客户"}, "S01", "empty"),
    ({"number": "查询异常"}, "S02", "error"),
    ({"number": "系统超时，请稍后"}, "S02", "error"),
    ({"number": " "}, "S03", "malformed"),
    # can it be read
    ({"balance": "1.2万元"}, "V02", "malformed"),
    ({"balance": "100.00元"}, "V02", "malformed"),
    ({"balance": "叁佰贰拾肆万元整"}, "V02", "malformed"),
    ({"balance": "abc"}, "V01", "malformed"),
    ({"balance": "1,00.00"}, "V01", "malformed"),
    ({"balance": "-0.01"}, "V03", "malformed"),
    ({"balance": "1,234,567.89", "available": "0"}, "P18", "own"),
    ({"currency": "XYZ"}, "V04", "malformed"),
    ({"currency": "156"}, "P18", "own"),
    ({"as_of": "03/04/2026"}, "V05", "malformed"),
    ({"as_of": "2026-02-30"}, "V05", "malformed"),
    ({"as_of": "2026-11-25"}, "V06", "malformed"),
    ({"label": "查无开户信息"}, "V07", "malformed"),
    ({"balance": "10", "available": "20"}, "V08", "malformed"),
    # how old is it: 30 days before 2026-11-24 is 2026-10-25
    ({"as_of": "2026-10-25"}, "P18", "own"),
    ({"as_of": "2026-10-24"}, "T01", "stale"),
    # a stranger's line stays a stranger's, whatever else is wrong with it
    ({"holder_id": STRANGER, "balance": "abc", "as_of": "2020-01-01"}, "P07", "other"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "rule", "verdict"), CASES)
def test_one_line_is_decided_by_one_rule(told, rule, verdict):
    out = judged(line(1, **told)).row(0, named=True)
    assert (out["rule"], out["verdict"]) == (rule, verdict)


def test_all_lines_together_get_what_each_gets_alone():
    lines = [line(no, **told) for no, (told, _, _) in enumerate(CASES, start=1)]
    # One account of the case stands in one line only here, so that nothing is a repetition.
    assert judged(*lines)["rule"].to_list() == [rule for _, rule, _ in CASES]


def test_every_rule_is_shown_by_a_case():
    shown = {rule for _, rule, _ in CASES} | {"P14", "D01", "D02", "D03"}
    assert shown == set(RULES)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-04",
        "2026/11/4",
        "20261104",
        "2026年11月4日",
        "2026.11.04",
        "2026-11-04 10:11:12",
        "20261104101112",
    ],
)
def test_days_are_read_in_every_form_that_agencies_write(text):
    assert judged(line(1, as_of=text))["told_on"].to_list() == [date(2026, 11, 4)]


def test_amounts_are_exact_to_the_cent():
    out = judged(line(1, balance="90071992547409.93", available="0.07")).row(0, named=True)
    assert (out["balance_fen"], out["available_fen"]) == (9007199254740993, 7)


def test_what_is_free_is_never_more_than_balance_less_earlier_freezes():
    told = judged(
        line(1, available="80", prior=3000), line(2, available="60", prior=3000), line(3, prior=20000)
    )
    assert told["available_fen"].to_list() == [7000, 6000, 0]


class TestRepetition:
    def test_twice_in_one_answer(self):
        again = judged(line(1), line(2, order=1, number="6222 0000 0000 01"))
        assert again["rule"].to_list() == ["P18", "D01"]

    def test_by_two_agencies(self):
        assert judged(line(1), line(2, number="62220000000001"))["rule"].to_list() == ["P18", "D02"]

    def test_with_another_balance_is_a_contradiction(self):
        told = judged(line(1), line(2, number="62220000000001", balance="90.00"))
        assert told["rule"].to_list() == ["P18", "D03"]

    def test_of_an_earlier_answer(self):
        before = {"ask": 1, "order": 99, "key": "cash:62220000000001", "balance_fen": 10000}
        assert judged(line(1), earlier=[before])["rule"].to_list() == ["D02"]
        assert judged(line(1), earlier=[before | {"balance_fen": 1}])["rule"].to_list() == ["D03"]
        assert judged(line(1), earlier=[before | {"ask": 2}])["rule"].to_list() == ["P18"]

    def test_a_correction_replaces_what_it_corrects(self):
        told = judged(line(1), line(2, order=1, version=2, number="62220000000001", balance="90.00"))
        assert told["is_current"].to_list() == [False, True]
        assert told["rule"].to_list() == ["P18", "P18"]


def test_one_account_told_for_two_people_without_numbers_is_left_to_a_person():
    told = judged(line(1), line(2, ask=2, number="62220000000001"))
    assert told["rule"].to_list() == ["P14", "P14"]
    told = judged(line(1, holder_id=DEBTOR), line(2, ask=2, number="62220000000001", holder_id=DEBTOR))
    assert told["rule"].to_list() == ["P03", "P07"]


def test_things_held_together_are_one_thing():
    told = judged(
        line(1), line(2, kind="wealth", number="LC01", linked="6222000000 0001"), line(3, main="62220000000001"),
        line(4, kind="wealth", number="LC02", linked="62220000000003"), line(5),
    )  # fmt: skip
    assert told["thing"].to_list() == [1, 1, 1, 1, 5]


CLASSES = [
    ({}, "cash", None, None),
    ({"label": "活期存款"}, "cash", None, None),
    ({"label": "开放式理财一号"}, "wealth", None, None),
    ({"label": "理财产品回款资金账户"}, "cash", None, None),
    ({"category": "农民工工资专用账户"}, "cash", "EXM-02", "H09"),
    ({"category": "社会保险基金专户"}, "cash", "EXM-05", "H03"),
    ({"status": "已销户"}, "cash", None, "H04"),
    ({"prior": 10000}, "cash", None, "H05"),
    ({"currency": "840"}, "cash", None, "H06"),
    ({"kind": "realty", "balance": "", "available": "", "holders": 2}, "realty", None, "H07"),
    ({"kind": "realty", "balance": "", "available": "", "holders": 2, "share": "50%"}, "realty", None, None),
    ({"balance": "", "available": ""}, "cash", None, "H08"),
    ({"holder_id": STRANGER}, "cash", None, "H01"),
    ({"main": "6222000000000009"}, "cash", None, "H10"),
]


@pytest.mark.parametrize(("told", "kind", "exempt", "hold"), CLASSES)
def test_class_protection_and_readiness(told, kind, exempt, hold):
    exemptions = book().at(RECEIVED).rows("exempt", Exemption)
    out = with_classes(judged(line(1, **told)), exemptions).row(0, named=True)
    assert (out["class"], out["exempt"], out["hold"]) == (kind, exempt, hold)
    assert hold is None or hold_sentence(hold)


def test_no_line_is_ready_without_a_valid_number_behind_it():
    lines = [line(no, **told) for no, (told, _, _) in enumerate(CASES, start=1)]
    out = with_classes(judged(*lines), book().at(RECEIVED).rows("exempt", Exemption))
    ready = out.filter(pl.col("hold").is_null())
    assert ready.height > 5
    assert ready["verdict"].unique().to_list() == ["own"]
    assert ready["is_strong"].all()


def test_nothing_in_gives_nothing_out():
    assert judged().height == 0
