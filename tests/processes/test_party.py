"""The portal: each side sees its own case, its own side, and nothing before it may."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from party_world import (
    Portal,
    item_add,
    measure_add,
    money_add,
    node_add,
    paper_add,
    portal_make,
    report_add,
)

from zhixing.acts.models import Entry
from zhixing.cases.models import PartyAccess
from zhixing.control.models import MeasureState
from zhixing.inquiry.models import Declaration
from zhixing.kernel.clock import today
from zhixing.platform import scope

PAGES = ("", "money/", "do/", "report/")


@pytest.fixture
def portal(db: None) -> Iterator[Portal]:
    """Rolled back after the test. The setup runs as the system; requests set their own scope."""
    with scope.system("test"):
        made = portal_make()
    yield made


def system(work: Any, *args: Any, **named: Any) -> Any:
    """Do something as the system."""
    with scope.system("test"):
        return work(*args, **named)


def text_of(answer: Any) -> str:
    """The page."""
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("tail", PAGES)
@pytest.mark.parametrize("role", ["applicant", "obligor"])
def test_own_case_opens(portal: Portal, role: str, tail: str) -> None:
    assert portal.case.number in text_of(portal.client(role).get(portal.path(tail))) or tail == "money/"


@pytest.mark.parametrize("tail", [*PAGES, "declare/"])
def test_case_of_another_party_is_not_found(portal: Portal, tail: str) -> None:
    other = system(portal_make, "严冬梅", "闫立业")
    assert portal.client("obligor").get(other.path(tail)).status_code == 404


def test_single_case_is_opened_at_once_and_several_are_listed(portal: Portal) -> None:
    client = portal.client("applicant")
    assert client.get("/party/").headers["Location"] == portal.path()
    other = system(portal_make)
    system(
        PartyAccess.objects.create,
        account=portal.accounts["applicant"],
        case=other.case,
        party=other.applicant,
    )
    page = text_of(client.get("/party/"))
    assert portal.case.number in page and other.case.number in page


def test_stranger_is_asked_to_log_in(client: Any, portal: Portal) -> None:
    assert client.get(portal.path()).headers["Location"].startswith("/login/")


def test_waiting_items_and_the_other_sides_items_are_not_shown(portal: Portal) -> None:
    system(item_add, portal, "control.freeze", "parties", "法院冻结了存款。", visible=False)
    system(item_add, portal, "inquiry.declare", "applicant", "被执行人提交了财产报告。")
    applicant, debtor = (
        text_of(portal.client("applicant").get(portal.path())),
        text_of(portal.client("obligor").get(portal.path())),
    )
    assert "法院冻结了存款" not in applicant + debtor
    assert "被执行人提交了财产报告" in applicant and "被执行人提交了财产报告" not in debtor


def test_debtor_is_not_told_of_inquiry_and_control_to_come(portal: Portal) -> None:
    for code in ("N10", "N11", "N12", "N37"):
        system(node_add, portal, code, today() + timedelta(days=30))
    debtor = text_of(portal.client("obligor").get(portal.path()))
    assert "查找被执行人" not in debtor and "查找财产" not in debtor and "办结案件" in debtor
    assert "控制" not in debtor.split("如果不履行")[0]  # neither among the steps nor beside the account
    assert "控制" not in text_of(portal.client("obligor").get(portal.path("money/")))
    applicant = text_of(portal.client("applicant").get(portal.path()))
    assert "依法查找被执行人的财产。" in applicant  # without a day


def test_debtor_sees_the_step_of_control_once_he_was_told(portal: Portal) -> None:
    system(item_add, portal, "control.freeze", "parties", "法院冻结了被执行人的存款等财产。")
    system(measure_add, portal)
    debtor = text_of(portal.client("obligor").get(portal.path()))
    assert "控制财产" in debtor and "付清以后，法院依法解除对财产的控制。" in debtor
    assert "法院冻结了您的存款等财产。" in debtor and "法院冻结了被执行人" not in debtor


def test_debtor_is_told_what_to_do_and_until_when(portal: Portal) -> None:
    page = text_of(portal.client("obligor").get(portal.path()))
    assert "现在不需要您办什么" in page  # before the notice nothing is asked of him
    system(item_add, portal, "cases.notice", "parties", "法院已通知被执行人履行，并要求其报告财产。")
    portal.case.declare_by = date(2099, 3, 5)
    system(portal.case.save)
    page = text_of(portal.client("obligor").get(portal.path()))
    assert "如实报告财产" in page and "请在 2099年3月5日前" in page and "法院已通知您履行" in page
    assert page.count("btn-lg w-full btn-primary") == 1
    system(item_add, portal, "inquiry.declare", "obligor", "法院已收到您的财产报告。")
    page = text_of(portal.client("obligor").get(portal.path()))
    assert "如实报告财产" not in page and "付清应付的钱" in page


def test_applicant_sees_held_property_by_institution_and_amount(portal: Portal) -> None:
    system(measure_add, portal)
    page = text_of(portal.client("applicant").get(portal.path("money/")))
    assert "中国农业银行" in page and "12,000.00 元" in page and "已冻结" in page


def test_nothing_held_is_told_while_another_order_is_on_its_way(portal: Portal) -> None:
    system(measure_add, portal)
    system(
        measure_add,
        portal,
        agency_name="沧州银行",
        state=MeasureState.ORDERED,
        settled_at=None,
        controlled=None,
    )
    for role in ("applicant", "obligor"):
        page = text_of(portal.client(role).get(portal.path("money/")))
        assert "中国农业银行" not in page and "沧州银行" not in page


def test_debtor_sees_what_he_owes_per_day_and_where_to_pay(portal: Portal) -> None:
    page = text_of(portal.client("obligor").get(portal.path()))
    # 100,000 × 0.0175 % a day (法释〔2014〕8号第一条)
    assert "每晚一天，多付 17.50 元" in page and portal.case.fund_account in page


def test_debtors_rights_carry_the_days_of_the_law(portal: Portal) -> None:
    page = text_of(portal.client("obligor").get(portal.path("money/")))
    assert "<b>15 日</b>内审查" in page and "<b>10 日</b>内向上一级法院申请复议" in page


def test_report_is_shown_after_a_journalled_request_only(portal: Portal) -> None:
    system(report_add, portal)
    client = portal.client("applicant")
    assert "活期存款一笔" not in text_of(client.get(portal.path("report/")))
    page = text_of(client.post(portal.path("report/")))
    assert "活期存款一笔" in page and "尾号 3316" in page and "仅供 韩玉芬" in page
    reads = system(
        lambda: list(
            Entry.objects.filter(chain=portal.case.pk, kind="read").values_list("code", "actor_name")
        )
    )
    assert reads == [("inquiry.declare", "韩玉芬")]


def test_debtor_reports_from_his_phone(portal: Portal) -> None:
    client = portal.client("obligor")
    assert "提交财产报告" in text_of(client.get(portal.path("declare/")))
    refused = client.post(portal.path("declare/"), {"nothing": "true", "idempotency_key": "a"})
    assert refused.status_code == 422 and "没有勾选真实性保证" in refused.content.decode()
    answer = client.post(
        portal.path("declare/"),
        {
            "items-0-category": "cash",
            "items-0-text": "工资卡",
            "items-0-amount": "1,200.50",
            "truthful": "true",
            "idempotency_key": "b",
        },
    )
    assert answer.status_code == 302
    rows = system(
        lambda: list(Declaration.objects.filter(case=portal.case).values_list("entered_by", "items__amount"))
    )
    assert [(who, str(amount)) for who, amount in rows] == [("田文祥", "1200.50")]
    assert "法院已收到您的财产报告。" in text_of(client.get(portal.path()))


def test_applicant_may_not_report_for_the_debtor(portal: Portal) -> None:
    assert portal.client("applicant").get(portal.path("declare/")).status_code == 403


def test_only_papers_addressed_to_the_reader_can_be_opened(portal: Portal) -> None:
    own, foreign = system(paper_add, portal, "田文祥"), system(paper_add, portal, "中国农业银行")
    client = portal.client("obligor")
    opened = client.get(portal.path(f"documents/{own.pk}/"))
    assert opened.status_code == 200 and opened.content.startswith(b"%PDF-1.7")
    assert client.get(portal.path(f"documents/{foreign.pk}/")).status_code == 404


def test_pages_take_the_same_number_of_statements_for_many_rows(
    portal: Portal, django_assert_max_num_queries: Any
) -> None:
    def count(tail: str) -> int:
        with django_assert_max_num_queries(60) as seen:
            text_of(portal.client("obligor").get(portal.path(tail)))
        return len(seen)

    system(measure_add, portal)
    few = [count(""), count("money/")]
    for _ in range(20):
        system(measure_add, portal)
        system(item_add, portal, "funds.receive", "parties", "法院收到一笔执行款。")
        system(paper_add, portal, "田文祥")
    assert [count(""), count("money/")] == few


@pytest.mark.parametrize("tail", ["", "money/"])
def test_money_that_came_in_is_shown_to_both_sides(portal: Portal, tail: str) -> None:
    system(money_add, portal, "50000.00")
    for role in ("applicant", "obligor"):
        assert "50,000.00 元" in text_of(portal.client(role).get(portal.path(tail)))


def test_single_case_page_says_when_the_money_is_paid_out(portal: Portal) -> None:
    system(money_add, portal, "50000.00")
    # Told on Wednesday 4 March 2026: fifteen working days (十个必须第七项) end on Wednesday 25 March.
    assert "最迟 <b>3月25日</b> 办理发放" in text_of(portal.client("applicant").get(portal.path()))
