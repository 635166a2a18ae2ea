"""Pages of inquiry, packets and measures: who may open them, what they say, how many statements they take."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from inquiry_world import KEY, PIN, World, case_make

from zhixing.acts.models import Draft, Entry
from zhixing.courts.models import Court
from zhixing.inquiry.models import Comparison, Packet, Request
from zhixing.inquiry.packets import PURPOSE
from zhixing.kernel.clock import now, today
from zhixing.platform import codes
from zhixing.platform.models import Notice


def login(world: World, who: str) -> Client:
    """A browser of this person."""
    client = Client()
    client.force_login(world.staff[who].account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(response: object) -> str:
    """The page."""
    return response.content.decode()  # type: ignore[attr-defined]


def test_the_menu_names_agencies_law_and_what_is_not_connected(world: World) -> None:
    """Deposits are asked of two banks; vehicles are locked with the reason."""
    page = text(login(world, "judge").get(f"/cases/{world.case.pk}/inquiry/new/"))
    assert "模拟农业银行、模拟建设银行" in page
    assert re.search(r"机动车.{0,120}未接入", page, re.DOTALL)
    assert "下落不明，可以立即查询" in page
    assert "13812340174" not in page
    assert "138****0174" in page


def test_asking_by_the_menu_makes_a_draft_and_the_list_shows_where_it_stands(world: World) -> None:
    """待初核 in the judge's list."""
    client = login(world, "judge")
    posted = {
        "party": world.obligor.pk,
        "menu": ["deposit"],
        "purpose": "查明可供执行的财产",
        "idempotency_key": "k1",
    }
    assert client.post(f"/cases/{world.case.pk}/inquiry/new/", posted).status_code == 302
    assert Draft.objects.get(code="inquiry.request").payload["menu"] == ["deposit"]
    assert "待初核" in text(client.get("/inquiry/"))


def test_a_refused_request_keeps_what_was_entered_and_tells_all_problems(world: World) -> None:
    """Transactions without period and reason."""
    response = login(world, "judge").post(
        f"/cases/{world.case.pk}/inquiry/new/",
        {"party": world.obligor.pk, "menu": ["transactions"], "period_from": "2026-01-01"},
    )
    assert response.status_code == 422
    assert "查询交易明细须写明起止日期和理由" in text(response)
    assert 'value="2026-01-01"' in text(response)
    assert re.search(r'value="transactions" checked', text(response))


def test_checks_answer_while_choosing_and_store_nothing(world: World) -> None:
    """The fragment tells the problem; no draft, no refusal in the journal."""
    response = login(world, "judge").post(
        f"/cases/{world.case.pk}/inquiry/check/", {"party": world.obligor.pk, "menu": ["vehicle"]}
    )
    assert "目前没有已接入的协助单位" in text(response)
    assert (Draft.objects.count(), Entry.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("clerk", "/inquiry/"),
        ("first", "/inquiry/"),
        ("judge", "/release/"),
        ("chief", "/release/"),
        ("first", "/cases/{case}/inquiry/new/"),
    ],
)
def test_pages_of_others_are_refused(world: World, who: str, path: str) -> None:
    """403, with the reason on the page."""
    assert login(world, who).get(path.format(case=world.case.pk)).status_code == 403


def test_two_officers_release_by_the_pages(world: World) -> None:
    """Wrong PIN: a clear sentence; right PINs: orders out; the page never names the debtor."""
    request = world.approved()
    first, second = login(world, "first"), login(world, "second")
    assert "马立群" not in text(first.get("/release/"))
    posted = {"requests": [str(request.pk)], "checked": "true", "pin": "999999"}
    wrong = first.post("/release/", posted)
    assert (wrong.status_code, "证书口令不对" in text(wrong)) == (422, True)
    assert first.post("/release/", posted | {"pin": PIN}).status_code == 302
    draft = Draft.objects.get(code="inquiry.release_batch")
    assert "须由另一名查询员" in text(first.get(f"/release/{draft.pk}/"))
    unchecked = second.post(f"/release/{draft.pk}/", {"pin": PIN})
    assert (unchecked.status_code, "已核对清单与文书" in text(unchecked)) == (422, True)
    done = second.post(f"/release/{draft.pk}/", {"pin": PIN, "checked": "true"}, follow=True)
    assert "1 份查询，3 家次" in text(done)
    assert Request.objects.get(pk=request.pk).state == "released"


