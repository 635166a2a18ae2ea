"""A bank on the wire: what it asks, what bytes it sends, what its books say afterwards."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from simworld_court import PAYEE, ungbk

from simworld.institutions.bank_books import settle
from simworld.institutions.clock import now
from simworld.institutions.faults import FaultSettings

HERO, HERO_ID = "马立群", "130930197403049617"
FIRM, FIRM_ID = "孟村回族自治县宏川管件制造有限公司", "91130930MA0HCG7KX8"
CARD = "6228484830000037719"
BLOCKED = "6230194830000039043"
WAGES = "62012010900032000"


def answers(court):
    return [ElementTree.fromstring(base64.b64decode(body)) for _, body in court.feedback]


def in_days(days: int) -> str:
    return (now() + timedelta(days=days)).strftime("%Y-%m-%d 00:00:00")


def freeze(account: str, amount: str, **more: str) -> dict[str, str]:
    return {"KZCS": "01", "KHZH": account, "JE": amount, "KSRQ": in_days(0), "JSRQ": in_days(365), **more}


def test_inquiry_is_answered_with_gbk_inside_two_layers_of_base64(make, court, until):
    court.order_inquiry("B1", HERO, HERO_ID)
    until(make("abc"), lambda: court.feedback)
    operation, body = court.feedback[0]
    assert operation == "shfeedXzcxInfo"
    root = ElementTree.fromstring(base64.b64decode(body, validate=True))
    assert root.tag == "zhxxList"
    first = root.find("zhxx")
    # 借记卡 in GBK is BDE8 BCC7 BFA8
    assert first.get("CCLB") == "vei8x7+o"
    values = ungbk(first)
    assert values["KHZH"] == CARD
    assert values["YE"] == values["KYYE"] == "286340.12"
    assert values["BZ"] == "156"
    assert len(values["FKSJ"]) == 19
    assert (
        base64.b64decode(
            ElementTree.fromstring(base64.b64decode(court.markers[0])).find("condition").get("password")
        ).decode("gbk")
        == "秘密"
    )


def test_wealth_product_hangs_below_its_cash_return_account(make, court, until):
    court.order_inquiry("B1", HERO, HERO_ID)
    until(make("abc"), lambda: court.feedback)
    accounts = answers(court)[0].findall("zhxx")
    holder = next(a for a in accounts if ungbk(a)["CCLB"] == "理财产品回款资金账户")
    product = ungbk(holder.find("jrxxList/jrxx"))
    assert product["ZCMC"] == "安心半年开放理财"
    assert (product["SE"], product["ZJHKZH"]) == ("200000.00", ungbk(holder)["KHZH"])


def test_namesake_is_not_reported(make, court, until, world):
    court.order_inquiry("B1", HERO, HERO_ID)
    until(make("abc"), lambda: court.feedback)
    other = next(p for p in world.named(HERO) if p.resident_id != HERO_ID)
    foreign = {a.number for a in world.accounts_of(other)}
    assert foreign
    assert not foreign & {ungbk(a)["KHZH"] for a in answers(court)[0].findall("zhxx")}


def test_old_fifteen_digit_record_is_found_by_today_s_number(make, court, until, world):
    account = next(a for a in world.accounts if len(a.holder_id) == 15)
    owner = world.owner(account.owner)
    court.order_inquiry("B1", owner.name, owner.resident_id)
    until(make(account.bank), lambda: court.feedback)
    assert account.number in {ungbk(a)["KHZH"] for a in answers(court)[0].findall("zhxx")}


def test_stranger_gets_the_sentinel(make, court, until):
    court.order_inquiry("B1", "欧阳无名", "11010519491231002X")
    until(make("abc"), lambda: court.feedback)
    assert ungbk(answers(court)[0].find("zhxx"))["KHZH"] == "查无开户信息"


@pytest.mark.parametrize(
    ("change", "document", "why"),
    [
        ({}, "", "无文书编号"),
        ({"with_documents": False}, "WS1", "无法律文书"),
        ({"with_certificates": False}, "WS1", "无证件信息"),
    ],
)
def test_inquiry_without_papers_is_refused(make, court, until, change, document, why):
    for name, value in change.items():
        setattr(court, name, value)
    court.order_inquiry("B1", HERO, HERO_ID, document)
    until(make("abc"), lambda: court.feedback)
    values = ungbk(answers(court)[0].find("zhxx"))
    assert (values["KHZH"], values["BEIZ"]) == ("业务审核未通过", why)


def test_control_without_papers_is_refused_and_changes_nothing(make, court, until):
    court.with_documents = False
    court.order_control("K1", HERO, HERO_ID, [freeze(CARD, "100.00")])
    bank = make("abc")
    until(bank, lambda: court.results("K1"))
    row = court.results("K1")[0]
    assert (row["KZZT"], row["WNKZYY"]) == ("2", "业务审核未通过，无法律文书")
    assert not bank.books.rows("select * from freezes where request_no = 'K1'")


def test_freeze_reports_amount_excess_limit_and_sends_a_receipt(make, court, until):
    court.order_control("K1", HERO, HERO_ID, [freeze(CARD, "608530.09")])
    until(make("abc"), lambda: court.results("K1"))
    row = court.results("K1")[0]
    assert (row["KZZT"], row["SKJE"], row["CESKJE"], row["DJXE"]) == (
        "1",
        "286340.12",
        "322189.97",
        "608530.09",
    )
    assert (row["YE"], row["KYYE"]) == ("286340.12", "286340.12")
    document = ungbk(answers(court)[0].find("hzxxList/hzxx"))
    pdf = base64.b64decode(document["WSNR"])
    assert pdf.startswith(b"%PDF-")
    assert document["MD5"] == hashlib.md5(pdf).hexdigest()
    assert (document["WSLB"], document["WJLX"]) == ("回执", "pdf")


def test_freeze_behind_another_court_waits_and_names_it(make, court, until):
    court.order_control("K1", HERO, HERO_ID, [freeze(BLOCKED, "1000.00")])
    bank = make("czb")
    until(bank, lambda: court.results("K1"))
    row = court.results("K1")[0]
    assert (row["KZZT"], row["SKJE"], row["CESKJE"]) == ("1", "0.00", "1000.00")
    assert row["BEIZ"].startswith("轮候冻结，第2顺位")
    earlier = ungbk(answers(court)[0].find("kzxx/djxxList/djxx"))
    assert (earlier["DJJG"], earlier["DJJE"], earlier["CSXH"]) == ("盐山县人民法院", "50000.00", "1")


def test_waiting_freeze_takes_effect_when_the_earlier_one_ends(make, court, until):
    court.order_control("K1", HERO, HERO_ID, [freeze(BLOCKED, "1000.00")])
    bank = make("czb")
    until(bank, lambda: court.results("K1"))
    with bank.books.transaction() as db:
        db.execute("update freezes set until = '2026-01-01 00:00:00' where authority = '盐山县人民法院'")
        settle(db, BLOCKED, now())
    mine = bank.books.rows("select * from freezes where request_no = 'K1'")[0]
    assert (mine["state"], mine["frozen_fen"]) == ("effective", 1000_00)
    assert mine["until"][:10] == in_days(mine["days"])[:10]


def test_migrant_workers_wage_account_is_never_frozen(make, court, until):
    court.order_control("K1", FIRM, FIRM_ID, [freeze(WAGES, "1000.00")])
    until(make("czb"), lambda: court.results("K1"))
    row = court.results("K1")[0]
    assert row["KZZT"] == "2"
    assert "农民工工资专用账户" in row["WNKZYY"]


def test_items_succeed_and_fail_one_by_one(make, court, until):
    items = [freeze(CARD, "100.00"), freeze("6228480000000000000", "100.00"), freeze(CARD, "0")]
    items.append({**freeze(CARD, "5.00"), "KZCS": "07"})
    court.order_control("K1", HERO, HERO_ID, items)
    until(make("abc"), lambda: court.results("K1"))
    rows = court.results("K1")
    assert [r["KZZT"] for r in rows] == ["1", "2", "2", "2"]
    assert [r["CCXH"] for r in rows] == ["1", "2", "3", "4"]


def test_another_persons_account_is_not_touched(make, court, until):
    court.order_control("K1", "周建国", HERO_ID, [freeze(CARD, "100.00")])
    until(make("abc"), lambda: court.results("K1"))
    assert court.results("K1")[0]["WNKZYY"] == "账户户名、证件号码与被执行人不一致，不予控制"


def test_renew_keeps_amount_and_release_frees_it(make, court, until):
    bank = make("abc")
    court.order_control("K1", HERO, HERO_ID, [freeze(CARD, "1000.00")])
    until(bank, lambda: court.results("K1"))
    court.order_control(
        "K2", HERO, HERO_ID, [{"KZCS": "02", "KHZH": CARD, "JSRQ": in_days(700), "YDJDH": "K1"}]
    )
    until(bank, lambda: court.results("K2"))
    assert court.results("K2")[0]["SKJE"] == "1000.00"
    court.order_control("K3", HERO, HERO_ID, [{"KZCS": "04", "KHZH": CARD, "JE": "400.00", "YDJDH": "K1"}])
    until(bank, lambda: court.results("K3"))
    mine = bank.books.rows("select * from freezes where request_no = 'K1'")[0]
    assert (mine["state"], mine["frozen_fen"], mine["limit_fen"]) == ("effective", 600_00, 600_00)
    court.order_control("K4", HERO, HERO_ID, [{"KZCS": "04", "KHZH": CARD, "JE": "600.00", "YDJDH": "K1"}])
    until(bank, lambda: court.results("K4"))
    assert bank.books.rows("select state from freezes where request_no = 'K1'")[0]["state"] == "lifted"


def test_renewal_after_expiry_is_refused(make, court, until):
    bank = make("abc")
    court.order_control("K1", HERO, HERO_ID, [freeze(CARD, "1000.00")])
    until(bank, lambda: court.results("K1"))
    bank.books.db.execute("update freezes set until = '2026-01-01 00:00:00' where request_no = 'K1'")
    court.order_control(
        "K2", HERO, HERO_ID, [{"KZCS": "02", "KHZH": CARD, "JSRQ": in_days(700), "YDJDH": "K1"}]
    )
    until(bank, lambda: court.results("K2"))
    row = court.results("K2")[0]
    assert (row["KZZT"], row["WNKZYY"]) == ("2", "原冻结已于2026-01-01到期失效，请重新冻结")


def deduct(account: str, amount: str, **more: str) -> dict[str, str]:
    payee = {"ZXKZHHM": "孟村回族自治县人民法院", "ZXKZHZH": PAYEE, "ZXKZHKHH": "孟村农商行"}
    return {"KZCS": "06", "KHZH": account, "JE": amount, **payee, **more}


def test_deduction_needs_a_freeze_of_the_same_case(make, court, until):
    court.order_control("K1", HERO, HERO_ID, [deduct(CARD, "100.00")])
    until(make("abc"), lambda: court.results("K1"))
    assert court.results("K1")[0]["KZZT"] == "2"
    assert not court.statements


def test_deduction_moves_money_once_and_tells_the_court_bank(make, court, until):
    bank = make("abc")
    court.order_control("K1", HERO, HERO_ID, [freeze(CARD, "300000.00")])
    until(bank, lambda: court.results("K1"))
    court.order_control("K2", HERO, HERO_ID, [deduct(CARD, "300000.00", YDJDH="K1")])
    until(bank, lambda: court.statements)
    row = court.results("K2")[0]
    assert (row["KZZT"], row["SKJE"]) == ("1", "286340.12")
    (line,) = court.statements.values()
    assert (line["account"], line["amount"], line["payer"]) == (PAYEE, "286340.12", HERO)
    assert line["memo"] == "（2026）冀0930执123号 K2"
    assert line["agency"] == "C1010313000093001"
    assert not court.bad_signatures
    assert bank.books.rows("select balance_fen from accounts where number = ?", CARD)[0][0] == 0
    mine = bank.books.rows("select limit_fen, state from freezes where request_no = 'K1'")[0]
    assert (mine["limit_fen"], mine["state"]) == (13_659_88, "effective")


def test_lost_answers_change_nothing_and_nothing_is_lost(make, court, until):
    bank = make("abc")
    court.order_control("K1", HERO, HERO_ID, [freeze(CARD, "1000.00")])
    until(bank, lambda: court.results("K1"))
    court.order_control("K2", HERO, HERO_ID, [deduct(CARD, "700.00", YDJDH="K1")])
    bank.take_in()
    # the feedback, the statement and some polls arrive, but their answers do not
    court.drop_answers = 6
    until(bank, lambda: court.drop_answers == 0 and "K2" in court.fed_back)
    until(bank, lambda: not bank.books.rows("select 1 from requests where state <> 'done'"))
    until(bank, lambda: not bank.books.rows("select 1 from transfers where state = 'pending'"))
    assert [line["amount"] for line in court.statements.values()] == ["700.00"]
    assert bank.books.rows("select balance_fen from accounts where number = ?", CARD)[0][0] == 285_640_12


def test_one_statement_line_the_court_refuses_keeps_back_no_other(make, court, until):
    bank = make("abc")
    court.bad_serials.add("093001-K2-1")
    court.order_control("K1", HERO, HERO_ID, [freeze(CARD, "1000.00")])
    until(bank, lambda: court.results("K1"))
    court.order_control(
        "K2", HERO, HERO_ID, [deduct(CARD, "1.00", YDJDH="K1"), deduct(CARD, "2.00", YDJDH="K1")]
    )
    until(bank, lambda: court.statements)
    assert [line["amount"] for line in court.statements.values()] == ["2.00"]


def test_refused_feedback_is_sent_again(make, court, until):
    court.refuse_words["B1"] = 2
    court.order_inquiry("B1", HERO, HERO_ID)
    bank = make("abc")
    until(bank, lambda: "B1" in court.fed_back)
    assert len(court.feedback) == 3
    until(bank, lambda: bank.books.rows("select state from requests")[0]["state"] == "done")


@pytest.mark.parametrize(
    ("fault", "expected"),
    [("twice", 2), ("empty", 2), ("truncated", 2), ("bad_charset", 2), ("different_second", 2)],
)
def test_faults_are_sent_and_the_true_answer_arrives(make, court, until, fault, expected):
    faults = FaultSettings(forced={"B1": fault}, again_seconds=0.0)
    court.order_inquiry("B1", HERO, HERO_ID)
    bank = make("abc", faults=faults)
    until(bank, lambda: bank.books.rows("select 1 from requests where state = 'done'"))
    assert len(court.feedback) == expected
    assert "B1" in court.fed_back
    if fault == "twice":
        assert court.feedback[0] == court.feedback[1]
    if fault == "different_second":
        assert court.feedback[0] != court.feedback[1]


def test_wrong_person_fault_reports_the_namesake_with_his_number(make, court, until):
    court.order_inquiry("B1", HERO, HERO_ID)
    until(make("abc", faults=FaultSettings(forced={"B1": "wrong_person"})), lambda: court.feedback)
    values = ungbk(answers(court)[0].find("zhxx"))
    assert values["KHZH"].endswith("1181")
    assert "13093019811122" in values["BEIZ"]


def test_hero_is_never_hit_by_chance(make, court, until):
    court.order_inquiry("B1", HERO, HERO_ID)
    bank = make("abc", faults=FaultSettings(scale=100.0))
    until(bank, lambda: court.feedback)
    assert bank.books.rows("select fault from requests")[0]["fault"] == ""
