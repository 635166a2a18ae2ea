"""The whole road of one case, from the applicant's papers to the archive, by the persons who do it, in real Chromium."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from acceptance_people import PIN, Person
from drill_stack import Stack

pytestmark = pytest.mark.timeout(600)
By = Callable[..., Person]

CLERK, JUDGE, CHIEF = "wangxiaonan", "zhangwenqing", "liuzhenguo"
FIRST_OFFICER, SECOND_OFFICER, CHECKER = "dinghongliang", "zhaoyu", "sunjie"
FUNDS, VICE, CASHIER = "lvjing", "chenlimin", "qinfang"


def test_one_case_from_filing_to_archive(demo_stack: Stack, person: By, papers: list[Path]) -> None:
    case = _docket(person, papers)
    _assign_and_notice(person, case)
    obligors = _inquire(person, case)
    _release(person, obligors)
    _open_and_decide(demo_stack, person, case, obligors)
    _freeze(person, case)
    _tell_and_transfer(demo_stack, person, case)
    _lift_the_rest(person, case)
    _pay(person, case)
    _applicant_sees(demo_stack, person, case)
    _close(person, case)
    _command_sees(person, case)
    for username in (CLERK, JUDGE, CHIEF, FIRST_OFFICER, SECOND_OFFICER, CHECKER, FUNDS, VICE, CASHIER):
        assert person(username).faults == []


def _docket(person: By, papers: list[Path]) -> int:
    """Papers as text, Word and PDF; what was read stands in the form; the number is given by the system."""
    clerk = person(CLERK)
    clerk.go("/cases/new/")
    clerk.page.locator("main input[type='file']").first.set_input_files(papers)
    clerk.did("上传并识别", "核对并立案")
    assert clerk.page.locator("[name='title_number']").input_value() == "（2025）冀0930民初871号"
    assert clerk.page.locator("[name='principal']").input_value().replace(",", "") == "568000.00"
    clerk.press("立案并编号")
    _override(clerk, "立案并编号")
    found = re.search(r"/cases/(\d+)/clues/", clerk.page.url)
    assert found, clerk.text()[:3000]
    assert re.search(r"（\d{4}）冀0930执\d+号", clerk.text())
    clerk.did("全部确认通过校验的", "已确认")
    return int(found[1])


def _override(who: Person, button: str) -> None:
    """Warnings are read, ticked and answered with a reason; then the same button works."""
    boxes = who.page.locator("input[name='override']")
    if not boxes.count():
        return
    for box in boxes.all():
        box.check()
    who.fill(override_reason="已与申请人核对，材料齐备")
    who.press(button)


def _assign_and_notice(person: By, case: int) -> None:
    """The chief assigns; the clerk serves notice and order and registers that the debtor cannot be found."""
    chief, clerk = person(CHIEF), person(CLERK)
    chief.go(f"/cases/{case}/act/cases.assign/")
    for name, label in (("judge", "张文清"), ("assistant", "李想"), ("clerk", "王晓楠")):
        options = chief.page.locator(f"main select[name='{name}'] option").all_inner_texts()
        chief.pick(name, next(option for option in options if label in option))
    chief.press(chief.page.locator("main form button[type='submit']").last)
    assert "张文清" in chief.go(f"/cases/{case}/").locator("main").inner_text()
    clerk.go(f"/cases/{case}/act/cases.notice/")
    clerk.press(clerk.page.locator("main form button[type='submit']").last)
    clerk.go(f"/cases/{case}/act/cases.whereabouts/")
    unknown = clerk.page.locator("main [name='whereabouts']")
    if unknown.first.evaluate("e => e.tagName") == "SELECT":
        unknown.select_option("unknown")
    else:
        clerk.page.locator("main [name='whereabouts'][value='unknown']").check()
    clerk.fill(evidence="两次送达未果，邻居称已外出务工，送达记录附卷")
    clerk.press(clerk.page.locator("main form button[type='submit']").last)
    assert "下落不明" in clerk.go(f"/cases/{case}/").locator("main").inner_text()


def _inquire(person: By, case: int) -> int:
    """The judge picks from the menu, for each obligor; an officer checks, the chief approves. Returns how many."""
    judge = person(JUDGE)
    judge.go(f"/cases/{case}/inquiry/new/")
    addresses = [
        link.get_attribute("href") for link in judge.page.locator("nav[aria-label='被查询人'] a").all()
    ] or [""]
    for address in addresses:
        judge.go(f"/cases/{case}/inquiry/new/{address or ''}")
        for box in judge.page.locator("main input[name='menu']").all():
            if box.get_attribute("data-first") == "true":
                box.check()
        judge.press("提交初核")
        _override(judge, "提交初核")
        assert "inquiry/new" not in judge.page.url, judge.text()[:3000]
    for username in (CHECKER, CHIEF):
        for _ in addresses:
            _approve(person(username), "网络查询")
    return len(addresses)


def _approve(who: Person, title: str) -> None:
    """Open the item of this kind in the inbox, look at its papers, approve."""
    who.go("/approvals/")
    who.page.locator(".inbox a[data-row-link]", has_text=title).first.click()
    who.page.wait_for_load_state()
    button = who.page.locator("button[name='decision'][value='approve']")
    assert button.is_enabled(), who.text()[:3000]
    who.press(button)
    words = who.text()
    assert re.search(r"已批准并生效|已同意，转下一步", words), f"{title}:\n{words[:3000]}"


def _release(person: By, count: int) -> None:
    """Two officers sign the same list; neither page shows a result."""
    first, second = person(FIRST_OFFICER), person(SECOND_OFFICER)
    first.go("/release/")
    assert first.page.locator("input[name='requests']").count() == count
    first.page.locator("[name='checked']").check()
    first.fill(pin=PIN)
    first.did("第一人签名", "等另一名查询员核对签名后发出")
    second.go("/release/")
    second.follow("核对并签名")
    second.page.locator("[name='checked']").check()
    second.fill(pin=PIN)
    second.did(second.page.locator("button[name='decision'][value='sign']"), "已发出")


def _open_and_decide(stack: Stack, person: By, case: int, count: int) -> None:
    """Agencies answer; the judge opens each packet with the code from his phone and decides every line."""
    judge = person(JUDGE)
    judge.until(
        "/inquiry/", lambda page: page.get_by_role("link", name=re.compile("开启第")).count() == count
    )
    for _ in range(count):
        judge.go("/inquiry/")
        judge.follow(re.compile("开启第"))
        address = judge.page.url
        seen = len(stack.sms())
        judge.press("发送开启码")
        stack.until(lambda seen=seen: len(stack.sms()) > seen and _code(stack), "the code is on the phone")
        judge.page.fill("#f-code", _code(stack))
        judge.did(judge.page.locator("button", has_text="开启").last, "已开启")
        _verdicts(judge, address)
    clerk = person(CLERK)
    assert clerk.page.goto(address).status == 403, "the clerk must not see what was found"
    assert "反馈内容只对承办法官开放" in clerk.text()
    clerk.faults = [fault for fault in clerk.faults if "403" not in fault]


def _code(stack: Stack) -> str:
    """The newest opening code on any phone; read as a person reads it on the phone's page."""
    told = [re.search(r"开启码 (\d{6})", message["text"]) for message in stack.sms()]
    return next((found[1] for found in told if found), "")


