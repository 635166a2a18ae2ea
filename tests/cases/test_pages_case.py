"""Case list, clue page, case page and act page, as the people of the court see them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pages_fixtures import world  # noqa: F401
from pages_world import World

from zhixing.cases.models import Case, Identifier
from zhixing.platform import scope


def clues_of(case: Case) -> dict[str, Identifier]:
    with scope.system("test"):
        return {row.kind: row for row in Identifier.objects.filter(case=case, state="proposed")}


def test_clues_are_confirmed_by_one_click_and_by_ticks(world: World) -> None:  # noqa: F811
    case, clerk = world.docketed(), world.client("clerk")
    url = f"/cases/{case.pk}/clues/"
    clues = clues_of(case)
    assert clerk.post(url, {"one_reject": clues["bank_account"].pk}).status_code == 302
    assert clerk.post(url, {"do": "confirm", "pick": [clues["mobile"].pk]}).status_code == 302
    assert clerk.post(url, {"do": "sound"}).status_code == 302
    with scope.system("test"):
        states = dict(Identifier.objects.filter(case=case).values_list("kind", "state"))
        assert states["bank_account"] == "rejected"
        assert states["mobile"] == "confirmed"
        assert (
            not Identifier.objects.filter(case=case, state="proposed")
            .exclude(party=None)
            .exclude(check_ok=False)
            .exists()
        )


def test_nothing_ticked_is_told(world: World) -> None:  # noqa: F811
    case = world.docketed()
    answer = world.client("clerk").post(f"/cases/{case.pk}/clues/", {"do": "confirm"})
    assert answer.status_code == 422
    assert "没有选择任何线索" in answer.content.decode()


def test_reading_clues_is_journalled(world: World) -> None:  # noqa: F811
    from zhixing.acts.models import Entry

    case = world.docketed()
    world.client("clerk").get(f"/cases/{case.pk}/clues/")
    with scope.system("test"):
        assert Entry.objects.filter(chain=case.pk, kind="read", actor_name="王晓楠").count() == 1


@pytest.mark.parametrize(
    ("who", "status"), [("judge", 200), ("clerk", 200), ("officer", 403), ("stranger", 404)]
)
def test_who_may_read_clues(world: World, who: str, status: int) -> None:  # noqa: F811
    case = world.docketed()
    assert world.client(who).get(f"/cases/{case.pk}/clues/").status_code == status


def test_the_next_act_follows_the_road(world: World) -> None:  # noqa: F811
    case = world.docketed()
    chief, clerk = world.client("chief"), world.client("clerk")
    page = chief.get(f"/cases/{case.pk}/").content.decode()
    assert "确定承办人" in page
    judge = world.staff["judge"].pk
    form = chief.get(f"/cases/{case.pk}/act/cases.assign/").content.decode()
    assert f'<option value="{judge}">张文清</option>' in form
    assert chief.post(f"/cases/{case.pk}/act/cases.assign/", {"judge": str(judge)}).status_code == 302
    assert "条线索" in clerk.get(f"/cases/{case.pk}/").content.decode()
    clerk.post(f"/cases/{case.pk}/clues/", {"do": "sound"})
    page = clerk.get(f"/cases/{case.pk}/").content.decode()
    assert f"/cases/{case.pk}/act/cases.notice/" in page
    assert "日志链" in page
    done = clerk.post(
        f"/cases/{case.pk}/act/cases.whereabouts/",
        {"whereabouts": "unknown", "evidence": "两次送达未果，邻居称外出"},
    )
    assert done.status_code == 302
    assert "下落不明" in clerk.get(f"/cases/{case.pk}/").content.decode()


def test_what_was_done_is_folded_and_can_be_done_again(world: World) -> None:  # noqa: F811
    case, clerk = world.docketed(), world.client("clerk")
    address = f"/cases/{case.pk}/act/cases.whereabouts/"
    before = clerk.get(f"/cases/{case.pk}/").content.decode()
    assert address in before.split("其他事项")[0]
    told = {"whereabouts": "unknown", "evidence": "两次送达未果，邻居称外出务工", "idempotency_key": "w1"}
    assert clerk.post(address, told).status_code == 302
    after = clerk.get(f"/cases/{case.pk}/").content.decode()
    now, other = after.split("其他事项")
    assert address not in now
    assert address in other
    assert "已经办过，情况有变可以再办" in other


def test_an_act_says_why_it_cannot_be_done(world: World) -> None:  # noqa: F811
    case = world.docketed()
    page = world.client("clerk").get(f"/cases/{case.pk}/act/cases.notice/").content.decode()
    assert "还没有确定承办法官" in page
    assert "案件尚未结案，不能归档" in world.client("clerk").get(f"/cases/{case.pk}/").content.decode()


def test_wrong_values_come_back_with_the_form(world: World) -> None:  # noqa: F811
    case = world.assigned()
    answer = world.client("clerk").post(f"/cases/{case.pk}/act/cases.whereabouts/", {"whereabouts": "known"})
    assert answer.status_code == 422
    assert "依据：没有填写" in answer.content.decode()
    assert '<option value="known" selected>' in answer.content.decode()


@pytest.mark.parametrize("code", ["cases.docket", "inquiry.request", "no.such"])
def test_acts_without_a_general_form_have_no_page(world: World, code: str) -> None:  # noqa: F811
    case = world.docketed()
    assert world.client("judge").get(f"/cases/{case.pk}/act/{code}/").status_code == 404


def test_the_chain_is_checked_on_a_page(world: World) -> None:  # noqa: F811
    case = world.assigned()
    page = world.client("judge").get(f"/cases/{case.pk}/chain/").content.decode()
    assert "首尾相接" in page


def test_another_court_sees_no_case(world: World) -> None:  # noqa: F811
    case = world.docketed()
    stranger = world.client("stranger")
    assert stranger.get(f"/cases/{case.pk}/").status_code == 404
    assert case.number not in stranger.get("/cases/?state=").content.decode()


@pytest.mark.parametrize("path", ["/cases/", "/cases/{}/", "/cases/{}/chain/", "/search?q=马立群"])
def test_query_officers_do_not_open_cases(world: World, path: str) -> None:  # noqa: F811
    case = world.docketed()
    assert world.client("officer").get(path.format(case.pk)).status_code == 403


def test_the_list_filters_and_exports(world: World) -> None:  # noqa: F811
    case, judge = world.assigned(), world.client("judge")
    assert case.number in judge.get("/cases/?q=马立群").content.decode()
    assert (
        case.number
        in judge.get("/cases/", {"handler": world.staff["judge"].pk, "stage": "assign"}).content.decode()
    )
    assert case.number not in judge.get("/cases/?state=closed").content.decode()
    assert judge.get("/cases/list.xlsx?q=马立群").content[:2] == b"PK"
    assert "盐山县人民法院的案号" in judge.get("/cases/?q=（2026）冀0925执7号&state=").content.decode()


def statements(client: Any, url: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_lists_need_the_same_statements_for_one_and_for_many(world: World) -> None:  # noqa: F811
    world.assigned()
    judge = world.client("judge")
    judge.get("/cases/")
    before = statements(judge, "/cases/"), statements(judge, "/")
    for _ in range(5):
        world.assigned()
    assert (statements(judge, "/cases/"), statements(judge, "/")) == before


def test_terms_of_notice_run_from_the_application_not_from_the_docketing(world: World) -> None:  # noqa: F811
    """民事诉讼法解释第四百八十条: within ten days of receiving the application."""
    from datetime import timedelta

    from zhixing.cases.models import Node
    from zhixing.kernel.clock import today
    from zhixing.law.terms import deadline

    received = today() - timedelta(days=4)
    case = world.docketed(received_on=received.isoformat())
    with scope.system("test"):
        due = dict(Node.objects.filter(case=case, code__in=["N05", "N06"]).values_list("code", "due_on"))
    assert due == dict.fromkeys(("N05", "N06"), deadline(received, "notice.issue").due)
    assert received + timedelta(days=10) <= due["N05"] < today() + timedelta(days=10 + 8)
