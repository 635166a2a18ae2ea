"""Row-level security proved by raw SQL as the web role: no code of ours stands between the query and the rows."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from acts_world import KEY, NEIGHBOUR, NOON, case_make, courts_make, person_make

from zhixing.acts.actors import Actor
from zhixing.acts.journal import entry_append
from zhixing.acts.models import EntryKind
from zhixing.cases.models import Case
from zhixing.inquiry.models import Finding, Request, RequestState
from zhixing.platform import scope

TABLES = ("cases_case", "cases_party", "acts_entry", "inquiry_request")


@dataclass(frozen=True, slots=True, kw_only=True)
class Two:
    """A case in each of two courts; findings of the first are sealed to its judge, one opened, one not."""

    ours: int
    theirs: int
    judge: int
    officer: int


def request_make(case: Case, judge: int) -> None:
    party = case.parties.get(role="obligor")
    request = Request.objects.create(
        case=case, court_key=case.court_key, party=party, judge_id=judge, menu=["deposit"], identifiers=[], agencies=[],
        ruling_no=f"{case.number}之一", draft_id=uuid.uuid4(), documents={}, state=RequestState.SEALED, approved_at=NOON,
    )  # fmt: skip
    for is_opened in (False, True):
        Finding.objects.create(
            request=request, case_id=case.pk, court_key=case.court_key, party=party, order_id=uuid.uuid4(), agency_code="C1",
            agency_name="某银行", version=1, screen="own", category="cash", subject=case.subject, detail_sealed=b"x",
            label_sealed=b"x", asset_index=b"x", judge_id=judge, is_opened=is_opened,
        )  # fmt: skip


@pytest.fixture
def two(transactional_db: None) -> Two:
    with scope.system("test"):
        courts_make()
        judge, officer = person_make("judge"), person_make("officer")
        ours, theirs = (
            case_make(judge),
            case_make(person_make("judge", court_key=NEIGHBOUR), court_key=NEIGHBOUR),
        )
        for case in (ours, theirs):
            request_make(case, judge.pk if case is ours else case.handler_id)
            entry_append(
                kind=EntryKind.EFFECT, code="cases.docket", case_id=case.pk, court_key=case.court_key, moment=NOON,
                actor=Actor.system("test"), audience="internal", body={},
            )  # fmt: skip
        return Two(ours=ours.pk, theirs=theirs.pk, judge=judge.pk, officer=officer.pk)


@contextmanager
def seen_by(connection: psycopg.Connection[Any], **settings: object) -> Iterator[psycopg.Connection[Any]]:
    """A transaction of the web role with these settings and no others."""
    with connection.transaction(force_rollback=True):
        for name, value in settings.items():
            connection.execute("SELECT set_config(%s, %s, true)", [f"zx.{name}", str(value)])
        yield connection


def cases_in(connection: psycopg.Connection[Any], table: str) -> set[int]:
    column = "id" if table == "cases_case" else "case_id"
    return {row[0] for row in connection.execute(f"SELECT {column} FROM {table}").fetchall()}


def test_without_a_scope_nothing_is_seen(two: Two, db_app: psycopg.Connection[Any]) -> None:
    with seen_by(db_app):
        assert [table for table in (*TABLES, "inquiry_finding") if cases_in(db_app, table)] == []


def test_a_court_sees_its_own_a_superior_both_and_the_neighbour_none_of_it(
    two: Two, db_app: psycopg.Connection[Any]
) -> None:
    for table in TABLES:
        with seen_by(db_app, lo=KEY, hi=KEY):
            assert cases_in(db_app, table) == {two.ours}
        with seen_by(db_app, lo=NEIGHBOUR, hi=NEIGHBOUR):
            assert cases_in(db_app, table) == {two.theirs}
        with seen_by(db_app, lo=130900, hi=130999):
            assert cases_in(db_app, table) == {two.ours, two.theirs}


def test_a_party_sees_only_his_own_case(two: Two, db_app: psycopg.Connection[Any]) -> None:
    for table in TABLES:
        with seen_by(db_app, cases=f"{{{two.theirs}}}"):
            assert cases_in(db_app, table) == {two.theirs}


def test_scope_ends_with_the_transaction(two: Two, db_app: psycopg.Connection[Any]) -> None:
    with seen_by(db_app, lo=KEY, hi=KEY):
        assert cases_in(db_app, "cases_case")
    assert cases_in(db_app, "cases_case") == set()
    db_app.rollback()


def test_rows_of_another_court_cannot_be_written_changed_or_moved(
    two: Two, db_app: psycopg.Connection[Any]
) -> None:
    with seen_by(db_app, lo=KEY, hi=KEY):
        assert db_app.execute("UPDATE cases_case SET cause = 'x' WHERE id = %s", [two.theirs]).rowcount == 0
        assert db_app.execute("DELETE FROM cases_party WHERE case_id = %s", [two.theirs]).rowcount == 0
    with pytest.raises(psycopg.errors.InsufficientPrivilege), seen_by(db_app, lo=KEY, hi=KEY):
        db_app.execute("UPDATE cases_case SET court_key = %s WHERE id = %s", [NEIGHBOUR, two.ours])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE acts_entry SET body = '{}'",
        "DELETE FROM acts_entry",
        "TRUNCATE acts_entry",
        "DELETE FROM funds_posting",
    ],
)
def test_journal_and_ledger_cannot_be_changed_by_the_web_role(
    two: Two, db_app: psycopg.Connection[Any], statement: str
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege), seen_by(db_app, lo=0, hi=999999, system="test"):
        db_app.execute(statement)


def test_sealed_findings_are_seen_by_the_judge_alone_and_only_once_opened(
    two: Two, db_app: psycopg.Connection[Any]
) -> None:
    def opened(**settings: object) -> list[bool]:
        with seen_by(db_app, **settings):
            return sorted(
                row[0]
                for row in db_app.execute(
                    "SELECT is_opened FROM inquiry_finding WHERE case_id = %s", [two.ours]
                ).fetchall()
            )

    assert opened(lo=KEY, hi=KEY, staff=two.judge) == [True]
    assert opened(lo=KEY, hi=KEY, staff=two.officer) == []
    assert opened(lo=0, hi=999999, staff=two.officer) == []
    assert opened(cases=f"{{{two.ours}}}") == []
    assert opened(lo=0, hi=999999, system="inquiry.screen") == [False, True]
    with seen_by(db_app, lo=KEY, hi=KEY, staff=two.officer):
        assert db_app.execute("UPDATE inquiry_finding SET judge_id = %s", [two.officer]).rowcount == 0
        assert db_app.execute("UPDATE inquiry_finding SET is_opened = true").rowcount == 0