def _verdicts(judge: Person, address: str) -> None:
    """Confirm the proposed verdict of every line."""
    for _ in range(40):
        forms = judge.page.locator("form.verdict")
        if not forms.count():
            return
        form = forms.first
        row = judge.page.locator(f"[aria-controls='cmp-{form.locator('[name=comparison]').input_value()}']")
        if row.get_attribute("aria-expanded") == "false":
            row.click()
        judge.did(form.get_by_role("button"), "已以您的名义认定")
    raise AssertionError(f"verdicts never end at {address}")


def _freeze(person: By, case: int) -> None:
    """The plan as proposed, approved by the chief, settled by the banks."""
    judge = person(JUDGE)
    judge.page.locator("form[data-plan] button[type='submit']").scroll_into_view_if_needed()
    judge.press(judge.page.locator("form[data-plan] button[type='submit']"))
    _override(judge, "form[data-plan] button[type='submit']")
    assert "冻结已报批" in judge.text(), judge.text()[:3000]
    _approve(person(CHIEF), "冻结")
    judge.until(f"/cases/{case}/measures/", lambda page: "等待回执" not in page.locator("main").inner_text())
    assert judge.page.locator("a[href*='/receipts/']").count() > 0


def _tell_and_transfer(stack: Stack, person: By, case: int) -> None:
    """The debtor is told, by paper and on his phone; the judge orders the transfer; the bank's statement claims itself."""
    clerk, judge = person(CLERK), person(JUDGE)
    clerk.go(f"/cases/{case}/measures/")
    clerk.press(clerk.page.get_by_role("button", name=re.compile("告知被执行人")))
    told = stack.until(
        lambda: [m for m in stack.sms("13831790174") if "控制" in m["text"]], "the debtor's phone"
    )
    assert "冀0930执" in told[0]["text"]
    judge.go(f"/cases/{case}/measures/")
    judge.press("报批扣划")
    _approve(person(CHIEF), "扣划")
    judge.until(
        f"/cases/{case}/measures/",
        lambda page: page.locator("section.sums .bal b").inner_text() not in ("0.00", "—", ""),
    )
    judge.until(f"/funds/case/{case}/", lambda page: "自动认领" in page.locator("main").inner_text())


