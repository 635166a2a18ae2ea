"""The hall: range of the viewer, figures counted by hand, one number of statements for any number of courts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from command_world import (
    CANGXIAN,
    CANGZHOU,
    HEBEI,
    MENGCUN,
    act_done,
    case_make,
    courts_make,
    node_make,
    viewer,
)

from zhixing.command import lines, selectors
from zhixing.courts.models import Court
from zhixing.courts.roles import Role
from zhixing.kernel.clock import now, today
from zhixing.platform import scope

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def courts(db: None) -> None:
    """The tree."""
    courts_make()


def system(work: Any, *args: Any, **named: Any) -> Any:
    """Do something as the system."""
    with scope.system("test"):
        return work(*args, **named)


def kpis(key: int) -> selectors.Kpis:
    """Figures of a court's range today."""
    return system(selectors.kpis_of, Court.objects.get(pk=key), day=today(), moment=now())


def test_figures_count_the_range_and_keep_late_apart_from_warned() -> None:
    yesterday = today() - timedelta(days=1)
    first, second = system(case_make, MENGCUN), system(case_make, CANGXIAN, docketed_on=today())
    closed = system(case_make, MENGCUN, state="closed", closed_on=today())
    system(node_make, first, "N05", "T1", yesterday)
    system(node_make, first, "N10", "T3", yesterday)
    system(node_make, second, "N05", "T1", today())  # the last day is in time
    system(node_make, closed, "N34", "T2", yesterday)  # waits for nobody any more
    found = kpis(CANGZHOU)
    assert (found.open, found.docketed, found.closed, found.late, found.warned) == (2, 1, 1, 1, 1)
    assert kpis(MENGCUN).open == 1 and kpis(130200).open == 0


def test_tiles_stand_by_court_key_with_the_courts_own_cases_apart() -> None:
    system(case_make, MENGCUN)
    system(case_make, CANGZHOU)
    rows = system(selectors.tiles_of, Court.objects.get(pk=CANGZHOU), day=today())
    assert [(key, open_cases) for key, _, _, open_cases, _ in rows] == [
        (CANGZHOU, 1),
        (CANGXIAN, 0),
        (MENGCUN, 1),
    ]
    above = system(selectors.tiles_of, Court.objects.get(pk=HEBEI), day=today())
    assert [(key, open_cases) for key, _, _, open_cases, _ in above] == [(130200, 0), (CANGZHOU, 2)]


def test_drill_down_ends_at_the_cases_with_their_stages() -> None:
    case = system(case_make, MENGCUN)
    system(act_done, case, "cases.docket", datetime(2026, 1, 6, 4, tzinfo=UTC))
    client = viewer(HEBEI)
    assert f"court={CANGZHOU}" in client.get("/command/").content.decode()
    assert f"court={MENGCUN}" in client.get(f"/command/?court={CANGZHOU}").content.decode()
    page = client.get(f"/command/?court={MENGCUN}").content.decode()
    assert case.number in page and f"/command/cases/{case.pk}/" in page and "分案承办" in page


def test_court_outside_the_viewers_range_is_not_found() -> None:
    client = viewer(CANGZHOU)
    assert client.get("/command/?court=130200").status_code == 404
    assert client.get("/command/?court=130000").status_code == 404
    assert client.get("/command/?court=x").status_code == 200


def test_case_outside_the_viewers_range_is_not_found() -> None:
    case = system(case_make, 130200)
    assert viewer(CANGZHOU).get(f"/command/cases/{case.pk}/").status_code == 404
    assert viewer(HEBEI).get(f"/command/cases/{case.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.COMMAND_STAFF, 200),
        (Role.BUREAU_CHIEF, 200),
        (Role.VICE_PRESIDENT, 200),
        (Role.PRESIDENT, 200),
        (Role.JUDGE, 403),
        (Role.FUNDS_MANAGER, 403),
        (Role.ADMIN, 403),
    ],
)
def test_who_may_look(role: Role, status: int) -> None:
    client = viewer(MENGCUN, role)
    assert [client.get(path).status_code for path in ("/command/", "/command/live/")] == [status] * 2