def test_a_sealed_packet_says_that_it_exists_and_nothing_else(
    world: World, answered: Callable[..., Packet]
) -> None:
    """The judge sees the code form; another judge and an officer are refused."""
    packet = answered()
    page = text(login(world, "judge").get(f"/packets/{packet.pk}/"))
    assert "138****0000" in page
    assert "模拟农业银行" not in page
    for who in ("other", "first", "chief"):
        response = login(world, who).get(f"/packets/{packet.pk}/")
        assert (response.status_code, "只对承办法官开放" in text(response)) == (403, True)


def test_code_opening_verdict_and_order_by_the_pages(world: World, answered: Callable[..., Packet]) -> None:
    """Every look is an entry; the freeze goes to approval."""
    packet, client = answered(), login(world, "judge")
    client.post(f"/packets/{packet.pk}/code/")
    assert Notice.objects.filter(reason="inquiry.code").count() == 1
    wrong = client.post(f"/packets/{packet.pk}/open/", {"code": "12"})
    assert (wrong.status_code, "开启码不对" in text(wrong)) == (422, True)
    code = codes.issue(purpose=PURPOSE, reference=str(packet.pk), staff_id=packet.judge_id, moment=now())
    page = text(client.post(f"/packets/{packet.pk}/open/", {"code": code}, follow=True))
    assert "尾号 7890" in page
    assert "80,000.00" in page
    assert "6228480631234567890" not in page
    reads = Entry.objects.filter(chain=world.case.pk, kind="read", code="inquiry.open_packet")
    assert reads.count() == 1
    line = Comparison.objects.filter(packet=packet).first()
    assert (
        client.post(
            f"/packets/{packet.pk}/find/", {"comparison": line.pk, "verdict": line.proposed}
        ).status_code
        == 302
    )
    use = re.search(r'name="use" value="(\d+)" checked', page)[1]
    refused = client.post(f"/packets/{packet.pk}/freeze/", {"use": use, f"amount-{use}": "900,000.00"})
    assert (refused.status_code, "超出应执行总额" in text(refused), "900000" in text(refused)) == (
        422,
        True,
        True,
    )
    assert (
        client.post(f"/packets/{packet.pk}/freeze/", {"use": use, f"amount-{use}": "80,000.00"}).status_code
        == 302
    )
    assert "冻结存款、理财产品" in text(client.get(f"/cases/{world.case.pk}/measures/"))
    for name, head in (("comparison.xlsx", b"PK"), ("comparison.pdf", b"%PDF"), ("packet.zip", b"PK")):
        assert client.get(f"/packets/{packet.pk}/{name}").content.startswith(head), name
    assert login(world, "other").get(f"/packets/{packet.pk}/comparison.xlsx").status_code == 404


def test_the_clerk_types_a_report_in_and_it_is_listed(world: World) -> None:
    """The account number is kept by its last four only."""
    posted = {
        "party": world.obligor.pk,
        "received_on": today().isoformat(),
        "items-0-category": "cash",
        "items-0-text": "活期存款",
        "items-0-number": "6228480631234567890",
        "items-0-amount": "1,200.00",
    }
    client = login(world, "clerk")
    page = text(client.post(f"/cases/{world.case.pk}/declare/", posted, follow=True))
    assert ("尾号 7890" in page, "1,200.00" in page, "6228480631234567890" in page) == (True, True, False)


def test_lists_take_the_same_statements_at_one_and_at_many_rows(
    world: World, django_assert_max_num_queries: Callable[..., object]
) -> None:
    """12 for session, staff, roles, scope and frame; the rest for rows, packets and counts."""
    request = world.approved()
    court = Court.objects.get(key=KEY)
    for no in range(8):
        case = case_make(court, world.staff["judge"], obligor=f"张{no}")
        Request.objects.create(
            case=case,
            court_key=KEY,
            party=case.parties.get(role="obligor"),
            judge=world.staff["judge"],
            menu=["deposit"],
            identifiers=[],
            agencies=request.agencies,
            ruling_no="x",
            draft_id=case.subject,
            documents=request.documents,
            state="approved",
            approved_at=now(),
        )
    for who, path in (("judge", "/inquiry/"), ("first", "/release/")):
        client = login(world, who)
        with django_assert_max_num_queries(26):
            assert text(client.get(path)).count("冀0930执") >= 9
