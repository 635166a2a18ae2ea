"""Login, workbench, search."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

# The same small court as in the tests of the case room.
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cases"))

from pages_fixtures import world  # noqa: F401
from pages_world import World


def test_login_leads_to_the_workbench(world: World) -> None:  # noqa: F811
    client = Client()
    assert client.get("/").url == "/login/"
    wrong = client.post("/login/", {"username": "t_judge", "password": "no"})
    assert wrong.status_code == 422
    assert "账号或者密码不正确" in wrong.content.decode()
    assert client.post("/login/", {"username": "t_judge", "password": "invented-pass"}).url == "/"
    assert client.get("/").status_code == 200


def test_five_wrong_passwords_lock(world: World) -> None:  # noqa: F811
    client = Client()
    for _ in range(5):
        last = client.post("/login/", {"username": "t_clerk", "password": "no"})
    assert last.status_code == 429
    assert "暂时锁定" in last.content.decode()


@pytest.mark.parametrize(("who", "place"), [("officer", "/release/")])
def test_who_has_no_workbench_goes_to_his_own_place(world: World, who: str, place: str) -> None:  # noqa: F811
    assert world.client(who).get("/").url == place


def test_a_new_case_waits_on_the_clerks_workbench(world: World) -> None:  # noqa: F811
    case = world.docketed()
    page = world.client("clerk").get("/").content.decode()
    assert case.number in page
    assert f"/cases/{case.pk}/act/cases.assign/" in page
    assert world.client("clerk").get("/workbench.xlsx").content[:2] == b"PK"
    only = world.client("clerk").get("/?kind=funds").content.decode()
    assert f"/cases/{case.pk}/act/cases.assign/" not in only


def test_search_goes_straight_to_the_only_case(world: World) -> None:  # noqa: F811
    case, judge = world.assigned(), world.client("judge")
    for text in (case.number, case.number.replace("（", "(").replace("）", ")"), "马立群"):
        assert judge.get("/search", {"q": text}).url == f"/cases/{case.pk}/"


def test_search_for_a_case_of_another_court_says_so(world: World) -> None:  # noqa: F811
    page = world.client("judge").get("/search", {"q": "（2026）冀0925执7号"}).content.decode()
    assert "盐山县人民法院的案号" in page
    page = world.client("judge").get("/search", {"q": "（2026）冀0930执999号"}).content.decode()
    assert "本院没有" in page


def test_search_with_nothing_is_a_page(world: World) -> None:  # noqa: F811
    assert world.client("judge").get("/search").status_code == 200
    assert world.client("judge").get("/search", {"q": "x" * 500}).status_code == 200


def test_search_asks_the_same_for_few_hits_and_for_many(world: World) -> None:  # noqa: F811
    judge = world.client("judge")

    def asked() -> int:
        judge.get("/search", {"q": "马立群"})
        with CaptureQueriesContext(connection) as seen:
            assert judge.get("/search", {"q": "马立群"}).status_code == 200
        return len(seen)

    for _ in range(2):
        world.assigned()
    few = asked()
    for _ in range(5):
        world.assigned()
    assert asked() == few
