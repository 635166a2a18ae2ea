"""What the database refuses whoever writes, and what the web role cannot see. Real commits, raw SQL."""

from __future__ import annotations

import threading
from typing import Any

import psycopg
import pytest
from funds_world import BANK, KEY, NOON, World, case_make, line, world_make

from zhixing.acts.errors import ActRefused
from zhixing.acts.services import act_submit
from zhixing.funds.models import Account, Entry, Reason, StatementLine
from zhixing.funds.services import court_accounts, statement_receive
from zhixing.platform import scope

TABLES = ("funds_account", "funds_entry", "funds_posting", "funds_statement_line", "funds_payout")
SCOPE = "SELECT set_config('zx.lo', %s, false), set_config('zx.hi', %s, false)"


@pytest.fixture
def committed(transactional_db: None) -> World:
    """A world that other connections see, with one line for the case and one in suspense."""
    with scope.system("test"):
        world = world_make()
        statement_receive(agency_code=BANK, lines=[line(world.case), line()], moment=NOON)
    return world


def post(connection: psycopg.Connection[Any], *amounts: str, account: int, other: int) -> None:
    """An entry with these amounts on two accounts in turn, committed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO funds_entry (reason, court_key, attempt, voucher, value_on, at)"
            " VALUES ('arrival', %s, 1, '', '2026-03-04', now()) RETURNING id",
            [KEY],
        )
        entry = cursor.fetchone()[0]
        for place, amount in enumerate(amounts):
            cursor.execute(
                "INSERT INTO funds_posting (entry_id, account_id, court_key, amount) VALUES (%s, %s, %s, %s)",
                [entry, (account, other)[place % 2], KEY, amount],
            )
    connection.commit()


def test_fund20_entry_that_does_not_sum_to_zero_is_refused_at_commit(
    committed: World, db_app: psycopg.Connection[Any]
) -> None:
    with scope.system("test"):
        accounts = court_accounts(KEY, NOON)
    for amounts in (("5.00",), (), ("5.00", "-4.99"), ("5.00", "-5.00", "0.01")):
        db_app.execute(SCOPE, [str(KEY), str(KEY)])
        with pytest.raises(psycopg.errors.CheckViolation, match="not balanced"):
            post(db_app, *amounts, account=accounts["bank"], other=accounts["suspense"])
        db_app.rollback()
    db_app.execute(SCOPE, [str(KEY), str(KEY)])
    post(db_app, "5.00", "-5.00", account=accounts["bank"], other=accounts["suspense"])


def test_case_account_cannot_be_overdrawn(committed: World, db_app: psycopg.Connection[Any]) -> None:
    with scope.system("test"):
        account, other = Account.objects.get(case=committed.case).pk, court_accounts(KEY, NOON)["fee"]
    db_app.execute(SCOPE, [str(KEY), str(KEY)])

    def spend(amount: str) -> None:
        entry = db_app.execute(
            "INSERT INTO funds_entry (reason, case_id, court_key, attempt, voucher, value_on, at)"
            " VALUES ('fee', %s, %s, 1, '', '2026-03-04', now()) RETURNING id",
            [committed.case.pk, KEY],
        ).fetchone()[0]
        for place, signed in ((account, amount), (other, f"-{amount}")):
            db_app.execute(
                "INSERT INTO funds_posting (entry_id, account_id, case_id, court_key, amount) VALUES (%s, %s, %s, %s, %s)",
                [entry, place, committed.case.pk, KEY, signed],
            )
        db_app.commit()

    spend("50000.00")
    db_app.execute(SCOPE, [str(KEY), str(KEY)])
    with pytest.raises(psycopg.errors.CheckViolation, match="overdrawn"):
        spend("0.01")


def test_nothing_is_changed_or_deleted(
    committed: World, db_app: psycopg.Connection[Any], db_owner: psycopg.Connection[Any]
) -> None:
    for table in TABLES:
        for statement in (
            f"UPDATE {table} SET court_key = court_key",
            f"DELETE FROM {table}",
            f"TRUNCATE {table}",
        ):
            db_app.execute(SCOPE, ["0", "999999"])
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                db_app.execute(statement)
            db_app.rollback()
        if table != "funds_payout":  # no row here yet for the trigger to refuse
            with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
                db_owner.execute(f"UPDATE {table} SET court_key = court_key")
            db_owner.rollback()


def test_web_role_sees_its_courts_range_and_nothing_else(
    committed: World, db_app: psycopg.Connection[Any]
) -> None:
    def seen(lo: str, hi: str) -> set[int]:
        db_app.execute(SCOPE, [lo, hi])
        return {db_app.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES[:4]}

    assert 0 not in seen(str(KEY), str(KEY))
    assert 0 not in seen("130000", "139999")
    assert seen("130921", "130921") == {0}
    assert seen("1", "0") == {0}


def test_web_role_cannot_write_for_another_court(committed: World, db_app: psycopg.Connection[Any]) -> None:
    db_app.execute(SCOPE, ["130921", "130921"])
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        db_app.execute(
            "INSERT INTO funds_account (kind, court_key, code, opened_at) VALUES ('bank', %s, 'x', now())",
            [KEY],
        )


def in_thread(results: list[str], work: Any) -> threading.Thread:
    """Run in a thread with a connection of its own."""
    from django.db import connection

    def run() -> None:
        try:
            with scope.system("test"):
                results.append(work())
        except ActRefused as refused:
            results.append(refused.problems[0].code)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_two_connections_claiming_one_line_for_two_cases_make_one_entry(committed: World) -> None:
    with scope.system("test"):
        other = case_make(committed.case.court)
        row = StatementLine.objects.get(
            entries__isnull=False, account="6230130930000000", entries__reason="arrival"
        )
    results: list[str] = []

    def claim(case_id: int) -> Any:
        def work() -> str:
            act_submit(
                code="funds.match",
                actor=committed.actor("manager"),
                case_id=case_id,
                key=f"claim:{case_id}",
                payload={"line": row.pk, "reason": "付款人即被执行人"},
                moment=NOON,
            )
            return "claimed"

        return work

    threads = [in_thread(results, claim(case_id)) for case_id in (committed.case.pk, other.pk)]
    for thread in threads:
        thread.join(20)
    assert sorted(results) == ["claimed", "line.claimed"]
    with scope.system("test"):
        assert Entry.objects.filter(line=row, reason=Reason.MATCH).count() == 1


def test_the_same_statement_sent_twice_at_once_is_booked_once(committed: World) -> None:
    sent, results = [line(committed.case), line(committed.case)], []
    threads = [
        in_thread(results, lambda: ",".join(statement_receive(agency_code=BANK, lines=sent, moment=NOON)))
        for _ in range(2)
    ]
    for thread in threads:
        thread.join(20)
    assert results == [",".join(item["serial"] for item in sent)] * 2
    with scope.system("test"):
        assert StatementLine.objects.filter(serial__in=[item["serial"] for item in sent]).count() == 2
        assert (
            Entry.objects.filter(
                line__serial__in=[item["serial"] for item in sent], reason=Reason.RECEIVE
            ).count()
            == 2
        )