def test_movement_shows_titles_and_days_without_names() -> None:
    case = system(case_make, MENGCUN, parties_text="韩玉芬 / 田文祥")
    system(act_done, case, "cases.docket", datetime(2026, 1, 6, 4, tzinfo=UTC))
    system(act_done, case, "cases.notice", datetime(2026, 1, 16, 4, tzinfo=UTC))
    page = viewer(CANGZHOU).get(f"/command/cases/{case.pk}/").content.decode()
    assert "立案" in page and "10 天" in page and "韩玉芬" not in page and "田文祥" not in page


def test_live_answer_names_what_the_page_shows() -> None:
    client = viewer(CANGZHOU)
    page, answer = client.get("/command/").content.decode(), client.get("/command/live/").json()
    assert all(f'data-live="{name}"' in page for name in answer["numbers"])
    assert all(f'id="{name}"' in page for name in answer["charts"])


def test_statements_do_not_grow_with_courts_or_cases(django_assert_max_num_queries: Any) -> None:
    client = viewer(HEBEI)

    def count(path: str) -> int:
        with django_assert_max_num_queries(40) as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    paths = ("/command/", f"/command/?court={MENGCUN}", "/command/live/")
    system(case_make, MENGCUN)
    few = [count(path) for path in paths]
    for key in range(130922, 130929):
        Court.objects.create(
            key=key,
            key_last=key,
            code=f"冀{key}",
            name=f"法院{key}",
            short=str(key),
            level="basic",
            parent_id=CANGZHOU,
        )
        for _ in range(3):
            case = system(case_make, key)
            system(node_make, case, "N05", "T1", today() - timedelta(days=3))
            system(case_make, MENGCUN)
    assert [count(path) for path in paths] == few


def test_stages_count_open_cases_and_the_days_they_stand_there() -> None:
    noon = now().replace(hour=4, minute=0)  # 12:00 in court time
    for days in (2, 4, 9):
        case = system(case_make, MENGCUN)
        system(act_done, case, "cases.docket", noon - timedelta(days=days + 5))
        system(act_done, case, "inquiry.request", noon - timedelta(days=days))
    closed = system(case_make, MENGCUN, state="closed", closed_on=today())
    system(act_done, closed, "inquiry.request", noon)
    rows = {
        line["code"]: (line["count"], line["median"], line["longest"])
        for line in system(lines.stage_lines, Court.objects.get(pk=CANGZHOU), day=today())
    }
    assert rows["inquiry"] == (3, 4, 9) and rows["assign"] == (0, None, None) and len(rows) == 9


def test_cases_of_one_stage_are_listed_alone() -> None:
    waiting, asked = system(case_make, MENGCUN), system(case_make, MENGCUN)
    for case in (waiting, asked):
        system(act_done, case, "cases.docket", datetime(2026, 1, 6, 4, tzinfo=UTC))
    system(act_done, asked, "inquiry.request", datetime(2026, 1, 9, 4, tzinfo=UTC))
    page = viewer(MENGCUN).get(f"/command/?court={MENGCUN}&stage=inquiry").content.decode()
    assert f"/command/cases/{asked.pk}/" in page.split('id="p-cases"')[1].split("</section>")[0]
    assert f"/command/cases/{waiting.pk}/" not in page.split('id="p-cases"')[1].split("</section>")[0]


def test_the_same_act_again_on_one_day_is_one_line_of_the_case() -> None:
    case = system(case_make, MENGCUN)
    system(act_done, case, "cases.docket", datetime(2026, 1, 6, 4, tzinfo=UTC))
    for minute in range(3):
        system(act_done, case, "inquiry.answer", datetime(2026, 1, 9, 4, minute, tzinfo=UTC))
    found = [(line["times"], line["days"]) for line in system(lines.moves, case.pk)]
    assert found == [(3, 3), (1, None)]
