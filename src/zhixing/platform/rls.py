"""Migration operations that put the rules of visibility and append-only into the database."""

from __future__ import annotations

from django.conf import settings
from django.db import migrations

# Usable by every policy below; STABLE and inlined, so the planner still uses the index on court_key.
_VISIBLE = (
    "({court} BETWEEN coalesce(nullif(current_setting('zx.lo', true), ''), '1')::int"
    " AND coalesce(nullif(current_setting('zx.hi', true), ''), '0')::int)"
    " OR {case} = ANY (coalesce(nullif(current_setting('zx.cases', true), ''), '{{}}')::bigint[])"
)
_IS_SYSTEM = "coalesce(current_setting('zx.system', true), '') <> ''"
_STAFF = "coalesce(nullif(current_setting('zx.staff', true), ''), '0')::bigint"


def protect(table: str, *, case: str = "case_id", court: str = "court_key") -> migrations.RunSQL:
    """Row-level security by court range or named case. Reads and writes alike."""
    visible = _VISIBLE.format(court=court, case=case)
    return _policy(table, f"USING ({visible}) WITH CHECK ({visible})")


def protect_court(table: str, *, court: str = "court_key") -> migrations.RunSQL:
    """Row-level security by court range only, for rows that belong to a court and to no case."""
    visible = _VISIBLE.format(court=court, case="NULL::bigint")
    return _policy(table, f"USING ({visible}) WITH CHECK ({visible})")


def protect_sealed(table: str, *, judge: str, opened: str) -> migrations.RunSQL:
    """Rows sealed to one judge: the system may write them, only that judge may read them, only once opened."""
    readable = f"({_IS_SYSTEM}) OR ({judge} = {_STAFF} AND {opened})"
    return _policy(table, f"USING ({readable}) WITH CHECK ({readable})")


def _policy(table: str, rule: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        sql=f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; CREATE POLICY {table}_scope ON {table} {rule};",
        reverse_sql=f"DROP POLICY {table}_scope ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


def insert_only(table: str) -> migrations.RunSQL:
    """Nothing in this table is ever changed or deleted: no grant, and a trigger that refuses even the owner."""
    return migrations.RunSQL(
        sql=f"""
        REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {settings.APP_DB_ROLE};
        CREATE TRIGGER {table}_insert_only BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION zx_refuse_change();
        CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION zx_refuse_change();
        """,
        reverse_sql=f"DROP TRIGGER {table}_insert_only ON {table}; DROP TRIGGER {table}_no_truncate ON {table};",
    )