def _lift_the_rest(person: By, case: int) -> None:
    """What is still held is not needed any more once the claim is paid from the rest."""
    judge = person(JUDGE)
    for _ in range(5):
        judge.go(f"/cases/{case}/measures/")
        boxes = judge.page.locator("form[action$='/release/'] input[name='measures']")
        if not boxes.count():
            return
        for box in boxes.all():
            box.check()
        judge.page.locator("select[name='ground']").select_option(index=1)
        judge.press("报批解除")
        _override(judge, "报批解除")
        _approve(person(CHIEF), "解除")
        judge.until(
            f"/cases/{case}/measures/",
            lambda page: not page.locator("form[action$='/release/'] input[name='measures']").count(),
        )


def _pay(person: By, case: int) -> None:
    """Fee; payout asked by the judge, checked by three; paid and booked by the cashier, a fourth."""
    funds, judge, cashier = person(FUNDS), person(JUDGE), person(CASHIER)
    funds.go(f"/funds/case/{case}/")
    funds.follow(re.compile("收取执行申请费"))
    funds.fill(voucher="JK20260001")
    funds.press(funds.page.locator("main form button[type='submit']").last)
    judge.go(f"/funds/case/{case}/")
    judge.follow("提交发放审批")
    judge.fill(bank="孟村农村商业银行", account="6230000000000012345", reason="扣划款到账，发放申请执行人")
    judge.press(judge.page.locator("main form button[type='submit']").last)
    for username in (FUNDS, CHIEF, VICE):
        _approve(person(username), "发放")
    cashier.go(f"/funds/case/{case}/")
    cashier.follow("付款登记")
    cashier.fill(voucher="HD20260001")
    cashier.press(cashier.page.locator("main form button[type='submit']").last)
    words = cashier.go(f"/funds/case/{case}/").locator("main").inner_text()
    assert "收支平衡，账账相符" in words
    assert "已付" in words, words[:3000]


def _applicant_sees(stack: Stack, person: By, case: int) -> None:
    """The applicant, on his phone, reads the steps that he may see, in plain words, and nothing of what was found."""
    with stack.players() as players:
        players.ask("portal_open", case=case)
    applicant = person("applicant", viewport={"width": 360, "height": 740})
    applicant.go(f"/party/{case}/").locator(
        "details.ph-more summary"
    ).first.click()  # the older steps are folded
    words = applicant.text()
    assert "法院已经立案" in words
    assert "走到哪一步" in words
    assert applicant.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
        "no sideways scrolling"
    )
    assert applicant.page.goto(f"/cases/{case}/").status in (403, 404)
    applicant.go(f"/party/{case}/money/")


def _close(person: By, case: int) -> None:
    """The judge proposes to close, the chief agrees, the clerk archives."""
    judge, clerk = person(JUDGE), person(CLERK)
    judge.go(f"/cases/{case}/act/cases.close/")
    judge.fill(course="本院扣划被执行人存款并发放给申请执行人，申请执行人确认债务已全部清偿")
    judge.press(judge.page.locator("main form button[type='submit']").last)
    boxes = judge.page.locator("input[name='override']")
    if boxes.count():
        for box in boxes.all():
            box.check()
        judge.fill(override_reason="申请执行人书面放弃其余债权，笔录附卷")
        judge.press(judge.page.locator("main form button[type='submit']").last)
    _approve(person(CHIEF), "结案")
    clerk.go(f"/cases/{case}/act/cases.archive/")
    clerk.press(clerk.page.locator("main form button[type='submit']").last)
    assert "案件已归档" in clerk.go(f"/cases/{case}/").locator("main").inner_text()
    clerk.go(f"/cases/{case}/chain/")


def _command_sees(person: By, case: int) -> None:
    """The high court's command page knows the case, by its steps and days, without its content."""
    command = person("lujia")
    words = command.go("/command/?court=130930").locator("main").inner_text()
    assert "冀0930执" in words
    words = command.go(f"/command/cases/{case}/").locator("body").inner_text()
    assert "归档" in words
    assert "马立群" not in words
    assert command.faults == []
