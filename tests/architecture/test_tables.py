"""What the database holds for itself: every table of a case is behind row-level security."""

from __future__ import annotations

from typing import Any

import psycopg

# Tables with a case column and no policy of their own, each with its reason.
OPEN_TABLES = {
    "cases_party_access": "read before a party has a scope: it says which cases the scope will hold",
    "documents_ruling_series": "a counter; says nothing of a case but how many rulings it has",
}
TABLES = """
SELECT c.relname, c.relrowsecurity,
       EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid) AS has_policy
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname IN ('case_id', 'court_key') AND NOT a.attisdropped)
"""


def test_every_case_bound_table_has_row_level_security(test_database: Any) -> None:
    with test_database.connect("owner") as connection:
        rows = connection.execute(TABLES).fetchall()
    bare = {name for name, is_on, has_policy in rows if not (is_on and has_policy)}
    assert bare == set(OPEN_TABLES)
    assert len(rows) > 20


def test_app_role_owns_nothing_and_bypasses_nothing(test_database: Any) -> None:
    with test_database.connect("app") as connection:
        owned = connection.execute(
            "SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole"
        ).fetchone()
        role = connection.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    assert owned == (0,)
    assert role == (False, False, False)


def test_partitions_of_the_journal_are_closed_to_the_app_role(test_database: Any) -> None:
    """Row-level security of the journal binds only those who come through the journal."""
    with test_database.connect("owner") as connection:
        rows = connection.execute(
            "SELECT i.inhrelid::regclass::text, c.relrowsecurity FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
            " WHERE i.inhparent = 'acts_entry'::regclass"
        ).fetchall()
    assert len(rows) == 8
    assert all(is_on for _, is_on in rows)
    with test_database.connect("app", autocommit=True) as connection:
        for name, _ in rows:
            try:
                connection.execute(f"SELECT 1 FROM {name}")
            except psycopg.errors.InsufficientPrivilege:
                continue
            raise AssertionError(f"{name} can be read directly")


def test_insert_only_tables_grant_no_change(test_database: Any) -> None:
    tables = ("acts_entry", "documents_document", "funds_entry", "funds_posting", "funds_statement_line")
    with test_database.connect("app") as connection:
        for table in tables:
            for right in ("UPDATE", "DELETE", "TRUNCATE"):
                found = connection.execute(
                    "SELECT has_table_privilege(current_user, %s, %s)", [table, right]
                ).fetchone()
                assert found == (False,), (table, right)
