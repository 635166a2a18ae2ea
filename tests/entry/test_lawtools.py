"""The law tools' pages: open to everybody, by example, by what people fill in, with every problem beside its field."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.test import Client

pytestmark = pytest.mark.django_db

KEYS = ("interest", "fee", "deadline", "identifier", "distribution", "auction")
# Worked by hand: 500 000 × 0.05 % × 100 days, and so on; see the example of each page.
FIGURES = {
    "interest": "404,493.47",
    "fee": "4,400.00",
    "deadline": "2026-10-08",
    "identifier": "格式和校验位均相符",
    "distribution": "975,600.00",
    "auction": "481,600.00",
}
CLAIM = {
    "due": "2025-01-01",
    "as_of": "2025-04-11",
    "parts-0-kind": "principal",
    "parts-0-amount": "1,000,000.00",
}


@pytest.fixture(autouse=True)
def fresh_limit() -> None:
    cache.clear()


@pytest.fixture
def client() -> Client:
    return Client()


def figure(page: str) -> str:
    found = re.search(r'class="lt-number[^"]*">([^<]*)<', page)
    return found.group(1) if found else ""


def test_index_names_every_tool_without_login(client: Client) -> None:
    page = client.get("/law/").content.decode()
    for key in KEYS:
        assert f'href="/law/{key}/"' in page


@pytest.mark.parametrize("key", KEYS)
def test_form_opens_without_login_and_lists_its_sources(client: Client, key: str) -> None:
    answer = client.get(f"/law/{key}/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert '<form class="form lt-form" method="post"' in page
    assert "引用的规定" in page
    assert figure(page) == ""


@pytest.mark.parametrize("key", KEYS)
def test_one_click_fills_and_computes_the_example(client: Client, key: str) -> None:
    page = client.get(f"/law/{key}/?example=1").content.decode()
    assert figure(page) == FIGURES[key]
    assert "算法和依据" in page


def test_unknown_tool_is_not_found(client: Client) -> None:
    assert client.get("/law/nothing/").status_code == 404


def test_interest_adds_up_what_was_filled_in(client: Client) -> None:
    # 1 000 000 × 0.0175 % × 100 days (2 January to 11 April 2025) = 17 500
    page = client.post("/law/interest/", CLAIM).content.decode()
    assert figure(page) == "1,017,500.00"
    assert "17,500.00" in page


def test_interest_with_every_list_on_the_page(client: Client) -> None:
    filled = {
        **CLAIM,
        "general_interest-0-on": "1",
        "general_interest-0-rate": "0.01%",
        "general_interest-0-per": "day",
        "general_interest-0-from": "2025-01-02",
        "excluded-3-from": "2025-02-01",
        "excluded-3-to": "2025-02-10",
        "payments-0-date": "2025-04-11",
        "payments-0-amount": "全部",
        "payments-0-by": "voluntary",
        "settings-include_costs": "no",
    }
    page = client.post("/law/interest/", filled).content.decode()
    # 100 days of general interest = 10 000; 90 days of the doubled part = 15 750; all of it paid.
    assert "10,000.00" in page
    assert "15,750.00" in page
    assert figure(page) == "0.00"


def test_all_problems_stand_at_once_beside_their_fields(client: Client) -> None:
    answer = client.post(
        "/law/interest/",
        {
            "parts-0-kind": "principal",
            "parts-0-amount": "-5",
            "general_interest-0-on": "1",
            "general_interest-0-rate": "5",
            "general_interest-0-from": "2025-01-01",
            "payments-0-date": "2025-13-40",
            "payments-0-amount": "12.345",
        },
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    for name in ("as_of", "parts-0-amount", "general_interest-0-rate", "general_interest-0-per",
                 "payments-0-date", "payments-0-amount"):  # fmt: skip
        assert f'id="f-{name}-e"' in page, name
        assert f'href="#f-{name}"' in page, name
    for word in ("parts.0", "payments.0", "as_of，", "general_interest.0"):
        assert word not in page, "people are not told the names of JSON fields"
    assert 'value="12.345"' in page


def test_a_missing_last_day_is_told_at_its_own_field(client: Client) -> None:
    page = client.post("/law/interest/", CLAIM | {"due": ""}).content.decode()
    assert "没有填写履行期间的最后一日" in page


def test_rows_are_added_without_script(client: Client) -> None:
    page = client.post("/law/interest/", CLAIM | {"more": "payments"}).content.decode()
    assert 'name="payments-0-date"' in page
    assert 'value="1,000,000.00"' in page
    assert figure(page) == ""


def test_fee_with_and_without_an_amount(client: Client) -> None:
    assert (
        figure(client.post("/law/fee/", {"kind": "execution", "amount": "10000"}).content.decode()) == "50.00"
    )
    assert (
        figure(client.post("/law/fee/", {"kind": "preservation", "amount": "1000"}).content.decode())
        == "30.00"
    )
    wrong = client.post("/law/fee/", {"kind": "acceptance", "on": "2007-03-31"})
    page = wrong.content.decode()
    assert wrong.status_code == 422
    assert 'id="f-on-e"' in page
    assert 'id="f-amount-e"' in page


def test_deadline_in_days_and_in_hours(client: Client) -> None:
    page = client.post("/law/deadline/", {"rule": "notice.issue", "from": "2026-03-04"}).content.decode()
    assert figure(page) == "2026-03-16", "the tenth day is a Saturday"
    hours = {"rule": "bank.answer", "from": "2026-03-04", "time": "10:00"}
    assert figure(client.post("/law/deadline/", hours).content.decode()) == "2026-03-05 10:00"
    wrong = client.post("/law/deadline/", {"amount": "x", "time": "quarter"}).content.decode()
    for name in ("rule", "from", "amount"):
        assert f'id="f-{name}-e"' in wrong, name
    assert (
        client.post(
            "/law/deadline/", {"rule": "notice.issue", "from": "2026-03-04", "amount": "999999999"}
        ).status_code
        == 422
    )


def test_identifier_is_never_put_into_an_address(client: Client) -> None:
    page = client.post("/law/identifier/", {"code": "13093019800101001X"}).content.decode()
    assert figure(page) == "格式和校验位均相符"
    assert not re.search(r'(href|action|src)="[^"]*13093019800101001X', page)
    assert (
        client.get("/law/identifier/?code=13093019800101001X").content.decode().count("13093019800101001X")
        == 0
    )
    assert client.post("/law/identifier/", {}).status_code == 422


def test_case_number_is_recognised(client: Client) -> None:
    page = client.post("/law/identifier/", {"code": "（2026）冀0930执7号"}).content.decode()
    assert "孟村" in page


def test_distribution_groups_rows_of_one_name(client: Client) -> None:
    filled = {
        "debtor": "person", "on": "2026-03-04", "insolvent": "true", "enforcement_fee": "0",
        "proceeds-0-id": "存款", "proceeds-0-amount": "300",
        "claims-0-name": "甲", "claims-0-kind": "ordinary", "claims-0-principal": "100",
        "claims-1-name": "乙", "claims-1-kind": "ordinary", "claims-1-principal": "400",
        "claims-2-name": "甲", "claims-2-kind": "ordinary", "claims-2-principal": "100",
    }  # fmt: skip
    page = client.post("/law/distribution/", filled).content.decode()
    # 300 : 600 = one half of each
    assert "200.00" in page
    assert figure(page) == "300.00"
    assert "2 人" in client.post("/law/distribution/", filled | {"format": "print"}).content.decode()


def test_distribution_puts_problems_beside_the_claim_they_concern(client: Client) -> None:
    filled = {
        "debtor": "person",
        "proceeds-0-id": "存款", "proceeds-0-amount": "300",
        "claims-0-name": "甲", "claims-0-kind": "ordinary", "claims-0-principal": "100",
        "claims-1-name": "乙", "claims-1-kind": "mortgage", "claims-1-principal": "4x",
        "claims-2-kind": "ordinary", "claims-2-principal": "7",
    }  # fmt: skip
    page = client.post("/law/distribution/", filled).content.decode()
    for name in ("claims-1-asset", "claims-1-principal", "claims-2-name"):
        assert f'id="f-{name}-e"' in page, name


def test_too_many_calculations_are_refused_for_a_while(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhixing.entry.lawtools.limits.MOST", 2)
    answers = [client.post("/law/fee/", {"kind": "execution", "amount": "1"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "请过一分钟再试" in answers[2].content.decode()


def test_no_session_is_opened_for_strangers(client: Client) -> None:
    client.post("/law/identifier/", {"code": "13093019800101001X"})
    assert not any("session" in name for name in client.cookies)


@pytest.mark.parametrize("amount", ["9" * 100, "1e5", "1_000", "NaN", "-5", "1.234", "壹仟"])
def test_what_is_no_amount_is_told_beside_the_field(client: Client, amount: str) -> None:
    answer = client.post("/law/fee/", {"kind": "execution", "amount": amount})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'id="f-amount-e"' in page
    assert f'value="{amount}"' in page


@pytest.mark.parametrize("amount", ["300,000", "３０００００", "￥300000.00", "300 000"])
def test_amounts_as_people_write_them(client: Client, amount: str) -> None:
    assert (
        figure(client.post("/law/fee/", {"kind": "execution", "amount": amount}).content.decode())
        == "4,400.00"
    )


def test_more_rows_than_the_page_takes_are_refused_not_cut(client: Client) -> None:
    rows = {f"parts-{n}-kind": "principal" for n in range(500)} | {
        f"parts-{n}-amount": "1" for n in range(500)
    }
    for wanted in ("", "pdf"):
        answer = client.post("/law/interest/", CLAIM | rows | {"format": wanted})
        assert answer.status_code == 422
        assert "有 500 行" in answer.content.decode()


def test_each_step_leads_to_the_words_of_its_source(client: Client) -> None:
    page = client.get("/law/interest/?example=1").content.decode()
    links = set(re.findall(r'class="law" href="#(src-[^"]+)"', page))
    assert links
    assert links <= set(re.findall(r'id="(src-[^"]+)"', page))
