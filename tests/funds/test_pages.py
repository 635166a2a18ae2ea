"""Pages of the funds room: they open for staff, show the equation, and need a constant number of statements."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from funds_world import BANK, NOON, World, case_make, line, world_make

from zhixing.funds.models import Payout, StatementLine
from zhixing.funds.services import statement_receive
from zhixing.platform import scope


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """As the others, but the scope is left before pages are asked for; the clock stands at 4 March 2026."""
    monkeypatch.setenv("ZHIXING_NOW", "2026-03-04T12:00:00+08:00")
    with scope.system("test"):
        made = world_make()
        statement_receive(agency_code=BANK, lines=[line(made.case, "110000.00")], moment=NOON)
    return made


def client_of(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.staff[who].account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def statements(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_case_page_shows_equation_waterfall_terms_and_steps(world: World) -> None:
    page = client_of(world, "judge").get(f"/funds/case/{world.case.pk}/").content.decode()
    for words in (
        "110,000.00",
        "1,451.15",
        "103,409.96",
        "5,138.89",
        "提交发放审批",
        "十个必须",
        "张文清　提出",
        "田某 尾号7890",
    ):
        assert words in page
    # Arrived on 4 March: 15 working days → 25 March; 30 days → 3 April (Friday). The earlier binding one governs.
    assert "3 月 25 日" in page
    assert "田文祥 尾号" not in page


def test_pages_are_for_staff_and_acts_for_their_roles(world: World) -> None:
    paths = [
        "/funds/",
        "/funds/suspense/",
        f"/funds/case/{world.case.pk}/",
        f"/funds/case/{world.case.pk}/payout/",
    ]
    for path in paths:
        assert Client().get(path).status_code == 302
    assert client_of(world, "manager").get(f"/funds/case/{world.case.pk}/payout/").status_code == 403
    assert client_of(world, "judge").get(f"/funds/case/{world.case.pk}/fee/").status_code == 403
    assert client_of(world, "judge").get("/funds/case/999999/").status_code == 404


def test_judge_proposes_three_approve_and_another_books(world: World) -> None:
    from zhixing.acts.models import Draft
    from zhixing.acts.services import step_decide

    judge = client_of(world, "judge")
    path = f"/funds/case/{world.case.pk}/payout/"
    form = judge.get(path).content.decode()
    assert "103409.96" in form
    data = {
        "purpose": "claim",
        "payee": world.applicant.pk,
        "amount": "103,409.96",
        "holder": "韩雪",
        "bank": "农业银行",
        "account": "6228480639998887776",
        "reason": "执行到位",
        "idempotency_key": "p1",
    }
    wrong = judge.post(path, data)
    assert wrong.status_code == 422
    assert "收款户名与收款人姓名或名称不一致" in wrong.content.decode()
    right = judge.post(
        path, data | {"holder": "韩玉芬", "override": ["payout.excess"], "override_reason": "另行退款"}
    )
    assert right.status_code == 302
    with scope.system("test"):
        draft = Draft.objects.get(code="funds.payout")
        for who in ("manager", "chief", "vice"):
            step_decide(draft_id=draft.pk, actor=world.actor(who), approve=True, opinion="同意", moment=NOON)
        payout = Payout.objects.get()
    payer = client_of(world, "payer")
    assert "付款登记" in payer.get(f"/funds/case/{world.case.pk}/").content.decode()
    book = f"/funds/case/{world.case.pk}/book/{payout.pk}/"
    assert payer.get(book).status_code == 200
    done = payer.post(
        book,
        {"payout": str(payout.pk), "voucher": "HD-1234", "paid_on": "2026-03-04", "idempotency_key": "b1"},
    )
    assert done.status_code == 302
    assert "已付款" in payer.get(f"/funds/case/{world.case.pk}/").content.decode()


def test_unknown_money_shows_candidates_and_is_claimed_on_the_page(world: World) -> None:
    with scope.system("test"):
        statement_receive(agency_code=BANK, lines=[line(memo="还款")], moment=NOON)
        row = StatementLine.objects.get(account="6230130930000000")
    manager = client_of(world, "manager")
    assert "付款人与被执行人同名" in manager.get("/funds/suspense/").content.decode()
    assert manager.get(f"/funds/suspense/{row.pk}/").status_code == 200
    assert (
        "本院没有这个案号"
        in manager.get(f"/funds/suspense/{row.pk}/?number=（2020）冀0930执1号").content.decode()
    )
    number = world.case.number.replace("（", "(").replace("）", ")")
    path = f"/funds/suspense/{row.pk}/?number={number}"
    assert "认领依据" in manager.get(path).content.decode()
    done = manager.post(
        f"/funds/suspense/{row.pk}/?case={world.case.pk}",
        {"line": row.pk, "reason": "付款人即被执行人", "idempotency_key": "m1"},
    )
    assert done.status_code == 302
    assert manager.get(f"/funds/suspense/{row.pk}/").status_code == 404


def test_list_filters_and_exports(world: World) -> None:
    judge = client_of(world, "judge")
    assert world.case.number in judge.get("/funds/?state=releasable").content.decode()
    assert "没有符合条件的案款" in judge.get("/funds/?state=overdue").content.decode()
    assert world.case.number in judge.get("/funds/?q=田文祥&mine=1").content.decode()
    assert "没有符合条件的案款" in judge.get("/funds/?q=无此人").content.decode()
    table = openpyxl.load_workbook(io.BytesIO(judge.get("/funds/list.xlsx").content)).active
    assert [cell.value for cell in table[2]][:1] == [world.case.number]
    ledger = openpyxl.load_workbook(
        io.BytesIO(judge.get(f"/funds/case/{world.case.pk}/ledger.xlsx").content)
    ).active
    assert ledger["H2"].value == 110000


def test_overdue_by_the_earliest_binding_term(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    judge = client_of(world, "judge")
    monkeypatch.setenv("ZHIXING_NOW", "2026-03-25T12:00:00+08:00")
    assert world.case.number not in judge.get("/funds/?state=overdue").content.decode()
    monkeypatch.setenv("ZHIXING_NOW", "2026-03-26T12:00:00+08:00")
    assert world.case.number in judge.get("/funds/?state=overdue").content.decode()


def test_statement_count_does_not_grow_with_rows(world: World) -> None:
    """At one row and at five."""
    manager = client_of(world, "manager")
    with scope.system("test"):
        statement_receive(agency_code=BANK, lines=[line(memo="还款")], moment=NOON)
    paths = ("/funds/", "/funds/suspense/", f"/funds/case/{world.case.pk}/")
    [manager.get(path) for path in paths]
    before = [statements(manager, path) for path in paths]
    with scope.system("test"):
        cases = [case_make(world.case.court, world.staff["judge"]) for _ in range(4)]
        statement_receive(
            agency_code=BANK,
            moment=NOON,
            lines=[
                *(line(case) for case in cases),
                *(line(memo="还款") for _ in range(4)),
                *(line(world.case) for _ in range(4)),
            ],
        )
    assert [statements(manager, path) for path in paths] == before
